//! What is handed to other programs: an address to the browser, text to the clipboard of the tmux around us.

use std::io::Write;
use std::process::{Command, Stdio};

/// Whether a program that opens addresses would open them where nobody looks: on the far end of a
/// connection, without a display.
fn is_far_away() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    (set("SSH_CONNECTION") || set("SSH_TTY")) && !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("BROWSER")
}

/// Opens an address, which a parser has made, in the browser. The program that does it is given the
/// address as its one argument; no shell reads it. False when nothing here opens addresses.
pub fn browse(address: &str) -> bool {
    !is_far_away() && open::that_detached(address).is_ok()
}

/// Hands a text to the tmux around us, which gives it to the clipboard of its terminal even where it
/// would not let our own sequence through.
pub fn tell_tmux(text: &str) {
    if std::env::var_os("TMUX").is_none() {
        return;
    }
    let mut tmux = Command::new("tmux");
    tmux.args(["load-buffer", "-w", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = tmux.spawn() {
        if let Some(mut stdin) = child.stdin.take() {
            let _ = stdin.write_all(text.as_bytes());
        }
        let _ = child.wait();
    }
}
