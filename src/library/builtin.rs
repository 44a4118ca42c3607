//! The notes in the binary: the collection, and the tour.

use std::borrow::Cow;

use include_dir::{Dir, File, include_dir};

use crate::library::intake::{self, Outcome};
use crate::library::located::Located;
use crate::library::model::BuiltIn;
use crate::library::walk::{Entry, Root};

static COLLECTION: Dir = include_dir!("$CARGO_MANIFEST_DIR/data");

static TOUR: Dir = include_dir!("$CARGO_MANIFEST_DIR/tour");

/// The files, in the order of the tree. They are numbered and come sorted from the macro that embeds them; of the folders
/// the last one is taken next, and is the one whose conference stands first.
pub(super) fn files(what: BuiltIn) -> impl Iterator<Item = &'static File<'static>> + Send {
    let mut folders = vec![match what {
        BuiltIn::Collection => &COLLECTION,
        BuiltIn::Tour => &TOUR,
    }];
    let next = move || {
        let folder = folders.pop()?;
        folders.extend(folder.dirs());
        Some(folder.files())
    };
    std::iter::from_fn(next).flatten()
}

/// Looks a file over.
pub(super) fn read(file: &'static File<'static>) -> Outcome {
    let root = Root { name: "built-in".into(), ..Root::default() };
    let entry = Entry {
        path: Located::new(format!("builtin:{}", file.path().display()).into(), file.path()),
        root: root.into(),
    };
    let mut problems = Vec::new();
    (intake::take(entry, Cow::Borrowed(file.contents()), &mut problems), problems)
}
