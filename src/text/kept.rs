//! Texts that are kept for as long as the notes are: of its own, or a part of a batch that many files share.
//!
//! A hundred thousand short texts, each in a piece of memory of its own, are a hundred thousand calls of the allocator
//! and as many to the system for room; read one behind the other they need a call for each megabyte.

use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// A text that is kept.
#[derive(Clone)]
pub struct Text(Kept);

#[derive(Clone)]
enum Kept {
    Static(&'static str),
    Own(String),
    Part(Arc<OnceLock<String>>, Range<u32>),
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
                batch.get().and_then(|text| text.get(range.start as usize..range.end as usize)).unwrap_or("")
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

/// Texts on their way into one piece of memory. They are there for those who have parts of it once it is dropped.
#[derive(Debug, Default)]
pub struct Batch {
    /// What is in it so far, one text behind the other.
    pub text: String,
    closed: Arc<OnceLock<String>>,
}

impl Batch {
    /// The room of a batch, in bytes. Its pages are the system's until something is written to them.
    pub const ROOM: usize = 2 << 20;

    /// A batch with room for texts.
    pub fn new() -> Self {
        Self { text: String::with_capacity(Self::ROOM), closed: Arc::default() }
    }

    /// What stands in it from a byte on, for whoever looks at it when the batch is dropped.
    pub fn part(&self, start: usize) -> Text {
        // A batch is far shorter than numbers of 32 bits reach.
        Text(Kept::Part(Arc::clone(&self.closed), start as u32..self.text.len() as u32))
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        // The room that is left is given back.
        text.shrink_to_fit();
        // Nobody else sets it.
        let _ = self.closed.set(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_there_for_its_parts_when_it_is_closed() {
        let mut batch = Batch::new();
        batch.text.push_str("one");
        let one = batch.part(0);
        batch.text.push_str("två");
        let two = batch.part(3);
        assert_eq!((one.len(), two.len()), (3, 4));
        drop(batch);
        assert_eq!((&*one, &*two, one.len(), two.is_empty()), ("one", "två", 3, false));
        let own = Text::from(Cow::Owned("own".to_owned()));
        assert_eq!((&*own, own.len(), &*Text::from(Cow::Borrowed(""))), ("own", 3, ""));
    }
}
