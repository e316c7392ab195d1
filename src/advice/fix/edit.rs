//! Changes of a policy as written.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::origin::quoted::Quoted;
use crate::policy::error::key;
use crate::policy::evidence::ValueType;
use crate::policy::path::{Path, PathKey, Written};
use crate::policy::rule::{RuleOrigins, Timing};
use crate::policy::{PolicyBuilder, PolicyProblem};

/// A change of a policy as written: other values in the place of one, for programs.
///
/// It is the form of the fixes of problems ([`PolicyProblem::fixes`]) and of the suggestions of lints
/// ([`Lint::suggestion`](crate::advice::lint::Lint::suggestion)). Once one is applied, places after it in
/// the same list may be others: apply several from the last place to the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    written: Written,
    rule: Option<usize>,
    key: Option<Cow<'static, str>>,
    entry: Option<usize>,
    kind: &'static str,
    from: Option<EditValue>,
    to: Vec<EditValue>,
    renames_key: bool,
}

/// A value of a policy in text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditValue {
    /// A text.
    Text(String),
    /// A whole number.
    Number(u64),
    /// `true` or `false`.
    Bool(bool),
}

impl From<&str> for EditValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for EditValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for EditValue {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for EditValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl fmt::Display for EditValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Quoted(text).fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
        }
    }
}

impl Edit {
    /// Creates the edit that deletes what has a problem.
    pub(super) fn of_problem(problem: &PolicyProblem) -> Self {
        let found = problem.found();
        let from = match problem.evidence.value_type {
            Some(ValueType::Bool) => found.map(|text| (text == "true").into()),
            Some(ValueType::Number) => {
                found.and_then(|text| Some(text.parse::<u64>().ok()?.into()))
            }
            Some(ValueType::Null | ValueType::List | ValueType::Map) => None,
            _ if problem.key() == Some(key::MAX_AGE) => {
                found.and_then(|text| Some(text.parse::<u64>().ok()?.into()))
            }
            _ => found.map(EditValue::from),
        };
        Self {
            written: problem.written,
            rule: problem.rule_index(),
            key: problem.key().map(|key| Cow::Owned(key.to_string())),
            entry: problem.entry_index(),
            kind: problem.kind().as_str(),
            from,
            to: Vec::new(),
            renames_key: false,
        }
    }

    /// Creates the edit of a lint that deletes a rule, a key of it, or an entry of that.
    pub(crate) fn of_lint(
        rule: usize,
        key: Option<&'static str>,
        entry: Option<usize>,
        from: Option<EditValue>,
    ) -> Self {
        Self {
            written: Written::Rules,
            rule: Some(rule),
            key: key.map(Cow::Borrowed),
            entry,
            kind: "",
            from,
            to: Vec::new(),
            renames_key: false,
        }
    }

    /// Sets the name of the kind of lint.
    pub(crate) fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn to<V: Into<EditValue>>(mut self, to: impl IntoIterator<Item = V>) -> Self {
        self.to = to.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the place to a whole key that has this value.
    pub(super) fn at_key(mut self, key: &'static str, from: impl Into<EditValue>) -> Self {
        self.key = Some(Cow::Borrowed(key));
        self.entry = None;
        self.from = Some(from.into());
        self
    }

    /// Sets the place to the whole list.
    pub(super) fn without_entry(mut self) -> Self {
        self.entry = None;
        self.from = None;
        self
    }

    pub(super) fn renaming(mut self) -> Self {
        self.from = self.key.as_deref().map(EditValue::from);
        self.renames_key = true;
        self
    }

    /// Returns the index of the rule, from 0; `None` for a change of the whole policy.
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        self.rule
    }

    /// Returns the key of the policy in text, such as `allow_origins`; `None` if a whole rule is changed.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Returns the index of the entry in the key's list, from 0. The length of the list is the place
    /// after its last entry.
    #[must_use]
    pub fn entry_index(&self) -> Option<usize> {
        self.entry
    }

    /// Returns the path to the place, as [`PolicyProblem::path`] does.
    #[must_use]
    pub fn path(&self) -> String {
        self.to_path().to_string()
    }

    /// Returns the name of the kind of the problem or lint that this resolves.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Returns the value that is changed, as the problem or lint shows it; the key, if that is renamed.
    /// `None` for an addition, and for a value that is more than one text, number or boolean.
    #[must_use]
    pub fn from(&self) -> Option<&EditValue> {
        self.from.as_ref()
    }

    /// Returns the values to write in that place: none to delete it, and for a key at most one.
    #[must_use]
    pub fn values(&self) -> &[EditValue] {
        &self.to
    }

    /// Whether the key itself is changed, and its value kept.
    #[must_use]
    pub fn renames_key(&self) -> bool {
        self.renames_key
    }

    /// Changes the builder accordingly. A builder that has no such place stays as it is, as does one
    /// that would get a key of another name: only text has those.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    ///
    /// let policy = Policy::new([Rule::allow_origins(["https://a.example"]).allow_methods(["patch"])])?;
    /// let lints = policy.lints();
    /// let mut builder = policy.to_builder();
    /// lints[0].suggestion().unwrap().apply(&mut builder);
    /// let policy = builder.build()?;
    /// assert!(policy.lints().is_empty());
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    pub fn apply(&self, builder: &mut PolicyBuilder) {
        if self.renames_key {
            return;
        }
        let Some(index) = self.rule else {
            return;
        };
        let Some(key) = self.key.as_deref() else {
            if index < builder.rules.len() && self.to.is_empty() {
                builder.rules.remove(index);
            }
            return;
        };
        let Some(rule) = builder.rules.get_mut(index) else {
            return;
        };
        let texts = || self.to.iter().filter_map(EditValue::text);
        let list = match key {
            key::ALLOW_METHODS => &mut rule.methods,
            key::ALLOW_HEADERS => &mut rule.headers,
            key::EXPOSE_HEADERS => &mut rule.exposed,
            key::ALLOW_ORIGINS => match &mut rule.origins {
                RuleOrigins::Listed(texts) => texts,
                RuleOrigins::Ask => return,
            },
            key::MAX_AGE => {
                rule.max_age = match self.to.first() {
                    Some(EditValue::Number(seconds)) => Some(Duration::from_secs(*seconds)),
                    _ => None,
                };
                return;
            }
            key::ALLOW_CREDENTIALS => {
                rule.credentials = self.to.first() == Some(&EditValue::Bool(true));
                return;
            }
            key::TIMING_ALLOW_ORIGIN => {
                let matched = self.to.first() == Some(&EditValue::Bool(true));
                rule.timing = matched.then_some(Timing::Matched);
                return;
            }
            _ => return,
        };
        match self.entry {
            None => *list = texts().collect(),
            Some(entry) if entry < list.len() => {
                list.splice(entry..=entry, texts());
            }
            Some(entry) if entry == list.len() => list.extend(texts()),
            Some(_) => {}
        }
    }

    fn to_path(&self) -> Path<'_> {
        let key = self
            .key
            .as_deref()
            .map(|name| match key::ORDER.contains(&name) {
                true => PathKey::Known(name),
                false => PathKey::Unknown(name),
            });
        Path::new(self.written, self.rule, key, self.entry)
    }
}

impl EditValue {
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(_) | Self::Bool(_) => None,
        }
    }
}

/// The change in words, such as ``replace `allow_methods[1]` with `PATCH` ``.
impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let path = path.trim_matches('`');
        let values = |f: &mut fmt::Formatter<'_>| {
            self.to.iter().enumerate().try_for_each(|(index, value)| {
                let before = if index == 0 { "" } else { ", " };
                write!(f, "{before}{value}")
            })
        };
        if self.renames_key {
            write!(f, "rename `{path}` to ")?;
            return values(f);
        }
        if self.to.is_empty() {
            return write!(f, "delete `{path}`");
        }
        match (self.entry, &self.from) {
            (Some(entry), None) => {
                write!(f, "add ")?;
                values(f)?;
                let end = path
                    .len()
                    .saturating_sub(entry.to_string().len() + "[]".len());
                write!(f, " to `{}`", path.get(..end).unwrap_or(path))
            }
            (None, _) => {
                write!(f, "set `{path}` to ")?;
                values(f)
            }
            _ => {
                write!(f, "replace `{path}` with ")?;
                values(f)
            }
        }
    }
}
