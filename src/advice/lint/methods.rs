//! Lints about methods.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::names::{self, has_room_for};
use super::view::LintedRule;
use super::{Lint, LintKind, Lints};
use crate::advice::fix::Edit;
use crate::message::method;
use crate::origin::quoted::Quoted;
use crate::policy::MAX_METHODS;
use crate::policy::error::key::ALLOW_METHODS;

const ANY: &str = "*";
const OPTIONS: &str = "OPTIONS";

/// Words for any method in other libraries.
const WORDS_FOR_ANY: [&str; 3] = ["ALL", "ANY", "EVERY"];

/// Registered methods that pages have reason to send, besides those that browsers upper-case
/// ([HTTP Method Registry](https://www.iana.org/assignments/http-methods/http-methods.xhtml)).
const REGISTERED: [&str; 14] = [
    "PATCH",
    "QUERY",
    "ACL",
    "COPY",
    "LOCK",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "PROPFIND",
    "PROPPATCH",
    "REPORT",
    "SEARCH",
    "UNLOCK",
    "VERSION-CONTROL",
];

/// The initial suggestion in place of `*`.
const COMMON: [&str; 3] = ["PUT", "PATCH", "DELETE"];

pub(super) fn check(rule: &LintedRule, lints: &mut Lints) {
    for (entry, text) in rule.rule.methods.iter().enumerate() {
        let found = match text.as_str() {
            ANY => Some(any(rule, entry)),
            OPTIONS => Some(options(rule, entry)),
            text if method::is_forbidden(text.as_bytes()) => {
                let message = format!(
                    "{} has no effect: browsers never send it for a page; delete it",
                    Quoted(text)
                );
                let suggestion = rule.remove(ALLOW_METHODS, entry);
                Some((LintKind::ForbiddenMethod, message, suggestion))
            }
            text if WORDS_FOR_ANY
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word)) =>
            {
                let message = format!(
                    "{} is the name of a method, not any method; use `*`, or list the methods",
                    Quoted(text)
                );
                let suggestion = rule.remove(ALLOW_METHODS, entry);
                Some((LintKind::WordForAny, message, suggestion))
            }
            text if method::is_cors_safelisted(text.as_bytes()) => {
                let message = format!("{} is always allowed; delete it", Quoted(text));
                let suggestion = rule.remove(ALLOW_METHODS, entry);
                Some((LintKind::SafelistedMethod, message, suggestion))
            }
            text => names::odd(rule, ALLOW_METHODS, entry, text)
                .or_else(|| in_another_case(rule, entry, text)),
        };
        lints.extend(found.map(|(kind, message, suggestion)| {
            Lint::new(kind, rule.index, ALLOW_METHODS, message)
                .at_entry(entry, text)
                .suggestion_is(suggestion)
        }));
    }
}

type MethodLint = (LintKind, String, Edit);

fn any(rule: &LintedRule, entry: usize) -> MethodLint {
    let reason = if rule.rule.credentials {
        "any method with credentials is more than pages need"
    } else {
        "Firefox does not cache preflights answered with `*`"
    };
    let message =
        format!("{reason}; list the methods that pages use, such as `PUT`, `PATCH` and `DELETE`");
    let unlisted: Vec<_> = COMMON
        .into_iter()
        .filter(|known| !has(rule, known))
        .collect();
    let has_room = has_room_for(unlisted.len(), &rule.rule.methods, MAX_METHODS);
    let suggestion = if unlisted.is_empty() || !has_room {
        rule.remove(ALLOW_METHODS, entry)
    } else {
        rule.replace(ALLOW_METHODS, entry, unlisted)
    };
    (LintKind::AnyMethod, message, suggestion)
}

fn options(rule: &LintedRule, entry: usize) -> MethodLint {
    let message = "browsers send preflights with `OPTIONS` themselves, and pages hardly ever use \
         it; delete it";
    let suggestion = rule.remove(ALLOW_METHODS, entry);
    (LintKind::OptionsListed, message.into(), suggestion)
}

fn in_another_case(rule: &LintedRule, entry: usize, text: &str) -> Option<MethodLint> {
    let upper = upper(text).filter(|upper| !has(rule, upper) && !has(rule, ANY))?;
    let message = format!(
        "{} and `{upper}` are different methods: methods are case-sensitive; use `{upper}`",
        Quoted(text)
    );
    let suggestion = rule.replace(ALLOW_METHODS, entry, [upper]);
    Some((LintKind::MethodCase, message, suggestion))
}

/// Whether no page sends such a method, or none has to ask.
pub(super) fn is_listed_in_vain(text: &str) -> bool {
    let bytes = text.as_bytes();
    text == OPTIONS
        || method::is_forbidden(bytes)
        || WORDS_FOR_ANY
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
        || method::is_cors_safelisted(bytes)
        || upper(text).is_some()
}

/// The registered method that this is in another case.
fn upper(text: &str) -> Option<&'static str> {
    let mut registered = REGISTERED.into_iter();
    registered.find(|known| *known != text && known.eq_ignore_ascii_case(text))
}

fn has(rule: &LintedRule, text: &str) -> bool {
    rule.rule.methods.iter().any(|listed| listed == text)
}
