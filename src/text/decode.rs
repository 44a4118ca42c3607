//! Bytes → text: byte order marks, UTF-16, legacy encodings and line ends.
//!
//! Every line end (`\r\n`, a lone `\r`) becomes `\n`, so that line numbers mean the same thing
//! everywhere above. Bytes that are already clean UTF-8 are taken over without a copy.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell text from a binary file.
const SNIFF: usize = 8 * 1024;

/// Text that was read from bytes, and what had to be assumed on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark, its lines ended by `\n` alone.
    pub text: Cow<'static, str>,
    /// The encoding's name in the WHATWG standard, as `encoding_rs` gives it.
    pub encoding: &'static str,
    /// Some bytes did not fit the encoding and stand as U+FFFD in the text.
    pub lossy: bool,
}

/// Why bytes are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("holds NUL bytes, so it is not text")]
pub struct NotText;

/// Reads bytes as text.
///
/// UTF-8 is tried first, after any byte order mark; what is not UTF-8 is decoded by the legacy
/// encoding that `chardetng` finds likeliest.
///
/// # Errors
///
/// [`NotText`] when the bytes look like a binary file: a NUL near their start, and no UTF-16.
pub fn decode(bytes: Cow<'static, [u8]>) -> Result<Decoded, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            return Ok(from_utf8(without_prefix(bytes, mark)));
        }
        return Ok(by_encoding(&bytes[mark..], encoding));
    }
    let head = &bytes[..bytes.len().min(SNIFF)];
    if memchr::memchr(0, head).is_some() {
        return utf16_without_mark(head).map(|encoding| by_encoding(&bytes, encoding)).ok_or(NotText);
    }
    Ok(from_utf8(bytes))
}

/// Whether a text is as [`decode`] would give it back for its bytes.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    Encoding::for_bom(bytes).is_none()
        && memchr::memchr(0, &bytes[..bytes.len().min(SNIFF)]).is_none()
        && memchr::memchr(b'\r', bytes).is_none()
}

fn without_prefix(bytes: Cow<'static, [u8]>, length: usize) -> Cow<'static, [u8]> {
    match bytes {
        Cow::Borrowed(slice) => Cow::Borrowed(&slice[length..]),
        Cow::Owned(mut vec) => {
            vec.drain(..length);
            Cow::Owned(vec)
        }
    }
}

fn from_utf8(bytes: Cow<'static, [u8]>) -> Decoded {
    let text = match bytes {
        Cow::Borrowed(slice) => match std::str::from_utf8(slice) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => return by_guess(slice),
        },
        Cow::Owned(vec) => match String::from_utf8(vec) {
            Ok(text) => Cow::Owned(text),
            Err(error) => return by_guess(error.as_bytes()),
        },
    };
    Decoded { text: unify_line_ends(text), encoding: UTF_8.name(), lossy: false }
}

/// An encoding is guessed from so many bytes, from the first that is not ASCII on: more tell nothing new, and
/// the guess goes over them at a tenth of the speed of everything else.
const GUESSED_FROM: usize = 256 * 1024;

/// A file that is UTF-8 but for a stray byte is still UTF-8; a file in which many sequences are
/// broken was written in something else.
fn by_guess(bytes: &[u8]) -> Decoded {
    let broken = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty());
    let multibyte = bytes.utf8_chunks().flat_map(|c| c.valid().chars()).filter(|c| !c.is_ascii()).count();
    if multibyte > 4 * broken.count() {
        return by_encoding(bytes, UTF_8);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let end = bytes.len().min(first + GUESSED_FROM);
    detector.feed(&bytes[first..end], true);
    by_encoding(bytes, detector.guess(None, chardetng::Utf8Detection::Deny))
}

fn by_encoding(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: unify_line_ends(Cow::Owned(text.into_owned())), encoding: encoding.name(), lossy }
}

/// UTF-16 without a mark: in European text every other byte is nearly always zero.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 2 {
        None
    } else if odd * 10 >= half * 6 && even * 10 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 6 && odd * 10 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn unify_line_ends(text: Cow<'static, str>) -> Cow<'static, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        clean.push_str(&rest[..at]);
        clean.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(Cow::Owned(bytes.to_vec())).expect("text");
        assert_eq!((&*decoded.text, decoded.encoding), (text, encoding), "{bytes:?}");
    }

    #[test]
    fn marks_are_taken_off() {
        check(b"\xef\xbb\xbf# A", "# A", "UTF-8");
        check(b"\xff\xfeA\0\n\0", "A\n", "UTF-16LE");
        check(b"\xfe\xff\0A", "A", "UTF-16BE");
        check(b"a\0b\0c\0d\0", "abcd", "UTF-16LE");
    }

    #[test]
    fn line_ends_become_one() {
        check(b"a\r\nb\rc\n\rd\r", "a\nb\nc\n\nd\n", "UTF-8");
    }

    #[test]
    fn legacy_encodings_are_found() {
        check(
            b"Caf\xe9 na\xefve \x93quoted\x94 \x96 d\xe9j\xe0 vu",
            "Café naïve “quoted” – déjà vu",
            "windows-1252",
        );
        check(
            &encoding_rs::SHIFT_JIS.encode("これは会議の発表のメモです。").0,
            "これは会議の発表のメモです。",
            "Shift_JIS",
        );
    }

    #[test]
    fn one_stray_byte_does_not_change_the_encoding() {
        let decoded = decode(Cow::Owned([("été ".repeat(9)).as_bytes(), b"\xff"].concat())).expect("text");
        assert_eq!((decoded.encoding, decoded.lossy), ("UTF-8", true));
    }

    #[test]
    fn binaries_are_refused() {
        assert_eq!(decode(Cow::Borrowed(b"\x7fELF\x02\x01\0\0\0x")), Err(NotText));
    }

    #[test]
    fn clean_text_is_not_copied() {
        let decoded = decode(Cow::Borrowed("clean é".as_bytes())).expect("text");
        assert!(matches!(decoded.text, Cow::Borrowed(_)));
    }

    proptest! {
        /// Any bytes decode or are refused; nothing panics, no `\r` is left, and lines agree
        /// with the line ends that stand in the bytes where those are UTF-8.
        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(decoded) = decode(Cow::Owned(bytes.clone())) {
                prop_assert!(!decoded.text.contains('\r'));
            }
        }

        /// What is plain is what decoding leaves as it is.
        #[test]
        fn plain_text_is_left_alone(text in "(\u{feff}|\r|\u{0}|[a-zé]){0,12}") {
            let decoded = decode(Cow::Owned(text.clone().into_bytes()));
            prop_assert_eq!(is_plain(&text), decoded.is_ok_and(|decoded| *decoded.text == *text), "{:?}", text);
        }

        #[test]
        fn utf8_keeps_every_other_character(text in "[^\r\u{0}\u{feff}]{0,200}") {
            let decoded = decode(Cow::Owned(text.clone().into_bytes())).expect("text");
            prop_assert_eq!(&*decoded.text, &text);
        }
    }
}
