//! What the outside world does to the process: signals, and a terminal that goes away.
//!
//! Both are waited for in threads that sleep until something happens, so an idle screen costs
//! nothing.

use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::tui::runtime::Happening;
use crate::tui::terminal;

/// How long the loop has to end by itself once it was told to.
const GRACE: Duration = Duration::from_millis(800);

/// The signals that concern the screen, caught from the moment this is made; what arrives before
/// somebody listens is kept.
#[cfg(unix)]
pub(super) struct Signals(signal_hook::iterator::Signals);

#[cfg(unix)]
impl Signals {
    pub(super) fn catch() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT]).map(Self)
    }

    /// Hands the signals to the loop, from a thread of their own.
    pub(super) fn listen(mut self, to: Sender<Happening>) -> std::io::Result<()> {
        use signal_hook::consts::{SIGCONT, SIGTSTP};
        let forward = move || {
            for signal in self.0.forever() {
                let happening = match signal {
                    SIGTSTP => Happening::Stop,
                    SIGCONT => Happening::Continued,
                    signal => Happening::End(signal),
                };
                let ends = matches!(happening, Happening::End(_));
                if to.send(happening).is_err() {
                    return;
                }
                if ends {
                    end_anyway(signal);
                }
            }
        };
        std::thread::Builder::new().name("signals".into()).spawn(forward)?;
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    pub(super) fn catch() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn listen(self, _to: Sender<Happening>) -> std::io::Result<()> {
        Ok(())
    }
}

/// Ends the process when the loop does not: it may be writing to a terminal that takes nothing.
fn end_anyway(signal: i32) {
    let end = move || {
        std::thread::sleep(GRACE);
        terminal::give_back_quietly();
        std::process::exit(128 + signal);
    };
    let _ = std::thread::Builder::new().name("last resort".into()).spawn(end);
}

/// Watches the terminal for being closed. Its hang-up signal may be ignored (`nohup`), and the
/// terminal library then spins on a dead descriptor for ever.
#[cfg(unix)]
pub(super) fn hang_up(to: Sender<Happening>) -> std::io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    // The screen's own descriptor: `/dev/tty` is there only for a controlling terminal.
    let tty = std::io::stdout();
    std::thread::Builder::new().name("hang-up".into()).spawn(move || {
        loop {
            // No event is asked for; a hang-up is always reported.
            let mut fds = [PollFd::new(&tty, PollFlags::empty())];
            match poll(&mut fds, None) {
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
                Ok(_) => {
                    if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                        let _ = to.send(Happening::HangUp);
                        return end_anyway(signal_hook::consts::SIGHUP);
                    }
                }
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn hang_up(_to: Sender<Happening>) -> std::io::Result<()> {
    Ok(())
}
