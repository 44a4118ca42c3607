//! Which file of a folder comes first: found by looking at its names once, or at some of them where there are many.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use crate::library::overrides;
use crate::library::walk::{by_name, may_be_notes};

/// The file that comes first.
pub(super) struct First {
    pub(super) path: PathBuf,
    /// All names on the way to it were looked at; otherwise it is the first of those that were.
    pub(super) certain: bool,
}

/// Files that say what is left out in a folder. What they come to is for the walk to say.
const IGNORES: &[&str] = &[".gitignore", ".ignore"];

/// The first file of a folder, or of the first folder in it, going by so many names of each. `None` where only the walk can tell.
pub(super) fn first_in(folder: &Path, all: bool, names: usize) -> Option<First> {
    let mut folders_left = FOLDERS;
    search(folder, all, names, &mut folders_left)
}

/// So many folders are looked into before it is left to the walk.
const FOLDERS: usize = 16;

fn search(folder: &Path, all: bool, most: usize, folders_left: &mut usize) -> Option<First> {
    /// Where so many folders in turn hold no notes, it is left to the walk.
    const TRIES: usize = 3;
    *folders_left = folders_left.checked_sub(1)?;
    let comes_first = |a: &OsStr, b: &OsStr| by_name(a.as_encoded_bytes(), b.as_encoded_bytes()).is_lt();
    let (mut file, mut folders): (Option<OsString>, Vec<OsString>) = (None, Vec::new());
    let mut ignores = false;
    let certain = some_names(folder, most, &mut |name, kind| {
        let is_hidden = name.as_encoded_bytes().first() == Some(&b'.');
        ignores |= is_hidden && IGNORES.iter().any(|ignore| name == *ignore);
        match kind {
            Kind::Folder if all || !is_hidden => folders.push(name.to_owned()),
            Kind::File
                if file.as_deref().is_none_or(|file| comes_first(name, file))
                    && name != overrides::NAME
                    && may_be_notes(Path::new(name), all) =>
            {
                file = Some(name.to_owned());
            }
            _ => {}
        }
    })
    .ok()?;
    let may_ignore = || ignores || !certain && IGNORES.iter().any(|name| folder.join(name).exists());
    if !all && may_ignore() {
        return None;
    }
    for _ in 0..TRIES {
        let at = (0..folders.len()).reduce(|a, b| if comes_first(&folders[b], &folders[a]) { b } else { a });
        let Some(at) = at.filter(|at| file.as_deref().is_none_or(|file| comes_first(&folders[*at], file)))
        else {
            return file.map(|file| First { path: folder.join(file), certain });
        };
        let below = folders.swap_remove(at);
        if let Some(found) = search(&folder.join(below), all, most, folders_left) {
            return Some(First { certain: certain && found.certain, ..found });
        }
    }
    None
}

/// What a name in a folder stands for.
enum Kind {
    File,
    Folder,
    Other,
}

impl From<std::fs::FileType> for Kind {
    fn from(kind: std::fs::FileType) -> Self {
        match kind {
            _ if kind.is_dir() => Kind::Folder,
            _ if kind.is_file() => Kind::File,
            _ => Kind::Other,
        }
    }
}

/// Tells of the first names of a folder, as they lie in it, and whether these were all.
#[cfg(target_os = "linux")]
fn some_names(folder: &Path, most: usize, tell: &mut dyn FnMut(&OsStr, Kind)) -> io::Result<bool> {
    use std::os::unix::ffi::OsStrExt;

    use rustix::fs::{FileType, Mode, OFlags, RawDir, open};
    /// Bytes of names that are asked for at once: a hundred or so, where the standard library asks for a thousand.
    const ROOM: usize = 4 << 10;
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let opened = open(folder, flags, Mode::empty())?;
    let mut room = Vec::with_capacity(ROOM);
    let mut names = RawDir::new(opened, room.spare_capacity_mut());
    let mut told = 0;
    while let Some(entry) = names.next() {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name == "." || name == ".." {
            continue;
        }
        if told == most {
            return Ok(false);
        }
        told += 1;
        let kind = match entry.file_type() {
            FileType::Directory => Kind::Folder,
            FileType::RegularFile => Kind::File,
            // Some file systems leave it to be asked.
            FileType::Unknown => folder.join(name).symlink_metadata()?.file_type().into(),
            _ => Kind::Other,
        };
        tell(name, kind);
    }
    Ok(true)
}

#[cfg(not(target_os = "linux"))]
fn some_names(folder: &Path, most: usize, tell: &mut dyn FnMut(&OsStr, Kind)) -> io::Result<bool> {
    for (told, entry) in std::fs::read_dir(folder)?.enumerate() {
        if told == most {
            return Ok(false);
        }
        let entry = entry?;
        tell(&entry.file_name(), entry.file_type()?.into());
    }
    Ok(true)
}
