//! Paths to places in a policy as written.

use core::fmt;

use crate::origin::quoted::Quoted;

/// The layout of a policy as written. It affects the paths of problems only, so all compare equal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Written {
    /// As a list of rules.
    #[default]
    Rules,
    /// As one rule, without the list.
    #[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "only text is so"))]
    Flat,
}

impl PartialEq for Written {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Written {}

/// The path to a place: `rules[1].allow_origins[3]`.
#[derive(Clone, Copy)]
pub(crate) struct Path<'p> {
    rule: Option<usize>,
    key: Option<PathKey<'p>>,
    entry: Option<usize>,
}

#[derive(Clone, Copy)]
pub(crate) enum PathKey<'p> {
    Known(&'p str),
    /// A key that policies do not have.
    Unknown(&'p str),
}

impl<'p> Path<'p> {
    pub(crate) fn new(
        written: Written,
        rule: Option<usize>,
        key: Option<PathKey<'p>>,
        entry: Option<usize>,
    ) -> Self {
        Self {
            rule: rule.filter(|_| matches!(written, Written::Rules)),
            key,
            entry,
        }
    }

    /// Whether this is the path of the whole policy.
    pub(super) fn is_empty(self) -> bool {
        self.rule.is_none() && self.key.is_none()
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            write!(f, "rules[{rule}]")?;
            if self.key.is_some() {
                f.write_str(".")?;
            }
        }
        match self.key {
            Some(PathKey::Known(name)) => f.write_str(name)?,
            Some(PathKey::Unknown(name)) => Quoted(name).fmt(f)?,
            None => {}
        }
        if let Some(entry) = self.entry {
            write!(f, "[{entry}]")?;
        }
        Ok(())
    }
}
