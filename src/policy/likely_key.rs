//! The key that was probably meant by a misspelled key of a policy in text.

use super::error::key;

/// Longer keys resemble none.
const MAX_LEN: usize = 64;

/// What the letters of a key contain, in lower case, and the key that is probably meant: the first
/// that is found.
const WORDS: [(&str, &str); 17] = [
    ("danger", key::DANGEROUSLY_ALLOW),
    ("timing", key::TIMING_ALLOW_ORIGIN),
    ("credential", key::ALLOW_CREDENTIALS),
    ("cookie", key::ALLOW_CREDENTIALS),
    ("expos", key::EXPOSE_HEADERS),
    ("maxage", key::MAX_AGE),
    ("ttl", key::MAX_AGE),
    ("cacheduration", key::MAX_AGE),
    ("status", key::PREFLIGHT_STATUS),
    ("method", key::ALLOW_METHODS),
    ("verb", key::ALLOW_METHODS),
    ("header", key::ALLOW_HEADERS),
    ("origin", key::ALLOW_ORIGINS),
    ("orgin", key::ALLOW_ORIGINS),
    ("domain", key::ALLOW_ORIGINS),
    ("host", key::ALLOW_ORIGINS),
    ("rule", key::RULES),
];

/// Returns the key that an unknown key resembles. `None` where policies have no such key at all.
pub(crate) fn likely_key(text: &str) -> Option<&'static str> {
    if text.len() > MAX_LEN || why_there_is_none(text).is_some() {
        return None;
    }
    let mut letters = [0; MAX_LEN];
    let mut len = 0;
    let lower = text.bytes().filter(u8::is_ascii_alphanumeric);
    for (slot, byte) in letters.iter_mut().zip(lower) {
        *slot = byte.to_ascii_lowercase();
        len += 1;
    }
    let letters = core::str::from_utf8(letters.get(..len)?).ok()?;
    let found = WORDS.iter().find(|(word, _)| letters.contains(word));
    found.map(|(_, key)| *key)
}

/// Why policies have no key of this kind.
pub(crate) fn why_there_is_none(text: &str) -> Option<&'static str> {
    let contains = |word: &str| {
        let windows = text.as_bytes().windows(word.len());
        text.len() <= MAX_LEN
            && windows
                .into_iter()
                .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    if contains("regex") || contains("pattern") {
        return Some(
            "there are no regular expressions: origins are listed in `allow_origins`, with `*` as in \
             `https://*.example.com`",
        );
    }
    if contains("path") || contains("route") || contains("resource") {
        return Some("rules do not depend on paths: use a policy for each group of paths");
    }
    contains("private").then_some(
        "there is no setting for private networks: browsers ask the user, and need no header from \
         the server",
    )
}
