//! What to write instead of texts that are meant as something else than an origin.

use alloc::format;
use alloc::string::{String, ToString};

use crate::origin::ParseOriginError;
use crate::origin::quoted::Quoted;
use crate::pattern::{OriginPattern, ParsePatternError};

/// Returns the message about an entry that is not an origin pattern.
pub(super) fn message(text: &str, error: &ParsePatternError) -> String {
    let found = Quoted(text);
    if let Some(reason) = word(text).or_else(|| shape(text, error)) {
        return format!("invalid origin {found}: {reason}");
    }
    if let Some(pattern) = unwrapped(text) {
        let reason = "expected no quotes, brackets or spaces around it";
        return format!(
            "invalid origin {found}: {reason}; use {}",
            Quoted(pattern.as_str())
        );
    }
    let message = error.to_string();
    let reason = message
        .split_once(": ")
        .map_or(message.as_str(), |(_, reason)| reason);
    format!("invalid origin {found}: {reason}")
}

/// Words and placeholders.
fn word(text: &str) -> Option<String> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
    let is = |words: &[&str]| words.iter().any(|word| bare.eq_ignore_ascii_case(word));
    let reason = if bare == "ask" {
        "a rule that asks has no list; use `\"allow_origins\": \"ask\"` (in Rust, `Rule::ask()`)"
    } else if is(&["all", "any", "true", "yes", "on", "everyone", "wildcard"]) {
        "it is a word, not an origin; for any origin use `*` alone, in a rule without credentials"
    } else if is(&[
        "none",
        "null",
        "nil",
        "undefined",
        "nan",
        "false",
        "off",
        "no",
    ]) {
        "it is a word, not an origin: a variable is probably not set; list the origins, or use \
         `\"rules\": []` to allow none"
    } else if is(&["self", "same-origin", "sameorigin", "'self'"]) {
        "requests to the page's own origin do not need CORS; delete the entry"
    } else if is_placeholder(bare) {
        "a placeholder was not replaced; set the variable, or write the origin itself"
    } else {
        return None;
    };
    Some(reason.into())
}

fn is_placeholder(text: &str) -> bool {
    let is_percent = text.len() > 2 && text.starts_with('%') && text.ends_with('%');
    let is_angled = text.contains('<') && text.contains('>');
    let has_variable = ["${", "{{", "$(", "process.env", "ENV["]
        .iter()
        .any(|start| text.contains(start));
    let is_shell = text.strip_prefix('$').is_some_and(|name| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    is_percent || is_angled || has_variable || is_shell
}

/// Notations of other libraries.
fn shape(text: &str, error: &ParsePatternError) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let is_opaque = matches!(
        error,
        ParsePatternError::Origin(ParseOriginError::OpaqueScheme { .. } | ParseOriginError::File)
    );
    if text
        .split_once(':')
        .is_some_and(|(scheme, _)| is_creator_scheme(scheme))
    {
        let reason = "its origin is that of the page that created it; list that page's origin";
        return Some(reason.into());
    }
    if is_opaque {
        return None;
    }
    if is_extension_without_host(text) {
        let scheme = text.split_once("://").map_or(text, |(scheme, _)| scheme);
        return Some(format!(
            "its hosts differ for each installation; use `{}://*` in a rule without credentials",
            scheme.to_ascii_lowercase()
        ));
    }
    if is_expression(text) {
        let reason = "regular expressions are not supported; list the origins, or use patterns such \
             as `https://*.example.com` and `http://localhost:*`";
        return Some(reason.into());
    }
    if is_list_of_ports(rest) {
        let reason = "expected a port such as `:3000`, `:*` for any port, or a list without spaces \
             such as `:{3000,8000-8999}`";
        return Some(reason.into());
    }
    let is_several = text.matches("://").count() > 1
        || (text.contains(';') && !text.contains('{'))
        || (rest.contains(',') && !rest.contains(['{', '[', '(']))
        || text
            .split_whitespace()
            .nth(1)
            .is_some_and(|_| !text.contains('{'));
    if is_several {
        let reason = "expected one origin in an entry; write each as an entry of its own, or all of \
             them as one text instead of the list";
        return Some(reason.into());
    }
    open_end(text, error).or_else(|| open_start(text))
}

/// Numbers after the last colon, in another notation than that of patterns.
fn is_list_of_ports(rest: &str) -> bool {
    let Some((_, ports)) = rest.split_once(':').filter(|_| !rest.starts_with('[')) else {
        return false;
    };
    let is_part = |c: char| c.is_ascii_digit() || " ,;|-.*{}[]()".contains(c);
    let is_one = ports.bytes().all(|byte| byte.is_ascii_digit());
    ports.chars().all(is_part)
        && !is_one
        && ports.contains(|c: char| c.is_ascii_digit() || c == '[')
        && !ports.ends_with('*')
}

/// A `*` at the start of a host, without a dot after it.
fn open_start(text: &str) -> Option<String> {
    let (scheme, host) = text.split_once("://").unwrap_or(("https", text));
    let domain = host.strip_prefix('*')?.trim_end_matches('*');
    let apex: OriginPattern = format!("{scheme}://{domain}").parse().ok()?;
    let below: OriginPattern = format!("{scheme}://*.{domain}").parse().ok()?;
    Some(format!(
        "expected a dot after `*`, which would also match other domains that end so; use {} and {}",
        Quoted(apex.as_str()),
        Quoted(below.as_str())
    ))
}

/// `blob:` and `about:` URLs have the origin of their creator.
fn is_creator_scheme(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("blob") || scheme.eq_ignore_ascii_case("about")
}

/// An identifier or a placeholder where browsers put a random host.
fn is_extension_without_host(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else {
        return false;
    };
    let random = ["moz-extension", "safari-web-extension", "vscode-webview"];
    random
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        && host.contains(['@', '{', '<', '*'])
}

fn is_expression(text: &str) -> bool {
    let has = [
        "\\.", "\\d", "\\w", "\\/", "?://", "[0-9", "[a-z", "[A-Z", "[^", ")?", "(?",
    ];
    let starts_any = text.starts_with(".*") || text.contains("//.*") || text.contains("/.+");
    text.starts_with(['^', '(', '~'])
        || text.ends_with('$')
        || text.starts_with("/^")
        || starts_any
        || (text.contains('(') && text.contains('|'))
        || has.iter().any(|part| text.contains(part))
}

/// A `*` at the end of a host or a port.
fn open_end(text: &str, error: &ParsePatternError) -> Option<String> {
    let is_wildcard = matches!(
        error,
        ParsePatternError::Wildcard(_) | ParsePatternError::AddressWildcard { .. }
    ) || matches!(
        error,
        ParsePatternError::Origin(ParseOriginError::SchemeMissing { .. })
    );
    let host = text.strip_suffix('*').filter(|_| is_wildcard)?;
    let is_open = !host.ends_with(['*', '.', ':', '/']);
    let origin: OriginPattern = host.parse().ok().filter(|_| is_open)?;
    let exact = origin.as_pattern_ref();
    let port = match exact.ports() {
        Some(_) if exact.port_str().is_empty() => {
            format!(
                ", or {} for any port",
                Quoted(&format!("{}:*", origin.as_str()))
            )
        }
        _ => String::new(),
    };
    Some(format!(
        "expected no `*` at the end, where it would also match other hosts; use {}{port}",
        Quoted(origin.as_str())
    ))
}

/// Parses a pattern without the quotes, brackets and white space around it.
fn unwrapped(text: &str) -> Option<OriginPattern> {
    const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];
    let text = text.trim();
    let inner = text.trim_start_matches('[').trim_matches(QUOTES);
    if let Some(before) = inner.strip_suffix(']')
        && (text.starts_with('[') || before.ends_with(QUOTES))
        && let Ok(pattern) = before.trim_end_matches(QUOTES).parse()
    {
        return Some(pattern);
    }
    // The last bracket may be that of an address.
    inner.parse().ok()
}
