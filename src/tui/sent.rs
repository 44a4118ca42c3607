//! What a terminal sent, taken apart: keys, mouse, pastes, and the answer to our one question.
//!
//! A sequence that has begun and never ends must not swallow the keys after it: not half a mouse report that an editor
//! left behind, not `esc [ ?` of a person in a hurry, not a paste that a broken line cut off. So a control byte ends
//! what it cannot belong to, as in a terminal itself (ECMA-48, and the state machine of the VT500), and silence ends
//! the rest.
//!
//! What a single sequence means is the `termina` crate's knowledge; it is given one at a time.

use std::time::{Duration, Instant};

use ratatui::crossterm::event as ct;
use termina::event as tm;

use crate::tui::event::{Event, translate};

/// The rest of a sequence comes within this time, or never.
const REST: Duration = Duration::from_millis(60);

/// The rest of a paste, over a slow line.
const REST_OF_PASTE: Duration = Duration::from_secs(1);

/// No sequence that means anything here is longer, in bytes. A paste is.
const LONGEST: usize = 128;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Takes apart what comes in.
pub(super) struct Sent {
    parser: termina::Parser,
    /// A sequence that has begun, as far as it has come.
    begun: Vec<u8>,
    /// When its last byte came.
    at: Instant,
}

impl Sent {
    pub(super) fn new() -> Self {
        Self { parser: termina::Parser::default(), begun: Vec::new(), at: Instant::now() }
    }

    /// How long the rest of what has begun is waited for; `None`: nothing has.
    pub(super) fn patience(&self) -> Option<Duration> {
        let patience = if self.begun.starts_with(PASTE) { REST_OF_PASTE } else { REST };
        (!self.begun.is_empty()).then_some(patience)
    }

    /// Takes the bytes of one read.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        if self.patience().is_some_and(|patience| self.at.elapsed() > patience) {
            events.extend(self.give_up());
        }
        self.at = Instant::now();
        for (at, &byte) in bytes.iter().enumerate() {
            self.take_byte(byte, at + 1 < bytes.len(), &mut events);
        }
        events
    }

    /// The rest of what has begun did not come.
    pub(super) fn give_up(&mut self) -> Option<Event> {
        let begun = std::mem::take(&mut self.begun);
        self.parser = termina::Parser::default();
        if let Some(pasted) = begun.strip_prefix(PASTE) {
            return Some(Event::Paste(String::from_utf8_lossy(pasted).into_owned()));
        }
        match begun[..] {
            [ESC] => translate(ct::Event::Key(ct::KeyCode::Esc.into())),
            [ESC, letter] => {
                let letter = ct::KeyCode::Char(char::from(letter));
                translate(ct::Event::Key(ct::KeyEvent::new(letter, ct::KeyModifiers::ALT)))
            }
            _ => None,
        }
    }

    fn take_byte(&mut self, byte: u8, more: bool, events: &mut Vec<Event>) {
        if self.begun.starts_with(PASTE) {
            self.begun.push(byte);
            if self.begun.ends_with(PASTE_END) {
                self.begun.truncate(self.begun.len() - PASTE_END.len());
                events.extend(self.give_up());
            }
            return;
        }
        let string = self.begun.starts_with(b"\x1b]");
        // Within a string an escape is its end, or there is none and something else begins.
        if string && self.begun.ends_with(&[ESC]) && byte != b'\\' {
            self.give_up();
            self.take_byte(ESC, true, events);
            return self.take_byte(byte, more, events);
        }
        let stray = match self.begun[..] {
            [] => false,
            // Two of the key, or the key and a sequence; not alt with whatever.
            [ESC] => byte == ESC,
            // Its number begins a string; after anything else it was alt and a bracket.
            [ESC, b']'] => !byte.is_ascii_digit(),
            _ if string => byte < b' ' && byte != BEL && byte != ESC,
            _ => byte < b' ',
        };
        if stray || self.begun.len() >= LONGEST {
            events.extend(self.give_up());
        }
        self.begun.push(byte);
        match self.begun[..] {
            // The string waits for its end.
            [ESC, b']', ..] => {
                if self.begun.ends_with(&[BEL]) || self.begun.ends_with(b"\x1b\\") {
                    events.extend(light(&self.begun).map(|light| Event::Background { light }));
                    self.give_up();
                }
                return;
            }
            // A device's answer to a question that is not asked here: it is alt and the letter.
            [ESC, b'P'] => return events.extend(self.give_up()),
            _ => self.parser.parse(&[byte], more),
        }
        while let Some(event) = self.parser.pop() {
            self.begun.clear();
            events.extend(common(event).and_then(translate));
        }
        // The end of a CSI sequence (ECMA-48, 5.4), and it means nothing.
        if let [ESC, b'[', b'0'..=b'?', .., b'@'..=b'~'] = self.begun[..]
            && self.begun != PASTE
        {
            self.give_up();
        }
    }
}

/// An event in the words of the library that draws, which reads where it is not Unix.
fn common(event: termina::Event) -> Option<ct::Event> {
    match event {
        termina::Event::Key(key) => {
            let mut told = ct::KeyEvent::new(code(key.code)?, modifiers(key.modifiers));
            told.kind = match key.kind {
                tm::KeyEventKind::Press => ct::KeyEventKind::Press,
                tm::KeyEventKind::Repeat => ct::KeyEventKind::Repeat,
                tm::KeyEventKind::Release => ct::KeyEventKind::Release,
            };
            Some(ct::Event::Key(told))
        }
        termina::Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                tm::MouseEventKind::Down(button) => ct::MouseEventKind::Down(self::button(button)),
                tm::MouseEventKind::Up(button) => ct::MouseEventKind::Up(self::button(button)),
                tm::MouseEventKind::Drag(button) => ct::MouseEventKind::Drag(self::button(button)),
                tm::MouseEventKind::Moved => ct::MouseEventKind::Moved,
                tm::MouseEventKind::ScrollDown => ct::MouseEventKind::ScrollDown,
                tm::MouseEventKind::ScrollUp => ct::MouseEventKind::ScrollUp,
                tm::MouseEventKind::ScrollLeft => ct::MouseEventKind::ScrollLeft,
                tm::MouseEventKind::ScrollRight => ct::MouseEventKind::ScrollRight,
            };
            let modifiers = modifiers(mouse.modifiers);
            Some(ct::Event::Mouse(ct::MouseEvent { kind, column: mouse.column, row: mouse.row, modifiers }))
        }
        _ => None,
    }
}

fn button(button: tm::MouseButton) -> ct::MouseButton {
    match button {
        tm::MouseButton::Left => ct::MouseButton::Left,
        tm::MouseButton::Right => ct::MouseButton::Right,
        tm::MouseButton::Middle => ct::MouseButton::Middle,
    }
}

fn modifiers(modifiers: tm::Modifiers) -> ct::KeyModifiers {
    [
        (tm::Modifiers::SHIFT, ct::KeyModifiers::SHIFT),
        (tm::Modifiers::ALT, ct::KeyModifiers::ALT),
        (tm::Modifiers::CONTROL, ct::KeyModifiers::CONTROL),
        (tm::Modifiers::SUPER, ct::KeyModifiers::SUPER),
        (tm::Modifiers::HYPER, ct::KeyModifiers::HYPER),
        (tm::Modifiers::META, ct::KeyModifiers::META),
    ]
    .into_iter()
    .filter_map(|(theirs, ours)| modifiers.contains(theirs).then_some(ours))
    .collect()
}

/// A key in the common words; those that no key of hallway's can be are left out.
fn code(code: tm::KeyCode) -> Option<ct::KeyCode> {
    Some(match code {
        tm::KeyCode::Char(c) => ct::KeyCode::Char(c),
        tm::KeyCode::Enter => ct::KeyCode::Enter,
        tm::KeyCode::Backspace => ct::KeyCode::Backspace,
        tm::KeyCode::Tab => ct::KeyCode::Tab,
        tm::KeyCode::BackTab => ct::KeyCode::BackTab,
        tm::KeyCode::Escape => ct::KeyCode::Esc,
        tm::KeyCode::Left => ct::KeyCode::Left,
        tm::KeyCode::Right => ct::KeyCode::Right,
        tm::KeyCode::Up => ct::KeyCode::Up,
        tm::KeyCode::Down => ct::KeyCode::Down,
        tm::KeyCode::Home => ct::KeyCode::Home,
        tm::KeyCode::End => ct::KeyCode::End,
        tm::KeyCode::PageUp => ct::KeyCode::PageUp,
        tm::KeyCode::PageDown => ct::KeyCode::PageDown,
        tm::KeyCode::Delete => ct::KeyCode::Delete,
        tm::KeyCode::Function(number) => ct::KeyCode::F(number),
        _ => return None,
    })
}

/// Whether the colour that `ESC ] 11;rgb:1e1e/1e1e/1e1e` tells is light: its luma, as ITU-R BT.601 weighs it, is over
/// half.
fn light(answer: &[u8]) -> Option<bool> {
    let answer = std::str::from_utf8(answer).ok()?.trim_end_matches(['\x07', '\x1b', '\\']);
    let (_, colour) = answer.strip_prefix("\x1b]11;rgb").and_then(|rest| rest.split_once(':'))?;
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
    use crate::config::keys::{Code, Key};
    use proptest::prelude::*;

    fn shown(events: &[Event]) -> Vec<String> {
        let shown = |event: &Event| match event {
            Event::Key(key) => key.to_string(),
            Event::Paste(text) => format!("paste {text:?}"),
            Event::Mouse(mouse) => format!("{:?} {} {}", mouse.kind, mouse.column, mouse.row),
            Event::Background { light } => format!("light {light}"),
            other => format!("{other:?}"),
        };
        events.iter().map(shown).collect()
    }

    /// All of it in one read, and then silence.
    fn sent(bytes: &[u8]) -> Vec<String> {
        let mut sent = Sent::new();
        let mut events = sent.take(bytes);
        events.extend(sent.give_up());
        shown(&events)
    }

    #[test]
    fn keys_mouse_and_pastes_are_told() {
        for (bytes, told) in [
            ("j", &["j"][..]),
            ("gé日", &["g", "é", "日"]),
            ("G", &["G"]),
            ("\x1b", &["esc"]),
            ("\x1b\x1b", &["esc", "esc"]),
            ("\x1b\x1b[A", &["esc", "up"]),
            ("\x1bb", &["alt-b"]),
            ("\x1b[A\x1bOB\x1b[5~\x1b[3~\x1b[Z", &["up", "down", "pageup", "delete", "shift-tab"]),
            ("\x1b[1;5C\x1b[15~\x1bOP\x1b[24;2~", &["ctrl-right", "f5", "f1", "shift-f12"]),
            ("\x10\x03\x7f\r\t\x00", &["ctrl-p", "ctrl-c", "backspace", "enter", "tab", "ctrl-space"]),
            // kitty's protocol.
            ("\x1b[27u\x1b[112;5u\x1b[13;2u", &["esc", "ctrl-p", "shift-enter"]),
            ("\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<65;1;1M", &["Click 9 4", "Release 9 4", "WheelDown 0 0"]),
            ("\x1b[200~a\nb \x1b[A\x03\x1b[201~j", &["paste \"a\\nb \\u{1b}[A\\u{3}\"", "j"]),
            ("j\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\j", &["j", "light false", "j"]),
            ("\x1b]11;rgb:ff/ff/f0\x07", &["light true"]),
            ("\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x1b\\", &["light true"]),
            ("\x1b]4;1;rgb:0/0/0\x07j", &["j"]),
        ] {
            assert_eq!(sent(bytes.as_bytes()), told, "{bytes:?}");
        }
    }

    #[test]
    fn what_never_ends_swallows_nothing() {
        for (bytes, told) in [
            // A person who types it.
            ("\x1b[", &["alt-["][..]),
            ("\x1b]", &["alt-]"]),
            ("\x1b]x1", &["alt-]", "x", "1"]),
            ("\x1bO", &["alt-O"]),
            ("\x1bPq", &["alt-P", "q"]),
            // What a control byte breaks off.
            ("\x1b[?\x03\x03", &["ctrl-c", "ctrl-c"]),
            ("\x1b[<0;1\x1b[A", &["up"]),
            ("\x1b]11;rg\x03", &["ctrl-c"]),
            ("\x1b]11;rg\x1b[A", &["up"]),
            ("\x1b[M\x03", &["ctrl-c"]),
            // What ends and means nothing.
            ("\x1b[99~j", &["j"]),
            ("\x1b[?1;2cj", &["j"]),
            ("\x1b[>1xj", &["j"]),
            ("\x1b[xj", &["j"]),
            // A paste that is cut off.
            ("\x1b[200~words", &["paste \"words\""]),
        ] {
            assert_eq!(sent(bytes.as_bytes()), told, "{bytes:?}");
        }
    }

    #[test]
    fn silence_ends_what_has_begun() {
        let mut sent = Sent::new();
        assert!(sent.patience().is_none());
        assert!(sent.take(b"\x1b[?").is_empty() && sent.patience() == Some(REST));
        std::thread::sleep(REST * 2);
        // Whether the clock was looked at in between or not.
        assert_eq!(shown(&sent.take(b"q")), ["q"]);
        assert!(sent.take(b"\x1b[200~a").is_empty() && sent.patience() == Some(REST_OF_PASTE));
    }

    #[test]
    fn where_a_read_ends_makes_no_difference_within_a_sequence() {
        let bytes = b"\x1b[<0;10;5Mj\x1b[1;5C\xe6\x97\xa5\x1b[200~a\x1b[201~\x1b]11;rgb:0/0/0\x1b\\";
        let whole = sent(bytes);
        // But after a lone escape, which is the key.
        for end in (1..bytes.len()).filter(|end| bytes[end - 1] != ESC) {
            let mut sent = Sent::new();
            let events: Vec<Event> =
                [&bytes[..end], &bytes[end..]].into_iter().flat_map(|part| sent.take(part)).collect();
            assert_eq!(shown(&events), whole, "{end}");
        }
    }

    proptest! {
        #[test]
        fn after_anything_a_key_is_a_key(bytes in prop::collection::vec(
            prop_oneof![Just(ESC), Just(b'['), Just(b']'), Just(b'<'), Just(b'?'), Just(b'M'), Just(b'0'), Just(b';'),
                        Just(b'O'), Just(b'~'), Just(b'2'), Just(b'u'), any::<u8>()], 0..60)) {
            let mut sent = Sent::new();
            sent.take(&bytes);
            sent.give_up();
            let key = Event::Key(Key { code: Code::Char('c'), ctrl: true, alt: false, shift: false });
            prop_assert_eq!(shown(&sent.take(b"\x03")), shown(&[key]));
            prop_assert!(sent.patience().is_none());
        }
    }
}
