//! What a built policy says, for those who advise on it.

use super::{BuiltRule, Decision, NameList, Origins, Policy};
use crate::origin::OriginRef;

impl<'a> Decision<'a> {
    /// The policy that decided.
    pub(crate) fn policy(&self) -> &'a Policy {
        self.policy
    }
}

impl Policy {
    /// The rules, in order.
    pub(crate) fn rules(&self) -> impl Iterator<Item = RuleView<'_>> {
        self.rules.iter().map(RuleView)
    }
}

/// One rule of a built policy.
#[derive(Clone, Copy)]
pub(crate) struct RuleView<'a>(&'a BuiltRule);

impl<'a> RuleView<'a> {
    /// The patterns in canonical form, in order, of a rule that lists origins; `*` is none of them.
    pub(crate) fn patterns(self) -> impl Iterator<Item = &'a str> {
        let set = match &self.0.origins {
            Origins::Set(set) => Some(set),
            Origins::Any | Origins::Ask { .. } => None,
        };
        set.into_iter().flat_map(|set| set.patterns())
    }

    /// Whether the rule is for this origin, without asking anybody.
    pub(crate) fn admits(self, origin: OriginRef<'_>) -> bool {
        match &self.0.origins {
            Origins::Any => true,
            Origins::Set(set) => set.matches(origin),
            Origins::Ask { .. } => false,
        }
    }

    pub(crate) fn credentials(self) -> bool {
        self.0.credentials
    }

    /// The methods as listed, `*` first if it is among them.
    pub(crate) fn methods(self) -> impl Iterator<Item = &'a str> {
        list(&self.0.methods)
    }

    /// The request headers as listed, `*` first if it is among them.
    pub(crate) fn headers(self) -> impl Iterator<Item = &'a str> {
        list(&self.0.headers)
    }
}

fn list(allowed: &NameList) -> impl Iterator<Item = &str> {
    allowed.to_list()
}
