//! Front matter, read leniently: YAML, TOML and what people write for them.
//!
//! Real notes hold `title: Rust: the good parts`, tabs, a key twice and no end mark, all of which a
//! parser refuses. What hallway wants of it is a few `key: value` lines, so a line is what is read
//! here; a list below a key becomes the key's value. The lines themselves stay the file's own.

/// The fields of front matter, one a line, lists joined by commas. What is indented below a key
/// without being a list belongs to that key and is left out: `by:` below `background:` names no
/// speaker.
pub fn fields(front: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    // The field above opened a list: it had no value of its own.
    let mut listing = false;
    for line in front.lines() {
        let body = line.trim();
        if body.is_empty() || matches!(body, "---" | "+++" | "...") {
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        if let Some(item) = body.strip_prefix("- ").filter(|_| listing) {
            if let Some(field) = fields.last_mut() {
                let joint = if field.ends_with(':') { " " } else { ", " };
                field.push_str(joint);
                field.push_str(item_value(item));
            }
            continue;
        }
        if indented {
            continue;
        }
        listing = body.ends_with(':');
        fields.push(body.to_owned());
    }
    fields
}

/// `Ada`, `"Ada"`, `name: Ada`: the value of a list's item.
fn item_value(item: &str) -> &str {
    let value = item.strip_prefix("name:").unwrap_or(item);
    value.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_values_and_maps_go() {
        let front = "---\ntitle: Rust: the good parts\nspeakers:\n  - Ada Lovelace\n  - name: Grace Hopper\n    org: Navy\nbackground:\n  by: Somebody\ntags:\n- a\n- \"b\"\n---\n";
        assert_eq!(
            fields(front),
            [
                "title: Rust: the good parts",
                "speakers: Ada Lovelace, Grace Hopper",
                "background:",
                "tags: a, b"
            ]
        );
    }
}
