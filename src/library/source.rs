//! One file's bytes, read so that no file can hang, fill or crash the program.
//!
//! A file is opened without blocking (a FIFO named `notes.md` has no writer), must turn out to
//! be a regular file (a device has no end), and is read up to a cap. No file is mapped into
//! memory: one that shrinks under a map kills the process.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

#[cfg(unix)]
use crate::library::file_name;

/// The most that is read, so that no folder can fill the memory. What was reached is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of one file, in bytes.
    pub file: u64,
    /// Of all files together, in bytes.
    pub all: u64,
}

impl Default for Limits {
    /// A person's notes of a life stay far below it.
    fn default() -> Self {
        Self { file: FILE_CAP, all: 4 << 30 }
    }
}

/// The most that is read of any one file, in bytes, where nobody says otherwise.
pub const FILE_CAP: u64 = 256 << 20;

/// The most that may be asked for of any one file, in bytes: as UTF-8 it is three times as long at most, and bytes are counted in
/// numbers of 32 bits.
pub const LARGEST_CAP: u64 = 1 << 30;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The system refused.
    #[error("could not be read: {0}")]
    Io(#[from] io::Error),
    /// A FIFO, socket or device.
    #[error("is not a regular file, so it was not opened")]
    NotRegular,
    /// Over what may be read of one file.
    #[error("is {length} bytes long; hallway reads at most {most} of one file (limits.file in the config)")]
    TooLarge {
        /// How long it is, in bytes.
        length: u64,
        /// The most that is read.
        most: u64,
    },
}

/// Reads a whole regular file of at most so many bytes.
///
/// # Errors
///
/// Whatever is at fault with this one file; never a reason to end a load.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, SourceError> {
    let (file, length) = open_regular(path, most)?;
    let mut bytes = Vec::with_capacity(length as usize + 1);
    // One byte more than the cap tells a file that grew meanwhile.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > most {
        return Err(SourceError::TooLarge { length, most });
    }
    Ok(bytes)
}

/// Reads a whole regular file into the start of a room, and says how long it is, in bytes. `None` where there is no room
/// for it. It is opened from where the last one was.
///
/// # Errors
///
/// As for [`read`].
pub fn read_into(
    folder: &mut Folder,
    path: &Path,
    most: u64,
    room: &mut [u8],
) -> Result<Option<usize>, SourceError> {
    let (mut file, length) = regular(folder.open(path)?, most)?;
    // The system says nothing of how long some files are.
    let Some(room) = usize::try_from(length).ok().filter(|l| *l > 0).and_then(|l| room.get_mut(..l)) else {
        return Ok(None);
    };
    // What has come since is for whoever watches the file; and it may be shorter by now.
    let mut read = 0;
    while read < room.len() {
        match file.read(&mut room[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some(read))
}

/// Reads the start of a regular file: whole lines of the first `most` bytes, or all of it where it is shorter. `None`
/// where there is no line end in them.
///
/// # Errors
///
/// As for [`read`].
pub fn read_head(path: &Path, most: usize) -> Result<Option<Vec<u8>>, SourceError> {
    let (file, length) = open_regular(path, FILE_CAP)?;
    let mut bytes = Vec::with_capacity(most);
    file.take(most as u64).read_to_end(&mut bytes)?;
    if length > most as u64 {
        let end = memchr::memrchr(b'\n', &bytes).map(|at| at + 1);
        bytes.truncate(end.unwrap_or(0));
    }
    Ok((!bytes.is_empty()).then_some(bytes))
}

/// Reads some bytes of a regular file.
///
/// # Errors
///
/// As for [`read`].
pub fn read_part(path: &Path, bytes: Range<u64>) -> Result<Vec<u8>, SourceError> {
    let (mut file, _) = open_regular(path, FILE_CAP)?;
    let mut part = Vec::with_capacity((bytes.end - bytes.start) as usize);
    file.seek(SeekFrom::Start(bytes.start))?;
    file.take(bytes.end - bytes.start).read_to_end(&mut part)?;
    Ok(part)
}

/// Opens a regular file that is no longer than `cap` bytes; how long it is comes with it.
///
/// # Errors
///
/// As for [`read`].
pub fn open_regular(path: &Path, cap: u64) -> Result<(File, u64), SourceError> {
    regular(open(path)?, cap)
}

fn regular(file: File, cap: u64) -> Result<(File, u64), SourceError> {
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(SourceError::NotRegular);
    }
    if about.len() > cap {
        return Err(SourceError::TooLarge { length: about.len(), most: cap });
    }
    Ok((file, about.len()))
}

/// The folder of the last file that was opened. Those beside it are opened from there, for the system looks up every
/// part of a path that it is given.
#[derive(Debug, Default)]
pub struct Folder {
    #[cfg(unix)]
    path: std::path::PathBuf,
    #[cfg(unix)]
    open: Option<std::os::fd::OwnedFd>,
}

#[cfg(unix)]
const FOR_READING: rustix::fs::OFlags = {
    use rustix::fs::OFlags;
    OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC)
};

#[cfg(unix)]
impl Folder {
    fn open(&mut self, path: &Path) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags};
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let (folder, name) = file_name::cut(path);
        if folder.is_empty() || name.is_empty() {
            return open(path);
        }
        let (folder, name) = (OsStr::from_bytes(folder), OsStr::from_bytes(name));
        if self.path.as_os_str() != folder {
            self.path = folder.into();
            self.open = None;
            // It may be the only file there.
            return open(path);
        }
        if self.open.is_none() {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            self.open = rustix::fs::open(folder, flags, Mode::empty()).ok();
        }
        match &self.open {
            Some(folder) => Ok(rustix::fs::openat(folder, name, FOR_READING, Mode::empty())?.into()),
            None => open(path),
        }
    }
}

#[cfg(not(unix))]
impl Folder {
    fn open(&mut self, path: &Path) -> io::Result<File> {
        open(path)
    }
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    Ok(rustix::fs::open(path, FOR_READING, rustix::fs::Mode::empty())?.into())
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_device_and_a_fifo_are_refused_at_once() {
        assert!(matches!(read(Path::new("/dev/zero"), FILE_CAP), Err(SourceError::NotRegular)));
        let folder = tempfile::tempdir().expect("a folder");
        let fifo = folder.path().join("notes.md");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        assert!(made.expect("mkfifo runs").success());
        assert!(matches!(read(&fifo, FILE_CAP), Err(SourceError::NotRegular)));
    }

    #[test]
    fn what_has_room_is_read_into_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.md");
        let mut room = [b'.'; 8];
        let mut into = |bytes: &[u8]| {
            std::fs::write(&path, bytes).expect("written");
            let length = read_into(&mut Folder::default(), &path, FILE_CAP, &mut room).expect("read");
            (length, room)
        };
        assert_eq!(into(b"one"), (Some(3), *b"one....."));
        assert_eq!(into(b"no \xff"), (Some(4), *b"no \xff...."));
        assert_eq!(into(&[b'x'; 9]), (None, *b"no \xff...."));
        assert_eq!(into(b""), (None, *b"no \xff...."));
        assert_eq!(into(&[b'x'; 8]), (Some(8), [b'x'; 8]));
        let mut folder = Folder::default();
        assert!(matches!(read_into(&mut folder, &path, 2, &mut [0; 8]), Err(SourceError::TooLarge { .. })));
    }

    #[test]
    fn files_are_read_from_their_folder_whichever_was_before() {
        let root = tempfile::tempdir().expect("a folder");
        let mut folder = Folder::default();
        let mut said = |path: &str| {
            let mut room = [0; 16];
            let length = read_into(&mut folder, &root.path().join(path), FILE_CAP, &mut room).ok()??;
            Some(String::from_utf8_lossy(&room[..length]).into_owned())
        };
        for path in ["a/1", "a/2", "a/3", "b/1", "b/c/1", "2"] {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, path.strip_prefix(&root).expect("below").to_str().expect("text"))
                .expect("written");
        }
        for path in ["a/1", "a/2", "a/3", "b/1", "a/2", "a/1", "b/c/1", "2", "2", "b/1", "b/1"] {
            assert_eq!(said(path).as_deref(), Some(path));
        }
        // What is gone is not read from where it was.
        assert_eq!((said("a/1").as_deref(), said("a/2").as_deref()), (Some("a/1"), Some("a/2")));
        std::fs::remove_file(root.path().join("a/2")).expect("gone");
        assert_eq!((said("a/2"), said("a/1").as_deref()), (None, Some("a/1")));
    }

    #[test]
    fn the_head_is_whole_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.md");
        std::fs::write(&path, "one\ntwo\nthree\n").expect("written");
        let head = |most| read_head(&path, most).expect("read").map(|b| String::from_utf8(b).expect("text"));
        assert_eq!(
            (head(9).as_deref(), head(3), head(14)),
            (Some("one\ntwo\n"), None, Some("one\ntwo\nthree\n".into()))
        );
    }

    #[test]
    fn a_missing_file_says_so() {
        let error = read(Path::new("/nowhere/at/all"), FILE_CAP).expect_err("missing");
        assert!(error.to_string().contains("could not be read"), "{error}");
    }
}
