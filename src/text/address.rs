//! Web addresses as text.

/// The host of an address, with or without a scheme.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    // A name before it leads nowhere.
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let end = host.rfind(':').filter(|_| !host.ends_with(']')).unwrap_or(host.len());
    host[..end].trim_start_matches("www.")
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
        assert_eq!(host("https://www.youtube.com@evil.example/watch"), "evil.example");
        assert_eq!(host("https://ada:secret@mill.example:8000/x"), "mill.example");
        assert_eq!(host("http://[::1]/x"), "[::1]");
    }
}
