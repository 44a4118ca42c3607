//! The terminal: taken for the screen, and given back as it was, whatever happens.
//!
//! The guard is armed before the first mode is changed, and giving back is idempotent: it may be
//! done by the loop, by a panic and by a signal, in any order.
//!
//! The first frame is drawn from one buffer; the second, which ratatui compares with, is made when it is on the screen.
//! Fresh memory is what the first frame has to wait for most: a buffer of 120×40 is 190 KB, a tenth of the way.

use std::io::{self, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::{Hide, MoveTo, Show};
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use crate::tui::event::Size;
use crate::tui::model::Model;
use crate::tui::view::{view, view_on};

/// The terminal is in our modes.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Held while a frame is drawn.
static DRAWING: Mutex<()> = Mutex::new(());

/// Where the frames go.
type Out = CrosstermBackend<io::BufWriter<Stdout>>;

/// The screen, from being taken to being given back.
pub(super) struct Screen {
    /// Gone only while the screen is being dropped.
    stage: Option<Stage>,
    mouse: bool,
}

/// How far the drawing has come.
enum Stage {
    /// Nothing is on the screen yet: what the first frame is drawn on.
    Before(Out, Buffer),
    /// Each frame is compared with the one before.
    Drawn(Terminal<Out>),
}

impl Screen {
    /// Makes what is drawn on. The terminal is not touched yet.
    pub(super) fn new(mouse: bool) -> io::Result<Self> {
        // A frame is a few kilobytes; it goes out in one write.
        let out = CrosstermBackend::new(io::BufWriter::with_capacity(64 * 1024, stdout()));
        let buffer = empty(area(&out)?);
        Ok(Self { stage: Some(Stage::Before(out, buffer)), mouse })
    }

    /// Takes the terminal. Before the first frame the modes wait for it, so that both go out together.
    pub(super) fn take(&mut self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()
            .and_then(|()| match &mut self.stage {
                Some(Stage::Before(out, _)) => ask_for_modes(out, self.mouse),
                Some(Stage::Drawn(terminal)) => {
                    let out = terminal.backend_mut();
                    ask_for_modes(out, self.mouse)?;
                    io::Write::flush(out)
                }
                None => Ok(()),
            })
            .inspect_err(|_| give_back())
    }

    /// Draws a model, in one piece.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        let _drawing = DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have given it back meanwhile, for a panic.
        if !TAKEN.load(Ordering::SeqCst) {
            return Ok(());
        }
        if let Some(Stage::Before(out, buffer)) = &mut self.stage {
            first_frame(out, buffer, model)?;
            if let Some(Stage::Before(out, buffer)) = self.stage.take() {
                self.stage = Some(Stage::Drawn(after_the_first(out, buffer)?));
            }
        } else if let Some(Stage::Drawn(terminal)) = &mut self.stage {
            queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
            terminal.draw(|frame| view(model, frame))?;
            execute!(terminal.backend_mut(), EndSynchronizedUpdate)?;
        }
        Ok(())
    }

    /// Asks the terminal for its background (OSC 11), if it would understand. Nobody waits: the answer comes in between
    /// the keys. On Windows' console it would come as keys.
    pub(super) fn ask_background(&mut self) -> io::Result<()> {
        if !has_protocols() || cfg!(windows) {
            return Ok(());
        }
        let mut out = stdout();
        out.write_all(b"\x1b]11;?\x1b\\")?;
        out.flush()
    }

    /// Takes the mouse, or gives it to the terminal.
    pub(super) fn set_mouse(&mut self, ours: bool) -> io::Result<()> {
        self.mouse = ours;
        if ours { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
    }

    /// Puts a text on the clipboard: by the terminal (OSC 52), and by the tmux around us, if there is one.
    pub(super) fn clip(&mut self, text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))?;
        crate::report::outside::tell_tmux(text);
        Ok(())
    }

    /// The terminal's size now; before the first frame, what it was a moment ago: whatever changes it is caught, and told
    /// when that frame is drawn.
    pub(super) fn size(&self) -> Size {
        let area = match &self.stage {
            Some(Stage::Before(_, buffer)) => Ok(buffer.area),
            Some(Stage::Drawn(terminal)) => area(terminal.backend()),
            None => return Size { columns: 80, rows: 24 },
        };
        area.map_or(Size { columns: 80, rows: 24 }, |area| Size { columns: area.width, rows: area.height })
    }

    /// Makes the next draw paint every cell. Unlike ratatui's `clear`, this asks the terminal
    /// nothing: an answer would race with the keys.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        let Some(Stage::Drawn(terminal)) = &mut self.stage else {
            return Ok(());
        };
        let area = area(terminal.backend())?;
        terminal.resize(area)
    }

    /// Takes the terminal again after the shell had it.
    pub(super) fn reenter(&mut self) -> io::Result<()> {
        self.take()?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // What a panic left half drawn goes out with the buffer; the update that it began is ended
        // after that, or some terminals would show nothing any more.
        match self.stage.take() {
            Some(Stage::Drawn(mut terminal)) => {
                let _ = terminal.show_cursor();
                let _ = std::io::Write::flush(terminal.backend_mut());
                // Dropping it would say on standard error that the cursor cannot be shown, which panics where that is
                // the terminal that is gone.
                std::mem::forget(terminal);
            }
            // Modes that were never asked for are not to be asked for now.
            Some(Stage::Before(out, _)) => std::mem::forget(out),
            None => {}
        }
        if TAKEN.load(Ordering::SeqCst) || std::thread::panicking() {
            let _ = execute!(stdout(), EndSynchronizedUpdate);
        }
        give_back();
    }
}

/// The terminal's area now.
fn area(out: &Out) -> io::Result<Rect> {
    Ok(Rect::from((Position::ORIGIN, out.size()?)))
}

/// As `*cell == Cell::EMPTY`, in a third of its time: five thousand are asked before the first frame.
fn is_blank(cell: &Cell) -> bool {
    matches!(cell.symbol().as_bytes(), [b' '])
        && (cell.fg, cell.bg) == (Color::Reset, Color::Reset)
        && cell.modifier.is_empty()
        && cell.diff_option == CellDiffOption::None
}

/// The cells that differ from an empty screen, and where they stand: what ratatui's `diff` finds beside an empty buffer, without
/// one. A wide sign covers the cells behind it.
fn shown(buffer: &Buffer) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let mut covered = 0;
    buffer.content.iter().enumerate().filter_map(move |(at, cell)| {
        if at < covered || is_blank(cell) || cell.diff_option == CellDiffOption::Skip {
            return None;
        }
        covered = at + usize::from(cell.cell_width());
        let (x, y) = buffer.pos_of(at);
        Some((x, y, cell))
    })
}

/// Draws the first frame: whatever is not blank in it.
fn first_frame(out: &mut Out, buffer: &mut Buffer, model: &Model) -> io::Result<()> {
    queue!(out, BeginSynchronizedUpdate)?;
    let cursor = view_on(model, buffer);
    out.draw(shown(buffer))?;
    match cursor {
        None => queue!(out, Hide)?,
        Some((x, y)) => queue!(out, Show, MoveTo(x, y))?,
    }
    execute!(out, EndSynchronizedUpdate)
}

/// What draws the frames after the first one, which stands on the screen as in this buffer.
fn after_the_first(out: Out, buffer: Buffer) -> io::Result<Terminal<Out>> {
    let mut terminal = Terminal::new(out)?;
    if terminal.current_buffer_mut().area == buffer.area {
        *terminal.current_buffer_mut() = buffer;
        terminal.swap_buffers();
    } else {
        // It has another size meanwhile: the next frame is drawn whole.
        terminal.resize(area(terminal.backend())?)?;
    }
    Ok(terminal)
}

/// As `Buffer::empty`, which copies one cell with all that a cell may hold: a third of its time.
fn empty(area: Rect) -> Buffer {
    let cells = usize::from(area.width) * usize::from(area.height);
    Buffer { area, content: (0..cells).map(|_| Cell::EMPTY).collect() }
}

/// Writes the modes of the screen.
fn ask_for_modes(out: &mut Out, mouse: bool) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    // A terminal that knows kitty's protocol tells more keys apart; others pass this over, but for an old Linux console,
    // which would take it for another command. Each screen has flags of its own.
    if has_protocols() {
        queue!(out, PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))?;
    }
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    Ok(())
}

/// Whether the terminal passes over sequences that it does not know: the Linux console of old does not.
fn has_protocols() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb")
}

/// Gives the terminal back as it was. Does nothing when it is not ours.
pub(super) fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    // Each on its own: one that fails must not keep the others from being tried.
    let _ = execute!(out, EndSynchronizedUpdate);
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, DisableBracketedPaste);
    if has_protocols() {
        let _ = execute!(out, PopKeyboardEnhancementFlags);
    }
    let _ = execute!(out, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Gives the terminal back for a panic, of whichever thread. No frame is drawn on it any more; one that is being drawn is waited
/// for, but not for long: the terminal may take nothing, and the frame may be what panics.
pub(super) fn give_back_for_good() {
    const TRIES: usize = 20;
    let drawing = (0..TRIES).find_map(|_| {
        let drawing = DRAWING.try_lock().ok();
        if drawing.is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        drawing
    });
    give_back();
    std::mem::forget(drawing);
}

/// Gives the line discipline back without writing a byte, for when writing would block.
pub(super) fn give_back_quietly() {
    let _ = disable_raw_mode();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_frame_shows_what_differs_from_an_empty_screen() {
        let area = Rect::new(0, 0, 12, 5);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(1, 0, "plain", ratatui::style::Style::new());
        buffer.set_string(0, 1, "漢字 é ✈\u{fe0f} x", ratatui::style::Style::new());
        buffer.set_style(Rect::new(3, 2, 4, 1), ratatui::style::Style::new().reversed());
        buffer[(2, 3)]
            .set_symbol("link")
            .set_diff_option(CellDiffOption::ForcedWidth(4.try_into().expect("4")));
        buffer[(5, 3)].set_symbol("covered");
        buffer[(7, 3)].set_symbol("skipped").set_diff_option(CellDiffOption::Skip);
        buffer[(11, 4)].set_symbol("e");
        let shown: Vec<_> = shown(&buffer).collect();
        assert_eq!(shown, empty(area).diff(&buffer));
        assert_eq!(empty(area), Buffer::empty(area));
        assert!(shown.len() > 15);
    }
}
