//! A terminal with a program in it: a PTY with an emulator behind it. Everything waits for what it wants to see, with a
//! deadline; nothing sleeps and hopes.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const DEADLINE: Duration = Duration::from_secs(20);
pub const HALLWAY: &str = env!("CARGO_BIN_EXE_hallway");

pub fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("no terminal has no cells")
}

/// What came out of the terminal so far.
pub struct Output {
    pub parser: vt100::Parser,
    pub raw: Vec<u8>,
    pub closed: bool,
}

/// A terminal with a program in it.
pub struct Pty {
    pub master: Option<Box<dyn MasterPty + Send>>,
    pub keys: Option<Box<dyn Write + Send>>,
    pub child: Box<dyn Child + Send + Sync>,
    pub output: Arc<(Mutex<Output>, Condvar)>,
    pub home: Arc<tempfile::TempDir>,
}

impl Pty {
    /// Runs hallway with arguments in a home of its own.
    pub fn hallway(arguments: &[&str], home: &Arc<tempfile::TempDir>) -> Self {
        let mut command = CommandBuilder::new(HALLWAY);
        command.args(arguments);
        Self::run(command, home)
    }

    /// Runs a line of shell; `$HALLWAY` is the program.
    pub fn shell(line: &str, home: &Arc<tempfile::TempDir>) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        Self::run(command, home)
    }

    /// Runs a command with some variables set.
    pub fn with(arguments: &[&str], variables: &[(&str, &str)], home: &Arc<tempfile::TempDir>) -> Self {
        let mut command = CommandBuilder::new(HALLWAY);
        command.args(arguments);
        Self::run_with(command, variables, home)
    }

    pub fn run(command: CommandBuilder, home: &Arc<tempfile::TempDir>) -> Self {
        Self::run_with(command, &[], home)
    }

    fn run_with(
        mut command: CommandBuilder,
        variables: &[(&str, &str)],
        home: &Arc<tempfile::TempDir>,
    ) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a pty");
        command.cwd(home.path());
        command.env_clear();
        for name in ["PATH", "LLVM_PROFILE_FILE"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HALLWAY", HALLWAY);
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).expect("the program starts");
        drop(pty.slave);
        let mut from = pty.master.try_clone_reader().expect("a reader");
        let parser = vt100::Parser::new(cells(24), cells(80), 0);
        let output =
            Arc::new((Mutex::new(Output { parser, raw: Vec::new(), closed: false }), Condvar::new()));
        let shared = output.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let read = from.read(&mut bytes);
                let mut output = shared.0.lock().expect("the lock");
                match read {
                    Ok(n) if n > 0 => {
                        output.parser.process(&bytes[..n]);
                        output.raw.extend_from_slice(&bytes[..n]);
                    }
                    _ => output.closed = true,
                }
                shared.1.notify_all();
                if output.closed {
                    return;
                }
            }
        });
        let keys = pty.master.take_writer().expect("a writer");
        Self { master: Some(pty.master), keys: Some(keys), child, output, home: home.clone() }
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        let to = self.keys.as_mut().expect("the terminal is open");
        to.write_all(keys.as_bytes()).and_then(|()| to.flush()).expect("the terminal takes keys");
        self
    }

    /// Waits until the screen is as wanted.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let (lock, changed) = &*self.output;
        let start = Instant::now();
        let mut output = lock.lock().expect("the lock");
        while !wanted(output.parser.screen()) {
            let left = DEADLINE.checked_sub(start.elapsed());
            let Some(left) = left.filter(|_| !output.closed) else {
                panic!("waited in vain for {what}; the screen:\n{}", output.parser.screen().contents());
            };
            output = changed.wait_timeout(output, left).expect("the lock").0;
        }
        drop(output);
        self
    }

    /// The screen as text, once nothing more comes for a moment.
    pub fn contents(&mut self) -> String {
        let (lock, changed) = &*self.output;
        let mut output = lock.lock().expect("the lock");
        loop {
            let before = output.raw.len();
            output = changed.wait_timeout(output, Duration::from_millis(60)).expect("the lock").0;
            if output.raw.len() == before {
                return output.parser.screen().contents();
            }
        }
    }

    /// Waits until these bytes were sent to the terminal.
    pub fn output_has(&mut self, bytes: &[u8]) -> &mut Self {
        let (lock, changed) = &*self.output;
        let start = Instant::now();
        let mut output = lock.lock().expect("the lock");
        while !output.raw.windows(bytes.len()).any(|window| window == bytes) {
            let left = DEADLINE.checked_sub(start.elapsed()).expect("the bytes come in time");
            output = changed.wait_timeout(output, left).expect("the lock").0;
        }
        drop(output);
        self
    }

    /// Waits until a text is on the screen.
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.wait(text, |screen| screen.contents().contains(text))
    }

    /// Whether a text comes onto the screen within a moment.
    pub fn soon(&mut self, text: &str) -> bool {
        let (lock, changed) = &*self.output;
        let start = Instant::now();
        let mut output = lock.lock().expect("the lock");
        while !output.parser.screen().contents().contains(text) {
            let Some(left) = Duration::from_millis(600).checked_sub(start.elapsed()) else {
                return false;
            };
            output = changed.wait_timeout(output, left).expect("the lock").0;
        }
        true
    }

    /// Waits until a text is gone from the screen.
    pub fn miss(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("{text} to go"), |screen| !screen.contents().contains(text))
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.output.0.lock().expect("the lock").parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().expect("open").resize(size).expect("resized");
        self
    }

    /// Waits for the end, and returns the exit status.
    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        while start.elapsed() < DEADLINE {
            if let Some(status) = self.child.try_wait().expect("the child is ours") {
                return status.exit_code();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("the program does not end");
    }

    /// Waits until the emulator says that the terminal is as it was.
    pub fn given_back(&mut self) -> &mut Self {
        self.wait("the terminal to be given back", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        })
    }

    pub fn raw(&self) -> Vec<u8> {
        self.output.0.lock().expect("the lock").raw.clone()
    }

    /// The process id that the shell wrote down.
    pub fn pid(&self) -> rustix::process::Pid {
        let text = std::fs::read_to_string(self.home.path().join("pid")).expect("the pid was written");
        rustix::process::Pid::from_raw(text.trim().parse().expect("a number")).expect("a pid")
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn home() -> Arc<tempfile::TempDir> {
    Arc::new(tempfile::tempdir().expect("a home"))
}

pub fn bookmarks(home: &Path) -> PathBuf {
    home.join(".local/share/hallway/bookmarks.json")
}

/// Runs a line of shell in a terminal that is closed once the built-in collection is on it and a while has passed; how long
/// the program lives after that. `own` says whether the terminal is its session's own, so that a hang-up is sent.
pub fn life_after_hang_up(line: &str, own: bool, rest: Duration) -> Duration {
    let home = home();
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", line]);
    command.cwd(home.path());
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    command.env("HALLWAY", HALLWAY);
    command.set_controlling_tty(own);
    let pty = native_pty_system().openpty(PtySize::default()).expect("a pty");
    let mut child = pty.slave.spawn_command(command).expect("the program starts");
    drop(pty.slave);
    // Read by hand, so that nobody holds the terminal when it is to be closed.
    let mut from = pty.master.try_clone_reader().expect("a reader");
    let (mut seen, mut bytes) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&seen).contains("built") {
        let n = from.read(&mut bytes).expect("output");
        seen.extend_from_slice(&bytes[..n]);
    }
    std::thread::sleep(rest);
    drop(from);
    drop(pty.master);
    let start = Instant::now();
    while child.try_wait().expect("ours").is_none() {
        if start.elapsed() > DEADLINE {
            let _ = child.kill();
            panic!("it goes on without a terminal: {line}, its own: {own}");
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    start.elapsed()
}
