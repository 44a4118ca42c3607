//! Times in a recording: "at 12:34" beside a video opens it there.

use url::Url;

/// The time that a line names, in seconds: `at 12:34`, `@1:02:03`, `[12:34]`, `(12:34)`, or at its start.
/// A time of day in running text is none.
pub fn time_on(line: &str) -> Option<u32> {
    let body = line.trim_start_matches(|c: char| c.is_whitespace() || "-*+•>#|".contains(c));
    let mut from = 0;
    while let Some(colon) = line[from..].find(':').map(|at| from + at) {
        from = colon + 1;
        let start = line[..colon]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
        let Some((seconds, length)) = clock(&line[start..]) else {
            continue;
        };
        from = start + length;
        let before = line[..start].trim_end();
        let said = before.ends_with(['[', '(', '@', '⏱'])
            || before.to_lowercase().ends_with(" at")
            || before == "at";
        let first = line.len() - body.len() == start;
        if said || first {
            return Some(seconds);
        }
    }
    None
}

/// `12:34` or `1:02:03` at the start of a text: seconds, and the bytes that they take.
fn clock(text: &str) -> Option<(u32, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let clock = text[..end].trim_end_matches(':');
    let parts: Vec<&str> = clock.split(':').collect();
    let two = |part: &&str| part.len() == 2 && part.parse::<u32>().is_ok_and(|n| n < 60);
    if !(2..=3).contains(&parts.len()) || !parts[1..].iter().all(two) || parts[0].len() > 3 {
        return None;
    }
    let mut seconds = 0_u32;
    for part in &parts {
        seconds = seconds * 60 + part.parse::<u32>().ok()?;
    }
    Some((seconds, clock.len()))
}

/// The address of a recording, at a time in it.
pub fn at_time(address: &str, seconds: u32) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return address.to_owned();
    };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    if matches!(host.as_str(), "youtube.com" | "youtu.be" | "m.youtube.com" | "youtube-nocookie.com") {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| name != "t" && name != "start")
            .map(|(n, v)| (n.into(), v.into()))
            .collect();
        let time = ("t".to_owned(), format!("{seconds}s"));
        url.query_pairs_mut().clear().extend_pairs(kept.into_iter().chain([time]));
    } else {
        // Vimeo's way, and the W3C's for media fragments.
        url.set_fragment(Some(&format!("t={seconds}")));
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_times_of_day() {
        assert_eq!(time_on("the demo at 12:34 is worth it"), Some(754));
        assert_eq!(time_on("* 1:02:03 questions"), Some(3723));
        assert_eq!(time_on("see [05:10] and (06:00)"), Some(310));
        assert_eq!(time_on("Video: https://example.org:8080/x @ 0:30"), Some(30));
        assert_eq!(time_on("lunch is 12:30 to 13:30"), None);
        assert_eq!(time_on("ratio 3:4:5, 12:99, std::fmt"), None);
        assert_eq!(time_on("é at 1:05"), Some(65));
    }

    #[test]
    fn recordings_start_at_a_time() {
        assert_eq!(
            at_time("https://www.youtube.com/watch?v=abc&t=5", 754),
            "https://www.youtube.com/watch?v=abc&t=754s"
        );
        assert_eq!(at_time("https://youtu.be/abc", 5), "https://youtu.be/abc?t=5s");
        assert_eq!(at_time("https://vimeo.com/123", 90), "https://vimeo.com/123#t=90");
    }
}
