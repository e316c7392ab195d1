//! Fixes: changes of a policy as written, for programs.
//!
//! [`PolicyProblem::fixes`] lists those of a problem, and
//! [`Lint::suggestion`](crate::advice::lint::Lint::suggestion) is that of a lint; both are [`Edit`]s.

mod edit;
mod expression;
mod glob;
mod hosts;
mod origin;
mod scalar;
mod sequence;
mod spellings;

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

pub use edit::{Edit, EditValue};

use crate::policy::PolicyProblem;
use crate::policy::error::{ProblemKind, key};
use crate::policy::evidence::ValueType;

impl PolicyProblem {
    /// Returns the changes that resolve this problem, the likeliest first. It is empty where only a
    /// person can know what is meant: [`message`](Self::message) then shows what to do.
    ///
    /// A fix is safe to apply without asking. It replaces a text by another notation of it, or by one
    /// that grants less: it adds no origin, method, header or credentials that the text as written does
    /// not grant, and renames a key only if it is the spelling of another library. Applying fixes, building
    /// again and applying the fixes of what is left ends after a few rounds.
    ///
    /// ```
    /// use cross_origin::{Policy, Rule};
    ///
    /// let problems = Policy::new([Rule::allow_origins(["localhost:3000", "https://a.example/"])]).unwrap_err();
    /// let fixes: Vec<_> = problems.iter().map(|problem| problem.fixes()).collect();
    /// assert_eq!(fixes[0][0].to_string(), "replace `rules[0].allow_origins[0]` with `http://localhost:3000`");
    /// assert_eq!(fixes[1][0].to_string(), "replace `rules[0].allow_origins[1]` with `https://a.example`");
    /// ```
    #[must_use]
    pub fn fixes(&self) -> Vec<Edit> {
        match self.kind() {
            ProblemKind::SchemeMissing
            | ProblemKind::Unparsable
            | ProblemKind::Path
            | ProblemKind::Query
            | ProblemKind::Fragment
            | ProblemKind::Userinfo
            | ProblemKind::OpaqueScheme
            | ProblemKind::Network
            | ProblemKind::Wildcard => {
                let readings = origin::readings(self.written_text(), self.evidence.credentials);
                readings.into_iter().map(|to| self.entry(to)).collect()
            }
            ProblemKind::InsecureOriginWithCredentials => {
                let secure = origin::secure(self.written_text());
                secure.into_iter().map(|to| self.entry(vec![to])).collect()
            }
            ProblemKind::Mixed if self.found() == Some("*") && !self.evidence.credentials => {
                vec![Edit::of_problem(self).without_entry().to(["*"])]
            }
            // There is no other way to say so: `*` and credentials cannot be combined.
            ProblemKind::AnyOriginWithCredentials if self.evidence.alone => {
                vec![Edit::of_problem(self).at_key(key::ALLOW_CREDENTIALS, true)]
            }
            ProblemKind::InvalidMethod | ProblemKind::InvalidHeaderName => {
                let names = scalar::names(self.written_text());
                names.into_iter().map(|to| self.entry(to)).collect()
            }
            ProblemKind::Empty if self.entry_index().is_none() => vec![Edit::of_problem(self)],
            ProblemKind::MaxAge | ProblemKind::WrongType => self.scalar().into_iter().collect(),
            ProblemKind::UnknownKey => self.renamed().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The text as written, which may hold a password.
    fn written_text(&self) -> &str {
        let whole = self.evidence.text.as_deref();
        whole.or(self.found()).unwrap_or_default()
    }

    fn entry(&self, to: Vec<String>) -> Edit {
        Edit::of_problem(self).to(to)
    }

    /// A value of another type or notation.
    fn scalar(&self) -> Option<Edit> {
        let key = self.key()?;
        if self.entry_index().is_some() {
            return None;
        }
        let value_type = self.evidence.value_type.unwrap_or(ValueType::Number);
        let is_unset = match value_type {
            ValueType::Null => true,
            ValueType::Bool => self.written_text() == "false",
            _ => false,
        };
        let edit = Edit::of_problem(self);
        let text = self.written_text();
        match (key, value_type) {
            (key::ALLOW_ORIGINS | key::RULES | key::DANGEROUSLY_ALLOW, _) => None,
            _ if is_unset => Some(edit),
            (key::MAX_AGE, ValueType::Text | ValueType::Number) => {
                Some(edit.to([scalar::seconds(text)?]))
            }
            (key::ALLOW_CREDENTIALS | key::TIMING_ALLOW_ORIGIN, ValueType::Text) => {
                Some(edit.to([spellings::truth(text)?]))
            }
            (key::PREFLIGHT_STATUS, ValueType::Text) => Some(edit.to([scalar::status(text)?])),
            (key::ALLOW_METHODS | key::ALLOW_HEADERS | key::EXPOSE_HEADERS, ValueType::Text) => {
                scalar::names(text).map(|_| edit.to([origin::unquoted(text)]))
            }
            _ => None,
        }
    }

    /// The key of another library, if the value has the type of the right one.
    fn renamed(&self) -> Option<Edit> {
        let value_type = self.evidence.value_type?;
        let key = spellings::key(self.key()?)?;
        let is_free = {
            let at = key::ORDER.iter().position(|known| *known == key)?;
            let bit = 1_u16.checked_shl(u32::try_from(at).ok()?)?;
            self.evidence.keys & bit == 0
        };
        // A policy with `rules` has no keys of a rule next to them.
        let is_in_rule = key != key::PREFLIGHT_STATUS;
        let has_place = self.rule_index().is_some() == is_in_rule;
        let fits = match key {
            key::ALLOW_ORIGINS => match value_type {
                ValueType::List => true,
                // No other library has a word for asking the application.
                ValueType::Text => self.written_text() != "ask",
                _ => false,
            },
            key::ALLOW_METHODS | key::ALLOW_HEADERS | key::EXPOSE_HEADERS => {
                matches!(value_type, ValueType::List | ValueType::Text)
            }
            key::ALLOW_CREDENTIALS => {
                value_type == ValueType::Bool || spellings::truth(self.written_text()).is_some()
            }
            key::MAX_AGE => {
                value_type == ValueType::Number || scalar::seconds(self.written_text()).is_some()
            }
            _ => value_type == ValueType::Number,
        };
        (is_free && has_place && fits)
            .then(|| Edit::of_problem(self).to([key.to_string()]).renaming())
    }
}
