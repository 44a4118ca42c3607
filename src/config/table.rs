//! The table of actions: what can be done where, by which keys, and in which words.
//!
//! The keymap, and through it dispatch, footer, help and palette, and the README's table are all drawn from it, so
//! they cannot disagree. A new action is one row here and one arm in `tui::update`.

use crate::config::actions::Scope;

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

/// Makes the actions and the table of them out of rows: where it holds, the action (with a `+` where it is named for the
/// first time), its keys, what it does, and its word in the footer, if it has one.
macro_rules! table {
    ($($scope:ident $(+ $new:ident)? $($known:ident)? [$($key:literal)+] $help:literal $(/ $footer:literal)?;)+) => {
        /// Something that a key can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[doc = $help] $new,)?)+
        }

        /// The table itself.
        pub const TABLE: &[Row] = &[$(Row {
            action: Action::$($new)?$($known)?,
            scope: Scope::$scope,
            keys: &[$($key),+],
            help: $help,
            footer: [$(Some($footer),)? None][0],
        }),+];
    };
}

table! {
    Tree +Down ["j" "down"] "move down" / "move";
    Tree +Up ["k" "up"] "move up";
    Tree +Top ["g" "home"] "first row";
    Tree +Bottom ["G" "end"] "last row";
    Tree +HalfDown ["ctrl-d"] "half a page down";
    Tree +HalfUp ["ctrl-u"] "half a page up";
    Tree +PageDown ["space" "pagedown" "ctrl-f"] "page down";
    Tree +PageUp ["b" "pageup" "ctrl-b"] "page up";
    Tree +In ["l" "right"] "unfold, or go into the talk";
    Tree +Out ["h" "left"] "fold, or go to the parent" / "fold";
    Tree +Open ["enter"] "read the talk; fold or unfold a group" / "open";
    Tree +SearchHere ["/"] "filter the tree" / "filter";
    Tree +Close ["esc"] "show the whole tree again";

    Reader Down ["j" "down"] "line down" / "scroll";
    Reader Up ["k" "up"] "line up";
    Reader Top ["g" "home"] "start of the page";
    Reader Bottom ["G" "end"] "end of the page";
    Reader HalfDown ["ctrl-d"] "half a page down";
    Reader HalfUp ["ctrl-u"] "half a page up";
    Reader PageDown ["space" "pagedown" "ctrl-f"] "page down";
    Reader PageUp ["b" "pageup" "ctrl-b"] "page up";
    Reader +NextHeading ["]"] "next heading";
    Reader +PreviousHeading ["["] "heading before";
    Reader Out ["h" "left"] "back to the tree" / "tree";
    Reader SearchHere ["/"] "search in the page" / "search";
    Reader Close ["esc"] "put the matches out; back to the tree";
    Reader +PanLeft ["<"] "pan wide code and tables to the left";
    Reader +PanRight [">"] "pan wide code and tables to the right";
    Reader +WrapCode ["w"] "wrap wide code, or pan it";

    Screen +Jump ["ctrl-p"] "jump to a talk by a few letters" / "jump";
    Screen +SearchNotes ["S"] "search the text of all notes" / "notes";
    Screen +NextMatch ["n"] "next match, on into the next talk";
    Screen +PreviousMatch ["N"] "match before";
    Screen +Bookmark ["m"] "set or remove a bookmark" / "bookmark";
    Screen +Bookmarks ["'"] "list the bookmarks" / "bookmarks";
    Screen +Annotate ["a"] "note on the bookmark here, or on a new one";
    Screen +Revisits ["R"] "revisit queue: what to look at again";
    Screen +Undo ["u"] "undo a change of a bookmark";
    Screen +Outline ["o"] "outline: jump to a heading" / "outline";
    Screen +Links ["f"] "light the links in view, to follow one" / "links";
    Screen +Video ["v"] "open the video, at a time where the line names one";
    Screen +Slides ["s"] "open the slides";
    Screen +Copy ["y"] "copy the section or the code at one's place";
    Screen +CopyLink ["Y"] "copy the link at one's place, or the talk's";
    Screen +Related ["="] "related talks: speakers, links, rare words in common";
    Screen +Edit ["e"] "open an editor at this line";
    Screen +GroupBy ["V"] "group the tree by conference, speaker, year, …";
    Screen +Theme ["t"] "choose a theme";
    Screen +Palette [":"] "any action by a few letters; a number goes to that line";
    Screen +Back ["ctrl-o" "alt-left"] "back to where one was";
    Screen +Forward ["alt-right"] "forward again";
    Screen +NextTalk ["J"] "next talk" / "next talk";
    Screen +PreviousTalk ["K"] "talk before";
    Screen +OtherPane ["tab" "shift-tab"] "other pane" / "pane";
    Screen +ReaderAlone ["z"] "reader alone, and back";
    Screen +Help ["?" "f1"] "help: every key" / "help";
    Screen +Mouse ["M"] "give the mouse to the terminal, and take it back";
    Screen +Reload ["r"] "read the notes again";
    Screen +Suspend ["ctrl-z"] "suspend; fg in the shell brings it back";
    Screen +Redraw ["ctrl-l"] "draw the screen anew";
    Screen +Quit ["q"] "quit; in a reader that stands alone, back first" / "quit";
    Screen +Interrupt ["ctrl-c"] "quit";

    Finder Open ["enter"] "go to the talk, or to the line" / "go";
    Finder +SwitchMode ["ctrl-t"] "talks by name, or by their text" / "talks/text";
    Finder +Complete ["tab"] "complete a facet; again for the next way" / "complete";
    Finder +CompleteBack ["shift-tab"] "the way before";
    Finder +OlderQuery ["alt-up"] "earlier query";
    Finder +NewerQuery ["alt-down"] "later query";
    Finder Down ["down" "ctrl-n" "ctrl-j"] "next row" / "next";
    Finder Up ["up" "ctrl-p" "ctrl-k"] "row before";
    Finder PageDown ["pagedown"] "page of rows down";
    Finder PageUp ["pageup"] "page of rows up";
    Finder +LineStart ["ctrl-a" "home"] "start of the query";
    Finder +LineEnd ["ctrl-e" "end"] "end of the query";
    Finder +CharLeft ["left" "ctrl-b"] "a letter to the left";
    Finder +CharRight ["right" "ctrl-f"] "a letter to the right";
    Finder +DeleteChar ["backspace" "ctrl-h"] "delete the letter before";
    Finder +DeleteForward ["delete" "ctrl-d"] "delete the letter under";
    Finder +DeleteWord ["ctrl-w"] "delete the word before";
    Finder +DeleteLine ["ctrl-u"] "delete all before";
    Finder Close ["esc" "ctrl-c"] "close" / "close";

    Prompt Open ["enter"] "keep it" / "keep";
    Prompt NextMatch ["down" "ctrl-n"] "next match" / "next";
    Prompt PreviousMatch ["up" "ctrl-p"] "match before";
    Prompt LineStart ["ctrl-a" "home"] "start of the line";
    Prompt LineEnd ["ctrl-e" "end"] "end of the line";
    Prompt CharLeft ["left" "ctrl-b"] "a letter to the left";
    Prompt CharRight ["right" "ctrl-f"] "a letter to the right";
    Prompt DeleteChar ["backspace" "ctrl-h"] "delete the letter before";
    Prompt DeleteForward ["delete" "ctrl-d"] "delete the letter under";
    Prompt DeleteWord ["ctrl-w"] "delete the word before";
    Prompt DeleteLine ["ctrl-u"] "delete all before";
    Prompt Close ["esc" "ctrl-c"] "back to where one was" / "close";

    Outline Open ["enter"] "go to the heading" / "go";
    Outline Down ["down" "ctrl-n" "ctrl-j"] "next heading" / "next";
    Outline Up ["up" "ctrl-p" "ctrl-k"] "heading before";
    Outline PageDown ["pagedown"] "page down";
    Outline PageUp ["pageup"] "page up";
    Outline LineStart ["ctrl-a" "home"] "start of the filter";
    Outline LineEnd ["ctrl-e" "end"] "end of the filter";
    Outline CharLeft ["left" "ctrl-b"] "a letter to the left";
    Outline CharRight ["right" "ctrl-f"] "a letter to the right";
    Outline DeleteChar ["backspace" "ctrl-h"] "delete the letter before";
    Outline DeleteForward ["delete" "ctrl-d"] "delete the letter under";
    Outline DeleteWord ["ctrl-w"] "delete the word before";
    Outline DeleteLine ["ctrl-u"] "delete all before";
    Outline Close ["esc" "ctrl-c"] "close" / "close";

    Links Open ["enter"] "follow the link that the last line shows" / "follow";
    Links Down ["tab" "down" "right" "ctrl-n"] "next link" / "next";
    Links Up ["shift-tab" "up" "left" "ctrl-p"] "link before";
    Links CopyLink ["Y"] "copy its address" / "copy";
    Links DeleteChar ["backspace" "ctrl-h"] "take the letter back";
    Links Close ["esc" "ctrl-c"] "close" / "close";

    Bookmarks Open ["enter" "l" "right"] "go to the place" / "go";
    Bookmarks Down ["j" "down" "ctrl-n"] "next row" / "move";
    Bookmarks Up ["k" "up" "ctrl-p"] "row before";
    Bookmarks Top ["g" "home"] "first row";
    Bookmarks Bottom ["G" "end"] "last row";
    Bookmarks PageDown ["space" "pagedown" "ctrl-f"] "page down";
    Bookmarks PageUp ["b" "pageup" "ctrl-b"] "page up";
    Bookmarks SearchHere ["/"] "filter, as in the finder" / "filter";
    Bookmarks +Sort ["s"] "sort by place, date, or the day it is due" / "sort";
    Bookmarks Annotate ["a"] "edit its note" / "note";
    Bookmarks +EditTags ["t"] "edit its tags" / "tags";
    Bookmarks +Done ["d"] "looked at: comes again after twice as long, at first tomorrow" / "done";
    Bookmarks +Snooze ["z"] "snooze: look at it tomorrow";
    Bookmarks +Unschedule ["x"] "take it off the revisit queue";
    Bookmarks +Accept ["A"] "moved: let it stand where it was found";
    Bookmarks +Remove ["m" "delete"] "remove the bookmark" / "remove";
    Bookmarks Undo ["u"] "undo" / "undo";
    Bookmarks Revisits ["R"] "the revisit queue, and all bookmarks again";
    Bookmarks Close ["esc" "q" "'" "ctrl-c" "h" "left"] "close" / "close";

    List Open ["enter" "l" "right"] "take it" / "take";
    List Down ["j" "down" "ctrl-n" "tab"] "next row" / "move";
    List Up ["k" "up" "ctrl-p" "shift-tab"] "row before";
    List Top ["g" "home"] "first row";
    List Bottom ["G" "end"] "last row";
    List PageDown ["space" "pagedown" "ctrl-f"] "page down";
    List PageUp ["b" "pageup" "ctrl-b"] "page up";
    List Close ["esc" "q" "ctrl-c" "h" "left"] "close" / "close";

    Palette Open ["enter"] "do it; after a number, go to that line" / "do it";
    Palette Down ["down" "ctrl-n" "ctrl-j" "tab"] "next row" / "next";
    Palette Up ["up" "ctrl-p" "ctrl-k" "shift-tab"] "row before";
    Palette PageDown ["pagedown"] "page down";
    Palette PageUp ["pageup"] "page up";
    Palette LineStart ["ctrl-a" "home"] "start of the line";
    Palette LineEnd ["ctrl-e" "end"] "end of the line";
    Palette CharLeft ["left" "ctrl-b"] "a letter to the left";
    Palette CharRight ["right" "ctrl-f"] "a letter to the right";
    Palette DeleteChar ["backspace" "ctrl-h"] "delete the letter before";
    Palette DeleteForward ["delete" "ctrl-d"] "delete the letter under";
    Palette DeleteWord ["ctrl-w"] "delete the word before";
    Palette DeleteLine ["ctrl-u"] "delete all before";
    Palette Close ["esc" "ctrl-c"] "close" / "close";

    Help Down ["j" "down"] "line down" / "scroll";
    Help Up ["k" "up"] "line up";
    Help Top ["g" "home"] "start";
    Help Bottom ["G" "end"] "end";
    Help PageDown ["space" "pagedown" "ctrl-f" "ctrl-d"] "page down";
    Help PageUp ["b" "pageup" "ctrl-b" "ctrl-u"] "page up";
    Help +Tour ["t"] "take the tour: three minutes, then back here" / "tour";
    Help Close ["esc" "q" "?" "f1" "ctrl-c" "enter"] "close" / "close";
}

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
