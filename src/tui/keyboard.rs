//! Reads keys, mouse and pastes from the terminal, in a thread that sleeps until there are some.
//!
//! While an editor has the terminal the thread keeps its hands off it. On Unix the bytes are read here and taken apart
//! in [`sent`](crate::tui::sent); elsewhere the terminal library reads its console.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::tui::event::{Event, Mouse, MouseKind};
use crate::tui::runtime::Happening;
#[cfg(unix)]
use crate::tui::sent::Sent;

/// Two clicks within this time are one double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Whether the thread reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// It was asked to stop.
    Asked,
    /// It has stopped.
    Paused,
}

/// The handle to the thread.
pub(super) struct Keyboard {
    gate: Arc<(Mutex<State>, Condvar)>,
    #[cfg(unix)]
    wake: std::os::unix::net::UnixStream,
}

impl Keyboard {
    /// Starts to read.
    pub(super) fn read(to: Sender<Happening>) -> io::Result<Self> {
        let gate = Arc::new((Mutex::new(State::Reading), Condvar::new()));
        let theirs = gate.clone();
        #[cfg(unix)]
        {
            let (wake, woken) = std::os::unix::net::UnixStream::pair()?;
            woken.set_nonblocking(true)?;
            let mut desk = Desk::new(to);
            std::thread::Builder::new().name("keys".into()).spawn(move || desk.work(&theirs, &woken))?;
            Ok(Self { gate, wake })
        }
        #[cfg(not(unix))]
        {
            let _ = theirs;
            let mut desk = Desk::new(to);
            std::thread::Builder::new()
                .name("keys".into())
                .spawn(move || while desk.take_one().is_some() {})?;
            Ok(Self { gate })
        }
    }

    /// Takes the hands off the terminal; comes back when they are.
    pub(super) fn pause(&mut self) {
        #[cfg(unix)]
        {
            use std::io::Write;
            let (state, changed) = &*self.gate;
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            *state = State::Asked;
            let _ = self.wake.write_all(b"p");
            // A thread that has ended reads nothing, either.
            let patience = Duration::from_millis(500);
            let paused = |state: &mut State| *state != State::Paused;
            let _unpaused = changed.wait_timeout_while(state, patience, paused);
        }
    }

    /// Reads again.
    pub(super) fn resume(&mut self) {
        let (state, changed) = &*self.gate;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = State::Reading;
        changed.notify_all();
    }
}

/// What the thread works with.
struct Desk {
    to: Sender<Happening>,
    clicked: Option<(Instant, u16, u16)>,
}

impl Desk {
    fn new(to: Sender<Happening>) -> Self {
        Self { to, clicked: None }
    }

    /// Reads until the terminal or the program is gone.
    #[cfg(unix)]
    fn work(&mut self, gate: &(Mutex<State>, Condvar), woken: &std::os::unix::net::UnixStream) {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        use std::io::{IsTerminal, Read};
        let stdin = io::stdin();
        let device;
        let terminal: rustix::fd::BorrowedFd = if stdin.is_terminal() {
            rustix::fd::AsFd::as_fd(&stdin)
        } else {
            let Ok(opened) = std::fs::File::open("/dev/tty") else {
                return;
            };
            device = opened;
            rustix::fd::AsFd::as_fd(&device)
        };
        let mut sent = Sent::new();
        loop {
            let patience = sent.patience().and_then(|patience| Timespec::try_from(patience).ok());
            let mut fds =
                [PollFd::from_borrowed_fd(terminal, PollFlags::IN), PollFd::new(woken, PollFlags::IN)];
            match poll(&mut fds, patience.as_ref()) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return,
                Ok(0) => {
                    if self.tell_all(sent.give_up()).is_none() {
                        return;
                    }
                    continue;
                }
                Ok(_) => {}
            }
            let (keys, asked) = (fds[0].revents(), fds[1].revents());
            if asked.contains(PollFlags::IN) {
                let _ = { woken }.read(&mut [0; 8]);
                let (state, changed) = gate;
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                if *state == State::Asked {
                    *state = State::Paused;
                    changed.notify_all();
                    let paused = |state: &mut State| *state == State::Paused;
                    drop(changed.wait_while(state, paused));
                }
            } else if keys.contains(PollFlags::IN) {
                if self.take(terminal, &mut sent).is_none() {
                    return;
                }
            } else if asked.contains(PollFlags::HUP) || keys.intersects(PollFlags::ERR | PollFlags::HUP) {
                return;
            } else if keys.contains(PollFlags::NVAL) {
                // A device that cannot be waited for (macOS' /dev/tty) can be read all the same.
                while self.take(terminal, &mut sent).is_some() {}
                return;
            }
        }
    }

    /// Takes what one read gives; `None` when there will be no more.
    #[cfg(unix)]
    fn take(&mut self, terminal: rustix::fd::BorrowedFd, sent: &mut Sent) -> Option<()> {
        let mut bytes = [0; 4096];
        match rustix::io::read(terminal, &mut bytes) {
            Ok(0) => None,
            Ok(length) => self.tell_all(sent.take(&bytes[..length])),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Some(()),
            Err(_) => None,
        }
    }

    /// Takes one event; `None` when there will be no more.
    #[cfg(not(unix))]
    fn take_one(&mut self) -> Option<()> {
        let event = ratatui::crossterm::event::read().ok()?;
        self.tell_all(crate::tui::event::translate(event))
    }

    fn tell_all(&mut self, events: impl IntoIterator<Item = Event>) -> Option<()> {
        events.into_iter().try_for_each(|event| {
            let event = self.doubled(event);
            self.to.send(event.into()).ok()
        })
    }

    /// The second click on a cell, soon after the first.
    fn doubled(&mut self, event: Event) -> Event {
        let Event::Mouse(Mouse { kind: MouseKind::Click, column, row }) = event else {
            return event;
        };
        let before = self.clicked.replace((Instant::now(), column, row));
        match before {
            Some((at, x, y)) if at.elapsed() < DOUBLE && (x, y) == (column, row) => {
                self.clicked = None;
                Event::Mouse(Mouse { kind: MouseKind::DoubleClick, column, row })
            }
            _ => event,
        }
    }
}
