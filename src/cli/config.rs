//! `config`: where the config file is, what holds, what the keys do, and what is wrong with it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;

use crate::cli::args::{Global, Shape};
use crate::cli::out::Out;
use crate::cli::setup::{config_path, overlaid};
use crate::cli::{Outcome, complain, json, say};
use crate::config::actions::Scope;
use crate::config::file;
use crate::config::keymap::Origin;
use crate::config::keys::names;
use crate::config::schema::SETTINGS;
use crate::config::settings::{Settings, Source};
use crate::config::table::row_of;
use crate::config::theme::Part;
use crate::text::SafeText;

/// What can be done with the config.
#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Print where the config file is, or would be
    #[command(after_help = "Examples:\n  hallway config path\n  vim \"$(hallway config path)\"")]
    Path,
    /// Print what is set, and where each value came from
    #[command(
        after_help = "What is printed is a config file itself.\n\nExamples:\n  hallway config show\n  \
                      hallway config show --theme light"
    )]
    Show,
    /// List what the keys do, and which of them the config has bound
    #[command(after_help = "Examples:\n  hallway config keys\n  hallway config keys --json")]
    Keys(Shape),
    /// Tell what is wrong with the config file: status 1 when something is
    #[command(
        after_help = "Examples:\n  hallway config check\n  hallway config check --config ~/dotfiles/hallway.toml"
    )]
    Check,
}

pub(super) fn run(verb: &ConfigVerb, global: &Global) -> Result<Outcome> {
    let path = config_path(global);
    match verb {
        ConfigVerb::Path => {
            let Some(path) = path else {
                anyhow::bail!("there is no home folder to keep a config in; name a file by HALLWAY_CONFIG");
            };
            let mut out = Out::new(global);
            out.raw(&format!("{}\n", path.display()))?;
            out.finish()?;
            Ok(Outcome::Done)
        }
        ConfigVerb::Check => {
            if let Some(named) = global.config.as_ref().filter(|named| !named.exists()) {
                anyhow::bail!("there is no config file {}", named.display());
            }
            check(path.as_deref())
        }
        ConfigVerb::Show => show(&read(global, path.as_deref())?, path.as_deref(), global),
        ConfigVerb::Keys(shape) => keys(&read(global, path.as_deref())?, *shape, global),
    }
}

/// What holds, with what is wrong said beside it.
fn read(global: &Global, path: Option<&std::path::Path>) -> Result<Settings> {
    let (settings, faults) = match path {
        Some(path) => file::load(path)?,
        None => (Settings::default(), Vec::new()),
    };
    for fault in &faults {
        say(&fault.to_string());
    }
    overlaid(settings, global)
}

fn check(path: Option<&std::path::Path>) -> Result<Outcome> {
    let Some(path) = path.filter(|path| path.exists()) else {
        say("there is no config file, which is fine; `hallway config path` tells where it would be");
        return Ok(Outcome::Done);
    };
    let (_, faults) = file::load(path)?;
    for fault in &faults {
        complain(&fault.to_string());
    }
    if faults.is_empty() {
        say(&format!("{}: nothing is wrong", path.display()));
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Nothing)
}

/// The settings as a config file, each with where it came from.
fn show(settings: &Settings, path: Option<&std::path::Path>, global: &Global) -> Result<Outcome> {
    // As a file says them, wherever it lies.
    let absolute = |path: &PathBuf| match path.as_os_str() == "-" {
        true => path.clone(),
        false => std::path::absolute(path).unwrap_or_else(|_| path.clone()),
    };
    let settings = &Settings {
        notes: settings.notes.iter().map(absolute).collect(),
        bookmarks: settings.bookmarks.as_ref().map(absolute),
        ..settings.clone()
    };
    let mut out = Out::new(global);
    let quiet = out.theme().part(Part::Quiet);
    let file = path.map(|path| path.display().to_string()).unwrap_or_default();
    let source = |name: &str| match settings.sources.get(name) {
        Some(Source::Line(line)) => format!("{file}:{line}"),
        Some(Source::Environment(name)) => format!("${name}"),
        Some(Source::Flag(name)) => (*name).to_owned(),
        None => "built in".to_owned(),
    };
    let plain = out.theme().part(Part::Talk);
    let mut table = "";
    for setting in SETTINGS {
        let (under, name) = setting.name.split_once('.').unwrap_or(("", setting.name));
        if under != table {
            out.styled(&[(SafeText::new(""), plain)])?;
            out.styled(&[(SafeText::new(&format!("[{under}]")), plain)])?;
            table = under;
        }
        let set = format!("{name} = {}", settings.value_of(setting.name));
        let rest = format!("  # {}", source(setting.name));
        out.styled(&[(SafeText::new(&format!("{set:<36}")), plain), (SafeText::new(&rest), quiet)])?;
    }
    for scope in Scope::ALL {
        let bound = |origin: Origin| matches!(origin, Origin::Line(_));
        let own: Vec<_> =
            settings.keymap.bindings().filter(|b| b.scope == scope && bound(b.origin)).collect();
        if own.is_empty() {
            continue;
        }
        out.styled(&[(SafeText::new(""), plain)])?;
        out.styled(&[(SafeText::new(&format!("[keys.{}]", scope.name())), plain)])?;
        for binding in own {
            let action = binding.action.map_or("false".to_owned(), |action| format!("\"{}\"", action.name()));
            let set = format!("{:?} = {action}", names(&binding.keys));
            let Origin::Line(line) = binding.origin else {
                continue;
            };
            let rest = format!("  # {file}:{line}");
            out.styled(&[(SafeText::new(&format!("{set:<36}")), plain), (SafeText::new(&rest), quiet)])?;
        }
    }
    for (name, own) in &settings.looks.own {
        out.styled(&[(SafeText::new(""), plain)])?;
        out.styled(&[(SafeText::new(&format!("[themes.{name}]")), plain)])?;
        out.styled(&[(SafeText::new(&format!("base = {:?}", own.base)), plain)])?;
        let background = own.background.map(|colour| colour.map_or("default".to_owned(), |c| c.to_string()));
        let background = background.map(|colour| ("background".to_owned(), colour));
        let roles = own.roles.iter().map(|(role, style)| (role.clone(), style.to_string()));
        for (role, style) in background.into_iter().chain(roles) {
            out.styled(&[(SafeText::new(&format!("{role} = {style:?}")), plain)])?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// A line for each binding: scope, keys, action, what it does, where it was bound.
fn keys(settings: &Settings, shape: Shape, global: &Global) -> Result<Outcome> {
    let mut out = Out::new(global);
    let theme = out.theme();
    let mut bindings: Vec<_> = settings.keymap.bindings().collect();
    let place = |scope: Scope| Scope::ALL.iter().position(|s| *s == scope);
    bindings.sort_by_key(|binding| place(binding.scope));
    let all: Vec<json::Key> = bindings
        .iter()
        .map(|binding| json::Key {
            scope: binding.scope.name(),
            keys: names(&binding.keys),
            action: binding.action.map(|action| action.name()),
            help: binding.action.and_then(|action| row_of(binding.scope, action)).map(|row| row.help),
            line: match binding.origin {
                Origin::Line(line) => Some(line),
                Origin::Builtin => None,
            },
        })
        .collect();
    if shape.json {
        out.json(&json::keys(&all), true)?;
    } else if shape.jsonl {
        for key in &all {
            out.json(key, false)?;
        }
    } else {
        for key in &all {
            let source = key.line.map(|line| format!("line {line}")).unwrap_or_default();
            let columns = [
                (key.scope, theme.part(Part::Track)),
                (&key.keys, theme.part(Part::Key)),
                (key.action.as_deref().unwrap_or("false"), theme.part(Part::Talk)),
                (key.help.unwrap_or("does nothing"), theme.part(Part::Quiet)),
                (&source, theme.part(Part::Message)),
            ];
            out.columns(&columns)?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}
