//! ResponseCases: what the response headers of most decisions depend on, without the request.

use alloc::sync::Arc;
use core::any::Any;

use super::decision::{DecidingRule, Decision, Requested};
use super::lookup::Verdict;
use super::{BuiltRule, Origins, Policy};
use crate::message::request::SingleHeader;
use crate::message::{RequestHeaders, RequestKind};

/// The rule that decided, and the kind of the request.
///
/// Together with the policy and the value of `Access-Control-Allow-Origin` it determines the response
/// headers, unless they repeat more of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ResponseCase {
    pub(crate) kind: RequestKind,
    pub(crate) is_options: bool,
    /// The index of the rule that decided.
    pub(crate) rule: Option<usize>,
}

impl<'a> Decision<'a> {
    /// Returns the case of the response; `None` if the response repeats requested names, or names headers that a
    /// verdict depended on.
    #[inline]
    pub(crate) fn response_case(&self) -> Option<ResponseCase> {
        let is_alone = self.requested.method.is_none()
            && self.repeated_headers().is_none()
            && self.vary.is_none();
        is_alone.then_some(ResponseCase {
            kind: self.kind,
            is_options: self.is_options,
            rule: self.found.as_ref().map(|found| found.index),
        })
    }

    /// Returns the value of `Access-Control-Allow-Origin` that the rule that decided gives.
    #[inline]
    pub(crate) fn allow_origin(&self) -> Option<&'a str> {
        self.found.as_ref().map(|found| found.allow_origin)
    }
}

impl Policy {
    /// Decides a request as far as the response headers depend on it. A preflight is answered with all that
    /// the rule allows, so its method and names matter only where the response repeats them.
    #[inline]
    pub(crate) fn evaluate_for_headers<'a>(
        &'a self,
        request: &RequestHeaders<'a>,
        verdict: Option<Verdict<'a>>,
    ) -> Decision<'a> {
        let kind = request.kind();
        if kind == RequestKind::NotCors {
            return Decision::new(self, request, kind);
        }
        let mut decision = self.evaluate_origin(request, kind, verdict);
        let rule = decision.found.as_ref().map(|found| found.rule);
        if let Some(rule) = rule.filter(|rule| kind == RequestKind::Preflight && rule.repeats()) {
            rule.decide_preflight(request, &mut decision);
        }
        decision
    }

    /// Returns a decision of this case, for the response headers: it has no pattern and no denial.
    /// A rule for any origin has its own value of `Access-Control-Allow-Origin`.
    pub(crate) fn decision_with<'a>(
        &'a self,
        case: ResponseCase,
        allow_origin: &'a str,
    ) -> Decision<'a> {
        let found = case.rule.and_then(|index| {
            let rule = self.rules.get(index)?;
            Some(DecidingRule {
                index,
                rule,
                allow_origin: match rule.origins {
                    Origins::Any => "*",
                    Origins::Set(_) | Origins::Ask { .. } => allow_origin,
                },
                pattern: None,
                capture: None,
            })
        });
        Decision {
            policy: self,
            kind: case.kind,
            is_options: case.is_options,
            origin: SingleHeader::Absent,
            refusal: None,
            denied_header: None,
            found,
            requested: Requested::default(),
            vary: None,
        }
    }

    /// Returns whether a rule's response to a preflight may repeat what it asks for.
    pub(crate) fn repeats(&self, rule: usize) -> bool {
        self.rules.get(rule).is_some_and(BuiltRule::repeats)
    }

    /// Iterates over the rules, each as its patterns in canonical form.
    pub(crate) fn listed_patterns(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.rules.iter().map(|rule| {
            let set = match &rule.origins {
                Origins::Set(set) => Some(set),
                Origins::Any | Origins::Ask { .. } => None,
            };
            set.into_iter().flat_map(|set| set.patterns())
        })
    }

    /// Returns a value that is a function of this policy, prepared on first use; `None` if another type
    /// was prepared first.
    #[inline]
    pub(crate) fn prepared<T: Any + Send + Sync>(
        &self,
        prepare: impl FnOnce(&Self) -> T,
    ) -> Option<Arc<T>> {
        self.prepared.get_or_prepare(|| prepare(self))
    }
}
