//! Web addresses as text.

/// The host of an address, with or without a scheme.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    rest[..end].trim_start_matches("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.youtube.com/watch?v=1"), "youtube.com");
        assert_eq!(host("bit.ly/talk"), "bit.ly");
        assert_eq!(host("http://localhost:8000/x"), "localhost");
        assert_eq!(host(""), "");
    }
}
