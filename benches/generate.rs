//! Writes a generated library: `cargo bench --bench generate -- FOLDER TALKS [talk|indexed|day|conference]`.

#[path = "generate/notes.rs"]
mod notes;

use std::path::Path;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let (Some(folder), Some(talks)) = (words.first(), words.get(1).and_then(|t| t.parse().ok())) else {
        // Without words it is run by `cargo bench` among the others.
        return;
    };
    let cut = match words.get(2).map(String::as_str) {
        Some("talk") => notes::Cut::Talk,
        Some("indexed") => notes::Cut::Indexed,
        Some("day") => notes::Cut::Day,
        _ => notes::Cut::Conference,
    };
    notes::write(Path::new(folder), talks, cut, 1).expect("the notes are written");
}
