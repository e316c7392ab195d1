//! Changes to the headers of a response, and their application.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::header_name::{ALLOW_CREDENTIALS, ALLOW_ORIGIN, EXPOSE_HEADERS, VARY};
use super::list::elements;
use super::token::is_token;

/// One change to the headers of a response.
///
/// Names are lower-case. Values are visible ASCII, with spaces and tabs inside at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderChange<'a> {
    /// Replace every line of this name by this one.
    Set {
        /// The header name.
        name: &'static str,
        /// The value of its only line.
        value: &'a str,
    },
    /// Add one more line of a name that was just [`Set`](Self::Set): requested names that came on
    /// several lines are answered on as many.
    Add {
        /// The header name.
        name: &'static str,
        /// The value of the line.
        value: &'a str,
    },
    /// Merge the members of this list into those of the response: the response keeps its own, no
    /// member is repeated, and `*` covers all.
    Append {
        /// The header name; it is always `vary`.
        name: &'static str,
        /// Members, separated by commas.
        value: &'a str,
    },
    /// Remove every line of this name.
    Remove {
        /// The header name.
        name: &'static str,
    },
}

/// The headers of a response, changed in place by [`Decision::apply`](crate::Decision::apply).
///
/// It is implemented for `Vec<(N, V)>` and, with the feature `http`, for `http::HeaderMap`. Implement
/// it for the header map of another framework. Names are passed in lower case; those of the response
/// may be in any case.
pub trait Headers {
    /// Calls `visit` with the value of each line of this name, in order.
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8]));
    /// Adds a line after existing ones of the same name.
    fn append(&mut self, name: &'static str, value: &str);
    /// Removes every line of this name.
    fn remove(&mut self, name: &'static str);
    /// Replaces every line of this name by one.
    fn set(&mut self, name: &'static str, value: &str) {
        self.remove(name);
        self.append(name, value);
    }
}

impl<N, V> Headers for Vec<(N, V)>
where
    N: AsRef<[u8]> + From<&'static str>,
    V: AsRef<[u8]> + for<'v> From<&'v str>,
{
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        for (key, value) in self {
            if key.as_ref().eq_ignore_ascii_case(name.as_bytes()) {
                visit(value.as_ref());
            }
        }
    }
    fn append(&mut self, name: &'static str, value: &str) {
        self.push((N::from(name), V::from(value)));
    }
    fn remove(&mut self, name: &'static str) {
        self.retain(|(key, _)| !key.as_ref().eq_ignore_ascii_case(name.as_bytes()));
    }
}

impl<'a> HeaderChange<'a> {
    /// Returns the header that this sets or appends, if any.
    pub(crate) fn line(self) -> Option<(&'static str, &'a str)> {
        match self {
            Self::Set { name, value }
            | Self::Add { name, value }
            | Self::Append { name, value } => Some((name, value)),
            Self::Remove { .. } => None,
        }
    }

    /// Returns the name that this removes, unless it sets it.
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

impl From<HeaderChange<'_>> for OwnedChange {
    fn from(change: HeaderChange<'_>) -> Self {
        match change {
            HeaderChange::Set { name, value } => Self::Set(name, value.into()),
            HeaderChange::Add { name, value } => Self::Add(name, value.into()),
            HeaderChange::Append { name, value } => Self::Append(name, value.into()),
            HeaderChange::Remove { name } => Self::Remove(name),
        }
    }
}

impl OwnedChange {
    pub(crate) fn borrow(&self) -> HeaderChange<'_> {
        match self {
            Self::Set(name, value) => HeaderChange::Set { name, value },
            Self::Add(name, value) => HeaderChange::Add { name, value },
            Self::Append(name, value) => HeaderChange::Append { name, value },
            Self::Remove(name) => HeaderChange::Remove { name },
        }
    }
}

/// Applies the changes, in order.
pub(crate) fn apply_all<'a>(
    headers: &mut (impl Headers + ?Sized),
    changes: impl Iterator<Item = HeaderChange<'a>>,
) {
    changes.for_each(|change| match change {
        HeaderChange::Set { name, value } => headers.set(name, value),
        HeaderChange::Add { name, value } => headers.append(name, value),
        HeaderChange::Append { name, value } => merge(headers, name, value),
        HeaderChange::Remove { name } => headers.remove(name),
    });
}

/// Applies the changes of an actual response, and merges the names that the application exposed if the
/// response is shared.
pub(crate) fn apply_merging_exposed<'a>(
    headers: &mut (impl Headers + ?Sized),
    changes: impl Iterator<Item = HeaderChange<'a>>,
) {
    let own = exposed(headers);
    apply_all(headers, changes);
    if !has_line(headers, ALLOW_ORIGIN, |_| true) {
        return;
    }
    let credentials = has_line(headers, ALLOW_CREDENTIALS, |value| value == b"true");
    let mut names = exposed(headers);
    for name in own {
        let void = credentials && name == "*";
        if !void && !names.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        headers.set(EXPOSE_HEADERS, &names.join(","));
    }
}

/// Returns the names that a response exposes. Only tokens, because one malformed element invalidates the
/// whole list.
fn exposed(headers: &(impl Headers + ?Sized)) -> Vec<String> {
    let mut names = Vec::new();
    headers.get_all(EXPOSE_HEADERS, &mut |line| {
        let tokens = elements(line).filter(|name| is_token(name));
        names.extend(tokens.map(|name| String::from_utf8_lossy(name).into_owned()));
    });
    names
}

fn has_line(
    headers: &(impl Headers + ?Sized),
    name: &str,
    predicate: impl Fn(&[u8]) -> bool,
) -> bool {
    let mut found = false;
    headers.get_all(name, &mut |line| found |= predicate(line));
    found
}

/// Appends a line with those members of `value` that the header does not have yet.
fn merge(headers: &mut (impl Headers + ?Sized), name: &'static str, value: &str) {
    // `Vary: *` covers every member (RFC 9110, 12.5.5).
    let has_member = |member: &str| {
        has_line(headers, name, |line| {
            elements(line)
                .any(|there| there == b"*" || there.eq_ignore_ascii_case(member.as_bytes()))
        })
    };
    let is_one = !value
        .bytes()
        .any(|byte| matches!(byte, b',' | b' ' | b'\t'));
    if is_one {
        if !value.is_empty() && !has_member(value) {
            headers.append(name, value);
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
        if !member.is_empty() && !known && !has_member(member) {
            missing.push(member);
        }
    }
    if !missing.is_empty() {
        headers.append(name, &missing.join(","));
    }
}

/// Returns the change that merges these members into `Vary`.
pub(crate) const fn vary(value: &str) -> HeaderChange<'_> {
    HeaderChange::Append { name: VARY, value }
}
