//! The config file as it is written: values with their names and where they stand. Nothing is checked yet.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value, as TOML has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<(Value, usize)>),
    /// Of another kind, by TOML's name for it.
    Other(&'static str),
    /// A table with nothing in it.
    Empty,
}

impl Value {
    /// What it is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Number(_) => "a number",
            Value::Flag(true) => "true",
            Value::Flag(false) => "false",
            Value::List(_) => "a list",
            Value::Other(kind) => kind,
            Value::Empty => "a table",
        }
    }
}

/// A value with its name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The names of the tables that it stands in, then its own.
    pub(super) path: Vec<String>,
    /// Where its name stands, in bytes.
    pub(super) name: Range<usize>,
    /// Where the name of the outermost table stands that it is in, in bytes; its own where it is in none.
    pub(super) table: usize,
    /// Where it stands itself, in bytes.
    pub(super) at: usize,
    pub(super) value: Value,
}

/// So many faults of TOML's are told at most.
const MOST: usize = 10;

/// Reads all values in the order in which they stand. `Err` holds what TOML has against the text, and where.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, Vec<(usize, String)>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let told = |error: &toml::de::Error| {
            let span = error.span().unwrap_or_default();
            let message = match (error.message(), text.get(span.clone())) {
                ("duplicate key", Some(name)) => match set_before(text, span.start, name) {
                    Some(line) => format!("`{name}` is set in line {line} already"),
                    None => format!("`{name}` is set above already"),
                },
                (other, _) => other.to_owned(),
            };
            (span.start, message)
        };
        // What is no config at all has a fault on each line.
        return Err(errors.iter().take(MOST).map(told).collect());
    }
    let mut entries = Vec::new();
    collect(table.get_ref(), &mut Vec::new(), None, &mut entries);
    entries.sort_by_key(|entry| entry.name.start);
    Ok(entries)
}

/// The line before a byte that sets a name, counted from 1; the nearest one.
fn set_before(text: &str, byte: usize, name: &str) -> Option<usize> {
    let sets = |line: &str| {
        let rest = line.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let lines = text.get(..byte)?.lines().enumerate();
    lines.filter(|(_, line)| sets(line)).last().map(|(at, _)| at + 1)
}

fn collect(table: &DeTable, path: &mut Vec<String>, outermost: Option<usize>, entries: &mut Vec<Entry>) {
    for (name, value) in table {
        path.push(name.get_ref().to_string());
        let table = outermost.unwrap_or(name.span().start);
        match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => collect(inner, path, Some(table), entries),
            _ => entries.push(Entry {
                path: path.clone(),
                name: name.span(),
                table,
                at: value.span().start,
                value: self::value(value),
            }),
        }
        path.pop();
    }
}

fn value(value: &Spanned<DeValue>) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Other("a number that is too large"),
        },
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| (self::value(item), item.span().start)).collect())
        }
        DeValue::Float(_) => Value::Other("a fraction"),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Table(_) => Value::Empty,
    }
}

/// Line and column of a byte, both counted from 1; columns in characters.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}
