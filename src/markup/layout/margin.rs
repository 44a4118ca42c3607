//! What stands to the left of a block: bullets and numbers, the rails of quotes, the labels of footnotes.

use crate::markup::document::{Container, ContainerId, ContainerKind, Document};
use crate::markup::layout::Piece;
use crate::markup::role::Role;
use crate::text::SafeText;
use crate::text::width::{fit, width};

/// The pieces to the left of a block.
pub(super) struct Left {
    /// On its first line.
    pub first: Vec<Piece>,
    /// On the others.
    pub rest: Vec<Piece>,
    /// The columns that they take.
    pub columns: usize,
}

/// Draws the margin of one block after the other.
pub(super) struct Margin<'d> {
    document: &'d Document,
    columns: usize,
    /// Whose marker has been drawn.
    marked: Vec<bool>,
}

impl<'d> Margin<'d> {
    pub(super) fn new(document: &'d Document, columns: usize) -> Self {
        Self { document, columns, marked: vec![false; document.containers.len()] }
    }

    /// Takes the markers of these containers as drawn.
    pub(super) fn pass(&mut self, chain: &[ContainerId]) {
        chain.iter().for_each(|id| self.marked[id.0 as usize] = true);
    }

    /// The markers and rails to the left of a block. Containers too deep for the width go
    /// unmarked, the outermost first.
    pub(super) fn of(&mut self, chain: &[ContainerId]) -> Left {
        let most = self.columns / 2;
        let mut kept = Vec::with_capacity(chain.len());
        let mut columns = 0;
        for id in chain.iter().rev() {
            let mut marks = marks(&self.document.container(*id).kind);
            if std::mem::replace(&mut self.marked[id.0 as usize], true) {
                marks.first.clone_from(&marks.rest);
                marks.link = None;
                marks.role = if marks.rest.trim().is_empty() { Role::Text } else { marks.role };
            }
            let wide = width(&marks.rest);
            if columns + wide > most {
                break;
            }
            columns += wide;
            kept.push(marks);
        }
        kept.reverse();
        let first = kept.iter().map(|m| Piece { link: m.link, ..Piece::new(&m.first, m.role) }).collect();
        // Blanks are nobody's: a link's would be underlined.
        let role = |m: &Marks| if m.rest.trim().is_empty() { Role::Text } else { m.role };
        let rest = kept.iter().map(|m| Piece::new(&m.rest, role(m))).collect();
        Left { first, rest, columns }
    }

    /// The rails that go on through the gap between two blocks of these containers.
    pub(super) fn rails(&self, chain: &[ContainerId]) -> Vec<Piece> {
        if !chain.iter().any(|id| is_quote(self.document, *id)) {
            return Vec::new();
        }
        let mut columns = 0;
        let rail = |id: &ContainerId| {
            let Container { kind, .. } = self.document.container(*id);
            let marks = marks(kind);
            columns += width(&marks.rest);
            Piece::new(&marks.rest, marks.role)
        };
        let pieces = chain.iter().map(rail).collect();
        if columns * 2 > self.columns { Vec::new() } else { pieces }
    }
}

pub(super) fn is_quote(document: &Document, id: ContainerId) -> bool {
    matches!(document.container(id).kind, ContainerKind::Quote(_))
}

/// What a container draws to the left: on its first line, on the others, and in which role. Both
/// are of one width.
struct Marks {
    first: String,
    rest: String,
    role: Role,
    link: Option<u32>,
}

fn marks(kind: &ContainerKind) -> Marks {
    let same = |mark: &str, role| Marks { first: mark.into(), rest: mark.into(), role, link: None };
    let hanging = |first: String, role, link| {
        let rest = " ".repeat(width(&first));
        Marks { first, rest, role, link }
    };
    match kind {
        ContainerKind::Quote(None) => same("▎ ", Role::Rule),
        ContainerKind::Quote(Some(name)) => {
            // An alert says its name once; the rail carries on below it.
            let first = format!("▎ {name}: ");
            let rest = format!("▎{}", " ".repeat(width(&first) - 1));
            Marks { first, rest, role: Role::Notice, link: None }
        }
        ContainerKind::Item { number, digits, task, depth, .. } => {
            let done = task.map_or("", |done| if done { "☑ " } else { "☐ " });
            let mark = match (number, task) {
                (Some(number), _) => format!("{number:>0$}. {done}", usize::from(*digits)),
                (None, Some(_)) => done.to_owned(),
                (None, None) => format!("{} ", ["•", "◦", "▪"][(depth.max(&1) - 1) % 3]),
            };
            hanging(mark, Role::Marker, None)
        }
        ContainerKind::Footnote { label, back } => {
            let (label, _) = fit(label, 12);
            // The label leads back to where it is called for.
            hanging(SafeText::new(&format!("[{label}] ")).as_str().to_owned(), Role::Marker, Some(*back))
        }
        ContainerKind::Definition => same("  ", Role::Muted),
    }
}
