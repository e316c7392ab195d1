//! Read access to built rules, for lints, diffs and explanations.

use super::decision::DecidingRule;
use super::{BuiltRule, Decision, NameList, Origins, Policy};
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind};
use crate::origin::OriginRef;

impl<'a> Decision<'a> {
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

    /// Iterates over the rules, in order.
    pub(crate) fn rules(&self) -> impl Iterator<Item = RuleView<'_>> {
        self.rules.iter().map(RuleView)
    }
}

/// A rule of a built policy.
#[derive(Clone, Copy)]
pub(crate) struct RuleView<'a>(&'a BuiltRule);

impl<'a> RuleView<'a> {
    /// Iterates over the patterns in canonical form, without `*`.
    pub(crate) fn patterns(self) -> impl Iterator<Item = &'a str> {
        let set = match &self.0.origins {
            Origins::Set(set) => Some(set),
            Origins::Any | Origins::Ask { .. } => None,
        };
        set.into_iter().flat_map(|set| set.patterns())
    }

    /// Whether the rule matches this origin without a lookup.
    pub(crate) fn matches(self, origin: OriginRef<'_>) -> bool {
        match &self.0.origins {
            Origins::Any => true,
            Origins::Set(set) => set.matches(origin),
            Origins::Ask { .. } => false,
        }
    }

    pub(crate) fn credentials(self) -> bool {
        self.0.credentials
    }

    /// Iterates over the methods as listed, `*` first if present.
    pub(crate) fn methods(self) -> impl Iterator<Item = &'a str> {
        list(&self.0.methods)
    }

    /// Iterates over the request headers as listed, `*` first if present.
    pub(crate) fn headers(self) -> impl Iterator<Item = &'a str> {
        list(&self.0.headers)
    }
}

fn list(allowed: &NameList) -> impl Iterator<Item = &str> {
    allowed.to_list()
}
