//! Methods that are listed in vain, or not as they are sent.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use super::view::RuleView;
use super::{Lint, LintKind, Suggestion};
use crate::message::method;
use crate::origin::quoted::Quoted;
use crate::policy::error::field::ALLOW_METHODS;

const ANY: &str = "*";
const OPTIONS: &str = "OPTIONS";

/// Registered methods that pages have reason to send, beside those that browsers upper-case
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

/// What a list has in the place of `*`, to begin with.
const COMMON: [&str; 3] = ["PUT", "PATCH", "DELETE"];

pub(super) fn check(rule: &RuleView, lints: &mut Vec<Lint>) {
    let methods = &rule.rule.methods;
    for (entry, text) in methods.iter().enumerate() {
        let remove = Suggestion::Remove {
            rule: rule.index,
            field: ALLOW_METHODS,
            entry,
        };
        let replace = |with: Vec<String>| Suggestion::Replace {
            rule: rule.index,
            field: ALLOW_METHODS,
            entry,
            with,
        };
        let (kind, message, suggestion) = match text.as_str() {
            ANY => {
                let unlisted = COMMON.into_iter().filter(|known| !has(methods, known));
                let unlisted: Vec<_> = unlisted.map(ToString::to_string).collect();
                let suggestion = match unlisted.as_slice() {
                    [] => remove,
                    _ => replace(unlisted),
                };
                (LintKind::AnyMethod, any(rule), suggestion)
            }
            OPTIONS => {
                let message = "browsers send preflights with `OPTIONS` by themselves, and pages have \
                     hardly a use for it: delete it";
                (LintKind::OptionsListed, message.into(), remove)
            }
            text if method::is_cors_safelisted(text.as_bytes()) => {
                let message = format!("{} is allowed always: delete it", Quoted(text));
                (LintKind::SafelistedMethod, message, remove)
            }
            text => match upper(text).filter(|upper| !has(methods, upper) && !has(methods, ANY)) {
                Some(upper) => {
                    let message = format!(
                        "{} is another method than `{upper}`, as methods are case-sensitive: write `{upper}`",
                        Quoted(text)
                    );
                    (LintKind::MethodCase, message, replace(vec![upper.into()]))
                }
                None => continue,
            },
        };
        lints.push(
            Lint::new(kind, rule.index, ALLOW_METHODS, message)
                .entry(entry, text)
                .suggestion_is(suggestion),
        );
    }
}

fn any(rule: &RuleView) -> String {
    let reason = if rule.rule.credentials {
        "any method beside credentials is more than pages need"
    } else {
        "Firefox keeps no preflight that is answered with `*`"
    };
    format!("{reason}: list the methods that pages use, such as `PUT`, `PATCH` and `DELETE`")
}

/// Whether no page sends such a method, or none has to ask.
pub(super) fn is_listed_in_vain(text: &str) -> bool {
    text == OPTIONS || method::is_cors_safelisted(text.as_bytes()) || upper(text).is_some()
}

/// The registered method that this is in another case.
fn upper(text: &str) -> Option<&'static str> {
    let mut registered = REGISTERED.into_iter();
    registered.find(|known| *known != text && known.eq_ignore_ascii_case(text))
}

fn has(list: &[String], text: &str) -> bool {
    list.iter().any(|listed| listed == text)
}
