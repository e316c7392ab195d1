//! Parsing origins as people write them; the only use of `url` and `idna`.
//!
//! The shape of the text is checked first. Only then is the host handed on to be brought into its
//! canonical form: a URL parser would mend what is wrong with the shape, and so change its meaning.

#[cfg(feature = "idna")]
mod canonical;
#[cfg(not(feature = "idna"))]
#[path = "strict.rs"]
mod canonical;
#[cfg(feature = "url")]
mod convert;
#[cfg(feature = "idna")]
mod unicode;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::net::Ipv6Addr;
use core::str::FromStr;

use super::error::{Fix, MalformedOrigin, ParseOriginError};
use super::scheme::{Scheme, is_scheme};
use super::wire::split_port;
use super::{FILE, Host, MAX_ORIGIN_LEN, NULL, Origin, OriginRef};

/// A text that has the shape `scheme://host[:port]`, in its parts.
#[derive(Clone, Debug)]
pub(crate) struct Shape<'a> {
    /// In lower case, and one that has tuple origins.
    pub(crate) scheme: Cow<'a, str>,
    /// As written.
    pub(crate) host: &'a str,
    /// As written, without the colon; not empty.
    pub(crate) port: Option<&'a str>,
}

/// Parses what a person writes: `scheme://host[:port]`, `null` for the opaque origin, or `file://`.
///
/// Upper case is lowered, a Unicode domain becomes `xn--` labels, any spelling of an address that
/// URLs know becomes the canonical one, and a default port is dropped
/// ([URL, `#host-parsing`](https://url.spec.whatwg.org/#host-parsing)). What comes out is always
/// something that [`OriginRef::from_header`] reads back as the same origin.
///
/// Without the feature `idna` only canonical text is accepted (and a default port, which is dropped);
/// `xn--` labels are then kept as they are.
///
/// # Errors
///
/// White space, control characters, backslashes, userinfo, a path (a trailing slash is one), a
/// query, a fragment, an empty port and port 0 are refused, as is a host that no browser sends and a
/// scheme whose origin is opaque. The error says what to write instead.
impl FromStr for Origin {
    type Err = ParseOriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_origin(text, |text| Some(text.parse::<Self>().ok()?.text))
    }
}

/// Parses an origin; errors suggest what `suggest` accepts.
pub(crate) fn parse_origin(text: &str, suggest: Suggest) -> Result<Origin, ParseOriginError> {
    if text == NULL {
        return Ok(Origin::opaque());
    }
    if text.eq_ignore_ascii_case(FILE) {
        return Ok(OriginRef::FILE.into());
    }
    let shape = shape(text, suggest)?;
    if text.contains('*') {
        return Err(ParseOriginError::Wildcard);
    }
    let port = shape.port.map(port_number).transpose()?;
    tuple(&shape.scheme, shape.host, port)
}

impl TryFrom<&str> for Origin {
    type Error = ParseOriginError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<String> for Origin {
    type Error = ParseOriginError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Reads a text that is to be suggested, and gives its canonical form if it is sound.
pub(crate) type Suggest = fn(&str) -> Option<Box<str>>;

/// Checks that a text is `scheme://host[:port]`, whatever the host and the port may be.
pub(crate) fn shape(text: &str, suggest: Suggest) -> Result<Shape<'_>, ParseOriginError> {
    if text.is_empty() {
        return Err(ParseOriginError::Empty);
    }
    if let Some((before, found)) = split_at(text, is_never_part) {
        // Cutting inside a text could name another host, so only its ends are cut, and what a
        // backslash, which URLs take for a slash, makes a path.
        let cut = if found == '\\' {
            before
        } else {
            text.trim_matches(is_never_part)
        };
        let fix = fix(cut, suggest);
        return Err(ParseOriginError::Character { found, fix });
    }
    refuse_opaque(text)?;
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if !scheme.is_empty() => (scheme, rest),
        _ => return Err(scheme_missing(text, suggest)),
    };
    let scheme = read_scheme(scheme)?;
    let authority = authority(&scheme, rest, suggest)?;
    let (host, port) = split_port(authority);
    let is_open = authority.starts_with('[') && !authority.contains(']');
    if is_open || authority.parse::<Ipv6Addr>().is_ok() {
        return Err(ParseOriginError::Host {
            found: authority.into(),
            reason: "an IPv6 address is written in brackets",
        });
    }
    if port == Some("") {
        let fix = fix(&format!("{scheme}://{host}"), suggest);
        return Err(ParseOriginError::PortEmpty { fix });
    }
    Ok(Shape { scheme, host, port })
}

/// The text before the first character of this kind, and that character.
fn split_at(text: &str, kind: fn(char) -> bool) -> Option<(&str, char)> {
    let at = text.find(kind)?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.chars().next()?))
}

fn scheme_missing(text: &str, suggest: Suggest) -> ParseOriginError {
    if text.eq_ignore_ascii_case(NULL) {
        let fix = Fix::new(Some(NULL.into()));
        return ParseOriginError::SchemeMissing { fix };
    }
    // `https:example.com` has a scheme, and lacks what makes it one.
    let end = text.find([':', '/']).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let first = first.to_ascii_lowercase();
    let is_scheme = Scheme::canonical(&first).is_special();
    let host = if is_scheme { rest } else { text };
    let host = host.trim_start_matches([':', '/']);
    let with = |scheme: &str| fix(&format!("{scheme}://{host}"), suggest);
    let fix = match is_scheme {
        true => with(&first),
        // A word is no host.
        false if !host.contains(['.', ':', '/']) && !host.eq_ignore_ascii_case("localhost") => {
            Fix::default()
        }
        false if host.ends_with(":80") => with("http"),
        false => match address_of(&with("http")) {
            Some(address) if address.is_loopback() => with("http"),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => {
                with("http").or(with("https").suggestion().map(Into::into))
            }
            _ => with("https"),
        },
    };
    ParseOriginError::SchemeMissing { fix }
}

/// The host of a suggested origin.
fn address_of(fix: &Fix) -> Option<Host<'_>> {
    OriginRef::from_header(fix.suggestion()?.as_bytes())
        .ok()?
        .host()
}

fn is_never_part(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\\'
}

/// Refuses URLs that have no tuple origin, most of which have no `//`.
fn refuse_opaque(text: &str) -> Result<(), ParseOriginError> {
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme {
        Some(scheme) if scheme == "file" => Err(ParseOriginError::File),
        Some(scheme) if Scheme::canonical(&scheme).has_opaque_origin() => {
            let scheme = scheme.into_boxed_str();
            Err(ParseOriginError::OpaqueScheme { scheme })
        }
        _ => Ok(()),
    }
}

fn read_scheme(text: &str) -> Result<Cow<'_, str>, ParseOriginError> {
    let scheme = canonical::scheme(text);
    if is_scheme(&scheme) {
        Ok(scheme)
    } else {
        Err(ParseOriginError::Scheme { found: text.into() })
    }
}

/// The text after `://`, if it has no userinfo, path, query or fragment.
fn authority<'a>(
    scheme: &str,
    rest: &'a str,
    suggest: Suggest,
) -> Result<&'a str, ParseOriginError> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let fix = || fix(&format!("{scheme}://{host}"), suggest);
    if let Some((user, _)) = authority.rsplit_once('@') {
        // What looks like a host may be meant as the host.
        let (name, _) = user.split_once(':').unwrap_or((user, ""));
        let is_host = user.contains(['.', '%', '[']) || name.eq_ignore_ascii_case("localhost");
        let fix = if is_host { Fix::default() } else { fix() };
        return Err(ParseOriginError::Userinfo { fix });
    }
    match tail.chars().next() {
        None => Ok(authority),
        Some('?') => Err(ParseOriginError::Query { fix: fix() }),
        Some('#') => Err(ParseOriginError::Fragment { fix: fix() }),
        Some(_) => Err(ParseOriginError::Path { fix: fix() }),
    }
}

/// Suggests a text, or else the text without what follows the host and port.
fn fix(text: &str, suggest: Suggest) -> Fix {
    // A suggestion comes from a short text without another mistake, so that parsing it does not
    // suggest again without end.
    let sound = |text: &str| {
        text.len() <= MAX_ORIGIN_LEN
            && !text.chars().any(is_never_part)
            && !text.contains('@')
            && !text.ends_with(':')
    };
    let host = text.find("://").map_or(0, |at| at + 3);
    let rest = text.get(host..).unwrap_or_default();
    let end = rest
        .find(['/', '?', '#'])
        .map_or(text.len(), |at| host + at);
    let cut = text.get(..end).unwrap_or(text);
    let texts = [text, cut].into_iter().filter(|text| sound(text));
    Fix::new(texts.filter_map(suggest).next())
}

/// A port from 1 to 65535, in digits.
pub(crate) fn port_number(digits: &str) -> Result<u16, ParseOriginError> {
    let port = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten();
    match port {
        Some(0) => Err(ParseOriginError::PortZero),
        Some(port) => Ok(port),
        None => Err(ParseOriginError::Port {
            found: digits.into(),
        }),
    }
}

/// The origin of a scheme in lower case, a host as written and a port.
pub(crate) fn tuple(
    scheme: &str,
    host: &str,
    port: Option<u16>,
) -> Result<Origin, ParseOriginError> {
    if port == Some(0) {
        return Err(ParseOriginError::PortZero);
    }
    let canonical = canonical::host(Scheme::canonical(scheme), host)?;
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let text = format!("{scheme}://{canonical}{port}");
    match OriginRef::from_header(text.as_bytes()) {
        Ok(origin) => Ok(origin.into()),
        Err(MalformedOrigin::TooLong) => Err(ParseOriginError::TooLong),
        Err(_) => Err(not_a_host(host)),
    }
}

fn not_a_host(host: &str) -> ParseOriginError {
    let reason = if host.is_empty() {
        "expected a domain or an address"
    } else {
        canonical::EXPECTED
    };
    ParseOriginError::Host {
        found: host.to_string().into_boxed_str(),
        reason,
    }
}

/// Whether the host of an origin that was read is an address.
pub(crate) fn is_address(origin: &Origin) -> bool {
    use super::Host::{Ipv4, Ipv6};
    matches!(origin.host(), Some(Ipv4(_) | Ipv6(_)))
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.text.into()
    }
}
