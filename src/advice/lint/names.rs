//! Lints about header names.

use alloc::format;
use alloc::string::String;

use super::view::LintedRule;
use super::{Lint, LintKind, Lints};
use crate::advice::fix::Edit;
use crate::message::{MAX_REQUEST_HEADERS, header_name};
use crate::origin::quoted::Quoted;
use crate::policy::error::key::{ALLOW_HEADERS, EXPOSE_HEADERS};

const ANY: &str = "*";
const AUTHORIZATION: &str = "authorization";
/// The initial suggestion in place of `*`.
const COMMON: &str = "content-type";

/// The names of
/// [CORS-safelisted response-headers](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
const SAFELISTED_RESPONSE: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

pub(super) fn check(rule: &LintedRule, lints: &mut Lints) {
    if let Some(entry) = rule.rule.headers.iter().position(|name| name == ANY) {
        lints.push(any(rule, entry));
        lints.extend(without_authorization(rule, entry));
    }
    for (entry, name) in rule.rule.headers.iter().enumerate() {
        let found = without_effect(name)
            .map(|(kind, message)| (kind, message, rule.remove(ALLOW_HEADERS, entry)))
            .or_else(|| odd(rule, ALLOW_HEADERS, entry, name));
        lints.extend(found.map(|(kind, message, suggestion)| {
            Lint::new(kind, rule.index, ALLOW_HEADERS, message)
                .at_entry(entry, name)
                .suggestion_is(suggestion)
        }));
    }
    for (entry, name) in rule.rule.exposed.iter().enumerate() {
        let found = unexposable(rule, name)
            .map(|(kind, message)| (kind, message, rule.remove(EXPOSE_HEADERS, entry)))
            .or_else(|| odd(rule, EXPOSE_HEADERS, entry, name));
        lints.extend(found.map(|(kind, message, suggestion)| {
            Lint::new(kind, rule.index, EXPOSE_HEADERS, message)
                .at_entry(entry, name)
                .suggestion_is(suggestion)
        }));
        if SAFELISTED_RESPONSE.contains(&name.as_str()) {
            let kind = LintKind::SafelistedExposed;
            let message = format!("pages can always read {}; delete it", Quoted(name));
            let lint = Lint::new(kind, rule.index, EXPOSE_HEADERS, message).at_entry(entry, name);
            lints.push(lint.suggestion_is(rule.remove(EXPOSE_HEADERS, entry)));
        }
    }
}

/// Names that are meant as something else: patterns, and names in quotes.
pub(super) fn odd(
    rule: &LintedRule,
    key: &'static str,
    entry: usize,
    name: &str,
) -> Option<(LintKind, String, Edit)> {
    if name == ANY {
        return None;
    }
    if name.contains('*') {
        let message = format!(
            "{} is a name, not a pattern; list the names, or use `*` for any",
            Quoted(name)
        );
        return Some((LintKind::WildcardInName, message, rule.remove(key, entry)));
    }
    let inner = name.trim_matches(['\'', '`']);
    if inner == name {
        return None;
    }
    let message = format!("{} has quotes in it; delete them", Quoted(name));
    let edit = rule.remove(key, entry);
    let edit = match inner.is_empty() || inner == ANY {
        true => edit,
        false => edit.to([inner]),
    };
    Some((LintKind::QuotedName, message, edit))
}

fn without_effect(name: &str) -> Option<(LintKind, String)> {
    if header_name::is_forbidden_request_header(name.as_bytes()) {
        let message = format!(
            "{} has no effect: browsers set it themselves, pages cannot; delete it",
            Quoted(name)
        );
        return Some((LintKind::ForbiddenRequestHeader, message));
    }
    header_name::is_cors_response(name.as_bytes()).then(|| {
        let message = format!(
            "{} is a response header: only a page that sets it by mistake needs it here; delete it",
            Quoted(name)
        );
        (LintKind::ResponseHeaderInRequest, message)
    })
}

fn unexposable(rule: &LintedRule, name: &str) -> Option<(LintKind, String)> {
    if name == ANY {
        return rule.rule.credentials.then(|| {
            let message = "`*` exposes all headers only to requests without credentials; list the names \
                 that pages read";
            (LintKind::AnyExposedWithCredentials, message.into())
        });
    }
    header_name::is_forbidden_response(name.as_bytes()).then(|| {
        let message = format!(
            "{} has no effect: no page can read it; delete it",
            Quoted(name)
        );
        (LintKind::UnexposableHeader, message)
    })
}

/// Whether no page can set such a header.
pub(super) fn is_listed_in_vain(name: &str) -> bool {
    without_effect(name).is_some()
}

fn any(rule: &LintedRule, entry: usize) -> Lint {
    let reason = if rule.rule.credentials {
        "any request header with credentials is more than pages need"
    } else {
        "Firefox does not cache preflights answered with `*`"
    };
    let message = format!("{reason}; list the names that pages send, such as `{COMMON}`");
    let suggestion = if has(rule, COMMON) || !has_room(rule) {
        rule.remove(ALLOW_HEADERS, entry)
    } else {
        rule.replace(ALLOW_HEADERS, entry, [COMMON])
    };
    Lint::new(LintKind::AnyHeader, rule.index, ALLOW_HEADERS, message)
        .at_entry(entry, ANY)
        .suggestion_is(suggestion)
}

fn without_authorization(rule: &LintedRule, entry: usize) -> Option<Lint> {
    let message = format!("`*` does not cover `{AUTHORIZATION}`; list both if pages send it");
    let suggestion = if has_room(rule) {
        rule.add(ALLOW_HEADERS, rule.rule.headers.len(), AUTHORIZATION)
    } else {
        rule.remove(ALLOW_HEADERS, entry)
    };
    let kind = LintKind::AnyHeaderWithoutAuthorization;
    (!has(rule, AUTHORIZATION)).then(|| {
        Lint::new(kind, rule.index, ALLOW_HEADERS, message)
            .at_entry(entry, ANY)
            .suggestion_is(suggestion)
    })
}

fn has(rule: &LintedRule, name: &str) -> bool {
    rule.rule.headers.iter().any(|listed| listed == name)
}

/// Whether a rule can list one more request header.
fn has_room(rule: &LintedRule) -> bool {
    has_room_for(1, &rule.rule.headers, MAX_REQUEST_HEADERS)
}

/// Whether a list of at most so many names can have some more.
pub(super) fn has_room_for(more: usize, list: &[String], max: usize) -> bool {
    let listed = list.iter().filter(|name| *name != ANY);
    listed.count().saturating_add(more) <= max
}
