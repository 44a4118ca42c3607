//! Lists in Markdown: their items, numbers and boxes.

use crate::markup::document::{ContainerId, ContainerKind};
use crate::markup::markdown::Reader;

/// An open list.
pub(super) struct List {
    /// The next number, where it is numbered.
    next: Option<u64>,
    /// Which list of the document it is.
    number: u32,
    /// Its items.
    items: Vec<ContainerId>,
}

impl Reader<'_> {
    pub(super) fn start_list(&mut self, next: Option<u64>) {
        self.lists_seen += 1;
        self.lists.push(List { next, number: self.lists_seen, items: Vec::new() });
    }

    pub(super) fn start_item(&mut self, byte: usize) {
        self.flush();
        let depth = self.lists.len();
        let (mut number, mut list) = (None, 0);
        if let Some(open) = self.lists.last_mut() {
            (number, list) = (open.next, open.number);
            open.next = open.next.map(|next| next + 1);
        }
        self.open(ContainerKind::Item { number, digits: 0, task: None, depth, tight: true, list });
        if let (Some(list), Some(Some(id))) = (self.lists.last_mut(), self.open.last()) {
            list.items.push(*id);
        }
        self.bare_item = Some(self.line_at(byte));
    }

    /// The numbers of a list stand one below the other, so each takes as much room as the longest.
    pub(super) fn end_list(&mut self) {
        let items = self.lists.pop().map_or(Vec::new(), |list| list.items);
        let containers = &mut self.document.containers;
        let number = |id: &ContainerId| match containers[id.0 as usize].kind {
            ContainerKind::Item { number, .. } => number,
            _ => None,
        };
        let Some(longest) = items.iter().filter_map(number).max().map(|n| n.to_string().len() as u8) else {
            return;
        };
        for id in items {
            if let ContainerKind::Item { digits, .. } = &mut containers[id.0 as usize].kind {
                *digits = longest;
            }
        }
    }

    /// A paragraph inside an item means that its list is written with blank lines.
    pub(super) fn loosen(&mut self) {
        let Some(Some(id)) = self.open.last() else {
            return;
        };
        if let ContainerKind::Item { tight, .. } = &mut self.document.containers[id.0 as usize].kind {
            *tight = false;
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        if let Some(ContainerKind::Item { task, .. }) =
            self.inside().map(|id| &mut self.document.containers[id.0 as usize].kind)
        {
            *task = Some(done);
        }
    }
}
