//! The search for the rule that matches an origin.

use super::decision::{DecidingRule, Decision};
use super::lookup::{Lookup, Verdict};
use super::{Origins, Policy};
use crate::message::request::SingleHeader;
use crate::origin::{MAX_ORIGIN_LEN, OriginRef, may_have_port};
use crate::pattern::OriginSet;

impl Policy {
    /// Finds the first rule that matches the origin and stores it in the decision. A rule that asks
    /// matches only with a verdict that allows this origin; `asked` is called with its lookup.
    #[inline]
    pub(super) fn search<'p, 'a: 'p>(
        &'p self,
        header: SingleHeader<'a>,
        verdict: Option<Verdict<'a>>,
        decision: &mut Decision<'p>,
        mut asked: impl FnMut(Lookup<'a>),
    ) {
        let mut origin = OriginHeader {
            header,
            parsed: None,
        };
        for (index, rule) in self.rules.iter().enumerate() {
            let matched = match &rule.origins {
                // `*` repeats nothing of the origin, so it matches malformed ones too.
                Origins::Any => (header != SingleHeader::Absent).then_some(("*", Some("*"), None)),
                Origins::Set(set) => origin.find_in(set),
                Origins::Ask { insecure } => origin.lookup(*insecure).and_then(|origin| {
                    asked(Lookup {
                        origin,
                        rule: index,
                    });
                    let verdict = verdict.filter(|verdict| verdict.origin == origin)?;
                    decision.vary = verdict.vary;
                    verdict.allowed.then_some((origin.as_str(), None, None))
                }),
            };
            if let Some((allow_origin, pattern, capture)) = matched {
                decision.found = Some(DecidingRule {
                    index,
                    rule,
                    allow_origin,
                    pattern,
                    capture,
                });
                return;
            }
        }
        decision.origin = header;
    }
}

/// The raw value of `Origin`, parsed on first use.
struct OriginHeader<'a> {
    header: SingleHeader<'a>,
    parsed: Option<Option<OriginRef<'a>>>,
}

/// The value of `Access-Control-Allow-Origin`, the pattern, and its capture.
type Match<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

impl<'a> OriginHeader<'a> {
    #[inline]
    fn find_in<'s>(&mut self, set: &'s OriginSet) -> Option<Match<'s>>
    where
        'a: 's,
    {
        let bytes = self.bytes()?;
        // A set holds canonical origins only, so an equal value need not be parsed.
        if let Some(text) = set.find_single_origin(bytes) {
            return Some((text, Some(text), None));
        }
        if !set.has_general() && !may_have_port(bytes) {
            return None;
        }
        self.find_parsed(set, bytes)
    }

    #[inline(never)]
    fn find_parsed<'s>(&mut self, set: &'s OriginSet, bytes: &[u8]) -> Option<Match<'s>>
    where
        'a: 's,
    {
        let origin = self.parsed()?;
        let found = match origin.as_str().len() < bytes.len() {
            true => set.find(origin)?,
            false => set.find_general(origin)?,
        };
        Some((origin.as_str(), Some(found.pattern()), found.capture()))
    }

    /// Returns the origin if the application may be asked about it.
    fn lookup(&mut self, insecure: bool) -> Option<OriginRef<'a>> {
        let origin = self.parsed()?;
        let secure = insecure || origin.is_potentially_trustworthy();
        (secure && origin.scheme().is_some()).then_some(origin)
    }

    fn parsed(&mut self) -> Option<OriginRef<'a>> {
        if let Some(parsed) = self.parsed {
            return parsed;
        }
        let parsed = OriginRef::from_header(self.bytes()?).ok();
        self.parsed = Some(parsed);
        parsed
    }

    #[inline]
    fn bytes(&self) -> Option<&'a [u8]> {
        match self.header {
            SingleHeader::Once(value) if value.len() <= MAX_ORIGIN_LEN => Some(value),
            _ => None,
        }
    }
}
