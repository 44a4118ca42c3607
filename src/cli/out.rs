//! Standard output: roles → ANSI, and nothing but safe text.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::process::{Child, Command, Stdio};

use anyhow::Context;

use crate::cli::args::{Global, When};
use crate::config::colour::{Colour, Depth, Style};
use crate::config::terminal::is_dumb;
use crate::config::theme::Theme;
use crate::markup::colours::Colours;
use crate::markup::layout::PageLine;
use crate::text::SafeText;
use crate::text::signs::shown;

/// Standard output, with or without colours.
pub(crate) struct Out {
    to: BufWriter<Sink>,
    theme: Option<Theme>,
    printed: bool,
}

/// Where what is printed goes.
enum Sink {
    Stdout(StdoutLock<'static>),
    /// To a pager, which is waited for at the end.
    Pager(Child),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stdout(stdout) => stdout.write(bytes),
            Sink::Pager(pager) => match &mut pager.stdin {
                Some(stdin) => stdin.write(bytes),
                None => Err(io::ErrorKind::BrokenPipe.into()),
            },
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stdout(stdout) => stdout.flush(),
            Sink::Pager(pager) => pager.stdin.as_mut().map_or(Ok(()), Write::flush),
        }
    }
}

impl Drop for Sink {
    /// Whatever has happened, the terminal is the pager's until it ends.
    fn drop(&mut self) {
        if let Sink::Pager(pager) = self {
            drop(pager.stdin.take());
            let _ = pager.wait();
        }
    }
}

impl Out {
    /// Locks standard output. Colours follow `--color`, `NO_COLOR`, `CLICOLOR_FORCE` and whether
    /// it is a terminal.
    pub(crate) fn new(global: &Global) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let terminal = io::stdout().is_terminal() && !is_dumb();
        let when = if global.plain { When::Never } else { global.color };
        let depth = match when {
            When::Never => None,
            When::Always => Some(global.settings.looks.depth),
            When::Auto if set("NO_COLOR") => terminal.then_some(Depth::None),
            When::Auto if set("CLICOLOR_FORCE") && std::env::var("CLICOLOR_FORCE").as_deref() != Ok("0") => {
                Some(global.settings.looks.depth.max(Depth::Sixteen))
            }
            When::Auto => terminal.then_some(global.settings.looks.depth),
        };
        let theme = depth.map(|depth| global.settings.looks.at(depth));
        Self { to: BufWriter::new(Sink::Stdout(io::stdout().lock())), theme, printed: false }
    }

    /// Writes into `$PAGER`, or `less`. Colours as for the terminal behind it. Where standard output is no
    /// terminal there is nothing to page, and it is written to.
    ///
    /// # Errors
    ///
    /// When the pager cannot be started.
    pub(crate) fn to_pager(global: &Global) -> anyhow::Result<Self> {
        let plain = Self::new(global);
        if !io::stdout().is_terminal() {
            return Ok(plain);
        }
        let named = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
        let command = named.unwrap_or_else(|| "less".into());
        let words = shell_words::split(&command).with_context(|| format!("PAGER is \"{command}\""))?;
        let [program, arguments @ ..] = &words[..] else {
            anyhow::bail!("PAGER is \"{command}\", which names no program");
        };
        let mut pager = Command::new(program);
        pager.args(arguments).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            // Colours as they are; what fits on the screen stays there. As git does it.
            pager.env("LESS", "FRX");
        }
        let pager = pager.spawn().with_context(|| format!("the pager \"{command}\" cannot be started"))?;
        Ok(Self { to: BufWriter::new(Sink::Pager(pager)), ..plain })
    }

    /// Whether anything is coloured.
    pub(crate) fn is_coloured(&self) -> bool {
        self.theme.as_ref().is_some_and(|theme| theme.depth() > Depth::None)
    }

    /// Writes one line.
    pub(crate) fn line(&mut self, text: &SafeText) -> io::Result<()> {
        writeln!(self.to, "{}", shown(text.as_str()))
    }

    /// Writes one line in parts, each in its style.
    pub(crate) fn styled(&mut self, parts: &[(SafeText, Style)]) -> io::Result<()> {
        for (text, style) in parts {
            let text = shown(text.as_str());
            match self.theme.as_ref().and_then(|_| sgr(*style)) {
                Some(codes) => write!(self.to, "\x1b[{codes}m{text}\x1b[0m")?,
                None => write!(self.to, "{text}")?,
            }
        }
        writeln!(self.to)
    }

    /// Writes one line of the notes in parts, as they are; safe where somebody looks at it or it is
    /// coloured, for then it ends on a terminal.
    pub(crate) fn found(&mut self, parts: &[(&str, Style)]) -> io::Result<()> {
        self.printed = true;
        if self.is_raw() {
            for (text, _) in parts {
                self.to.write_all(shown(text).as_bytes())?;
            }
            return writeln!(self.to);
        }
        let safe = |text: &str| SafeText::new(&crate::text::width::expand_tabs(text, 8));
        let parts: Vec<_> = parts.iter().map(|(text, style)| (safe(text), *style)).collect();
        self.styled(&parts)
    }

    /// Writes a line of columns: in a pipe all of them with tabs between, so that `cut` can take one; for a person
    /// two blanks apart, and what is empty is left out.
    pub(crate) fn columns(&mut self, columns: &[(&str, Style)]) -> io::Result<()> {
        let raw = self.is_raw();
        let gap = (if raw { "\t" } else { "  " }, Style::plain());
        // A tab is what stands between the columns, never inside of one, and a line is one line.
        let clean = |text: &str| SafeText::new(&text.replace(['\t', '\n'], " "));
        let shown = columns.iter().filter(|(text, _)| raw || !text.is_empty());
        let shown: Vec<(SafeText, Style)> = shown.map(|(text, style)| (clean(text), *style)).collect();
        let mut parts = Vec::with_capacity(2 * shown.len());
        for (text, style) in &shown {
            if !parts.is_empty() {
                parts.push(gap);
            }
            parts.push((text.as_str(), *style));
        }
        self.found(&parts)
    }

    /// Writes what a template made of a talk, as it is where it goes to a program.
    pub(crate) fn template(&mut self, text: &str, nul: bool) -> io::Result<()> {
        self.printed = true;
        if self.is_raw() || nul {
            self.to.write_all(shown(text).as_bytes())?;
            return self.to.write_all(if nul { b"\0" } else { b"\n" });
        }
        text.split('\n')
            .try_for_each(|line| self.line(&SafeText::new(&crate::text::width::expand_tabs(line, 8))))
    }

    /// What is written goes to a program or a file, as it is.
    pub(crate) fn is_raw(&self) -> bool {
        self.theme.is_none() && !io::stdout().is_terminal()
    }

    /// Whether [`Out::found`] has written anything.
    pub(crate) fn has_printed(&self) -> bool {
        self.printed
    }

    /// Writes one line of a page, the words of its code in their colours.
    pub(crate) fn page_line(&mut self, line: &PageLine, colours: &Colours) -> io::Result<()> {
        let theme = self.theme();
        let mut parts = Vec::with_capacity(line.pieces.len());
        for piece in &line.pieces {
            for (bytes, ink) in colours.stretches(line, piece) {
                parts.push((piece.text.slice(bytes), theme.ink(ink)));
            }
        }
        self.styled(&parts)
    }

    /// The theme to draw in; without colours it is not used.
    pub(crate) fn theme(&self) -> Theme {
        self.theme.clone().unwrap_or_else(Theme::monochrome)
    }

    /// Writes bytes as they are, when this is no terminal; line by line and safe, when it is.
    pub(crate) fn raw(&mut self, text: &str) -> io::Result<()> {
        if !io::stdout().is_terminal() {
            return self.to.write_all(text.as_bytes());
        }
        for line in text.lines() {
            let expanded = crate::text::width::expand_tabs(line, 8);
            self.line(&SafeText::new(&expanded))?;
        }
        Ok(())
    }

    /// Writes a value as JSON and a line end.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize, pretty: bool) -> io::Result<()> {
        super::json::write(&mut self.to, value, pretty)?;
        writeln!(self.to)
    }

    /// Hands on what is buffered. A closed pipe shows here at the latest.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The codes of ECMA-48's SGR for a style; `None` for plain text.
fn sgr(style: Style) -> Option<String> {
    let mut codes = Vec::new();
    let attributes = [
        (style.bold, 1u16),
        (style.dim, 2),
        (style.italic, 3),
        (style.underline, 4),
        (style.reverse, 7),
        (style.strike, 9),
    ];
    codes.extend(attributes.iter().filter(|(on, _)| *on).map(|(_, code)| *code));
    let mut codes: Vec<String> = codes.iter().map(u16::to_string).collect();
    // Letters count from 30, or 90 where they are bright; what is behind them 10 further on.
    for (colour, shift) in [(style.colour, 0), (style.background, 10)] {
        codes.extend(colour.map(|colour| match colour {
            Colour::Ansi(n @ 0..8) => (30 + shift + u16::from(n)).to_string(),
            Colour::Ansi(n) => (82 + shift + u16::from(n)).to_string(),
            Colour::Fixed(n) => format!("{};5;{n}", 38 + shift),
            Colour::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", 38 + shift),
        }));
    }
    (!codes.is_empty()).then(|| codes.join(";"))
}
