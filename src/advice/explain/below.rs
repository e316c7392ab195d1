//! Whether another rule would decide otherwise.

use crate::message::RequestHeaders;
use crate::message::request::SingleHeader;
use crate::origin::OriginRef;
use crate::policy::{Decision, Policy, Rule, RuleView};

/// The first rule after the one that decides which is for the origin too, and allows the request.
///
/// No rule above that one is for the origin, or it would decide.
pub(super) fn allowing_rule(
    decision: &Decision<'_>,
    request: &RequestHeaders<'_>,
) -> Option<usize> {
    let SingleHeader::Once(value) = request.origin() else {
        return None;
    };
    let origin = OriginRef::from_header(value).ok()?;
    let mut rules = decision.policy().rules();
    rules.position(|rule| rule.admits(origin) && allows(rule, request))
}

/// Whether the rule allows the method and the headers, whoever asks.
pub(super) fn allows(rule: RuleView<'_>, request: &RequestHeaders<'_>) -> bool {
    let lists = Rule::allow_any_origin()
        .allow_methods(rule.methods())
        .allow_headers(rule.headers());
    Policy::new([lists]).is_ok_and(|policy| policy.evaluate(request).allowed() == Some(true))
}
