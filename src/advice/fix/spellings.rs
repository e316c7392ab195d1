//! The keys and words of other libraries.

use crate::policy::error::key;

/// The keys of other libraries without their separators, and the key of a policy that means the same.
///
/// They are those of expressjs/cors, fastify, rs/cors, gin and echo (Go), Spring, Laravel, Flask-CORS,
/// django-cors-headers, Starlette, rack-cors, Envoy, Traefik, Kong, Amazon S3 and API Gateway, and of the
/// response headers. Keys for expressions and for milliseconds are not among them.
const KEYS: [(&str, &str); 34] = [
    ("alloworigin", key::ALLOW_ORIGINS),
    ("alloworiginlist", key::ALLOW_ORIGINS),
    ("alloworigins", key::ALLOW_ORIGINS),
    ("allowedorigin", key::ALLOW_ORIGINS),
    ("allowedorigins", key::ALLOW_ORIGINS),
    ("origin", key::ALLOW_ORIGINS),
    ("origins", key::ALLOW_ORIGINS),
    ("originwhitelist", key::ALLOW_ORIGINS),
    ("allowcredential", key::ALLOW_CREDENTIALS),
    ("allowcredentials", key::ALLOW_CREDENTIALS),
    ("credentials", key::ALLOW_CREDENTIALS),
    ("supportscredentials", key::ALLOW_CREDENTIALS),
    ("allowmethod", key::ALLOW_METHODS),
    ("allowmethods", key::ALLOW_METHODS),
    ("allowedmethod", key::ALLOW_METHODS),
    ("allowedmethods", key::ALLOW_METHODS),
    ("methods", key::ALLOW_METHODS),
    ("allowheader", key::ALLOW_HEADERS),
    ("allowheaders", key::ALLOW_HEADERS),
    ("allowedheader", key::ALLOW_HEADERS),
    ("allowedheaders", key::ALLOW_HEADERS),
    ("headers", key::ALLOW_HEADERS),
    ("exposeheader", key::EXPOSE_HEADERS),
    ("exposeheaders", key::EXPOSE_HEADERS),
    ("exposedheader", key::EXPOSE_HEADERS),
    ("exposedheaders", key::EXPOSE_HEADERS),
    ("expose", key::EXPOSE_HEADERS),
    ("exposed", key::EXPOSE_HEADERS),
    ("maxage", key::MAX_AGE),
    ("maxageseconds", key::MAX_AGE),
    ("maxagesec", key::MAX_AGE),
    ("preflightmaxage", key::MAX_AGE),
    ("optionssuccessstatus", key::PREFLIGHT_STATUS),
    ("optionsstatuscode", key::PREFLIGHT_STATUS),
];

/// What may precede such a key.
const PREFIXES: [&str; 3] = ["accesscontrol", "corspolicy", "cors"];

/// The longest key of another library.
const MAX_LEN: usize = 40;

/// Returns the key that another library spells so, in any case and with any separators.
pub(super) fn key(text: &str) -> Option<&'static str> {
    let is_separator = |c: char| matches!(c, '-' | '_' | ' ' | '.');
    let is_key = |c: char| c.is_ascii_alphabetic() || is_separator(c);
    if text.len() > MAX_LEN || !text.chars().all(is_key) {
        return None;
    }
    let letters = text.chars().filter(|c| !is_separator(*c));
    let letters: alloc::string::String = letters.map(|c| c.to_ascii_lowercase()).collect();
    let prefix = PREFIXES
        .iter()
        .find_map(|prefix| letters.strip_prefix(prefix));
    let letters = prefix.unwrap_or(&letters);
    let found = KEYS.iter().find(|(known, _)| *known == letters);
    found.map(|(_, key)| *key)
}

/// Returns whether a text is a word for `true` or `false`.
pub(super) fn truth(text: &str) -> Option<bool> {
    let text = super::origin::unquoted(text);
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "yes", "on"]) {
        return Some(true);
    }
    is(&["false", "no", "off"]).then_some(false)
}
