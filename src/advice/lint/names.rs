//! Field names that are listed in vain, or not named although they are meant.

use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use super::view::RuleView;
use super::{Lint, LintKind, Suggestion};
use crate::message::MAX_REQUEST_HEADERS;
use crate::origin::quoted::Quoted;
use crate::policy::error::field::{ALLOW_HEADERS, EXPOSE_HEADERS};

const ANY: &str = "*";
const AUTHORIZATION: &str = "authorization";
/// What a list has in the place of `*`, to begin with.
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

pub(super) fn check(rule: &RuleView, lints: &mut Vec<Lint>) {
    if let Some(entry) = rule.rule.headers.iter().position(|name| name == ANY) {
        any(rule, entry, lints);
    }
    for (entry, name) in rule.rule.exposed.iter().enumerate() {
        if SAFELISTED_RESPONSE.contains(&name.as_str()) {
            let message = format!("pages can read {} anyway: delete it", Quoted(name));
            lints.push(
                Lint::new(
                    LintKind::SafelistedExposed,
                    rule.index,
                    EXPOSE_HEADERS,
                    message,
                )
                .entry(entry, name)
                .suggestion_is(Suggestion::Remove {
                    rule: rule.index,
                    field: EXPOSE_HEADERS,
                    entry,
                }),
            );
        }
    }
}

fn any(rule: &RuleView, entry: usize, lints: &mut Vec<Lint>) {
    let place = (rule.index, ALLOW_HEADERS);
    let remove = || Suggestion::Remove {
        rule: place.0,
        field: place.1,
        entry,
    };
    let lint = |kind, message: String, suggestion| {
        Lint::new(kind, place.0, place.1, message)
            .entry(entry, ANY)
            .suggestion_is(Some(suggestion))
    };
    let has = |name: &str| rule.rule.headers.iter().any(|listed| listed == name);
    let reason = if rule.rule.credentials {
        "any request header beside credentials is more than pages need"
    } else {
        "Firefox keeps no preflight that is answered with `*`"
    };
    lints.push(lint(
        LintKind::AnyHeader,
        format!("{reason}: list the names that pages send, such as `{COMMON}`"),
        if has(COMMON) || !has_room(rule) {
            remove()
        } else {
            Suggestion::Replace {
                rule: place.0,
                field: place.1,
                entry,
                with: vec![COMMON.into()],
            }
        },
    ));
    if has(AUTHORIZATION) {
        return;
    }
    lints.push(lint(
        LintKind::AnyHeaderWithoutAuthorization,
        format!("`*` does not cover `{AUTHORIZATION}`: if pages send that, list it beside"),
        if has_room(rule) {
            Suggestion::Add {
                rule: place.0,
                field: place.1,
                value: AUTHORIZATION.into(),
            }
        } else {
            remove()
        },
    ));
}

/// Whether a rule can list one more request header.
pub(super) fn has_room(rule: &RuleView) -> bool {
    let listed = rule.rule.headers.iter().filter(|name| *name != ANY);
    listed.count() < MAX_REQUEST_HEADERS
}
