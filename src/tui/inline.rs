//! Drawing on the lines below the prompt, for `pick`: nothing else on the screen is touched.
//!
//! The terminal is never asked where its cursor is: an answer would race with the keys, and may not
//! come. Room is made by line ends, its corner is saved by the terminal (DECSC), and every move starts there.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use ratatui::backend::{Backend, ClearType, IntoCrossterm, WindowSize};
use ratatui::buffer::Cell;
use ratatui::crossterm::cursor::{Hide, MoveDown, MoveRight, MoveUp, RestorePosition, SavePosition, Show};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::{Print, ResetColor, SetStyle};
use ratatui::crossterm::terminal::{Clear, ClearType as Clearing};
use ratatui::layout::{Position, Size};

/// Lines below the prompt.
pub(super) struct Lines {
    to: BufWriter<File>,
    size: Size,
}

impl Lines {
    /// Makes room for `size` below the cursor.
    pub(super) fn new(terminal: File, size: Size) -> io::Result<Self> {
        let mut to = BufWriter::with_capacity(64 * 1024, terminal);
        let below = size.height.saturating_sub(1);
        write!(to, "{}\r", "\r\n".repeat(below.into()))?;
        if below > 0 {
            queue!(to, MoveUp(below))?;
        }
        queue!(to, SavePosition, Clear(Clearing::FromCursorDown))?;
        to.flush()?;
        Ok(Self { to, size })
    }

    /// Leaves the lines empty, with the cursor where it was.
    pub(super) fn leave(&mut self) -> io::Result<()> {
        queue!(self.to, RestorePosition, Clear(Clearing::FromCursorDown), ResetColor, Show)?;
        self.to.flush()
    }

    fn go(&mut self, x: u16, y: u16) -> io::Result<()> {
        queue!(self.to, RestorePosition)?;
        if y > 0 {
            queue!(self.to, MoveDown(y))?;
        }
        if x > 0 {
            queue!(self.to, MoveRight(x))?;
        }
        Ok(())
    }
}

impl Backend for Lines {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Where the cursor stands behind the cell that was written last.
        let mut at = None;
        for (x, y, cell) in content {
            if at != Some((x, y)) {
                self.go(x, y)?;
            }
            queue!(self.to, ResetColor, SetStyle(cell.style().into_crossterm()), Print(cell.symbol()))?;
            let width = crate::text::width::width(cell.symbol()).max(1) as u16;
            at = Some((x + width, y));
        }
        queue!(self.to, ResetColor)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        queue!(self.to, Hide)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        queue!(self.to, Show)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.go(x, y)
    }

    fn clear(&mut self) -> io::Result<()> {
        queue!(self.to, RestorePosition, Clear(Clearing::FromCursorDown))
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
