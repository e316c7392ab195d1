//! The patterns of a set that stand for more than one origin.

use super::super::ports::Ports;
use super::super::{ANY, OriginPattern};
use super::key::{END, Key};
use super::keys::Keys;
use super::several::Several;
use super::table::Table;
use super::texts::{Line, Parts, Texts};
use crate::origin::{OriginRef, Span};

#[derive(Clone, Default)]
pub(super) struct Wider {
    /// Whether there is `*`.
    pub(super) any: bool,
    pub(super) keys: Keys,
    /// Hosts with one pattern, which has one port.
    pub(super) single: Table,
    /// All other hosts.
    pub(super) several: Several,
}

impl Wider {
    /// The most specific pattern for this origin and what its `*` stands for.
    pub(super) fn find<'s>(
        &self,
        origin: OriginRef<'_>,
        texts: &'s Texts,
    ) -> Option<(&'s str, Option<Span>)> {
        let by_host = origin.host_span().and_then(|host| {
            let port = Ports::number(origin);
            let text = origin.as_str().as_bytes();
            let (text, port_text) = text.split_at_checked(host.end)?;
            self.keys.find_map(text, host.start, |hash, key, star| {
                let line = self
                    .find_single(hash, key, port_text, texts)
                    .or_else(|| self.several.find(hash, key, port, texts))?;
                Some((texts.line(line), star))
            })
        });
        by_host.or_else(|| self.any.then_some((ANY, None)))
    }

    /// Whether one pattern covers this one. A pattern is looked up as if it were an origin, since its
    /// own `*` is among what another `*` stands for.
    pub(super) fn covers(&self, pattern: &OriginPattern, texts: &Texts) -> bool {
        let text = pattern.as_str();
        let Some(parts) = Parts::of(text).filter(|_| !self.any) else {
            return self.any;
        };
        let (ports, port_text) = (parts.ports(), parts.port.as_bytes());
        let before_port = text.as_bytes().get(..parts.host.end).unwrap_or_default();
        let found = self
            .keys
            .find_map(before_port, parts.host.start, |hash, key, _| {
                let single = self.find_single(hash, key, port_text, texts);
                (single.is_some() || self.several.covers(hash, key, &ports, texts)).then_some(())
            });
        found.is_some()
    }

    fn find_single(&self, hash: u64, key: Key<'_>, port: &[u8], texts: &Texts) -> Option<Line> {
        let rest = |line| key.strip_from(texts.from(line).as_bytes());
        let line = self.single.find(
            hash,
            |line| rest(line).is_some(),
            |line| key.cmp(texts.scheme_and_host(line).as_bytes()),
        )?;
        let after_port = rest(line)?.strip_prefix(port)?;
        (after_port.first() == Some(&END)).then_some(line)
    }
}
