//! Suggested changes, for programs.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::origin::quoted::Quoted;
use crate::policy::PolicyBuilder;
use crate::policy::error::key;
use crate::policy::rule::RuleOrigins;

/// A change of a policy that silences the lint it comes from.
///
/// Its places are those of [`Policy::to_builder`](crate::Policy::to_builder) of the policy that was
/// looked at. Once it is [applied](Self::apply) they may be others: apply one, build, and ask for the
/// lints again.
///
/// Origins that only a deleted entry matched are decided by the rules below.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suggestion {
    /// Delete a rule.
    RemoveRule {
        /// The rule.
        rule: usize,
    },
    /// Delete an entry of a list.
    Remove {
        /// The rule.
        rule: usize,
        /// The list, by its name in text.
        key: &'static str,
        /// The entry.
        entry: usize,
    },
    /// Write other entries in the place of one.
    Replace {
        /// The rule.
        rule: usize,
        /// The list, by its name in text.
        key: &'static str,
        /// The entry.
        entry: usize,
        /// The texts to write there: one or more.
        with: Vec<String>,
    },
    /// Add an entry to a list.
    Add {
        /// The rule.
        rule: usize,
        /// The list, by its name in text.
        key: &'static str,
        /// The text to add.
        value: String,
    },
    /// Set the max-age.
    MaxAge {
        /// The rule.
        rule: usize,
        /// The max-age, in seconds.
        seconds: u32,
    },
    /// Share timing no more.
    NoTiming {
        /// The rule.
        rule: usize,
    },
}

impl Suggestion {
    /// Changes the builder as suggested. A builder that has no such place stays as it is.
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
        match self {
            Self::RemoveRule { rule } => {
                if *rule < builder.rules.len() {
                    builder.rules.remove(*rule);
                }
            }
            Self::Remove { rule, key, entry } => {
                replace(list(builder, *rule, key), *entry, &[]);
            }
            Self::Replace {
                rule,
                key,
                entry,
                with,
            } => replace(list(builder, *rule, key), *entry, with),
            Self::Add { rule, key, value } => {
                if let Some(list) = list(builder, *rule, key) {
                    list.push(value.clone());
                }
            }
            Self::MaxAge { rule, seconds } => {
                if let Some(rule) = builder.rules.get_mut(*rule) {
                    rule.max_age = Some(Duration::from_secs((*seconds).into()));
                }
            }
            Self::NoTiming { rule } => {
                if let Some(rule) = builder.rules.get_mut(*rule) {
                    rule.timing = None;
                }
            }
        }
    }
}

fn list<'d>(
    builder: &'d mut PolicyBuilder,
    rule: usize,
    name: &'static str,
) -> Option<&'d mut Vec<String>> {
    let rule = builder.rules.get_mut(rule)?;
    match name {
        key::ALLOW_METHODS => Some(&mut rule.methods),
        key::ALLOW_HEADERS => Some(&mut rule.headers),
        key::EXPOSE_HEADERS => Some(&mut rule.exposed),
        key::ALLOW_ORIGINS => match &mut rule.origins {
            RuleOrigins::Listed(texts) => Some(texts),
            RuleOrigins::Ask => None,
        },
        _ => None,
    }
}

fn replace(list: Option<&mut Vec<String>>, entry: usize, with: &[String]) {
    if let Some(list) = list
        && entry < list.len()
    {
        list.splice(entry..=entry, with.iter().cloned());
    }
}

/// The change in words, such as ``write `PATCH` for `rules[0].allow_methods[1]` ``.
impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RemoveRule { rule } => write!(f, "delete `rules[{rule}]`"),
            Self::Remove { rule, key, entry } => {
                write!(f, "delete `rules[{rule}].{key}[{entry}]`")
            }
            Self::Replace {
                rule,
                key,
                entry,
                with,
            } => {
                let mut before = "write ";
                for text in with {
                    write!(f, "{before}{}", Quoted(text))?;
                    before = ", ";
                }
                write!(f, " for `rules[{rule}].{key}[{entry}]`")
            }
            Self::Add { rule, key, value } => {
                write!(f, "add {} to `rules[{rule}].{key}`", Quoted(value))
            }
            Self::MaxAge { rule, seconds } => {
                write!(f, "write {seconds} for `rules[{rule}].max_age`")
            }
            Self::NoTiming { rule } => write!(f, "delete `rules[{rule}].timing_allow_origin`"),
        }
    }
}
