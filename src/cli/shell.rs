//! `completions` and `man`: what a shell and a manual make of the one definition of the command line.
//!
//! Where the shell can ask a program while somebody types, hallway itself completes: ids of talks, facets with the
//! names of speakers and conferences, from the notes. The other shells get the words of the command line alone.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{EnvCompleter, Fish, Shells, Zsh};
use clap_complete::{CompleteEnv, Shell};

use crate::cli::args::{Args, Global};
use crate::cli::{Outcome, roots, setup};
use crate::library::Library;
use crate::library::load::load;
use crate::search::Marks;
use crate::search::complete::complete;
use crate::search::parts::Parts;

/// The variable by which a shell asks for completions: `_HALLWAY_COMPLETE=bash hallway -- WORDS`.
const ASKED: &str = "_HALLWAY_COMPLETE";

/// Options of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "bash:  source <(hallway completions bash)     in ~/.bashrc\n\
                  zsh:   source <(hallway completions zsh)      in ~/.zshrc, behind compinit\n\
                  fish:  hallway completions fish | source      in ~/.config/fish/config.fish\n\n\
                  Examples:\n  hallway completions bash > ~/.local/share/bash-completion/completions/hallway\n  \
                  hallway completions fish > ~/.config/fish/completions/hallway.fish")]
pub struct CompletionsOptions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  hallway man list\n  hallway man > ~/.local/share/man/man1/hallway.1")]
pub struct ManOptions {
    /// The verb, and the verb inside of it; without one, hallway itself
    #[arg(value_name = "VERB", add = ArgValueCompleter::new(verbs))]
    pub verb: Vec<String>,
}

/// bash splits words at colons, which facets have: the words are put together again, and what stands before the last
/// colon is taken off what comes back.
struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> std::io::Result<()> {
        let script = r#"_hallway() {
    local line=${COMP_LINE:0:COMP_POINT} words=() word before i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        before=${line%%"$word"*}
        if ((i > 0)) && [[ -n $word && -z $before && ${#words[@]} -gt 0 ]]; then
            words[${#words[@]}-1]+=$word
        elif ((i > 0)) && [[ -z $word && $line != *[[:space:]] && ${#words[@]} -gt 1 ]]; then
            :
        else
            words+=("$word")
        fi
        line=${line#*"$word"}
    done
    local last=$((${#words[@]} - 1)) IFS=$'\013'
    local current=${words[last]} kept= quote=
    # What stands before the last sign at which bash has split the word stays on the line.
    if [[ $current == *[:=]* && $current != [\"\']* ]]; then
        kept=${current%"${current##*[:=]}"}
    fi
    case ${current#"$kept"} in [\"\']*) quote=yes ;; esac
    words[last]=${current//[\"\'\\]/}
    kept=${kept//[\"\'\\]/}
    COMPREPLY=($(_CLAP_IFS=$IFS _CLAP_COMPLETE_INDEX=$last VAR=bash COMPLETER -- "${words[@]}" 2>/dev/null)) || COMPREPLY=()
    for i in "${!COMPREPLY[@]}"; do
        word=${COMPREPLY[i]#"$kept"}
        # Inside of quotes nothing needs an escape.
        if [[ -z $quote ]]; then
            case $word in *[\ \'\"\\\$\&\;\|\<\>\(\)]*) printf -v word %q "$word" ;; esac
        fi
        COMPREPLY[i]=$word
    done
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _hallway BIN 2>/dev/null || complete -o bashdefault -F _hallway BIN
"#;
        let completer = shell_words::quote(completer);
        let script = script.replace("VAR", var).replace("COMPLETER", &completer).replace("BIN", bin);
        buf.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        args: Vec<OsString>,
        folder: Option<&Path>,
        buf: &mut dyn Write,
    ) -> std::io::Result<()> {
        clap_complete::env::Bash.write_complete(command, args, folder, buf)
    }
}

/// Answers a shell that asks how a line goes on, and ends. Does nothing when none has asked.
pub fn answer_the_shell() {
    if std::env::var_os(ASKED).is_some() {
        completer().complete();
    }
}

fn completer() -> CompleteEnv<'static, fn() -> clap::Command> {
    const SHELLS: Shells<'static> = Shells(&[&Bash, &Zsh, &Fish]);
    let definition: fn() -> clap::Command = Args::command;
    CompleteEnv::with_factory(definition).var(ASKED).bin("hallway").shells(SHELLS)
}

pub(super) fn completions(options: &CompletionsOptions) -> Result<Outcome> {
    let mut script = Vec::new();
    let asking: Option<&dyn EnvCompleter> = match options.shell {
        Shell::Bash => Some(&Bash),
        Shell::Zsh => Some(&Zsh),
        Shell::Fish => Some(&Fish),
        _ => None,
    };
    match asking {
        Some(shell) => shell.write_registration(ASKED, "hallway", "hallway", "hallway", &mut script)?,
        None => clap_complete::generate(options.shell, &mut Args::command(), "hallway", &mut script),
    }
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

pub(super) fn man(options: &ManOptions) -> Result<Outcome> {
    let page = page(&options.verb)?;
    let mut stdout = std::io::stdout();
    // Somebody who reads it wants to read it; a file or a program wants the source.
    if stdout.is_terminal()
        && let Ok(mut reader) = Process::new("man").args(["-l", "-"]).stdin(Stdio::piped()).spawn()
    {
        if let Some(mut stdin) = reader.stdin.take() {
            let _ = stdin.write_all(&page);
        }
        if reader.wait()?.success() {
            return Ok(Outcome::Done);
        }
    }
    stdout.write_all(&page)?;
    Ok(Outcome::Done)
}

/// The page of a verb, in roff.
fn page(verb: &[String]) -> Result<Vec<u8>> {
    let mut command = Args::command();
    command.build();
    let mut name = "hallway".to_owned();
    // `hallway man hallway` is the page that it names.
    for word in verb.iter().skip(usize::from(verb.first().is_some_and(|first| first == "hallway"))) {
        let known: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
        let Some(inner) = command.find_subcommand(word) else {
            let near = crate::config::schema::nearest(word, known.iter().map(String::as_str));
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            let all = if known.is_empty() {
                "it has none".into()
            } else {
                format!("there are {}", known.join(", "))
            };
            anyhow::bail!("{name} has no verb {word}{near}; {all}");
        };
        name = format!("{name}-{word}");
        command = inner.clone();
    }
    // A page is called after the whole command, as git's are.
    let title: &'static str = Box::leak(name.into_boxed_str());
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = command.name(title).display_name(title).version(env!("CARGO_PKG_VERSION"));
    let nested = command.get_subcommands().next().is_some();
    let man = clap_mangen::Man::new(command).title(title).section("1");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if nested {
        man.render_subcommands_section(&mut page)?;
    }
    let (notes, examples) = help.split_once("Examples:\n").unwrap_or((help.as_str(), ""));
    section(&mut page, "NOTES", notes);
    section(&mut page, "EXAMPLES", examples);
    for (title, text) in SECTIONS {
        section(&mut page, title, text);
    }
    Ok(page)
}

/// What holds for every verb.
const SECTIONS: [(&str, &str); 3] = [
    (
        "EXIT STATUS",
        "0    found, clean or done\n\
         1    nothing matched, ambiguous, or problems in doctor --strict\n\
         2    wrong use, or what was asked could not be read or written\n\
         130  cancelled",
    ),
    (
        "ENVIRONMENT",
        "HALLWAY_NOTES      where the notes are, when no path is given\n\
         HALLWAY_CONFIG     the config file\n\
         HALLWAY_BOOKMARKS  the bookmarks file\n\
         VISUAL, EDITOR     the editor, unless the config names one\n\
         PAGER              the pager of show --pager\n\
         NO_COLOR, CLICOLOR_FORCE, COLORTERM, COLORFGBG, TERM\n\
                            what is known of the terminal",
    ),
    (
        "FILES",
        "~/.config/hallway/config.toml           the config; hallway config path\n\
         ~/.local/share/hallway/bookmarks.json   bookmarks\n\
         ~/.local/share/hallway/reading.json     what was read\n\
         ~/.local/state/hallway/session.json     where one left off\n\
         hallway.toml                            in a folder of notes: how they are read",
    ),
];

/// A section of a page, its lines as they are written.
fn section(page: &mut Vec<u8>, title: &str, text: &str) {
    use clap_mangen::roff::{Roff, roman};
    if text.trim().is_empty() {
        return;
    }
    let mut roff = Roff::new();
    roff.control("SH", [title]).control("nf", []);
    for line in text.trim_end().lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    // Writing into memory cannot fail.
    let _ = roff.to_writer(page);
}

/// The notes that are meant on the line that is being typed: those of its `--notes`, else those that are set.
fn notes() -> Option<Library> {
    let words: Vec<String> = std::env::args().collect();
    let of = |option: &str| -> Vec<PathBuf> {
        let apart = words.windows(2).filter(|pair| pair[0] == option).map(|pair| pair[1].as_str());
        let glued = words.iter().filter_map(|word| word.strip_prefix(option)?.strip_prefix('='));
        apart.chain(glued).map(home).collect()
    };
    let (notes, config) = (of("--notes"), of("--config").pop());
    let global = Global { notes, config, ..Global::default() };
    let (settings, _) = setup::settings(&global).ok()?;
    load(&roots(&[], &settings), settings.extent(false)).ok()
}

/// A word on a line that no shell has read yet, without its quotes.
fn plain(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\\' | '"' | '\'')).collect()
}

/// A path on a line that no shell has read yet.
fn home(path: &str) -> PathBuf {
    let path = plain(path);
    let path = path.as_str();
    match (path.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// So many candidates are more than anybody looks through.
const MOST: usize = 200;

/// Talks whose id begins as it was typed. Others, which a few letters would find, would take the place of what was typed.
pub(super) fn talks(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(library)) = (current.to_str().map(plain), notes()) else {
        return Vec::new();
    };
    let candidate = |id| {
        let talk = library.talk(id);
        CompletionCandidate::new(library.slug(id)).help(Some(talk.title.clone().into()))
    };
    let starts = |id: &crate::library::TalkId| library.slug(*id).starts_with(&typed);
    library.talk_ids().filter(starts).take(MOST).map(candidate).collect()
}

/// How a query may go on: facets, and what each of them has in these notes.
pub(super) fn query(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(library)) = (current.to_str().map(plain), notes()) else {
        return Vec::new();
    };
    // A word of the shell is one value, with its blanks.
    let typed = match typed.split_once(':') {
        Some((name, value)) if value.contains(char::is_whitespace) => format!("{name}:\"{value}"),
        _ => typed,
    };
    let (_, ways) = complete(&library, &Marks::default(), &Parts::new(&library), &typed);
    // A value with blanks is one word of the shell: it needs no quotes of ours.
    let bare = |text: &str| text.replace('"', "");
    let help = |talks: usize| Some(crate::report::words::count(talks, "talk").into());
    ways.iter().map(|way| CompletionCandidate::new(bare(&way.text)).help(help(way.talks))).collect()
}

/// People who spoke.
pub(super) fn people(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(library)) = (current.to_str().map(plain), notes()) else {
        return Vec::new();
    };
    let people = crate::library::people::people(&library);
    named(&typed, people.iter().map(|person| (person.name.as_str(), person.talks.len())))
}

/// Conferences, by id.
pub(super) fn conferences(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(library)) = (current.to_str().map(plain), notes()) else {
        return Vec::new();
    };
    let ids = (0..library.conferences.len() as u32).map(crate::library::ConferenceId);
    let all: Vec<_> = ids.map(|id| (library.conference(id).slug.as_str(), library.count(id))).collect();
    named(&typed, all.into_iter())
}

fn named<'n>(typed: &str, names: impl Iterator<Item = (&'n str, usize)>) -> Vec<CompletionCandidate> {
    let typed = typed.to_lowercase();
    let fits = |name: &str| name.to_lowercase().starts_with(&typed);
    let help = |talks| Some(crate::report::words::count(talks, "talk").into());
    names
        .filter(|(name, _)| fits(name))
        .take(MOST)
        .map(|(name, talks)| CompletionCandidate::new(name).help(help(talks)))
        .collect()
}

/// The themes there are.
pub(super) fn themes(current: &OsStr) -> Vec<CompletionCandidate> {
    let settings = setup::settings(&Global::default()).map(|(settings, _)| settings).unwrap_or_default();
    let typed = current.to_str().map(plain).unwrap_or_default();
    let names = settings.looks.names().into_iter().filter(|name| name.starts_with(&typed));
    names.map(CompletionCandidate::new).collect()
}

/// The verbs that have a page.
pub(super) fn verbs(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_str().map(plain).unwrap_or_default();
    Args::verbs().into_iter().filter(|verb| verb.starts_with(&typed)).map(CompletionCandidate::new).collect()
}
