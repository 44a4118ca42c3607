//! Where everything stands on a screen of a given size: one pure function, so that drawing,
//! scrolling and the mouse agree.

use ratatui::layout::Rect;

use crate::tui::event::Size;
use crate::tui::menu::Menu;
use crate::tui::model::Focus;

/// From this width on, tree and reader stand side by side.
pub const WIDE: u16 = 80;

/// A pane has at least so many columns beside the other.
const LEAST: u16 = 16;

/// The places on the bare screen. What has no place is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The top line.
    pub header: Rect,
    /// The tree.
    pub tree: Rect,
    /// The line between the panes.
    pub divider: Rect,
    /// The reader's pane, its margin included.
    pub reader: Rect,
    /// The reader's text.
    pub text: Rect,
    /// The bottom line.
    pub footer: Rect,
    /// The column that says where the tree's window stands.
    pub tree_bar: Rect,
    /// The column that says where the reader's stands.
    pub reader_bar: Rect,
}

/// Finds the places for a size, with the pane that has the keys, whether the reader stands alone, the
/// longest line that it sets, and the columns of the tree where the person has chosen them.
pub fn areas(size: Size, focus: Focus, reader_alone: bool, measure: u16, tree_width: Option<u16>) -> Areas {
    let Size { columns, rows } = size;
    let header = u16::from(rows >= 6);
    let footer = u16::from(rows >= 2);
    let body = Rect::new(0, header, columns, rows.saturating_sub(header + footer));
    let mut areas = Areas {
        header: Rect::new(0, 0, columns, header),
        footer: Rect::new(0, rows.saturating_sub(footer), columns, footer),
        ..Areas::default()
    };
    let alone = reader_alone || columns < WIDE && focus == Focus::Reader;
    if alone {
        areas.reader = body;
    } else if columns < WIDE {
        areas.tree = body;
    } else {
        let wide = (u32::from(columns) * 2 / 5).clamp(28, 56) as u16;
        // Neither pane is dragged away.
        let wide = tree_width.unwrap_or(wide).clamp(LEAST, columns - LEAST);
        areas.tree = Rect { width: wide, ..body };
        areas.divider = Rect { x: wide, width: 1, ..body };
        areas.reader = Rect { x: wide + 1, width: columns - wide - 1, ..body };
    }
    areas.text = text(areas.reader, alone && columns >= WIDE, measure);
    // Where there is hardly room for the text, it has all of it.
    let last = |pane: Rect| match pane.width {
        12.. => Rect { x: pane.right() - 1, width: 1, ..pane },
        _ => Rect::default(),
    };
    (areas.tree_bar, areas.reader_bar) = (last(areas.tree), last(areas.reader));
    areas
}

/// The rows of a scrollbar that stand for the window: from `offset` on, as many as it is high, of `all`. `None` where
/// everything is in the window.
pub fn thumb(bar: Rect, offset: usize, all: usize) -> Option<std::ops::Range<u16>> {
    let height = usize::from(bar.height);
    if all <= height || height == 0 {
        return None;
    }
    let long = (height * height / all).max(1);
    let from = (offset * (height - long)).div_ceil(all - height).min(height - long);
    Some(bar.y + from as u16..bar.y + (from + long) as u16)
}

/// The text inside a reader's pane: one column of margin for the sign of the place, a comfortable
/// measure, centred when the reader stands alone.
pub fn text(pane: Rect, centred: bool, measure: u16) -> Rect {
    let margin = if pane.width >= 12 { 2 } else { u16::from(pane.width >= 4) };
    let room = pane.width.saturating_sub(margin + u16::from(margin > 1));
    let width = room.min(measure);
    let shift = if centred { (room - width) / 2 } else { 0 };
    Rect { x: pane.x + margin + shift, width, ..pane }
}

/// A popup in the middle of the screen, never outside of it. On a small screen it takes the
/// whole width between the top and the bottom line, on a tiny one everything.
pub fn popup(size: Size, most_columns: u16, most_rows: u16) -> Rect {
    let Size { columns, rows } = size;
    if rows < 16 {
        return Rect::new(0, 0, columns, rows);
    }
    if columns < 100 {
        return Rect::new(0, 1, columns, rows - 2);
    }
    let width = most_columns.min(columns - 8);
    let height = most_rows.min(rows - 4);
    Rect::new((columns - width) / 2, (rows - height) / 2, width, height)
}

/// The places inside the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FinderAreas {
    /// The whole popup, its border included.
    pub frame: Rect,
    /// The line with the query.
    pub query: Rect,
    /// The rows that were found.
    pub list: Rect,
    /// The line between list and preview.
    pub divider: Rect,
    /// The text of the talk under the cursor; empty where there is no room.
    pub preview: Rect,
}

/// Finds the places inside the finder for a size: the preview beside the list on a wide screen,
/// below it on a high one.
pub fn finder_areas(size: Size) -> FinderAreas {
    let frame = popup(size, 140, 40);
    let inner = inside(frame);
    let query = Rect { height: inner.height.min(1), ..inner };
    let body = Rect { y: inner.y + query.height, height: inner.height - query.height, ..inner };
    let mut areas = FinderAreas { frame, query, list: body, ..FinderAreas::default() };
    if body.width >= 90 {
        let left = body.width / 2;
        areas.list.width = left - 1;
        areas.divider = Rect { x: body.x + left - 1, width: 1, ..body };
        areas.preview = Rect { x: body.x + left + 1, width: body.width - left - 2, ..body };
    } else if body.height >= 16 && body.width >= 20 {
        let above = body.height / 2;
        areas.list.height = above;
        areas.divider = Rect { y: body.y + above, height: 1, ..body };
        areas.preview = Rect {
            x: body.x + 1,
            y: body.y + above + 1,
            width: body.width.saturating_sub(2),
            height: body.height - above - 1,
        };
    }
    areas
}

/// The popup of the help, and of the list of bookmarks.
pub fn list_popup(size: Size) -> Rect {
    popup(size, 100, 36)
}

/// The places inside the list of bookmarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarksAreas {
    /// The whole popup, its border included.
    pub frame: Rect,
    /// The line with the filter; empty where there is none.
    pub filter: Rect,
    /// The bookmarks.
    pub list: Rect,
    /// The line that is typed in; empty where there is none.
    pub line: Rect,
}

/// The lines that a bookmark takes in its list.
pub const MARK_HEIGHT: u16 = 2;

/// Finds the places inside the list of bookmarks, with or without a filter and a line to type in.
pub fn marks_areas(size: Size, filter: bool, line: bool) -> MarksAreas {
    let mut frame = list_popup(size);
    // What is said about a change stands on the last line of the screen, and has to be seen.
    if frame.bottom() == size.rows && size.rows >= 6 {
        frame.height -= 1;
    }
    let inner = inside(frame);
    let above = u16::from(filter).min(inner.height);
    let below = u16::from(line).min(inner.height - above);
    let list = Rect { y: inner.y + above, height: inner.height - above - below, ..inner };
    MarksAreas {
        frame,
        filter: Rect { height: above, ..inner },
        list,
        line: Rect { y: list.bottom(), height: below, ..inner },
    }
}

/// The places inside a list to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MenuAreas {
    /// The whole popup, its border included.
    pub frame: Rect,
    /// The line with the filter; empty where there is none.
    pub query: Rect,
    /// The rows.
    pub list: Rect,
}

/// Finds the places inside a list: as high as its rows need, at most.
pub fn menu_areas(size: Size, menu: &Menu) -> MenuAreas {
    let above = u16::from(menu.query.is_some());
    let rows = u16::try_from(menu.rows.len()).unwrap_or(u16::MAX).saturating_add(2 + above);
    let mut frame = popup(size, 90, rows.clamp(6, 30));
    // What it is chosen for is to be seen: as high as its rows need, above the bottom line.
    let height = rows.min(frame.height);
    if frame.width == size.columns {
        let foot = u16::from(size.rows > height);
        frame = Rect { y: size.rows - foot - height, height, ..frame };
    }
    let inner = inside(frame);
    let above = above.min(inner.height);
    let query = Rect { height: above, ..inner };
    MenuAreas { frame, query, list: Rect { y: inner.y + above, height: inner.height - above, ..inner } }
}

/// The popup that says how a sequence of keys may go on: on the right, above the bottom line.
pub fn keys_popup(size: Size, ways: usize) -> Rect {
    let Size { columns, rows } = size;
    let width = columns.min(44);
    let height = u16::try_from(ways + 2).unwrap_or(u16::MAX).min(rows.saturating_sub(1));
    Rect::new(columns - width, rows.saturating_sub(1) - height, width, height)
}

/// The popup of the outline: as high as its headings need, at most.
pub fn outline_popup(size: Size, headings: usize) -> Rect {
    popup(size, 80, u16::try_from(headings + 3).unwrap_or(u16::MAX).clamp(10, 36))
}

/// What a border leaves of a popup.
pub fn inside(frame: Rect) -> Rect {
    let border = u16::from(frame.width >= 4 && frame.height >= 4);
    Rect {
        x: frame.x + border,
        y: frame.y + border,
        width: frame.width - 2 * border,
        height: frame.height - 2 * border,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_is_filled_and_nothing_stands_outside() {
        for columns in 0..200 {
            for rows in 0..60 {
                for focus in [Focus::Tree, Focus::Reader] {
                    for alone in [false, true] {
                        let size = Size { columns, rows };
                        let a = areas(size, focus, alone, 88, Some(columns / 2));
                        let f = finder_areas(size);
                        let m = marks_areas(size, alone, focus == Focus::Tree);
                        for rect in [
                            m.filter,
                            m.list,
                            m.line,
                            f.frame,
                            f.query,
                            f.list,
                            f.divider,
                            f.preview,
                            list_popup(size),
                            outline_popup(size, 50),
                            keys_popup(size, 50),
                            menu_areas(size, &Menu::new("", Vec::new())).list,
                        ] {
                            assert!(rect.right() <= columns && rect.bottom() <= rows, "{size:?} {f:?}");
                        }
                        for rect in
                            [a.header, a.tree, a.divider, a.reader, a.text, a.footer, popup(size, 100, 40)]
                        {
                            assert!(rect.right() <= columns && rect.bottom() <= rows, "{size:?} {a:?}");
                        }
                        assert_eq!(a.tree.width + a.divider.width + a.reader.width, columns);
                    }
                }
            }
        }
    }
}
