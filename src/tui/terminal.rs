//! The terminal: taken for the screen, and given back as it was, whatever happens.
//!
//! The guard is armed before the first mode is changed, and giving back is idempotent: it may be
//! done by the loop, by a panic and by a signal, in any order.

use std::io::{self, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

use crate::tui::event::Size;
use crate::tui::model::Model;
use crate::tui::view::view;

/// The terminal is in our modes.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen, from being taken to being given back.
pub(super) struct Screen {
    /// Gone only while the screen is being dropped.
    terminal: Option<Terminal<CrosstermBackend<io::BufWriter<Stdout>>>>,
    mouse: bool,
}

impl Screen {
    /// Makes what is drawn on. The terminal is not touched yet.
    pub(super) fn new(mouse: bool) -> io::Result<Self> {
        // A frame is a few kilobytes; it goes out in one write.
        let out = io::BufWriter::with_capacity(64 * 1024, stdout());
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Self { terminal: Some(terminal), mouse })
    }

    /// Takes the terminal.
    pub(super) fn take(&mut self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::BufWriter::new(stdout());
        enable_raw_mode()
            .and_then(|()| {
                queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
                // A terminal that knows kitty's protocol tells more keys apart; others pass this over, but for an old
                // Linux console, which would take it for another command. Each screen has flags of its own.
                if has_protocols() {
                    queue!(
                        out,
                        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES)
                    )?;
                }
                if self.mouse {
                    queue!(out, EnableMouseCapture)?;
                }
                out.flush()
            })
            .inspect_err(|_| give_back())
    }

    /// Draws a model, in one piece.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        let Some(terminal) = &mut self.terminal else {
            return Ok(());
        };
        queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
        terminal.draw(|frame| view(model, frame))?;
        execute!(terminal.backend_mut(), EndSynchronizedUpdate)
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

    /// The terminal's size now.
    pub(super) fn size(&self) -> Size {
        let size = self.terminal.as_ref().and_then(|terminal| terminal.size().ok());
        size.map_or(Size { columns: 80, rows: 24 }, |s| Size { columns: s.width, rows: s.height })
    }

    /// Makes the next draw paint every cell. Unlike ratatui's `clear`, this asks the terminal
    /// nothing: an answer would race with the keys.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        let Some(terminal) = &mut self.terminal else {
            return Ok(());
        };
        let area = terminal.size()?;
        terminal.resize(ratatui::layout::Rect::from((ratatui::layout::Position::ORIGIN, area)))
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
        if let Some(mut terminal) = self.terminal.take() {
            let _ = terminal.show_cursor();
            let _ = std::io::Write::flush(terminal.backend_mut());
            // Dropping it would say on standard error that the cursor cannot be shown, which panics where that is the
            // terminal that is gone.
            std::mem::forget(terminal);
        }
        if TAKEN.load(Ordering::SeqCst) || std::thread::panicking() {
            let _ = execute!(stdout(), EndSynchronizedUpdate);
        }
        give_back();
    }
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

/// Gives the line discipline back without writing a byte, for when writing would block.
pub(super) fn give_back_quietly() {
    let _ = disable_raw_mode();
}
