//! Rules and policies as text for logs.

use alloc::string::String;
use core::fmt;
use core::time::Duration;

use super::builder::NO_CONTENT;
use super::rule::{RuleOrigins, Timing};
use super::{Policy, Rule, RuleRef};
use crate::origin::quoted::Quoted;
use crate::pattern::PatternRef;

/// How many entries of a list, and how many rules, are written unless the format is `{:#}`.
const MAX_WRITTEN: usize = 10;

/// Writes what the rule allows in one line, for logs.
///
/// Of each list the first ten entries are written, and the number of the others; `{:#}` writes all.
/// Entries are in backticks, with control bytes escaped.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = match &self.origins {
            RuleOrigins::Listed(origins) => Some(origins.iter().map(String::as_str)),
            RuleOrigins::Ask => None,
        };
        let parts = Parts {
            credentials: self.credentials,
            max_age: self.max_age,
            timing: self.timing,
        };
        let mut lists = [&self.methods, &self.headers, &self.exposed]
            .map(|list| list.iter().map(String::as_str));
        parts.write(f, origins, lists.each_mut().map(|list| list as _))
    }
}

/// Writes the rule as [`Rule`] does.
impl fmt::Display for RuleRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = (!self.is_asking()).then(|| self.patterns().map(PatternRef::as_str));
        let parts = Parts {
            credentials: self.allows_credentials(),
            max_age: self.max_age(),
            timing: self.timing(),
        };
        let lists: [&mut dyn Iterator<Item = &str>; 3] = [
            &mut self.methods(),
            &mut self.headers(),
            &mut self.exposed_headers(),
        ];
        parts.write(f, origins, lists)
    }
}

/// Writes the rules, one a line, for logs; then what else is configured.
///
/// The first ten rules are written, and the number of the others; `{:#}` writes all.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rules.is_empty() {
            f.write_str("no rule: no origin is allowed")?;
        }
        let written = if f.alternate() {
            usize::MAX
        } else {
            MAX_WRITTEN
        };
        for (index, rule) in self.rules().enumerate().take(written) {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}rule {index}: ")?;
            rule.fmt(f)?;
        }
        match self.rules.len().saturating_sub(written) {
            0 => {}
            more => write!(f, "\nand {more} more rules")?,
        }
        if self.preflight_status != NO_CONTENT {
            write!(f, "\npreflight status {}", self.preflight_status)?;
        }
        let mut dangers = self.dangers.names().into_iter();
        match dangers.len() {
            0 => Ok(()),
            _ => {
                f.write_str("\n")?;
                write_list(f, "dangerously allows", &mut dangers)
            }
        }
    }
}

/// The parts of a rule that are not lists.
struct Parts {
    credentials: bool,
    max_age: Option<Duration>,
    timing: Option<Timing>,
}

impl Parts {
    fn write<'a>(
        &self,
        f: &mut fmt::Formatter<'_>,
        origins: Option<impl Iterator<Item = &'a str>>,
        lists: [&mut dyn Iterator<Item = &'a str>; 3],
    ) -> fmt::Result {
        match origins {
            Some(mut origins) => write_list(f, "origins", &mut origins)?,
            None => f.write_str("origins that the application allows")?,
        }
        if self.credentials {
            f.write_str("; with credentials")?;
        }
        for (name, list) in ["; methods", "; headers", "; exposed headers"]
            .into_iter()
            .zip(lists)
        {
            write_list(f, name, list)?;
        }
        if let Some(max_age) = self.max_age {
            write!(f, "; max-age {} s", max_age.as_secs())?;
        }
        match self.timing {
            None => Ok(()),
            Some(Timing::Matched) => f.write_str("; timing"),
            Some(Timing::Any) => f.write_str("; timing for any origin"),
        }
    }
}

/// Writes the name and the entries, if there are any.
fn write_list(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    entries: &mut dyn Iterator<Item = &str>,
) -> fmt::Result {
    let written = if f.alternate() {
        usize::MAX
    } else {
        MAX_WRITTEN
    };
    for (index, entry) in (&mut *entries).take(written).enumerate() {
        let before = if index == 0 { name } else { "," };
        write!(f, "{before} {}", Quoted(entry))?;
    }
    match entries.count() {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}
