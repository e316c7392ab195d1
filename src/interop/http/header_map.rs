//! The header map of the crate `http` as the headers of a response.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::message::{Headers, change, header_name};

impl Headers for HeaderMap {
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        let values = match known(name) {
            Some(name) => self.get_all(name),
            None => self.get_all(name),
        };
        for value in values {
            visit(value.as_bytes());
        }
    }

    // A map has a maximum size.
    fn append(&mut self, name: &'static str, value: &str) -> bool {
        let line = header_name(name).zip(header_value(value));
        line.is_some_and(|(name, value)| self.try_append(name, value).is_ok())
    }

    fn remove(&mut self, name: &'static str) {
        match known(name) {
            Some(name) => HeaderMap::remove(self, name),
            None => HeaderMap::remove(self, name),
        };
    }

    fn set(&mut self, name: &'static str, value: &str) -> bool {
        let line = header_name(name).zip(header_value(value));
        let is_set = line.is_some_and(|(name, value)| self.try_insert(name, value).is_ok());
        is_set || set_in_full(self, name, value)
    }
}

/// Sets a header of a full map, which replaces no value either: the old lines make room for the new one.
#[cold]
fn set_in_full(headers: &mut HeaderMap, name: &'static str, value: &str) -> bool {
    Headers::remove(headers, name);
    Headers::append(headers, name, value)
}

/// The name as a map looks it up without reading it.
fn known(name: &str) -> Option<&'static HeaderName> {
    static TIMING_ALLOW_ORIGIN: HeaderName =
        HeaderName::from_static(header_name::TIMING_ALLOW_ORIGIN);
    static KNOWN: [HeaderName; 7] = [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        header::ACCESS_CONTROL_ALLOW_METHODS,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        header::ACCESS_CONTROL_MAX_AGE,
        header::VARY,
    ];
    let [origin, credentials, methods, headers, expose, max_age, vary] = &KNOWN;
    Some(match name {
        header_name::ALLOW_ORIGIN => origin,
        header_name::ALLOW_CREDENTIALS => credentials,
        header_name::ALLOW_METHODS => methods,
        header_name::ALLOW_HEADERS => headers,
        header_name::EXPOSE_HEADERS => expose,
        header_name::MAX_AGE => max_age,
        header_name::VARY => vary,
        header_name::TIMING_ALLOW_ORIGIN => &TIMING_ALLOW_ORIGIN,
        _ => return None,
    })
}

pub(super) fn header_name(name: &'static str) -> Option<HeaderName> {
    let known = known(name).cloned();
    known.or_else(|| HeaderName::try_from(name).ok())
}

/// The `Vary` of a response to `OPTIONS`, unless requested names are repeated.
const PREFLIGHT_VARY: &str = "origin,access-control-request-method";

/// The value, without a copy where it is one that every policy has.
pub(super) fn header_value(value: &str) -> Option<HeaderValue> {
    match value {
        "*" => Some(HeaderValue::from_static("*")),
        "true" => Some(HeaderValue::from_static("true")),
        "" => Some(HeaderValue::from_static("")),
        "false" => Some(HeaderValue::from_static("false")),
        "origin" => Some(HeaderValue::from_static("origin")),
        PREFLIGHT_VARY => Some(HeaderValue::from_static(PREFLIGHT_VARY)),
        _ => HeaderValue::from_str(value).ok(),
    }
}

/// Adds the members of this value that a response does not have yet. Returns whether all are there.
#[inline]
pub(in crate::interop) fn merge_vary(headers: &mut HeaderMap, vary: &HeaderValue) -> bool {
    match headers.try_entry(header::VARY) {
        Ok(header::Entry::Vacant(entry)) => entry.try_insert(vary.clone()).is_ok(),
        _ => vary
            .to_str()
            .is_ok_and(|vary| change::merge_vary(headers, vary)),
    }
}
