//! Parsing patterns as people write them.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use super::error::{ParsePatternError, WildcardError};
use super::{ANY, MAX_LABEL_LEN, OriginPattern, network_text, ports};
use crate::origin::host::{self, ends_in_a_number, is_short};
use crate::origin::scheme::is_scheme;
use crate::origin::text::{Shape, is_address, parse_origin, port_number, shape, tuple};
use crate::origin::{Fix, Host, Origin, OriginRef, ParseOriginError, Scheme};

/// Parses a pattern and returns its canonical text, which is borrowed if it is written so.
pub(crate) fn parse(text: &str) -> Result<Cow<'_, str>, ParsePatternError> {
    if is_canonical(text) {
        return Ok(text.into());
    }
    if let Some(network) = network(text) {
        return Ok(network?.into());
    }
    if !text.contains(['*', '{', '}']) {
        return Ok(String::from(parse_origin(text, suggest)?).into());
    }
    Ok(wildcard(text)?.into())
}

/// The canonical text of a pattern that an error may suggest.
fn suggest(text: &str) -> Option<Box<str>> {
    Some(parse(text).ok()?.into())
}

impl FromStr for OriginPattern {
    type Err = ParsePatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(parse(text)?.into()))
    }
}

/// The pattern that matches this origin alone.
impl From<&Origin> for OriginPattern {
    fn from(origin: &Origin) -> Self {
        Self(origin.as_str().into())
    }
}

/// Whether a text is known to be canonical: most are, and need not be parsed further. Texts with an
/// `xn--` label, a list of ports or a network are not known to be.
fn is_canonical(text: &str) -> bool {
    if text.contains("xn--") {
        return false;
    }
    if text.contains('*') {
        return text == ANY || is_canonical_wildcard(text).unwrap_or(false);
    }
    OriginRef::from_header(text.as_bytes()).is_ok_and(|origin| origin.as_str().len() == text.len())
}

fn is_canonical_wildcard(text: &str) -> Option<bool> {
    let (scheme, host) = text.split_once("://")?;
    let (label, parent) = host.split_once('.')?;
    let scheme = Scheme::canonical(scheme);
    let is_domain = scheme.is_special()
        && is_short(host)
        && matches!(host::read(scheme, parent), Ok(Host::Domain(_)));
    let is_label = label == "*"
        || (label.len() <= MAX_LABEL_LEN && has_two_labels(parent) && has_literals(label));
    Some(is_domain && is_label)
}

/// Whether a label in lower case has literals around one `*`, and is not encoded.
fn has_literals(label: &str) -> bool {
    let is_literal = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    label.split_once('*').is_some_and(|(prefix, suffix)| {
        prefix.bytes().chain(suffix.bytes()).all(is_literal) && !label.starts_with("xn--")
    })
}

/// Whether a domain has at least two labels.
fn has_two_labels(domain: &str) -> bool {
    domain.strip_suffix('.').unwrap_or(domain).contains('.')
}

/// Parses a network, if the text looks like one.
fn network(text: &str) -> Option<Result<String, ParsePatternError>> {
    let (scheme, authority) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let canonical = Scheme::canonical(&scheme);
    if !is_scheme(&scheme) || canonical.has_opaque_origin() {
        return None;
    }
    let parsed = network_text::parse(canonical, authority, suggest)?;
    Some(parsed.and_then(|(network, port)| {
        let port = port_pattern(canonical, port)?;
        Ok(format!("{scheme}://{network}{port}"))
    }))
}

// pattern = scheme "://" host-pattern [ ":" port-pattern ]
fn wildcard(text: &str) -> Result<String, ParsePatternError> {
    if let Some((scheme, _)) = text.split_once("://")
        && scheme.contains('*')
    {
        return Err(ParsePatternError::Wildcard(WildcardError::Scheme));
    }
    let Shape { scheme, host, port } = shape(text, suggest)?;
    let canonical = Scheme::canonical(&scheme);
    let host = match host.contains('*') {
        true => host_pattern(canonical, host, port)?,
        false => host_text(&tuple(&scheme, host, None)?),
    };
    if host.is_empty() && port.is_some() {
        return Err(ParsePatternError::Origin(ParseOriginError::Host {
            found: Box::default(),
            reason: "expected a host before the port",
        }));
    }
    let port = port_pattern(canonical, port)?;
    Ok(format!("{scheme}://{host}{port}"))
}

// host-pattern = "*." domain / in-label "." domain / "*"
fn host_pattern(
    scheme: Scheme<'_>,
    host: &str,
    port: Option<&str>,
) -> Result<String, ParsePatternError> {
    let wildcard = |error| Err(ParsePatternError::Wildcard(error));
    match (host, scheme.is_special()) {
        ("*", false) => return Ok(ANY.into()),
        ("*", true) => return wildcard(WildcardError::AnyHost),
        (_, false) => return wildcard(WildcardError::OpaqueHost),
        (_, true) => {}
    }
    if let Some(network) = network_text::from_glob(host) {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let fix = Fix::new(suggest(&format!("{scheme}://{network}{port}")));
        return Err(ParsePatternError::AddressWildcard { fix });
    }
    if host.contains('[') {
        return Err(address_wildcard());
    }
    let (label, parent) = host.split_once('.').unwrap_or((host, ""));
    if parent.contains('*') || label.matches('*').count() > 1 {
        return wildcard(WildcardError::Place);
    }
    let text = match label.split_once('*') {
        Some(("", "")) if matches!(parent, "" | ".") => return wildcard(WildcardError::NoBase),
        Some(("", "")) => format!("*.{}", domain(scheme, parent)?),
        Some(_) if parent.is_empty() => return wildcard(WildcardError::TooFewLabels),
        Some(_) => in_label(scheme, label, parent)?,
        None => return wildcard(WildcardError::Place),
    };
    // The shortest host that the pattern could match has one byte in place of the `*`.
    if !is_short(&text) {
        return Err(ParseOriginError::TooLong.into());
    }
    Ok(text)
}

// in-label = *literal "*" *literal, at least one of them; two labels follow
fn in_label(scheme: Scheme<'_>, label: &str, parent: &str) -> Result<String, ParsePatternError> {
    let label = label.to_ascii_lowercase();
    if !has_literals(&label) {
        return Err(ParsePatternError::Wildcard(WildcardError::Literal));
    }
    if label.len() > MAX_LABEL_LEN {
        return Err(ParseOriginError::TooLong.into());
    }
    let parent = domain(scheme, parent)?;
    if !has_two_labels(&parent) {
        return Err(ParsePatternError::Wildcard(WildcardError::TooFewLabels));
    }
    Ok(format!("{label}.{parent}"))
}

/// The canonical form of the domain that follows a wildcard.
fn domain(scheme: Scheme<'_>, text: &str) -> Result<String, ParsePatternError> {
    if ends_in_a_number(text) {
        return Err(address_wildcard());
    }
    let origin = tuple(scheme.as_str(), text, None)?;
    // Another notation of a number, such as full-width digits.
    if is_address(&origin) {
        return Err(address_wildcard());
    }
    Ok(host_text(&origin))
}

fn host_text(origin: &Origin) -> String {
    origin.as_origin_ref().host_str().unwrap_or_default().into()
}

// port-pattern = port / "*" / "{" port-range *( "," port-range ) "}"
fn port_pattern(scheme: Scheme<'_>, port: Option<&str>) -> Result<String, ParsePatternError> {
    match port {
        None => Ok(String::new()),
        Some("*") => Ok(":*".into()),
        Some(text) if text.contains('*') => Err(ParsePatternError::Wildcard(WildcardError::Port)),
        Some(list) if list.starts_with('{') => {
            let ranges = list
                .strip_prefix('{')
                .and_then(|list| list.strip_suffix('}'))
                .ok_or_else(|| not_a_list(list))?
                .split(',')
                .map(|range| port_range(list, range))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(ports::canonical(scheme, ranges))
        }
        Some(digits) => Ok(ports::single(scheme, port_number(digits)?)),
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

fn address_wildcard() -> ParsePatternError {
    ParsePatternError::AddressWildcard {
        fix: Fix::default(),
    }
}
