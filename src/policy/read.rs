//! Decisions by a chosen rule, for explanations.

use super::decision::DecidingRule;
use super::{Decision, Origins, Policy};
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind};
use crate::origin::OriginRef;

impl<'a> Decision<'a> {
    /// Returns the origin as far as the decision knows it: any origin is allowed unread.
    pub(crate) fn origin(&self) -> Option<&'a [u8]> {
        match (self.found, self.origin) {
            (Some(found), _) => Some(found.allow_origin.as_bytes()).filter(|text| *text != b"*"),
            (None, SingleHeader::Once(origin)) => Some(origin),
            (None, SingleHeader::Absent | SingleHeader::Repeated) => None,
        }
    }

    /// Returns the policy that decided.
    pub(crate) fn policy(&self) -> &'a Policy {
        self.policy
    }
}

impl Policy {
    /// Decides a request as if no rule above this one matched, and this one did.
    #[must_use]
    pub(crate) fn decide_by<'a>(
        &'a self,
        rule: usize,
        request: &RequestHeaders<'a>,
    ) -> Option<Decision<'a>> {
        let built = self.rules.get(rule)?;
        let allow_origin = match (&built.origins, request.origin()) {
            (Origins::Any, _) => "*",
            (_, SingleHeader::Once(value)) => OriginRef::from_header(value).ok()?.as_str(),
            _ => return None,
        };
        let mut decision = Decision::new(self, request, request.kind());
        decision.found = Some(DecidingRule {
            index: rule,
            rule: built,
            allow_origin,
            pattern: None,
            capture: None,
        });
        if request.kind() == RequestKind::Preflight {
            built.decide_preflight(request, &mut decision);
        }
        Some(decision)
    }
}
