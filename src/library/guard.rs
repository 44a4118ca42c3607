//! Jobs whose panic is caught: one file or page at fault must not end the program.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

use crate::text::SafeText;

thread_local! {
    /// This thread is inside a job whose panic is caught.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a job. A panic inside is caught and comes back as `None`; the hook says nothing of it.
pub fn guarded<T>(job: impl FnOnce() -> T) -> Option<T> {
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(job));
    GUARDED.set(outer);
    result.ok()
}

/// Sets the panic hook: `before` is done first (giving a terminal back), then the panic is told in
/// safe words, for it may quote a note. A panic outside of the main thread ends the process, which
/// would otherwise go on without that thread. A guarded panic is not the hook's business.
pub fn tell_panics(before: impl Fn() + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            before();
            say(panic);
            if std::thread::current().name() != Some("main") {
                std::process::exit(101);
            }
        }
    }));
}

#[expect(clippy::print_stderr, reason = "a panic is told on stderr")]
fn say(panic: &PanicHookInfo) {
    let what = panic.payload_as_str().unwrap_or("something unexpected");
    let place = panic.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
    eprintln!("hallway panicked{place}: {}", SafeText::new(what));
    eprintln!("This is a fault in hallway, not in your notes. Please report it.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_panic_comes_back_as_nothing() {
        assert_eq!(guarded(|| 7), Some(7));
        assert_eq!(guarded(|| [1, 2][std::hint::black_box(5)]), None);
        assert!(!GUARDED.get());
    }
}
