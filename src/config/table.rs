//! The table of actions: what can be done where, by which keys, and in which words.
//!
//! The keymap, and through it dispatch, footer, help and palette, and the README's table are all drawn from it, so
//! they cannot disagree.

use crate::config::actions::{Action, Scope};

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What it does.
    pub action: Action,
    /// Where it holds.
    pub scope: Scope,
    /// The keys that do it, the one to show first.
    pub keys: &'static [&'static str],
    /// What it does, for the help and the README.
    pub help: &'static str,
    /// One word for the footer, where it belongs there.
    pub footer: Option<&'static str>,
}

const fn row(
    scope: Scope,
    action: Action,
    keys: &'static [&'static str],
    help: &'static str,
    footer: Option<&'static str>,
) -> Row {
    Row { action, scope, keys, help, footer }
}

/// The table itself.
pub const TABLE: &[Row] = &[
    row(Scope::Tree, Action::Down, &["j", "down"], "move down", Some("move")),
    row(Scope::Tree, Action::Up, &["k", "up"], "move up", None),
    row(Scope::Tree, Action::Top, &["g", "home"], "first row", None),
    row(Scope::Tree, Action::Bottom, &["G", "end"], "last row", None),
    row(Scope::Tree, Action::HalfDown, &["ctrl-d"], "half a page down", None),
    row(Scope::Tree, Action::HalfUp, &["ctrl-u"], "half a page up", None),
    row(Scope::Tree, Action::PageDown, &["space", "pagedown", "ctrl-f"], "page down", None),
    row(Scope::Tree, Action::PageUp, &["b", "pageup", "ctrl-b"], "page up", None),
    row(Scope::Tree, Action::In, &["l", "right"], "unfold, or go into the talk", None),
    row(Scope::Tree, Action::Out, &["h", "left"], "fold, or go to the parent", Some("fold")),
    row(Scope::Tree, Action::Open, &["enter"], "read the talk; fold or unfold a group", Some("open")),
    row(Scope::Tree, Action::SearchHere, &["/"], "filter the tree", Some("filter")),
    row(Scope::Tree, Action::Close, &["esc"], "show the whole tree again", None),
    row(Scope::Reader, Action::Down, &["j", "down"], "line down", Some("scroll")),
    row(Scope::Reader, Action::Up, &["k", "up"], "line up", None),
    row(Scope::Reader, Action::Top, &["g", "home"], "start of the page", None),
    row(Scope::Reader, Action::Bottom, &["G", "end"], "end of the page", None),
    row(Scope::Reader, Action::HalfDown, &["ctrl-d"], "half a page down", None),
    row(Scope::Reader, Action::HalfUp, &["ctrl-u"], "half a page up", None),
    row(Scope::Reader, Action::PageDown, &["space", "pagedown", "ctrl-f"], "page down", None),
    row(Scope::Reader, Action::PageUp, &["b", "pageup", "ctrl-b"], "page up", None),
    row(Scope::Reader, Action::NextHeading, &["]"], "next heading", None),
    row(Scope::Reader, Action::PreviousHeading, &["["], "heading before", None),
    row(Scope::Reader, Action::Out, &["h", "left"], "back to the tree", Some("tree")),
    row(Scope::Reader, Action::SearchHere, &["/"], "search in the page", Some("search")),
    row(Scope::Reader, Action::Close, &["esc"], "put the matches out; back to the tree", None),
    row(Scope::Reader, Action::PanLeft, &["<"], "pan wide code and tables to the left", None),
    row(Scope::Reader, Action::PanRight, &[">"], "pan wide code and tables to the right", None),
    row(Scope::Reader, Action::WrapCode, &["w"], "wrap wide code, or pan it", None),
    row(Scope::Screen, Action::Jump, &["ctrl-p"], "jump to a talk by a few letters", Some("jump")),
    row(Scope::Screen, Action::SearchNotes, &["S"], "search the text of all notes", Some("notes")),
    row(Scope::Screen, Action::NextMatch, &["n"], "next match, on into the next talk", None),
    row(Scope::Screen, Action::PreviousMatch, &["N"], "match before", None),
    row(Scope::Screen, Action::Bookmark, &["m"], "set or remove a bookmark", Some("bookmark")),
    row(Scope::Screen, Action::Bookmarks, &["'"], "list the bookmarks", Some("bookmarks")),
    row(Scope::Screen, Action::Annotate, &["a"], "note on the bookmark here, or on a new one", None),
    row(Scope::Screen, Action::Revisits, &["R"], "revisit queue: what to look at again", None),
    row(Scope::Screen, Action::Undo, &["u"], "undo a change of a bookmark", None),
    row(Scope::Screen, Action::Outline, &["o"], "outline: jump to a heading", Some("outline")),
    row(Scope::Screen, Action::Links, &["f"], "light the links in view, to follow one", Some("links")),
    row(Scope::Screen, Action::Video, &["v"], "open the video, at a time where the line names one", None),
    row(Scope::Screen, Action::Slides, &["s"], "open the slides", None),
    row(Scope::Screen, Action::Copy, &["y"], "copy the section or the code at one's place", None),
    row(Scope::Screen, Action::CopyLink, &["Y"], "copy the link at one's place, or the talk's", None),
    row(Scope::Screen, Action::Related, &["="], "related talks: speakers, links, rare words in common", None),
    row(Scope::Screen, Action::Edit, &["e"], "open an editor at this line", None),
    row(Scope::Screen, Action::GroupBy, &["V"], "group the tree by conference, speaker, year, …", None),
    row(Scope::Screen, Action::Theme, &["t"], "choose a theme", None),
    row(
        Scope::Screen,
        Action::Palette,
        &[":"],
        "any action by a few letters; a number goes to that line",
        None,
    ),
    row(Scope::Screen, Action::Back, &["ctrl-o", "alt-left"], "back to where one was", None),
    row(Scope::Screen, Action::Forward, &["alt-right"], "forward again", None),
    row(Scope::Screen, Action::NextTalk, &["J"], "next talk", Some("next talk")),
    row(Scope::Screen, Action::PreviousTalk, &["K"], "talk before", None),
    row(Scope::Screen, Action::OtherPane, &["tab", "shift-tab"], "other pane", Some("pane")),
    row(Scope::Screen, Action::ReaderAlone, &["z"], "reader alone, and back", None),
    row(Scope::Screen, Action::Help, &["?", "f1"], "help: every key", Some("help")),
    row(Scope::Screen, Action::Mouse, &["M"], "give the mouse to the terminal, and take it back", None),
    row(Scope::Screen, Action::Reload, &["r"], "read the notes again", None),
    row(Scope::Screen, Action::Suspend, &["ctrl-z"], "suspend; fg in the shell brings it back", None),
    row(Scope::Screen, Action::Redraw, &["ctrl-l"], "draw the screen anew", None),
    row(Scope::Screen, Action::Quit, &["q"], "quit; in a reader that stands alone, back first", Some("quit")),
    row(Scope::Screen, Action::Interrupt, &["ctrl-c"], "quit", None),
    row(Scope::Finder, Action::Open, &["enter"], "go to the talk, or to the line", Some("go")),
    row(
        Scope::Finder,
        Action::SwitchMode,
        &["ctrl-t"],
        "talks by name, or by their text",
        Some("talks/text"),
    ),
    row(
        Scope::Finder,
        Action::Complete,
        &["tab"],
        "complete a facet; again for the next way",
        Some("complete"),
    ),
    row(Scope::Finder, Action::CompleteBack, &["shift-tab"], "the way before", None),
    row(Scope::Finder, Action::OlderQuery, &["alt-up"], "earlier query", None),
    row(Scope::Finder, Action::NewerQuery, &["alt-down"], "later query", None),
    row(Scope::Finder, Action::Down, &["down", "ctrl-n", "ctrl-j"], "next row", Some("next")),
    row(Scope::Finder, Action::Up, &["up", "ctrl-p", "ctrl-k"], "row before", None),
    row(Scope::Finder, Action::PageDown, &["pagedown"], "page of rows down", None),
    row(Scope::Finder, Action::PageUp, &["pageup"], "page of rows up", None),
    row(Scope::Finder, Action::LineStart, &["ctrl-a", "home"], "start of the query", None),
    row(Scope::Finder, Action::LineEnd, &["ctrl-e", "end"], "end of the query", None),
    row(Scope::Finder, Action::CharLeft, &["left", "ctrl-b"], "a letter to the left", None),
    row(Scope::Finder, Action::CharRight, &["right", "ctrl-f"], "a letter to the right", None),
    row(Scope::Finder, Action::DeleteChar, &["backspace", "ctrl-h"], "delete the letter before", None),
    row(Scope::Finder, Action::DeleteForward, &["delete", "ctrl-d"], "delete the letter under", None),
    row(Scope::Finder, Action::DeleteWord, &["ctrl-w"], "delete the word before", None),
    row(Scope::Finder, Action::DeleteLine, &["ctrl-u"], "delete all before", None),
    row(Scope::Finder, Action::Close, &["esc", "ctrl-c"], "close", Some("close")),
    row(Scope::Prompt, Action::Open, &["enter"], "keep it", Some("keep")),
    row(Scope::Prompt, Action::NextMatch, &["down", "ctrl-n"], "next match", Some("next")),
    row(Scope::Prompt, Action::PreviousMatch, &["up", "ctrl-p"], "match before", None),
    row(Scope::Prompt, Action::LineStart, &["ctrl-a", "home"], "start of the line", None),
    row(Scope::Prompt, Action::LineEnd, &["ctrl-e", "end"], "end of the line", None),
    row(Scope::Prompt, Action::CharLeft, &["left", "ctrl-b"], "a letter to the left", None),
    row(Scope::Prompt, Action::CharRight, &["right", "ctrl-f"], "a letter to the right", None),
    row(Scope::Prompt, Action::DeleteChar, &["backspace", "ctrl-h"], "delete the letter before", None),
    row(Scope::Prompt, Action::DeleteForward, &["delete", "ctrl-d"], "delete the letter under", None),
    row(Scope::Prompt, Action::DeleteWord, &["ctrl-w"], "delete the word before", None),
    row(Scope::Prompt, Action::DeleteLine, &["ctrl-u"], "delete all before", None),
    row(Scope::Prompt, Action::Close, &["esc", "ctrl-c"], "back to where one was", Some("close")),
    row(Scope::Outline, Action::Open, &["enter"], "go to the heading", Some("go")),
    row(Scope::Outline, Action::Down, &["down", "ctrl-n", "ctrl-j"], "next heading", Some("next")),
    row(Scope::Outline, Action::Up, &["up", "ctrl-p", "ctrl-k"], "heading before", None),
    row(Scope::Outline, Action::PageDown, &["pagedown"], "page down", None),
    row(Scope::Outline, Action::PageUp, &["pageup"], "page up", None),
    row(Scope::Outline, Action::LineStart, &["ctrl-a", "home"], "start of the filter", None),
    row(Scope::Outline, Action::LineEnd, &["ctrl-e", "end"], "end of the filter", None),
    row(Scope::Outline, Action::CharLeft, &["left", "ctrl-b"], "a letter to the left", None),
    row(Scope::Outline, Action::CharRight, &["right", "ctrl-f"], "a letter to the right", None),
    row(Scope::Outline, Action::DeleteChar, &["backspace", "ctrl-h"], "delete the letter before", None),
    row(Scope::Outline, Action::DeleteForward, &["delete", "ctrl-d"], "delete the letter under", None),
    row(Scope::Outline, Action::DeleteWord, &["ctrl-w"], "delete the word before", None),
    row(Scope::Outline, Action::DeleteLine, &["ctrl-u"], "delete all before", None),
    row(Scope::Outline, Action::Close, &["esc", "ctrl-c"], "close", Some("close")),
    row(Scope::Links, Action::Open, &["enter"], "follow the link that the last line shows", Some("follow")),
    row(Scope::Links, Action::Down, &["tab", "down", "right", "ctrl-n"], "next link", Some("next")),
    row(Scope::Links, Action::Up, &["shift-tab", "up", "left", "ctrl-p"], "link before", None),
    row(Scope::Links, Action::CopyLink, &["Y"], "copy its address", Some("copy")),
    row(Scope::Links, Action::DeleteChar, &["backspace", "ctrl-h"], "take the letter back", None),
    row(Scope::Links, Action::Close, &["esc", "ctrl-c"], "close", Some("close")),
    row(Scope::Bookmarks, Action::Open, &["enter", "l", "right"], "go to the place", Some("go")),
    row(Scope::Bookmarks, Action::Down, &["j", "down", "ctrl-n"], "next row", Some("move")),
    row(Scope::Bookmarks, Action::Up, &["k", "up", "ctrl-p"], "row before", None),
    row(Scope::Bookmarks, Action::Top, &["g", "home"], "first row", None),
    row(Scope::Bookmarks, Action::Bottom, &["G", "end"], "last row", None),
    row(Scope::Bookmarks, Action::PageDown, &["space", "pagedown", "ctrl-f"], "page down", None),
    row(Scope::Bookmarks, Action::PageUp, &["b", "pageup", "ctrl-b"], "page up", None),
    row(Scope::Bookmarks, Action::SearchHere, &["/"], "filter, as in the finder", Some("filter")),
    row(Scope::Bookmarks, Action::Sort, &["s"], "sort by place, date, or the day it is due", Some("sort")),
    row(Scope::Bookmarks, Action::Annotate, &["a"], "edit its note", Some("note")),
    row(Scope::Bookmarks, Action::EditTags, &["t"], "edit its tags", Some("tags")),
    row(
        Scope::Bookmarks,
        Action::Done,
        &["d"],
        "looked at: comes again after twice as long, at first tomorrow",
        Some("done"),
    ),
    row(Scope::Bookmarks, Action::Snooze, &["z"], "snooze: look at it tomorrow", None),
    row(Scope::Bookmarks, Action::Unschedule, &["x"], "take it off the revisit queue", None),
    row(Scope::Bookmarks, Action::Accept, &["A"], "moved: let it stand where it was found", None),
    row(Scope::Bookmarks, Action::Remove, &["m", "delete"], "remove the bookmark", Some("remove")),
    row(Scope::Bookmarks, Action::Undo, &["u"], "undo", Some("undo")),
    row(Scope::Bookmarks, Action::Revisits, &["R"], "the revisit queue, and all bookmarks again", None),
    row(Scope::Bookmarks, Action::Close, &["esc", "q", "'", "ctrl-c", "h", "left"], "close", Some("close")),
    row(Scope::List, Action::Open, &["enter", "l", "right"], "take it", Some("take")),
    row(Scope::List, Action::Down, &["j", "down", "ctrl-n", "tab"], "next row", Some("move")),
    row(Scope::List, Action::Up, &["k", "up", "ctrl-p", "shift-tab"], "row before", None),
    row(Scope::List, Action::Top, &["g", "home"], "first row", None),
    row(Scope::List, Action::Bottom, &["G", "end"], "last row", None),
    row(Scope::List, Action::PageDown, &["space", "pagedown", "ctrl-f"], "page down", None),
    row(Scope::List, Action::PageUp, &["b", "pageup", "ctrl-b"], "page up", None),
    row(Scope::List, Action::Close, &["esc", "q", "ctrl-c", "h", "left"], "close", Some("close")),
    row(Scope::Palette, Action::Open, &["enter"], "do it; after a number, go to that line", Some("do it")),
    row(Scope::Palette, Action::Down, &["down", "ctrl-n", "ctrl-j", "tab"], "next row", Some("next")),
    row(Scope::Palette, Action::Up, &["up", "ctrl-p", "ctrl-k", "shift-tab"], "row before", None),
    row(Scope::Palette, Action::PageDown, &["pagedown"], "page down", None),
    row(Scope::Palette, Action::PageUp, &["pageup"], "page up", None),
    row(Scope::Palette, Action::LineStart, &["ctrl-a", "home"], "start of the line", None),
    row(Scope::Palette, Action::LineEnd, &["ctrl-e", "end"], "end of the line", None),
    row(Scope::Palette, Action::CharLeft, &["left", "ctrl-b"], "a letter to the left", None),
    row(Scope::Palette, Action::CharRight, &["right", "ctrl-f"], "a letter to the right", None),
    row(Scope::Palette, Action::DeleteChar, &["backspace", "ctrl-h"], "delete the letter before", None),
    row(Scope::Palette, Action::DeleteForward, &["delete", "ctrl-d"], "delete the letter under", None),
    row(Scope::Palette, Action::DeleteWord, &["ctrl-w"], "delete the word before", None),
    row(Scope::Palette, Action::DeleteLine, &["ctrl-u"], "delete all before", None),
    row(Scope::Palette, Action::Close, &["esc", "ctrl-c"], "close", Some("close")),
    row(Scope::Help, Action::Down, &["j", "down"], "line down", Some("scroll")),
    row(Scope::Help, Action::Up, &["k", "up"], "line up", None),
    row(Scope::Help, Action::Top, &["g", "home"], "start", None),
    row(Scope::Help, Action::Bottom, &["G", "end"], "end", None),
    row(Scope::Help, Action::PageDown, &["space", "pagedown", "ctrl-f", "ctrl-d"], "page down", None),
    row(Scope::Help, Action::PageUp, &["b", "pageup", "ctrl-b", "ctrl-u"], "page up", None),
    row(Scope::Help, Action::Tour, &["t"], "take the tour: three minutes, then back here", Some("tour")),
    row(Scope::Help, Action::Close, &["esc", "q", "?", "f1", "ctrl-c", "enter"], "close", Some("close")),
];

/// The row of an action in a scope, or where that scope asks when it does not know a key.
pub fn row_of(scope: Scope, action: Action) -> Option<&'static Row> {
    let find = |scope| TABLE.iter().find(|row| row.scope == scope && row.action == action);
    find(scope).or_else(|| scope.fallback().and_then(find))
}

/// The table of keys for the README, in Markdown.
pub fn markdown() -> String {
    let mut out = String::new();
    for scope in Scope::ALL {
        out.push_str(&format!("\n**{}**\n\n| keys | |\n|---|---|\n", scope.title()));
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let keys: Vec<String> = row.keys.iter().map(|k| format!("`{k}`")).collect();
            out.push_str(&format!("| {} | {} |\n", keys.join(" "), row.help));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keymap::{Found, Keymap};
    use crate::config::keys::Key;
    use std::collections::HashSet;

    #[test]
    fn every_key_is_a_key_and_bound_once_in_its_scope() {
        let mut seen = HashSet::new();
        for row in TABLE {
            for name in row.keys {
                let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
                assert!(seen.insert((row.scope, key)), "{name} is bound twice in {:?}", row.scope);
            }
        }
    }

    /// A scope in which text is typed must not bind a bare character.
    #[test]
    fn where_text_is_typed_letters_are_left_to_it() {
        for row in TABLE.iter().filter(|row| row.scope.is_typed_in() && row.scope != Scope::Links) {
            for key in row.keys.iter().filter_map(|k| Key::parse(k)) {
                assert_eq!(key.typed(), None, "{key} in {:?}", row.scope);
            }
        }
    }

    /// A key of the tree or the reader may refine what it does anywhere, but no row of "anywhere"
    /// may be out of reach in both panes.
    #[test]
    fn nothing_is_hidden_everywhere() {
        let keymap = Keymap::builtin();
        for row in TABLE.iter().filter(|row| row.scope == Scope::Screen) {
            let reachable = |scope| {
                let finds = |k: &&str| Key::parse(k).map(|key| keymap.lookup(scope, &[key]));
                row.keys.iter().any(|k| finds(k) == Some(Found::Action(row.action)))
            };
            assert!(reachable(Scope::Tree) && reachable(Scope::Reader), "{:?}", row.action);
        }
    }
}
