//! Origins in other notations.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::hosts::{self, canonical, is_loopback, is_private_address};
use super::{expression, glob};
use crate::origin::Scheme;
use crate::pattern::{self, PatternRef};

/// The longest text that is read as another notation, in bytes.
const MAX_LEN: usize = 4_096;

const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];

/// Returns the text without white space, quotes and brackets of a list around it.
pub(super) fn unquoted(text: &str) -> &str {
    if text.len() > MAX_LEN {
        return text;
    }
    let is_separator = |c: char| matches!(c, ',' | ';') || c.is_whitespace();
    let mut text = text.trim();
    loop {
        let before = text;
        text = text.trim_matches(is_separator).trim_matches(QUOTES);
        let is_address = text.starts_with('[') && !text.contains("://") && !text.contains(QUOTES);
        if let Some(rest) = text.strip_prefix('[').filter(|_| !is_address) {
            text = rest;
        }
        if let Some(rest) = text.strip_suffix(']')
            && (rest.ends_with(QUOTES) || !rest.contains('['))
        {
            text = rest;
        }
        if text == before {
            return text;
        }
    }
}

/// Returns the patterns that an entry of `allow_origins` means in another notation, the likeliest
/// reading first.
pub(super) fn readings(text: &str, credentials: bool) -> Vec<Vec<String>> {
    if text.len() > MAX_LEN {
        return Vec::new();
    }
    let bare = unquoted(text);
    if bare.is_empty() {
        return Vec::new();
    }
    if expression::is_expression(bare) {
        return expression::patterns(bare, credentials)
            .into_iter()
            .collect();
    }
    let parts = parts(bare);
    if let [only] = parts.as_slice() {
        return single(only, credentials);
    }
    // White space inside an origin does not separate two.
    let schemes = parts.iter().filter(|part| part.contains("://")).count();
    let is_list = bare.contains([',', ';']) || schemes == parts.len() || schemes == 0;
    let first = |part: &String| {
        if expression::is_expression(part) {
            return expression::patterns(part, credentials);
        }
        single(part, credentials).into_iter().next()
    };
    let all: Option<Vec<_>> = parts.iter().map(first).collect();
    all.filter(|_| is_list)
        .map(|lists| lists.concat())
        .into_iter()
        .collect()
}

/// Splits a list in one entry at commas, semicolons and white space outside brackets. Numbers belong to
/// the port before them.
fn parts(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let separates = |c: char| {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (matches!(c, ',' | ';') || c.is_whitespace())
    };
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(separates).map(unquoted) {
        let is_port = part
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
        match parts.last_mut() {
            _ if part.is_empty() => {}
            Some(last) if is_port && glob::ends_in_port(last) => {
                last.push('|');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// The readings of one origin.
fn single(text: &str, credentials: bool) -> Vec<Vec<String>> {
    if let Ok(canonical) = pattern::parse(text) {
        return vec![vec![canonical.into_owned()]];
    }
    let text = &without_spaces_in_braces(text);
    // A placeholder, or a host in an encoding.
    let is_unclear =
        |c: char| matches!(c, '$' | '%' | '<' | '>') || c.is_control() || c.is_whitespace();
    if text.contains(is_unclear) {
        return Vec::new();
    }
    let text = match text.split_at_checked("blob:".len()) {
        Some((scheme, creator)) if scheme.eq_ignore_ascii_case("blob:") => creator,
        _ => text,
    };
    if let Some(network) = hosts::network(text) {
        return vec![vec![network]];
    }
    let Some(parts) = WrittenOrigin::new(text) else {
        return Vec::new();
    };
    let Some((hosts, port)) = glob::hosts_and_port(parts.authority) else {
        return Vec::new();
    };
    let schemes = parts.schemes(&hosts, &port, credentials);
    let readings = schemes.into_iter().filter_map(|schemes| {
        let combined = schemes.iter().flat_map(|scheme| {
            let hosts = hosts.iter();
            hosts.map(move |host| (scheme, host))
        });
        let patterns =
            combined.map(|(scheme, host)| canonical(&format!("{scheme}://{host}{port}")));
        patterns.collect::<Option<Vec<_>>>()
    });
    readings.filter(|patterns| !patterns.is_empty()).collect()
}

/// The text without the white space in a list of ports.
fn without_spaces_in_braces(text: &str) -> Cow<'_, str> {
    let ports = text.split_once(":{").and_then(|(host, ports)| {
        let list = ports.strip_suffix('}')?;
        let is_list =
            |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '-' | ';');
        list.chars().all(is_list).then(|| {
            let ports: String = list.chars().filter(|c| !c.is_whitespace()).collect();
            format!("{host}:{{{ports}}}")
        })
    });
    ports.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A text with or without a scheme, in its parts.
struct WrittenOrigin<'t> {
    /// As written; `None` if there is none.
    scheme: Option<&'t str>,
    /// Host and port, as written.
    authority: &'t str,
}

impl<'t> WrittenOrigin<'t> {
    /// Cuts off a path, a query, a fragment and userinfo that is not a host.
    fn new(text: &'t str) -> Option<Self> {
        let (scheme, rest) = match text.split_once("://") {
            Some(("", rest)) => (None, rest),
            Some((scheme, rest)) => (Some(scheme), rest),
            None => without_separator(text)?,
        };
        // The `/` of a network does not begin a path.
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end)?;
        let after = tail.strip_prefix('/').unwrap_or_default();
        let is_prefix_len = !after.is_empty() && after.bytes().all(|byte| byte.is_ascii_digit());
        if is_prefix_len && authority.ends_with(|c: char| c.is_ascii_digit() || c == ']') {
            // A network with a wrong prefix length.
            return None;
        }
        if tail.contains("://") || (tail.starts_with('\\') && tail.contains('@')) {
            return None;
        }
        let authority = match authority.rsplit_once('@') {
            None => authority,
            Some((user, host)) => {
                let is_special = scheme.is_some_and(|scheme| {
                    Scheme::canonical(&scheme.to_ascii_lowercase()).is_special()
                });
                let (name, _) = user.split_once(':').unwrap_or((user, ""));
                let is_local = name.eq_ignore_ascii_case("localhost");
                let is_host = is_local || user.contains(['.', '%', '@', '[']);
                (is_special && !is_host).then_some(host)?
            }
        };
        (!authority.is_empty()).then_some(Self { scheme, authority })
    }

    /// The schemes to write, the likeliest first.
    fn schemes(&self, hosts: &[String], port: &str, credentials: bool) -> Vec<Vec<String>> {
        let is_loopback = hosts.iter().all(|host| is_loopback(host));
        let one = |scheme: &str| vec![vec![scheme.to_owned()]];
        let both = match credentials && !is_loopback {
            true => one("https"),
            false => vec![vec!["http".to_owned(), "https".to_owned()]],
        };
        match self.scheme.map(str::to_ascii_lowercase).as_deref() {
            Some("*") if !is_loopback => one("https"),
            Some(
                "*" | "http*" | "https?" | "http(s)" | "http(s)?" | "http[s]" | "(http|https)"
                | "{http,https}",
            ) => both,
            Some(written) => one(written),
            None if !self.looks_like_a_host() => Vec::new(),
            None if port == ":443" => one("https"),
            None if is_loopback => one("http"),
            // With `https` port 80 matches nothing that is served.
            None if port == ":80" => Vec::new(),
            None if !credentials && hosts.iter().all(|host| is_private_address(host)) => {
                [one("http"), one("https")].concat()
            }
            None => one("https"),
        }
    }

    /// Whether a text without a scheme is not just a word.
    fn looks_like_a_host(&self) -> bool {
        let text = self.authority;
        let has_port = text.rsplit_once(':').is_some_and(|(_, port)| {
            !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
        });
        let is_local = text.eq_ignore_ascii_case("localhost");
        has_port || is_local || text.contains('.') || text.starts_with('[')
    }
}

/// `//example.com`, `https:example.com` and `http//example.com`, without `://`.
fn without_separator(text: &str) -> Option<(Option<&str>, &str)> {
    let end = text.find([':', '/']).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end)?;
    let host = rest.trim_start_matches([':', '/']);
    if first.is_empty() {
        // After one `/` there is a path.
        let has_authority = rest.starts_with("//") || rest.starts_with(':');
        return has_authority.then_some((None, host));
    }
    let is_special = Scheme::canonical(&first.to_ascii_lowercase()).is_special();
    let is_number = host.bytes().all(|byte| byte.is_ascii_digit());
    let has_slashes = rest.starts_with("//") || rest.starts_with(':');
    match is_special && has_slashes {
        true => (!is_number).then_some((Some(first), host)),
        false => Some((None, text)),
    }
}

/// The same pattern with `https`, if it has `http` and no port is written.
pub(super) fn secure(text: &str) -> Option<String> {
    let canonical = pattern::parse(text).ok()?;
    let pattern = PatternRef::from_canonical(&canonical);
    let host = pattern.host_str()?;
    let is_http = pattern.scheme()?.as_str() == "http";
    let (_, authority) = text.split_once("://")?;
    let (_, after) = authority.rsplit_once(']').unwrap_or(("", authority));
    let has_port = after.contains(':');
    let secure = (is_http && !has_port).then(|| format!("https://{host}"))?;
    Some(pattern::parse(&secure).ok()?.to_string())
}
