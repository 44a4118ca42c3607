//! Slugs: the ids that people see, type and put into scripts.

use std::collections::HashMap;

/// A text as a slug: letters and digits of any script in lower case, everything else a dash.
/// Never empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

/// Makes equal slugs distinct: each of a group of equals carries a few hex digits of its own
/// trail (path and headings), so that none shifts when another goes.
pub fn distinguish(slugs: &mut [String], trail: impl Fn(usize) -> String) {
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    {
        // Nearly all are distinct; only those that come again are gathered.
        let mut first: HashMap<&str, usize, foldhash::fast::RandomState> = HashMap::default();
        for (at, slug) in slugs.iter().enumerate() {
            if let Some(before) = first.get(slug.as_str()) {
                groups.entry(slug).or_insert_with(|| vec![*before]).push(at);
            } else {
                first.insert(slug, at);
            }
        }
    }
    let groups: Vec<(String, Vec<usize>)> =
        groups.into_iter().map(|(slug, members)| (slug.to_owned(), members)).collect();
    for (slug, members) in groups {
        // Four digits tell a handful apart; more are taken while two still agree.
        let marks: Vec<String> = members
            .iter()
            .map(|at| format!("{:016x}", xxhash_rust::xxh3::xxh3_64(trail(*at).as_bytes())))
            .collect();
        let distinct = |digits: usize| {
            let mut cut: Vec<&str> = marks.iter().map(|m| &m[..digits]).collect();
            cut.sort_unstable();
            cut.windows(2).all(|pair| pair[0] != pair[1])
        };
        let digits = (4..=16).find(|n| distinct(*n));
        for (nth, (at, mark)) in members.iter().zip(&marks).enumerate() {
            slugs[*at] = match digits {
                Some(digits) => format!("{slug}-{}", &mark[..digits]),
                // The very same trail twice: only the order is left to tell them apart.
                None => format!("{slug}-{}-{}", &mark[..4], nth + 1),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slug("Norvig’s lispy: beautiful!"), "norvigs-lispy-beautiful");
        assert_eq!(slug("会議 2020"), "会議-2020");
        assert_eq!(slug("???"), "untitled");
    }

    #[test]
    fn equals_are_told_apart_and_stay_so() {
        let mut three = vec!["a".to_owned(), "b".to_owned(), "a".to_owned()];
        let trails = ["one", "two", "three"];
        distinguish(&mut three, |at| trails[at].to_owned());
        assert_eq!(three[1], "b");
        assert_ne!(three[0], three[2]);
        let mut swapped = vec!["a".to_owned(), "a".to_owned()];
        distinguish(&mut swapped, |at| ["three", "one"][at].to_owned());
        assert_eq!((&swapped[1], &swapped[0]), (&three[0], &three[2]));
    }
}
