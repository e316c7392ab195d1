//! Changes to the headers of a response, and their application.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::cmp::Ordering;

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
/// It is implemented for `Vec<(N, V)>` and `BTreeMap<String, String>`, and with the feature `http` for
/// `http::HeaderMap` and `HashMap<String, String>`. Implement it for the header map of another framework.
/// Names are passed in lower case; those of the response may be in any case, and compare in any case.
///
/// A map of one value for each name must join a further line to the value that is there, with `", "`
/// ([RFC 9110, 5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)): a `Vary` that replaces that of the
/// application is a fault. [`check_headers`](crate::check_headers) tests an implementation.
pub trait Headers {
    /// Calls `visit` with the value of each line of this name, in order.
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8]));
    /// Adds a line after existing ones of the same name. Returns whether there was room for it: a response
    /// without room for all headers gets no `Access-Control-Allow-Origin`.
    fn append(&mut self, name: &'static str, value: &str) -> bool;
    /// Removes every line of this name.
    fn remove(&mut self, name: &'static str);
    /// Replaces every line of this name by one. Returns whether there was room for it; if not, no
    /// line of this name is left.
    fn set(&mut self, name: &'static str, value: &str) -> bool {
        self.remove(name);
        self.append(name, value)
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
    fn append(&mut self, name: &'static str, value: &str) -> bool {
        self.push((N::from(name), V::from(value)));
        true
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

/// Applies the changes: removals, `Vary`, what is taken back, the rest, and then the grant.
///
/// A header map can be full. `Access-Control-Allow-Origin` comes last, and only if all else is there: a
/// cache must not share a response that lacks its `Vary`.
pub(crate) fn apply_all<'a>(
    headers: &mut (impl Headers + ?Sized),
    changes: impl Iterator<Item = HeaderChange<'a>> + Clone,
) {
    let mut grant = None;
    let mut is_complete = true;
    let mut has_more = [false; 2];
    // Many small iterators in a row are quicker to go through from the inside. `Vary` is the last
    // of the changes, so it comes after all removals.
    changes.clone().for_each(|change| match change {
        HeaderChange::Remove { name } => headers.remove(name),
        HeaderChange::Append { name, value } => is_complete &= merge(headers, name, value),
        HeaderChange::Set {
            name: ALLOW_ORIGIN,
            value,
        } => grant = Some(value),
        HeaderChange::Set { value, .. } => {
            let [taken_back, others] = &mut has_more;
            *if takes_back(value) {
                taken_back
            } else {
                others
            } = true;
        }
        HeaderChange::Add { .. } => {}
    });
    for (pass, _) in [true, false]
        .into_iter()
        .zip(has_more)
        .filter(|(_, due)| *due)
    {
        changes.clone().for_each(|change| match change {
            HeaderChange::Set { name, value }
                if name != ALLOW_ORIGIN && takes_back(value) == pass =>
            {
                is_complete &= headers.set(name, value);
            }
            HeaderChange::Add { name, value } if !pass => {
                is_complete &= headers.append(name, value)
            }
            _ => {}
        });
    }
    match grant {
        Some(origin) if is_complete => {
            headers.set(ALLOW_ORIGIN, origin);
        }
        Some(_) => headers.remove(ALLOW_ORIGIN),
        None => {}
    }
}

/// The place of a header in the order in which [`apply_all`] sets them.
#[cfg(feature = "http")]
pub(crate) fn order(name: &str, value: &str) -> u8 {
    match name {
        ALLOW_ORIGIN => 2,
        _ => u8::from(!takes_back(value)),
    }
}

/// Whether a value says that something is not granted, so that a stored response does not keep it.
fn takes_back(value: &str) -> bool {
    matches!(value, "" | "false")
}

/// What the response to a request other than a preflight does with exposed names.
#[derive(Clone, Copy)]
pub(crate) enum Exposing {
    /// Names that the application exposes are added to those of the policy.
    Joined,
    /// If the application names none, the header is left out: a stored response keeps what it has.
    OrLeftOut,
}

impl Exposing {
    /// What a response with this status does with exposed names. A 304 updates a stored response
    /// ([RFC 9111, 4.3.4](https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4)).
    pub(crate) fn new(status: u16, rules_differ: bool) -> Self {
        match status {
            304 if !rules_differ => Self::OrLeftOut,
            _ => Self::Joined,
        }
    }
}

/// Applies the changes of an actual response, and merges the names that the application exposed if the
/// response is shared.
pub(crate) fn apply_merging_exposed<'a>(
    headers: &mut (impl Headers + ?Sized),
    changes: impl Iterator<Item = HeaderChange<'a>> + Clone,
    exposing: Exposing,
) {
    let value_of = |wanted: &str| {
        let mut lines = changes.clone().filter_map(HeaderChange::line);
        lines
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    };
    if value_of(ALLOW_ORIGIN).is_none() {
        return apply_all(headers, changes);
    }
    let own = exposed(headers);
    let value = if own.is_empty() && matches!(exposing, Exposing::OrLeftOut) {
        None
    } else {
        let credentials = value_of(ALLOW_CREDENTIALS) == Some("true");
        let own = own.iter().map(String::as_str);
        let stated = value_of(EXPOSE_HEADERS);
        let names = stated.unwrap_or_default().split(',');
        let joined = joined(names.chain(own.filter(|name| !credentials || *name != "*")));
        (stated.is_some() || !joined.is_empty()).then_some(joined)
    };
    let changes = changes.map(|change| match (change, &value) {
        (
            HeaderChange::Set {
                name: EXPOSE_HEADERS,
                ..
            }
            | HeaderChange::Remove {
                name: EXPOSE_HEADERS,
            },
            value,
        ) => match value {
            Some(value) => HeaderChange::Set {
                name: EXPOSE_HEADERS,
                value,
            },
            None => HeaderChange::Remove {
                name: EXPOSE_HEADERS,
            },
        },
        (other, _) => other,
    });
    apply_all(headers, changes);
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

/// A list of these names, each once, without empty ones.
fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut seen = BTreeSet::new();
    let names = names.filter(|name| !name.is_empty() && seen.insert(AnyCase(name.as_bytes())));
    names.collect::<Vec<_>>().join(",")
}

/// A name that compares without regard to case.
#[derive(Clone, Copy)]
struct AnyCase<'n>(&'n [u8]);

impl Ord for AnyCase<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let bytes = |name: Self| name.0.iter().map(u8::to_ascii_lowercase);
        bytes(*self).cmp(other.0.iter().map(u8::to_ascii_lowercase))
    }
}

impl PartialOrd for AnyCase<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for AnyCase<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for AnyCase<'_> {}

/// Adds those members of `value` that are not there yet, on a line of their own. Returns whether all
/// members are there afterwards.
fn merge(headers: &mut (impl Headers + ?Sized), name: &'static str, value: &str) -> bool {
    let is_one = !value
        .bytes()
        .any(|byte| matches!(byte, b',' | b' ' | b'\t'));
    if is_one {
        let mut is_there = value.is_empty();
        headers.get_all(name, &mut |line| {
            let matches =
                |there: &[u8]| is_any(there) || there.eq_ignore_ascii_case(value.as_bytes());
            is_there |= elements(line).any(matches);
        });
        return is_there || headers.append(name, value);
    }
    let missing: BTreeMap<_, _> = elements(value.as_bytes())
        .map(|member| (AnyCase(member), Cell::new(true)))
        .collect();
    let has_any = Cell::new(false);
    headers.get_all(name, &mut |line| {
        for there in elements(line) {
            has_any.set(has_any.get() || is_any(there));
            if let Some(is_missing) = missing.get(&AnyCase(there)) {
                is_missing.set(false);
            }
        }
    });
    // A member that was added is no longer missing, so that none is repeated.
    let is_missing = |member: &&str| {
        let missing = missing.get(&AnyCase(member.as_bytes()));
        missing.is_some_and(|missing| missing.replace(false))
    };
    let members = value.split(',');
    let members = members.map(|member| member.trim_matches([' ', '\t']));
    let added: Vec<_> = members.filter(is_missing).collect();
    if has_any.get() || added.is_empty() {
        return true;
    }
    headers.append(name, &added.join(","))
}

/// Whether a member of `Vary` is `*`: anything may matter, so there is nothing to add (RFC 9110,
/// 12.5.5).
fn is_any(member: &[u8]) -> bool {
    member == b"*"
}

/// Adds those members to the `Vary` of a response that it does not have yet. Returns whether all are there
/// afterwards.
#[cfg(feature = "http")]
pub(crate) fn merge_vary(headers: &mut (impl Headers + ?Sized), value: &str) -> bool {
    merge(headers, VARY, value)
}

/// Returns the change that merges these members into `Vary`.
pub(crate) const fn vary(value: &str) -> HeaderChange<'_> {
    HeaderChange::Append { name: VARY, value }
}
