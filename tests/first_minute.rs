//! The first minute: what somebody sees who has just installed hallway, and what each empty state says to do next.

mod common;

use std::collections::HashSet;

use common::Hands;
use hallway::config::keys::Key;
use hallway::config::table::TABLE;
use hallway::library::load::{Roots, load};

fn tour() -> Hands {
    Hands::open(&Roots::Tour, 100, 30)
}

/// What stands between backticks in the tour.
fn quoted() -> Vec<String> {
    let library = load(&Roots::Tour, false).expect("the tour");
    let texts = library.files.iter().map(|file| file.text.to_string()).collect::<String>();
    let prose: String = texts.split("```").step_by(2).collect();
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_tour_is_notes_of_six_talks() {
    let library = load(&Roots::Tour, false).expect("the tour");
    let titles: Vec<&str> = library.talks.iter().map(|talk| talk.title.as_str()).collect();
    assert_eq!(titles, ["Moving about", "Jumping", "Searching", "Bookmarks", "The reader", "Your own notes"]);
    assert!(library.problems.is_empty(), "{:?}", library.problems);
    let words: usize = library.talk_ids().map(|id| library.words(id)).sum();
    // Three minutes at two hundred and fifty words each.
    assert!(words < 800, "{words}");
}

/// A key that the tour names is a key that there is.
#[test]
fn the_keys_of_the_tour_are_those_of_the_table() {
    let known: HashSet<Key> =
        TABLE.iter().flat_map(|row| row.keys).filter_map(|name| Key::parse(name)).collect();
    let named: Vec<String> =
        quoted().into_iter().filter(|word| word.chars().count() == 1 || Key::parse(word).is_some()).collect();
    assert!(named.len() > 25, "{named:?}");
    for name in named {
        let key = Key::parse(&name).expect("one sign is a key");
        assert!(known.contains(&key), "`{name}` does nothing");
    }
}

/// What the tour asks to be tried comes to what it says.
#[test]
fn what_the_tour_says_happens() {
    let mut hands = tour();
    hands.press("ctrl-p m a r k");
    assert!(hands.screen().contains("Bookmarks"), "{}", hands.screen());
    hands.press("esc ctrl-p searching enter");
    assert_eq!(hands.title(), Some("Searching"));
    hands.press("/ w a y enter");
    assert!(hands.screen().contains("ways") || hands.screen().contains("way"), "{}", hands.screen());
    hands.press("J");
    assert_eq!(hands.title(), Some("Bookmarks"));
}

#[test]
fn the_built_in_collection_says_so_and_how_to_open_others() {
    let screen = Hands::open(&Roots::Builtin, 120, 40).screen();
    assert!(screen.contains("built in") && screen.contains("These notes come with hallway"), "{screen}");
    assert!(screen.contains("hallway ~/notes") && screen.contains("hallway tour"), "{screen}");
    let mut hands = Hands::open(&Roots::Builtin, 80, 24);
    let screen = hands.press("?").screen();
    assert!(screen.contains("t takes a tour"), "{screen}");
}

#[test]
fn each_empty_state_says_what_to_do_next() {
    let mut hands = Hands::open(&Roots::Builtin, 100, 30);
    let mut after = |keys: &str, says: &str| {
        let screen = hands.press(keys).screen();
        assert!(screen.contains(says), "{keys}: {screen}");
        hands.press("esc esc esc");
    };
    after("ctrl-p zzqxzzqx", "Fewer letters find more");
    after("S zzqxzzqx", "Fewer words find more");
    after("/ zzqxzzqx enter", "esc shows the whole tree again");
    after("'", "m sets one");
    after("R", "m sets one, in the tree or in the reader");
    after("ctrl-p nextlevel enter / zzqxzzqx", "0");
}

#[cfg(unix)]
mod terminal {
    use super::common::pty::{Pty, home};

    #[test]
    fn the_tour_leaves_nothing_behind() {
        let home = home();
        let mut pty = Pty::hallway(&["tour"], &home);
        pty.see("Moving about").see("three minutes").press("J").see("Letters may be left out");
        pty.press("m").see("bookmark saved").press("J").see("what was said").press("\x03");
        assert_eq!(pty.end(), 0);
        let left: Vec<_> =
            std::fs::read_dir(home.path()).expect("the home").flatten().map(|e| e.path()).collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn the_help_leads_to_the_tour_and_back() {
        let home = home();
        let mut pty = Pty::hallway(&["--no-state"], &home);
        pty.see("PyCon 2017").press("jj").see("mosaic").press("?").see("takes a tour").press("t");
        pty.see("A tour of hallway").press("J").see("Letters may be left out").press("\x03");
        pty.see("mosaic").press("j").see("Big picture").press("q");
        assert_eq!(pty.end(), 0);
        pty.given_back();
    }
}

/// Looking for shared libraries and binding what is in them would be an eighth of the way to the first frame.
#[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
#[test]
fn no_loader_stands_before_the_first_frame() {
    use std::io::Write;

    /// Of an ELF header, and of its program headers: <https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html>.
    const HEADERS_AT: usize = 32;
    const LENGTH_AT: usize = 54;
    const COUNT_AT: usize = 56;
    const INTERPRETER: u32 = 3;
    let asked = std::process::Command::new("cc").arg("-print-file-name=libc.a").output();
    let is_there = asked.is_ok_and(|answer| answer.stdout.starts_with(b"/"));
    // As the build script asks.
    let is_unwanted = std::env::var_os("HALLWAY_DYNAMIC").is_some_and(|set| !set.is_empty());
    if !is_there || is_unwanted {
        let why = "there is no C library to link statically, or it is not wanted";
        // (What is printed in other ways is not seen of a test that passes.)
        let _ = writeln!(std::io::stderr(), "\nSKIPPED no_loader_stands_before_the_first_frame: {why}\n");
        return;
    }
    let program = std::fs::read(env!("CARGO_BIN_EXE_hallway")).expect("the program");
    let short = |at: usize| usize::from(u16::from_ne_bytes([program[at], program[at + 1]]));
    let start = u64::from_ne_bytes(program[HEADERS_AT..HEADERS_AT + 8].try_into().expect("eight bytes"));
    let headers = program[start as usize..].chunks(short(LENGTH_AT)).take(short(COUNT_AT));
    let kinds: Vec<u32> =
        headers.map(|header| u32::from_ne_bytes(header[..4].try_into().expect("four bytes"))).collect();
    assert!(kinds.len() > 2 && !kinds.contains(&INTERPRETER), "{kinds:?}");
}
