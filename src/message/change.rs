//! Changes to the fields of a response, and how they are made.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::field_name::{ALLOW_CREDENTIALS, ALLOW_ORIGIN, EXPOSE_HEADERS, VARY};
use super::list::elements;
use super::token::is_token;

/// One change to the fields of a response.
///
/// Names are lower-case. Values are visible ASCII, with spaces and tabs inside at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldChange<'a> {
    /// Remove every line of this name, whoever put it there, and put this one.
    Set {
        /// The field name.
        name: &'static str,
        /// The value of its only line.
        value: &'a str,
    },
    /// Put one more line of a name that was just [`Set`](Self::Set): requested names that came on
    /// several lines are answered on as many.
    Add {
        /// The field name.
        name: &'static str,
        /// The value of the line.
        value: &'a str,
    },
    /// Merge the members of this list into those that are there: what is there stays, no member is
    /// repeated, and `*` stands for all.
    Append {
        /// The field name; it is always `vary`.
        name: &'static str,
        /// Members, separated by commas.
        value: &'a str,
    },
    /// Remove every line of this name, whoever put it there.
    Remove {
        /// The field name.
        name: &'static str,
    },
}

/// The fields of a response, to be changed in place.
///
/// It is there for a `Vec` of pairs and, with the feature `http`, for `http::HeaderMap`. Implement
/// it for another type to let [`Decision::apply`](crate::Decision::apply) work on it.
pub trait FieldSection {
    /// Gives the value of every line of this name to `each`, in order.
    fn lines(&self, name: &str, each: &mut dyn FnMut(&[u8]));
    /// Puts one more line, after those of the same name.
    fn add(&mut self, name: &'static str, value: &str);
    /// Removes every line of this name. `name` is lower-case; the lines' names may be of any case.
    fn remove(&mut self, name: &'static str);
    /// Replaces every line of this name by one.
    fn set(&mut self, name: &'static str, value: &str) {
        self.remove(name);
        self.add(name, value);
    }
}

impl<N, V> FieldSection for Vec<(N, V)>
where
    N: AsRef<[u8]> + From<&'static str>,
    V: AsRef<[u8]> + for<'v> From<&'v str>,
{
    fn lines(&self, name: &str, each: &mut dyn FnMut(&[u8])) {
        for (key, value) in self {
            if key.as_ref().eq_ignore_ascii_case(name.as_bytes()) {
                each(value.as_ref());
            }
        }
    }
    fn add(&mut self, name: &'static str, value: &str) {
        self.push((N::from(name), V::from(value)));
    }
    fn remove(&mut self, name: &'static str) {
        self.retain(|(key, _)| !key.as_ref().eq_ignore_ascii_case(name.as_bytes()));
    }
}

impl<'a> FieldChange<'a> {
    /// The line that this puts into a response, if it puts one.
    pub(crate) fn line(self) -> Option<(&'static str, &'a str)> {
        match self {
            Self::Set { name, value }
            | Self::Add { name, value }
            | Self::Append { name, value } => Some((name, value)),
            Self::Remove { .. } => None,
        }
    }

    /// The name that this removes, if it does nothing else.
    pub(crate) fn removed(self) -> Option<&'static str> {
        match self {
            Self::Remove { name } => Some(name),
            Self::Set { .. } | Self::Add { .. } | Self::Append { .. } => None,
        }
    }
}

/// A change that owns its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OwnedChange {
    Set(&'static str, Box<str>),
    Add(&'static str, Box<str>),
    Append(&'static str, Box<str>),
    Remove(&'static str),
}

impl From<FieldChange<'_>> for OwnedChange {
    fn from(change: FieldChange<'_>) -> Self {
        match change {
            FieldChange::Set { name, value } => Self::Set(name, value.into()),
            FieldChange::Add { name, value } => Self::Add(name, value.into()),
            FieldChange::Append { name, value } => Self::Append(name, value.into()),
            FieldChange::Remove { name } => Self::Remove(name),
        }
    }
}

impl OwnedChange {
    pub(crate) fn borrow(&self) -> FieldChange<'_> {
        match self {
            Self::Set(name, value) => FieldChange::Set { name, value },
            Self::Add(name, value) => FieldChange::Add { name, value },
            Self::Append(name, value) => FieldChange::Append { name, value },
            Self::Remove(name) => FieldChange::Remove { name },
        }
    }
}

/// Makes these changes, in order.
pub(crate) fn apply_all<'a>(
    section: &mut (impl FieldSection + ?Sized),
    changes: impl Iterator<Item = FieldChange<'a>>,
) {
    // Many small iterators in a row are quicker to go through from the inside.
    changes.for_each(|change| match change {
        FieldChange::Set { name, value } => section.set(name, value),
        FieldChange::Add { name, value } => section.add(name, value),
        FieldChange::Append { name, value } => append(section, name, value),
        FieldChange::Remove { name } => section.remove(name),
    });
}

/// Makes the changes of an answer that is no preflight's, and leaves exposed what the application
/// exposed, if the response is shared at all.
pub(crate) fn apply_keeping_exposed<'a>(
    section: &mut (impl FieldSection + ?Sized),
    changes: impl Iterator<Item = FieldChange<'a>>,
) {
    let own = exposed(section);
    apply_all(section, changes);
    if !has_line(section, ALLOW_ORIGIN, |_| true) {
        return;
    }
    let credentials = has_line(section, ALLOW_CREDENTIALS, |value| value == b"true");
    let mut names = exposed(section);
    for name in own {
        let void = credentials && name == "*";
        if !void && !names.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        section.set(EXPOSE_HEADERS, &names.join(","));
    }
}

/// The names that a response exposes. One malformed element would spoil the whole list, so only
/// tokens are taken.
fn exposed(section: &(impl FieldSection + ?Sized)) -> Vec<String> {
    let mut names = Vec::new();
    section.lines(EXPOSE_HEADERS, &mut |line| {
        let tokens = elements(line).filter(|name| is_token(name));
        names.extend(tokens.map(|name| String::from_utf8_lossy(name).into_owned()));
    });
    names
}

fn has_line(
    section: &(impl FieldSection + ?Sized),
    name: &str,
    is_it: impl Fn(&[u8]) -> bool,
) -> bool {
    let mut found = false;
    section.lines(name, &mut |line| found |= is_it(line));
    found
}

/// Puts those members of `value` that are not there yet, on a line of their own.
fn append(section: &mut (impl FieldSection + ?Sized), name: &'static str, value: &str) {
    // Vary: `*` says that anything may matter, so there is nothing to add (RFC 9110, 12.5.5).
    let is_there = |member: &str| {
        has_line(section, name, |line| {
            elements(line)
                .any(|there| there == b"*" || there.eq_ignore_ascii_case(member.as_bytes()))
        })
    };
    let is_one = !value
        .bytes()
        .any(|byte| matches!(byte, b',' | b' ' | b'\t'));
    if is_one {
        if !value.is_empty() && !is_there(value) {
            section.add(name, value);
        }
        return;
    }
    let mut missing: Vec<&str> = Vec::new();
    for member in value
        .split(',')
        .map(|member| member.trim_matches([' ', '\t']))
    {
        let known = missing
            .iter()
            .any(|other| other.eq_ignore_ascii_case(member));
        if !member.is_empty() && !known && !is_there(member) {
            missing.push(member);
        }
    }
    if !missing.is_empty() {
        section.add(name, &missing.join(","));
    }
}

/// The change that merges these members into `Vary`.
pub(crate) const fn vary(value: &str) -> FieldChange<'_> {
    FieldChange::Append { name: VARY, value }
}
