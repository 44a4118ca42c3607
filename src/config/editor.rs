//! Editors, and how each of them is told a line.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// How an editor takes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// `+LINE FILE`
    Plus,
    /// `FILE:LINE`
    Colon,
    /// `--goto FILE:LINE`
    Goto,
    /// `--line LINE FILE`
    Line,
    /// `-l LINE FILE`
    ShortLine,
}

/// Editors by the name of their program, each with its way. From the editors' own manuals.
const EDITORS: &[(&[&str], Way)] = &[
    (
        &[
            "vi", "vim", "nvim", "gvim", "view", "nvi", "vis", "elvis", "nano", "pico", "emacs",
            "emacsclient", "mg", "jove", "zile", "qe", "kak", "micro", "joe", "jmacs", "jed", "ne", "mcedit",
            "ee", "dte", "gedit", "amp", "gnome-text-editor", "bbedit", "geany", "mousepad", "pluma", "xed",
        ],
        Way::Plus,
    ),
    (&["hx", "helix", "zed", "zeditor", "subl", "sublime_text", "lapce", "flow", "fresh"], Way::Colon),
    (
        &["code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf", "positron"],
        Way::Goto,
    ),
    (&["kate", "kwrite", "idea", "pycharm", "clion", "rustrover", "webstorm", "goland"], Way::Line),
    (&["mate", "tilde"], Way::ShortLine),
];

/// The command that opens a file at a line, program first: `command` split into words as a shell does, and what the
/// editor needs to be told behind them. A path that is no Unicode is handed over as it is. A command with `{path}` in it says for itself where path and line belong.
///
/// # Errors
///
/// When the command names no program or its quotes are not closed, in words.
pub fn command(command: &str, path: &Path, line: usize) -> Result<Vec<OsString>, String> {
    let words = shell_words::split(command).map_err(|error| format!("the editor \"{command}\": {error}"))?;
    let Some(program) = words.first() else {
        return Err("no editor is named".into());
    };
    let known = ["path", "line"];
    let unknown = |word: &String| {
        let name = word.split_once('{')?.1.split_once('}')?.0;
        (!known.contains(&name) && !name.is_empty()).then(|| name.to_owned())
    };
    if let Some(name) = words.iter().find_map(unknown) {
        return Err(format!("the editor's command has {{{name}}}; there are {{path}} and {{line}}"));
    }
    let (file, number) = (path.as_os_str(), line.max(1).to_string());
    if words.iter().any(|word| word.contains("{path}")) {
        let place = |word: &String| {
            let parts: Vec<String> =
                word.split("{path}").map(|part| part.replace("{line}", &number)).collect();
            parts.iter().map(OsStr::new).collect::<Vec<_>>().join(file)
        };
        return Ok(words.iter().map(place).collect());
    }
    let at_line = || {
        let mut place = file.to_owned();
        place.push(format!(":{number}"));
        place
    };
    let name = Path::new(program).file_stem().map(|name| name.to_string_lossy().to_lowercase());
    let known = |(names, _): &&(&[&str], Way)| name.as_deref().is_some_and(|name| names.contains(&name));
    let place = match EDITORS.iter().find(known).map(|(_, way)| *way) {
        Some(Way::Plus) => vec![format!("+{number}").into(), file.into()],
        Some(Way::Colon) => vec![at_line()],
        Some(Way::Goto) => vec!["--goto".into(), at_line()],
        Some(Way::Line) => vec!["--line".into(), number.into(), file.into()],
        Some(Way::ShortLine) => vec!["-l".into(), number.into(), file.into()],
        // An editor that is not known is not told what it may take for a file.
        None => vec![file.into()],
    };
    Ok(words.into_iter().map(OsString::from).chain(place).collect())
}

/// The editor that is set: in the config, in `$VISUAL`, in `$EDITOR`; else `vi`, which POSIX has everywhere.
pub fn chosen(config: Option<&str>) -> String {
    let set = |name| std::env::var(name).ok();
    let named = config.map(str::to_owned).into_iter().chain(set("VISUAL")).chain(set("EDITOR"));
    let fallback = if cfg!(windows) { "notepad" } else { "vi" };
    named.into_iter().find(|editor| !editor.trim().is_empty()).unwrap_or_else(|| fallback.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(editor: &str, expected: &[&str]) {
        let found = command(editor, Path::new("/notes/a b.md"), 57).expect(editor);
        assert_eq!(found, expected, "{editor}");
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        check("vim", &["vim", "+57", "/notes/a b.md"]);
        check("/usr/bin/nvim -R", &["/usr/bin/nvim", "-R", "+57", "/notes/a b.md"]);
        check("emacsclient -t", &["emacsclient", "-t", "+57", "/notes/a b.md"]);
        check("hx", &["hx", "/notes/a b.md:57"]);
        check("code --wait", &["code", "--wait", "--goto", "/notes/a b.md:57"]);
        check("kate", &["kate", "--line", "57", "/notes/a b.md"]);
        check("own-editor", &["own-editor", "/notes/a b.md"]);
        check("'my editor' -l{line} {path}", &["my editor", "-l57", "/notes/a b.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_is_handed_over_as_it_is() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(OsStr::from_bytes(b"/notes/caf\xe9.md"));
        for (editor, last) in [
            ("vim", &b"/notes/caf\xe9.md"[..]),
            ("hx", b"/notes/caf\xe9.md:3"),
            ("e -f{path}", b"-f/notes/caf\xe9.md"),
        ] {
            let words = command(editor, path, 3).expect(editor);
            assert_eq!(words.last().map(|word| word.as_bytes()), Some(last), "{editor}");
        }
    }

    #[test]
    fn what_is_no_command_is_said() {
        assert!(command("'vim", Path::new("a"), 1).is_err());
        assert!(command("  ", Path::new("a"), 1).is_err());
    }
}
