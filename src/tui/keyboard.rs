//! Reads keys, mouse and sizes from the terminal, in a thread that sleeps until there are some.
//!
//! While an editor has the terminal the thread keeps its hands off it. What the terminal answers to our one question
//! (which background it has, OSC 11) comes in between the keys, spelled as keys; it is taken out here. So nobody waits
//! for an answer, and no key that was typed meanwhile is lost, as it would be to a probe that reads by itself.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ratatui::crossterm::event as ct;

use crate::tui::event::{Event, Mouse, MouseKind, translate};
use crate::tui::runtime::Happening;

/// Two clicks within this time are one double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// So long after the question an answer is looked for among the keys.
const ANSWER: Duration = Duration::from_secs(2);

/// Keys that may belong to an answer wait so long for the rest of it.
const REST: Duration = Duration::from_millis(60);

/// What is there is there at once; the library looks at nothing when it is given no time at all.
const AT_ONCE: Duration = Duration::from_millis(1);

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
    /// Starts to read. `asked`: the terminal was just asked for its background.
    pub(super) fn read(to: Sender<Happening>, asked: bool) -> io::Result<Self> {
        let gate = Arc::new((Mutex::new(State::Reading), Condvar::new()));
        let theirs = gate.clone();
        #[cfg(unix)]
        {
            let (wake, woken) = std::os::unix::net::UnixStream::pair()?;
            woken.set_nonblocking(true)?;
            let mut desk = Desk::new(to, asked);
            std::thread::Builder::new().name("keys".into()).spawn(move || desk.work(&theirs, &woken))?;
            Ok(Self { gate, wake })
        }
        #[cfg(not(unix))]
        {
            let _ = theirs;
            let mut desk = Desk::new(to, asked);
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
    answer: Answer,
    clicked: Option<(Instant, u16, u16)>,
}

impl Desk {
    fn new(to: Sender<Happening>, asked: bool) -> Self {
        Self { to, answer: Answer::new(asked), clicked: None }
    }

    /// Reads until the terminal or the program is gone.
    #[cfg(unix)]
    fn work(&mut self, gate: &(Mutex<State>, Condvar), woken: &std::os::unix::net::UnixStream) {
        use rustix::event::{PollFd, PollFlags, poll};
        use std::io::{IsTerminal, Read};
        let stdin = io::stdin();
        let device;
        // The same place as the terminal library reads from.
        let terminal: rustix::fd::BorrowedFd = if stdin.is_terminal() {
            rustix::fd::AsFd::as_fd(&stdin)
        } else {
            let Ok(opened) = std::fs::File::open("/dev/tty") else {
                return;
            };
            device = opened;
            rustix::fd::AsFd::as_fd(&device)
        };
        loop {
            // What it has read already and not told yet does not show on the descriptor.
            if !self.drain() {
                return;
            }
            let mut fds =
                [PollFd::from_borrowed_fd(terminal, PollFlags::IN), PollFd::new(woken, PollFlags::IN)];
            match poll(&mut fds, None) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return,
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
            } else if asked.contains(PollFlags::HUP) || keys.intersects(PollFlags::ERR | PollFlags::HUP) {
                return;
            } else if keys.contains(PollFlags::NVAL) {
                // A device that cannot be waited for (macOS' /dev/tty): the library knows how to read it.
                while self.take_one().is_some() {}
                return;
            }
        }
    }

    /// Takes what there is. False when nobody listens any more.
    #[cfg(unix)]
    fn drain(&mut self) -> bool {
        loop {
            let patience = if self.answer.is_holding() { REST } else { AT_ONCE };
            match ct::poll(patience) {
                Ok(true) => {
                    if self.take_one().is_none() {
                        return false;
                    }
                }
                Ok(false) => {
                    let held = self.answer.give_up();
                    return held.into_iter().all(|event| self.tell(event).is_some());
                }
                Err(_) => return false,
            }
        }
    }

    /// Takes one event; `None` when there will be no more.
    fn take_one(&mut self) -> Option<()> {
        let event = ct::read().ok()?;
        let (events, light) = self.answer.take(event);
        if let Some(light) = light {
            self.to.send(Event::Background { light }.into()).ok()?;
        }
        events.into_iter().try_for_each(|event| self.tell(event))
    }

    fn tell(&mut self, event: ct::Event) -> Option<()> {
        let Some(event) = translate(event) else {
            return Some(());
        };
        let event = self.doubled(event);
        self.to.send(event.into()).ok()
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

/// Finds the terminal's answer among the keys.
struct Answer {
    /// Until when one is looked for.
    until: Option<Instant>,
    /// What may be the beginning of one.
    held: Vec<ct::Event>,
    /// Its letters.
    text: String,
}

impl Answer {
    fn new(asked: bool) -> Self {
        Self { until: asked.then(|| Instant::now() + ANSWER), held: Vec::new(), text: String::new() }
    }

    fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// What was held is no answer.
    fn give_up(&mut self) -> Vec<ct::Event> {
        self.text.clear();
        std::mem::take(&mut self.held)
    }

    /// Takes an event: what is none of an answer comes back, and whether the background is light once that is told.
    fn take(&mut self, event: ct::Event) -> (Vec<ct::Event>, Option<bool>) {
        if self.until.is_none_or(|until| until < Instant::now()) && !self.is_holding() {
            return (vec![event], None);
        }
        let key = match &event {
            ct::Event::Key(key) => Some((key.code, key.modifiers)),
            _ => None,
        };
        let alt = |c: char| key == Some((ct::KeyCode::Char(c), ct::KeyModifiers::ALT));
        if !self.is_holding() {
            // `ESC ]`, which the library takes for alt and a bracket.
            if alt(']') {
                self.held.push(event);
                return (Vec::new(), None);
            }
            return (vec![event], None);
        }
        self.held.push(event);
        // BEL or `ESC \` end it.
        let bell = key == Some((ct::KeyCode::Char('g'), ct::KeyModifiers::CONTROL));
        if bell || alt('\\') {
            let light = light(&self.text);
            let held = self.give_up();
            self.until = None;
            return (if light.is_some() { Vec::new() } else { held }, light);
        }
        match key {
            Some((ct::KeyCode::Char(c), modifiers)) if (modifiers - ct::KeyModifiers::SHIFT).is_empty() => {
                self.text.push(c);
                let start = "11;rgb";
                let fits =
                    start.starts_with(&self.text) || self.text.starts_with(start) && self.text.len() < 40;
                if fits { (Vec::new(), None) } else { (self.give_up(), None) }
            }
            _ => (self.give_up(), None),
        }
    }
}

/// Whether the colour that `11;rgb:1e1e/1e1e/1e1e` tells is light: its luma, as ITU-R BT.601 weighs it, is over half.
fn light(answer: &str) -> Option<bool> {
    let (_, colour) = answer.strip_prefix("11;rgb").and_then(|rest| rest.split_once(':'))?;
    let part = |digits: &str| {
        let most = (1u32 << (4 * digits.len().clamp(1, 4))) - 1;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let parts: Vec<f64> = colour.split('/').take(3).map(part).collect::<Option<_>>()?;
    let [red, green, blue] = parts[..] else {
        return None;
    };
    Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ct::{KeyCode, KeyEvent, KeyModifiers};

    fn key(c: char, modifiers: KeyModifiers) -> ct::Event {
        ct::Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// The keys that the library makes of an answer.
    fn spelled(text: &str, end: ct::Event) -> Vec<ct::Event> {
        let letters = text.chars().map(|c| key(c, KeyModifiers::NONE));
        [key(']', KeyModifiers::ALT)].into_iter().chain(letters).chain([end]).collect()
    }

    fn run(events: Vec<ct::Event>) -> (Vec<ct::Event>, Option<bool>) {
        let mut answer = Answer::new(true);
        let (mut passed, mut told) = (Vec::new(), None);
        for event in events {
            let (through, light) = answer.take(event);
            passed.extend(through);
            told = told.or(light);
        }
        passed.extend(answer.give_up());
        (passed, told)
    }

    #[test]
    fn an_answer_is_taken_out_and_keys_around_it_stay() {
        let st = key('\\', KeyModifiers::ALT);
        let bell = key('g', KeyModifiers::CONTROL);
        let j = key('j', KeyModifiers::NONE);
        for (text, end, light) in [
            ("11;rgb:1e1e/1e1e/2e2e", st.clone(), false),
            ("11;rgb:ff/ff/f0", bell, true),
            ("11;rgba:fdfd/f6f6/e3e3/ffff", st, true),
        ] {
            let events = [vec![j.clone()], spelled(text, end), vec![j.clone()]].concat();
            assert_eq!(run(events), (vec![j.clone(), j.clone()], Some(light)), "{text}");
        }
    }

    #[test]
    fn keys_that_only_begin_like_an_answer_are_keys() {
        let events =
            vec![key(']', KeyModifiers::ALT), key('1', KeyModifiers::NONE), key('x', KeyModifiers::NONE)];
        assert_eq!(run(events.clone()), (events, None));
        let esc = ct::Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
        let events = vec![key(']', KeyModifiers::ALT), esc];
        assert_eq!(run(events.clone()), (events, None));
    }
}
