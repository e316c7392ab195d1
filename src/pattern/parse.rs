//! Reading a pattern as people write it.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

use super::canonical::has_two_labels;
use super::error::{ParsePatternError, WildcardError};
use super::ports::Ports;
use super::{ANY, Form, HostPattern, InLabel, OriginPattern};
use crate::origin::host::{ends_in_a_number, is_short};
use crate::origin::text::{Shape, is_address, port_number, shape, tuple};
use crate::origin::{Origin, OriginRef, ParseOriginError, Scheme};

// pattern = "*" / "null" / scheme "://" host-pattern [ ":" port-pattern ]
impl FromStr for OriginPattern {
    type Err = ParsePatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == ANY {
            return Ok(Self::new(Form::Any));
        }
        if !text.contains(['*', '{', '}']) {
            return Ok(Self::from(&text.parse::<Origin>()?));
        }
        if text
            .split_once("://")
            .is_some_and(|(scheme, _)| scheme.contains('*'))
        {
            return Err(ParsePatternError::Wildcard(WildcardError::Scheme));
        }
        let suggest = |text: &str| Some(text.parse::<Self>().ok()?.text);
        let Shape { scheme, host, port } = shape(text, suggest)?;
        let host = host_pattern(&scheme, host)?;
        let ports = port_pattern(Scheme::canonical(&scheme), port)?;
        if host == HostPattern::Exact("".into()) && port.is_some() {
            return Err(empty_host());
        }
        Ok(Self::new(Form::Tuple {
            scheme: scheme.into(),
            host,
            ports,
        }))
    }
}

impl TryFrom<&str> for OriginPattern {
    type Error = ParsePatternError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<String> for OriginPattern {
    type Error = ParsePatternError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OriginPattern> for String {
    fn from(pattern: OriginPattern) -> Self {
        pattern.text.into()
    }
}

/// The pattern of this origin alone.
impl From<&Origin> for OriginPattern {
    fn from(origin: &Origin) -> Self {
        let origin = OriginRef::from(origin);
        Self::new(match origin.scheme().zip(origin.host_str()) {
            None => Form::Opaque,
            Some((scheme, host)) => Form::Tuple {
                scheme: scheme.as_str().into(),
                host: HostPattern::Exact(host.into()),
                ports: Ports::one(Ports::number(origin)),
            },
        })
    }
}

// host-pattern = host / "*." domain / in-label "." domain / "*"
fn host_pattern(scheme: &str, host: &str) -> Result<HostPattern, ParsePatternError> {
    if !host.contains('*') {
        return Ok(HostPattern::Exact(canonical(scheme, host)?));
    }
    let wildcard = |error| Err(ParsePatternError::Wildcard(error));
    let special = Scheme::canonical(scheme).is_special();
    if host.contains('[') {
        return wildcard(WildcardError::Address);
    }
    match (host, special) {
        ("*", false) => return Ok(HostPattern::Any),
        ("*", true) => return wildcard(WildcardError::AnyHost),
        (_, false) => return wildcard(WildcardError::OpaqueHost),
        (_, true) => {}
    }
    let (label, rest) = host.split_once('.').unwrap_or((host, ""));
    if rest.contains('*') || label.matches('*').count() > 1 {
        return wildcard(WildcardError::Place);
    }
    let pattern = match label.split_once('*') {
        Some(("", "")) if matches!(rest, "" | ".") => return wildcard(WildcardError::NoBase),
        Some(("", "")) => HostPattern::Below(domain(scheme, rest)?),
        Some((prefix, suffix)) => HostPattern::InLabel(in_label(scheme, prefix, suffix, rest)?),
        None => return wildcard(WildcardError::Place),
    };
    // The shortest host that it would admit has one byte for the `*`.
    if !is_short(&pattern.to_string()) {
        return Err(ParseOriginError::TooLong.into());
    }
    Ok(pattern)
}

// in-label = *literal "*" *literal, at least one of them; two labels follow
fn in_label(
    scheme: &str,
    prefix: &str,
    suffix: &str,
    rest: &str,
) -> Result<InLabel, ParsePatternError> {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let prefix = literal(prefix);
    if !prefix.bytes().chain(suffix.bytes()).all(is_literal) || prefix.starts_with("xn--") {
        return Err(ParsePatternError::Wildcard(WildcardError::Literal));
    }
    if rest.is_empty() {
        return Err(ParsePatternError::Wildcard(WildcardError::TooFewLabels));
    }
    if prefix.len().saturating_add(suffix.len()) >= super::MAX_LABEL_LEN {
        return Err(ParseOriginError::TooLong.into());
    }
    let rest = domain(scheme, rest)?;
    if !has_two_labels(&rest) {
        return Err(ParsePatternError::Wildcard(WildcardError::TooFewLabels));
    }
    Ok(InLabel {
        prefix,
        suffix: literal(suffix),
        rest,
    })
}

fn literal(text: &str) -> Box<str> {
    text.to_ascii_lowercase().into_boxed_str()
}

/// The canonical form of a domain that a wildcard stands before.
fn domain(scheme: &str, text: &str) -> Result<Box<str>, ParsePatternError> {
    if ends_in_a_number(text) {
        return Err(ParsePatternError::Wildcard(WildcardError::Address));
    }
    let origin = tuple(scheme, text, None)?;
    // Another spelling of a number, such as full-width digits.
    if is_address(&origin) {
        return Err(ParsePatternError::Wildcard(WildcardError::Address));
    }
    Ok(host_text(&origin))
}

fn canonical(scheme: &str, host: &str) -> Result<Box<str>, ParsePatternError> {
    Ok(host_text(&tuple(scheme, host, None)?))
}

fn host_text(origin: &Origin) -> Box<str> {
    origin.as_ref().host_str().unwrap_or_default().into()
}

// port-pattern = port / "*" / "{" port-range *( "," port-range ) "}"
fn port_pattern(scheme: Scheme<'_>, port: Option<&str>) -> Result<Ports, ParsePatternError> {
    match port {
        None => Ok(Ports::one(scheme.default_port().unwrap_or(0))),
        Some("*") => Ok(Ports::any()),
        Some(text) if text.contains('*') => Err(ParsePatternError::Wildcard(WildcardError::Port)),
        Some(list) if list.starts_with('{') => {
            let ranges = list
                .strip_prefix('{')
                .and_then(|list| list.strip_suffix('}'))
                .ok_or_else(|| not_a_list(list))?
                .split(',')
                .map(|range| port_range(list, range))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Ports::listed(scheme, ranges))
        }
        Some(digits) => Ok(Ports::one(port_number(digits)?)),
    }
}

// port-range = port [ "-" port ]
fn port_range(list: &str, text: &str) -> Result<(u16, u16), ParsePatternError> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |digits: &str| match port_number(digits) {
        Err(ParseOriginError::Port { .. }) => Err(not_a_list(list)),
        read => Ok(read?),
    };
    let (first, last) = (number(first)?, number(last)?);
    if first > last {
        return Err(not_a_list(list));
    }
    Ok((first, last))
}

fn not_a_list(found: &str) -> ParsePatternError {
    ParsePatternError::Ports {
        found: found.into(),
    }
}

fn empty_host() -> ParsePatternError {
    ParsePatternError::Origin(ParseOriginError::Host {
        found: Box::default(),
        reason: "it is empty, and so has no port",
    })
}
