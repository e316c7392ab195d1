//! Rules below the deciding one that match the origin too.

use crate::message::RequestHeaders;
use crate::message::request::SingleHeader;
use crate::origin::OriginRef;
use crate::policy::{Decision, Policy, Rule, RuleRef};

/// Returns the first rule after the deciding one that matches the origin too and allows the request.
pub(super) fn allowing_rule(
    decision: &Decision<'_>,
    request: &RequestHeaders<'_>,
) -> Option<usize> {
    let SingleHeader::Once(value) = request.origin() else {
        return None;
    };
    let origin = OriginRef::from_header(value).ok()?;
    let mut rules = decision.policy().rules();
    rules.position(|rule| rule.matches(origin) && allows(rule, request))
}

/// Whether the rule allows the method and the headers, for any origin.
pub(super) fn allows(rule: RuleRef<'_>, request: &RequestHeaders<'_>) -> bool {
    let lists = Rule::allow_any_origin()
        .allow_methods(rule.methods())
        .allow_headers(rule.headers());
    Policy::new([lists]).is_ok_and(|policy| policy.evaluate(request).is_allowed())
}
