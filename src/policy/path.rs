//! Where something stands in a policy as it is written.

use core::fmt;

use crate::origin::quoted::Quoted;

/// How a policy is written. It changes where problems are said to be and nothing else, so all are
/// equal.
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
pub(super) struct Path<'p> {
    rule: Option<usize>,
    field: Option<Field<'p>>,
    entry: Option<usize>,
}

#[derive(Clone, Copy)]
pub(super) enum Field<'p> {
    Known(&'p str),
    /// A key that somebody wrote.
    Unknown(&'p str),
}

impl<'p> Path<'p> {
    pub(super) fn new(
        written: Written,
        rule: Option<usize>,
        field: Option<Field<'p>>,
        entry: Option<usize>,
    ) -> Self {
        Self {
            rule: rule.filter(|_| matches!(written, Written::Rules)),
            field,
            entry,
        }
    }

    /// Whether it leads to the policy as a whole.
    pub(super) fn is_empty(self) -> bool {
        self.rule.is_none() && self.field.is_none()
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            write!(f, "rules[{rule}]")?;
            if self.field.is_some() {
                f.write_str(".")?;
            }
        }
        match self.field {
            Some(Field::Known(name)) => f.write_str(name)?,
            Some(Field::Unknown(name)) => Quoted(name).fmt(f)?,
            None => {}
        }
        if let Some(entry) = self.entry {
            write!(f, "[{entry}]")?;
        }
        Ok(())
    }
}
