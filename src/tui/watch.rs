//! What the outside world does to the process: signals, and a terminal that goes away.
//!
//! Both are waited for in threads that sleep until something happens, so an idle screen costs
//! nothing.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::tui::runtime::Happening;
use crate::tui::terminal;

/// How long the loop has to end by itself once it was told to: longer than a save waits for its
/// lock.
const GRACE: Duration = Duration::from_millis(2_500);

/// How long a signal may be on its way. While hallway has the terminal no key sends one, so nothing is missed by that.
const LATE: Duration = Duration::from_millis(300);

/// Whether another program has the terminal. What its keys mean for everything in front of the terminal is the program's,
/// also where it comes to light when that has just ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Lent(Arc<Mutex<Until>>);

#[derive(Debug, Clone, Copy, Default)]
enum Until {
    #[default]
    Never,
    Open,
    At(Instant),
}

impl Lent {
    fn set(&self, until: Until) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }

    /// Another program has it from now on.
    pub(super) fn away(&self) {
        self.set(Until::Open);
    }

    /// It is hallway's again.
    pub(super) fn back(&self) {
        self.set(Until::At(Instant::now() + LATE));
    }

    /// Whether a signal is meant for that program.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no signals"))]
    fn is_meant_by(&self, signal: i32) -> bool {
        is_of_a_key(signal)
            && match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
                Until::Never => false,
                Until::Open => true,
                Until::At(end) => Instant::now() < end,
            }
    }
}

/// The signals that concern the screen. From when they are caught they end nothing by themselves; what comes before they are
/// handed on is kept.
#[cfg(unix)]
pub(super) struct Caught(signal_hook::iterator::Signals);

#[cfg(unix)]
impl Caught {
    /// Catches them.
    pub(super) fn new() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
        let signals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
        Ok(Self(signal_hook::iterator::Signals::new(signals)?))
    }

    /// Hands them to the loop, from a thread of their own.
    pub(super) fn hand_on(self, to: Sender<Happening>, lent: Lent) -> std::io::Result<()> {
        use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
        let Self(mut signals) = self;
        std::thread::Builder::new().name("signals".into()).spawn(move || {
            for signal in signals.forever() {
                if lent.is_meant_by(signal) {
                    continue;
                }
                let happening = match signal {
                    SIGTSTP => Happening::Stop,
                    SIGCONT => Happening::Continued,
                    SIGWINCH => Happening::Resized,
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
        })?;
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) struct Caught;

#[cfg(not(unix))]
impl Caught {
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn hand_on(self, _to: Sender<Happening>, _lent: Lent) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether a signal is one that a key sends to everything in front of a terminal.
#[cfg(unix)]
fn is_of_a_key(signal: i32) -> bool {
    matches!(signal, signal_hook::consts::SIGINT | signal_hook::consts::SIGQUIT)
}

#[cfg(not(unix))]
fn is_of_a_key(_signal: i32) -> bool {
    false
}

/// Whether somebody could continue a stopped process: a shell with job control has put it into a
/// process group of its own. In the group of the session's leader (`xterm -e hallway`) there is
/// no such shell, and stopping would be for ever.
#[cfg(unix)]
pub(super) fn can_be_continued() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

/// Stops the process and its group, as the shell's ctrl-z would; comes back when it is continued.
#[cfg(unix)]
pub(super) fn stop() -> std::io::Result<()> {
    let group = rustix::process::getpgrp();
    Ok(rustix::process::kill_process_group(group, rustix::process::Signal::STOP)?)
}

#[cfg(not(unix))]
pub(super) fn can_be_continued() -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn stop() -> std::io::Result<()> {
    Ok(())
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

/// Watches the terminal for being closed. Its hang-up signal may be ignored (`nohup`), and the keys may be read from
/// elsewhere, or by nobody while an editor runs.
#[cfg(unix)]
pub(super) fn hang_up(
    tty: impl rustix::fd::AsFd + Send + 'static,
    to: Sender<Happening>,
) -> std::io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
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
pub(super) fn hang_up<T>(_tty: T, _to: Sender<Happening>) -> std::io::Result<()> {
    Ok(())
}
