//! The texts of a set's patterns, in one string.

use alloc::boxed::Box;
use alloc::string::String;

use super::super::ports::Ports;
use super::key::{END, Key};
use crate::origin::{Scheme, Span};

/// The offset of a pattern in the text.
pub(super) type Line = u32;

/// Patterns in canonical form, in the order given, each followed by [`END`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts(Box<str>);

/// The parts of a pattern's text.
pub(super) struct Parts<'t> {
    pub(super) scheme: &'t str,
    pub(super) host: Span,
    /// The port with its colon, or nothing.
    pub(super) port: &'t str,
}

impl<'t> Parts<'t> {
    /// The parts of a canonical pattern or origin; `*` and `null` have none.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let (scheme, authority) = text.split_once("://")?;
        let address_end = authority.find(']').unwrap_or(0);
        let colon = authority.get(address_end..)?.find(':');
        let len = colon.map_or(authority.len(), |at| at.saturating_add(address_end));
        let (host, port) = authority.split_at_checked(len)?;
        let end = text.len().saturating_sub(port.len());
        let start = end.saturating_sub(host.len());
        Some(Self {
            scheme,
            host: Span { start, end },
            port,
        })
    }

    /// The `*` in the host.
    pub(super) fn star(&self, text: &str) -> Option<Span> {
        let at = self.host.of(text).find('*')?;
        Some(self.host.part(at, at.saturating_add(1)))
    }

    pub(super) fn has_several_ports(&self) -> bool {
        self.port.starts_with(":*") || self.port.starts_with(":{")
    }

    pub(super) fn ports(&self) -> Ports {
        match self.port.strip_prefix(':') {
            Some(ports) => Ports::of_text(ports),
            None => Ports::one(Scheme::canonical(self.scheme).default_port().unwrap_or(0)),
        }
    }
}

impl Texts {
    pub(super) fn new(text: String) -> Self {
        Self(text.into())
    }

    #[inline]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The patterns and their offsets, as far as an offset can tell them.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Line, &str)> {
        let mut start = 0_usize;
        self.0
            .split_terminator(char::from(END))
            .map_while(move |text| {
                let line = Line::try_from(start).ok()?;
                start = start.saturating_add(text.len()).saturating_add(1);
                Some((line, text))
            })
    }

    /// The text from a pattern on.
    #[inline]
    pub(super) fn from(&self, line: Line) -> &str {
        self.0.get(line as usize..).unwrap_or_default()
    }

    /// A pattern.
    pub(super) fn line(&self, line: Line) -> &str {
        self.from(line)
            .split(char::from(END))
            .next()
            .unwrap_or_default()
    }

    /// The scheme and host of a pattern.
    pub(super) fn scheme_and_host(&self, line: Line) -> &str {
        let text = self.line(line);
        Parts::of(text).map_or(text, |parts| {
            Span {
                start: 0,
                end: parts.host.end,
            }
            .of(text)
        })
    }

    pub(super) fn key(&self, line: Line) -> Option<Key<'_>> {
        let text = self.line(line);
        let parts = Parts::of(text)?;
        Key::new(text.as_bytes().get(..parts.host.end)?, parts.star(text))
    }
}
