//! Texts that are kept for as long as the notes are: of its own, or a part of a batch that many files share.
//!
//! A hundred thousand short texts, each in a piece of memory of its own, are a hundred thousand calls of the allocator
//! and as many to the system for room; read one behind the other they need a call for each megabyte.

use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use simdutf8::basic::from_utf8;

/// A text that is kept.
#[derive(Clone)]
pub struct Text(Kept);

#[derive(Clone)]
enum Kept {
    Static(&'static str),
    Own(String),
    Part(Arc<OnceLock<Closed>>, Range<u32>),
}

impl Text {
    /// Its length in bytes, which is known before its batch is closed.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Static(text) => text.len(),
            Kept::Own(text) => text.len(),
            Kept::Part(_, range) => range.len(),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Kept::Static(text) => text,
            Kept::Own(text) => text,
            // A part is handed out by a batch alone, and looked at when that is closed.
            Kept::Part(batch, range) => {
                let text = batch.get().map_or("", |closed| closed.borrow_dependent());
                text.get(range.start as usize..range.end as usize).unwrap_or("")
            }
        }
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, f)
    }
}

impl From<Cow<'static, str>> for Text {
    fn from(text: Cow<'static, str>) -> Self {
        Self(match text {
            Cow::Borrowed(text) => Kept::Static(text),
            Cow::Owned(text) => Kept::Own(text),
        })
    }
}

type Str<'b> = &'b str;

self_cell::self_cell!(
    /// Bytes that are known to be text. Only the standard library can make a `String` of them, and it takes twice the
    /// instructions to look at them.
    struct Closed {
        owner: Vec<u8>,
        #[covariant]
        dependent: Str,
    }

    impl {Debug}
);

/// Texts on their way into one piece of memory. They are there for those who have parts of it once it is dropped.
#[derive(Debug)]
pub struct Batch {
    /// The texts, one behind the other, and the room behind them.
    bytes: Vec<u8>,
    /// How many of the bytes are text.
    length: usize,
    closed: Arc<OnceLock<Closed>>,
}

impl Batch {
    /// The room of a batch, in bytes. Its pages are the system's until something is written to them.
    pub const ROOM: usize = 2 << 20;

    /// A batch, which asks for its room when a text comes.
    pub fn new() -> Self {
        Self { bytes: Vec::new(), length: 0, closed: Arc::default() }
    }

    /// How long the text is that is in it so far, in bytes.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no text in it yet.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The room behind the text, to be written to.
    pub fn room(&mut self) -> &mut [u8] {
        if self.bytes.is_empty() {
            self.bytes = vec![0; Self::ROOM];
        }
        &mut self.bytes[self.length..]
    }

    /// Takes what was written to the start of the room as text. `None` where it is none: then the batch is as it was.
    pub fn take(&mut self, length: usize) -> Option<&str> {
        let text = from_utf8(self.bytes.get(self.length..self.length + length)?).ok()?;
        self.length += length;
        Some(text)
    }

    /// Leaves out what stands behind a byte.
    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// What stands in it from a byte on, for whoever looks at it when the batch is dropped.
    pub fn part(&self, start: usize) -> Text {
        // A batch is far shorter than numbers of 32 bits reach.
        Text(Kept::Part(Arc::clone(&self.closed), start as u32..self.length as u32))
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        // The room that is left is given back.
        bytes.truncate(self.length);
        bytes.shrink_to_fit();
        // It is text, piece by piece, so all of it is. Looking once more is a fiftieth of a load.
        let closed = Closed::new(bytes, |bytes| from_utf8(bytes).unwrap_or_default());
        // Nobody else sets it.
        let _ = self.closed.set(closed);
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_there_for_its_parts_when_it_is_closed() {
        let mut batch = Batch::new();
        let mut add = |bytes: &[u8]| {
            batch.room()[..bytes.len()].copy_from_slice(bytes);
            let start = batch.len();
            batch.take(bytes.len()).is_some().then(|| batch.part(start))
        };
        let one = add(b"one").expect("text");
        assert!(add(b"tw\xe5").is_none(), "that is no UTF-8");
        let two = add("två".as_bytes()).expect("text");
        assert_eq!((one.len(), two.len()), (3, 4));
        assert!(batch.take(Batch::ROOM).is_none(), "there is less room than that");
        batch.truncate(3);
        assert_eq!(batch.take(4), Some("två"));
        drop(batch);
        assert_eq!((&*one, &*two, one.len(), two.is_empty()), ("one", "två", 3, false));
        let own = Text::from(Cow::Owned("own".to_owned()));
        assert_eq!((&*own, own.len(), &*Text::from(Cow::Borrowed(""))), ("own", 3, ""));
    }
}
