//! The view of a policy that lints inspect.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::advice::fix::{Edit, EditValue};
use crate::origin::quoted::shown;
use crate::pattern::{OriginPattern, OriginSet, PatternRef};
use crate::policy::Policy;
use crate::policy::error::key;
use crate::policy::is_potentially_trustworthy;
use crate::policy::rule::{Rule, RuleOrigins};

pub(super) struct LintedPolicy {
    pub(super) rules: Vec<LintedRule>,
    pub(super) is_static: bool,
    insecure_with_credentials: bool,
    /// The patterns of all rules.
    all: OnceCell<OriginSet>,
}

pub(super) struct LintedRule {
    pub(super) index: usize,
    /// In canonical form.
    pub(super) rule: Rule,
    /// The entries of `allow_origins`, in order; none of a rule that asks.
    pub(super) origins: Vec<ListedOrigin>,
    pub(super) set: OriginSet,
    /// How many of the origins no rule above has.
    deciding: usize,
}

pub(super) struct ListedOrigin {
    pub(super) pattern: OriginPattern,
    /// The pattern of a rule above, or else of the same rule, that covers it.
    pub(super) cover: Option<Cover>,
}

/// The pattern that covers another one.
pub(super) enum Cover {
    /// Another pattern of the same rule, cut where it is long.
    SameRule(String),
    /// A pattern of a rule above, with the first rule that has it.
    Above(usize, String),
}

impl Cover {
    pub(super) fn is_above(&self) -> bool {
        matches!(self, Self::Above(..))
    }
}

impl LintedPolicy {
    /// A view without covers: [`mark`](super::covered::mark) notes them.
    pub(super) fn new(policy: &Policy) -> Self {
        let builder = policy.to_builder();
        Self {
            rules: builder.rules.into_iter().enumerate().map(view).collect(),
            is_static: policy.is_static(),
            insecure_with_credentials: builder.dangers.insecure_origins,
            all: OnceCell::new(),
        }
    }

    /// Deletes an origin, or the rule where nothing that it decides would be left; nothing if that
    /// is all there is.
    pub(super) fn remove_origin(&self, rule: &LintedRule, entry: usize) -> Option<Edit> {
        let removed = rule.origins.get(entry).filter(|origin| origin.decides());
        if rule.deciding > usize::from(removed.is_some()) {
            return Some(rule.remove(key::ALLOW_ORIGINS, entry));
        }
        (self.rules.len() > 1).then(|| Edit::of_lint(rule.index, None, None, None))
    }

    /// Writes another origin in the place of one; or deletes that one where the other is no
    /// pattern, is there already, or could take the place of a rule below.
    pub(super) fn replace_origin(
        &self,
        rule: &LintedRule,
        entry: usize,
        with: &str,
    ) -> Option<Edit> {
        let sound = with
            .parse()
            .ok()
            .filter(|pattern| self.can_have(rule, pattern));
        let Some(pattern) = sound else {
            return self.remove_origin(rule, entry);
        };
        let edit = rule.remove(key::ALLOW_ORIGINS, entry);
        Some(edit.to([pattern.as_str()]))
    }

    fn can_have(&self, rule: &LintedRule, pattern: &OriginPattern) -> bool {
        let is_last = rule.index.saturating_add(1) == self.rules.len();
        let is_safe = !rule.rule.credentials
            || self.insecure_with_credentials
            || is_potentially_trustworthy(pattern.as_pattern_ref());
        is_safe && (is_last || pattern.as_pattern_ref().is_exact()) && !self.all().covers(pattern)
    }

    /// The set of the patterns of all rules.
    pub(super) fn all(&self) -> &OriginSet {
        self.all.get_or_init(|| {
            let origins = self.rules.iter().flat_map(|rule| &rule.origins);
            origins.map(|origin| origin.pattern.clone()).collect()
        })
    }
}

impl ListedOrigin {
    pub(super) fn pattern_ref(&self) -> PatternRef<'_> {
        self.pattern.as_pattern_ref()
    }

    /// Whether no rule above has it.
    pub(super) fn decides(&self) -> bool {
        !self.cover.as_ref().is_some_and(Cover::is_above)
    }
}

impl LintedRule {
    /// Counts the origins that no rule above has.
    pub(super) fn count_deciding(&mut self) {
        let deciding = self.origins.iter().filter(|origin| origin.decides());
        self.deciding = deciding.count();
    }

    pub(super) fn remove(&self, key: &'static str, entry: usize) -> Edit {
        let list = match key {
            key::ALLOW_METHODS => self.rule.methods.as_slice(),
            key::ALLOW_HEADERS => &self.rule.headers,
            key::EXPOSE_HEADERS => &self.rule.exposed,
            _ => match &self.rule.origins {
                RuleOrigins::Listed(texts) => texts.as_slice(),
                RuleOrigins::Ask => &[],
            },
        };
        let from = list
            .get(entry)
            .map(|text| EditValue::from(shown(text).into_owned()));
        Edit::of_lint(self.index, Some(key), Some(entry), from)
    }

    pub(super) fn replace(
        &self,
        key: &'static str,
        entry: usize,
        with: impl IntoIterator<Item = &'static str>,
    ) -> Edit {
        self.remove(key, entry).to(with)
    }

    /// Adds an entry to a list of this length.
    pub(super) fn add(&self, key: &'static str, len: usize, value: &str) -> Edit {
        Edit::of_lint(self.index, Some(key), Some(len), None).to([value])
    }
}

fn view((index, rule): (usize, Rule)) -> LintedRule {
    let texts = match &rule.origins {
        RuleOrigins::Listed(texts) => texts.as_slice(),
        RuleOrigins::Ask => &[],
    };
    // Each text is a pattern in canonical form.
    let patterns = texts.iter().filter_map(|text| text.parse().ok());
    let origins: Vec<_> = patterns
        .map(|pattern| ListedOrigin {
            pattern,
            cover: None,
        })
        .collect();
    LintedRule {
        index,
        set: origins
            .iter()
            .map(|origin| origin.pattern.clone())
            .collect(),
        deciding: origins.len(),
        origins,
        rule,
    }
}
