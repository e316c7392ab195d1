//! Lints about max-age and timing.

use alloc::format;
use alloc::string::ToString;

use super::view::{LintedPolicy, LintedRule};
use super::{Lint, LintKind, Lints};
use crate::advice::fix::Edit;
use crate::policy::error::key::{MAX_AGE, TIMING_ALLOW_ORIGIN};
use crate::policy::rule::Timing;

/// The longest that Chromium keeps a preflight, in seconds: two hours, says
/// [MDN](https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age).
const CHROMIUM: u32 = 7_200;
/// The longest that WebKit keeps a preflight, in seconds: see its
/// [`CrossOriginPreflightResultCache.cpp`](https://github.com/WebKit/WebKit/blob/main/Source/WebCore/loader/CrossOriginPreflightResultCache.cpp).
const WEBKIT: u32 = 600;

pub(super) fn check(policy: &LintedPolicy, rule: &LintedRule, lints: &mut Lints) {
    max_age(rule, lints);
    if rule.rule.timing == Some(Timing::Matched) && !policy.is_static {
        let message = "plain loads of images and scripts send no `Origin`, so their timing stays \
             hidden; use `\"*\"` if every website may see it, or delete it";
        let kind = LintKind::TimingInDynamicPolicy;
        lints.push(
            Lint::new(kind, rule.index, TIMING_ALLOW_ORIGIN, message)
                .value("true")
                .suggestion_is(Edit::of_lint(
                    rule.index,
                    Some(TIMING_ALLOW_ORIGIN),
                    None,
                    Some(true.into()),
                )),
        );
    }
}

fn max_age(rule: &LintedRule, lints: &mut Lints) {
    let Some(seconds) = rule.rule.max_age.map(|max_age| max_age.as_secs()) else {
        return;
    };
    let (kind, message) = if seconds > CHROMIUM.into() {
        let message = format!(
            "Chromium caches a preflight for at most {CHROMIUM} seconds and WebKit for {WEBKIT}; only \
             Firefox honors more"
        );
        (LintKind::MaxAgeAboveChromium, message)
    } else if seconds > WEBKIT.into() {
        let message = format!(
            "WebKit caches a preflight for at most {WEBKIT} seconds; only other browsers honor more"
        );
        (LintKind::MaxAgeAboveWebkit, message)
    } else {
        return;
    };
    lints.push(Lint::new(kind, rule.index, MAX_AGE, message).value(seconds.to_string()));
}
