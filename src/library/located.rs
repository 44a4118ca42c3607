//! Where a file lies: its path, and the path below its root, which is the end of it and is not kept twice.

use std::ops::Deref;
use std::path::{Path, PathBuf, is_separator};

/// The path of a file. It is what it derefs to; the path below its root is a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    whole: Box<Path>,
    below: Below,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Below {
    /// It begins at this byte of the whole.
    From(u32),
    /// The whole does not end with it, or not so that it could be cut.
    Own(Box<Path>),
}

impl Located {
    /// A path, and how it reads below its root.
    pub fn new(whole: PathBuf, below: &Path) -> Self {
        let bytes = |path: &Path| path.as_os_str().len();
        let from = bytes(&whole).checked_sub(bytes(below)).filter(|from| tail(&whole, *from) == Some(below));
        let from = from.and_then(|from| u32::try_from(from).ok());
        let below = from.map_or_else(|| Below::Own(below.into()), Below::From);
        Self { whole: whole.into(), below }
    }

    /// The path of a file in or below a folder.
    pub fn under(root: &Path, whole: PathBuf) -> Self {
        fn bytes(path: &Path) -> &[u8] {
            path.as_os_str().as_encoded_bytes()
        }
        let parts = |sign: Option<&u8>| sign.is_some_and(|sign| is_separator(char::from(*sign)));
        // The paths of a walk begin as its root is written, so they need not be taken apart.
        let from = match bytes(&whole).strip_prefix(bytes(root)) {
            Some(_) if parts(bytes(root).last()) => Some(bytes(root).len()),
            Some(rest) if parts(rest.first()) => Some(bytes(root).len() + 1),
            _ => None,
        };
        match from.filter(|from| tail(&whole, *from).is_some()).map(u32::try_from) {
            Some(Ok(from)) => Self { whole: whole.into(), below: Below::From(from) },
            _ => Self::new(whole.clone(), whole.strip_prefix(root).unwrap_or(&whole)),
        }
    }

    /// A path that reads below its root as it is.
    pub fn as_given(whole: impl Into<PathBuf>) -> Self {
        Self { whole: whole.into().into(), below: Below::From(0) }
    }

    /// The root that it was found below, where the path leads through it.
    pub fn root(&self) -> Option<&Path> {
        self.ancestors().nth(self.below().components().count())
    }

    /// The path below the root, which is what a bookmark holds.
    pub fn below(&self) -> &Path {
        match &self.below {
            Below::From(from) => tail(&self.whole, *from as usize).unwrap_or(&self.whole),
            Below::Own(below) => below,
        }
    }
}

impl Deref for Located {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.whole
    }
}

impl AsRef<Path> for Located {
    fn as_ref(&self) -> &Path {
        self
    }
}

/// The end of a path from a byte on.
#[cfg(unix)]
fn tail(path: &Path, from: usize) -> Option<&Path> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().get(from..).map(|bytes| Path::new(OsStr::from_bytes(bytes)))
}

/// The end of a path from a byte on, where it is Unicode.
#[cfg(not(unix))]
fn tail(path: &Path, from: usize) -> Option<&Path> {
    path.to_str()?.get(from..).map(Path::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_below_the_root_is_a_part_of_it() {
        for (whole, below, is_part) in [
            ("notes/rustfest/one.md", "rustfest/one.md", true),
            ("./one.md", "one.md", true),
            ("builtin:one.md", "one.md", true),
            ("-", "-", true),
            ("notes/..", "notes/..", true),
            ("notes/one.md/", "one.md", false),
            ("one.md", "notes/one.md", false),
        ] {
            let located = Located::new(whole.into(), Path::new(below));
            assert_eq!((&*located, located.below()), (Path::new(whole), Path::new(below)));
            assert_eq!(matches!(located.below, Below::From(_)), is_part, "{whole}");
        }
        assert_eq!(Located::as_given("a/b.md").below(), Path::new("a/b.md"));
        assert!(size_of::<Located>() <= 32);
    }

    #[test]
    fn what_is_below_a_root_is_told_however_it_is_written() {
        for (root, path) in
            [("notes", "notes/a/b.md"), ("notes/", "notes/a/b.md"), (".", "./a/b.md"), ("/", "/a/b.md")]
        {
            let located = Located::under(Path::new(root), path.into());
            assert_eq!((&*located, located.below()), (Path::new(path), Path::new("a/b.md")), "{root}");
            assert_eq!(located.root(), Some(Path::new(root)));
        }
        assert_eq!(Located::under(Path::new("note"), "notes/a".into()).below(), Path::new("notes/a"));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_need_not_be_unicode() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes: &'static [u8]| Path::new(OsStr::from_bytes(bytes));
        let located = Located::new(path(b"n\xf6tes/f\xfcr.md").into(), path(b"f\xfcr.md"));
        assert_eq!(located.below(), path(b"f\xfcr.md"));
        assert!(matches!(located.below, Below::From(_)));
    }
}
