//! Which rule is for an origin?

use super::decision::Found;
use super::lookup::{Lookup, Verdict};
use super::{BuiltRule, Origins, Policy};
use crate::message::request::Singleton;
use crate::origin::{MAX_ORIGIN_LEN, OriginRef, may_have_port, text_with_labels, web_host};
use crate::pattern::{OriginSet, Parted};

/// What a request says of its origin. It is read when somebody asks, as most often nobody need.
pub(super) struct Claimed<'a> {
    field: Singleton<'a>,
    /// Once it was read, what it was read as.
    read: Option<Option<OriginRef<'a>>>,
}

/// What a rule has to do with an origin.
enum Concern<'a> {
    Decides(Match<'a>),
    Asks,
    Nothing,
}

/// That a rule is for an origin.
pub(super) struct Match<'a> {
    allow_origin: &'a str,
    pattern: Option<&'a str>,
    capture: Option<&'a str>,
}

impl<'a> Claimed<'a> {
    #[inline]
    pub(super) fn by(field: Singleton<'a>) -> Self {
        Self { field, read: None }
    }

    /// The origin, unless the field is malformed.
    #[inline]
    fn origin(&mut self) -> Option<OriginRef<'a>> {
        let bytes = bytes(self.field)?;
        *self
            .read
            .get_or_insert_with(|| OriginRef::from_header(bytes).ok())
    }
}

impl<'a> Match<'a> {
    pub(super) fn by(self, index: usize, rule: &'a BuiltRule) -> Found<'a> {
        Found {
            index,
            rule,
            allow_origin: self.allow_origin,
            pattern: self.pattern,
            capture: self.capture,
        }
    }
}

/// What the bytes of the field tell of a rule and an origin.
pub(super) enum Unread<'a> {
    /// It is for the origin: by this pattern, which is also the value that allows it.
    Decides(&'a str),
    /// It is for the origin: by a pattern of more than one.
    Admits(Match<'a>),
    Nothing,
    /// The field has to be read.
    Unknown,
}

impl Policy {
    /// The first rule that is for this origin, and what its verdict depended on if one was asked for.
    /// The search starts `from` the first rule of which the bytes of the field do not tell.
    #[inline(never)]
    pub(super) fn search<'a>(
        &'a self,
        from: usize,
        field: Singleton<'a>,
        verdict: Option<Verdict<'a>>,
    ) -> (Option<Found<'a>>, Option<&'a str>) {
        let mut claimed = Claimed::by(field);
        let mut vary = None;
        for (index, rule) in self.rules.iter().enumerate().skip(from) {
            let concern = match index {
                _ if index == from => rule.concern_read(&mut claimed),
                _ => rule.concern(&mut claimed),
            };
            match concern {
                Concern::Nothing => {}
                Concern::Decides(matched) => return (Some(matched.by(index, rule)), vary),
                Concern::Asks => {
                    let is_for = |verdict: &Verdict<'_>| claimed.origin() == Some(verdict.origin);
                    let Some(verdict) = verdict.filter(is_for) else {
                        continue;
                    };
                    vary = verdict.vary;
                    if verdict.allowed {
                        let matched = Match {
                            allow_origin: verdict.origin.as_str(),
                            pattern: None,
                            capture: None,
                        };
                        return (Some(matched.by(index, rule)), vary);
                    }
                }
            }
        }
        (None, vary)
    }

    /// The origin that the policy asks about, if no rule above the one that asks is for it.
    pub(super) fn asks<'a>(&self, field: Singleton<'a>) -> Option<Lookup<'a>> {
        let mut claimed = Claimed::by(field);
        let mut rules = self.rules.iter().enumerate();
        let (rule, concern) = rules.find_map(|(index, rule)| match rule.concern(&mut claimed) {
            Concern::Nothing => None,
            concern => Some((index, concern)),
        })?;
        match concern {
            Concern::Asks => Some(Lookup {
                origin: claimed.origin()?,
                rule,
            }),
            Concern::Decides(_) | Concern::Nothing => None,
        }
    }
}

impl BuiltRule {
    /// What is in the set as it is need not be read: the set has nothing but origins. What is not in it
    /// may be so once it is read, if there are wider patterns, or if it has a port to drop.
    #[inline]
    pub(super) fn unread<'s, 'a: 's>(&'s self, field: Singleton<'a>) -> Unread<'s> {
        match (&self.origins, bytes(field)) {
            // `*` repeats nothing of the origin, so it admits a malformed one too.
            (Origins::Any, _) if field != Singleton::Absent => Unread::Decides("*"),
            (Origins::Any, _) | (Origins::Set(_), None) => Unread::Nothing,
            (Origins::Set(set), Some(bytes)) => match set.find_text(bytes) {
                Some(pattern) => Unread::Decides(pattern),
                None if may_have_port(bytes) => Unread::Unknown,
                None if set.has_wider() => wider(set, bytes),
                None => Unread::Nothing,
            },
            (Origins::Ask { .. }, _) => Unread::Unknown,
        }
    }

    fn concern<'s, 'a: 's>(&'s self, claimed: &mut Claimed<'a>) -> Concern<'s> {
        match self.unread(claimed.field) {
            Unread::Nothing => Concern::Nothing,
            Unread::Decides(pattern) => Concern::Decides(Match {
                allow_origin: pattern,
                pattern: Some(pattern),
                capture: None,
            }),
            Unread::Admits(matched) => Concern::Decides(matched),
            Unread::Unknown => self.concern_read(claimed),
        }
    }

    fn concern_read<'s, 'a: 's>(&'s self, claimed: &mut Claimed<'a>) -> Concern<'s> {
        let Some(origin) = claimed.origin() else {
            return Concern::Nothing;
        };
        match &self.origins {
            Origins::Set(set) => {
                let matched = admitted(set, claimed.field, origin);
                matched.map_or(Concern::Nothing, Concern::Decides)
            }
            Origins::Ask { insecure }
                if !origin.is_opaque() && (*insecure || origin.is_potentially_trustworthy()) =>
            {
                Concern::Asks
            }
            Origins::Ask { .. } | Origins::Any => Concern::Nothing,
        }
    }
}

/// What patterns of more than one origin make of a field that has no port: only what one of them would
/// match is read.
#[inline(never)]
fn wider<'s, 'a: 's>(set: &'s OriginSet, bytes: &'a [u8]) -> Unread<'s> {
    let Some((host, port)) = web_host(bytes) else {
        return Unread::Unknown;
    };
    let text = bytes;
    let Some((pattern, capture)) = set.find_parted(Some(Parted { text, host, port })) else {
        return Unread::Nothing;
    };
    // But for what a `*` before a dot or in a label stands for, it is the text of a pattern, which was read.
    let text = match capture.filter(|span| span.end < host.end) {
        Some(span) => text_with_labels(bytes, host, span),
        None => OriginRef::from_header(bytes).ok().map(OriginRef::as_str),
    };
    text.map_or(Unread::Nothing, |text| {
        Unread::Admits(Match {
            allow_origin: text,
            pattern: Some(pattern),
            capture: capture.map(|span| span.of(text)),
        })
    })
}

/// What is in the set once it was read.
fn admitted<'s, 'a: 's>(
    set: &'s OriginSet,
    field: Singleton<'a>,
    origin: OriginRef<'a>,
) -> Option<Match<'s>> {
    let bytes = bytes(field)?;
    let found = if origin.as_str().len() < bytes.len() {
        set.find(origin)?
    } else {
        set.find_wider(origin)?
    };
    Some(Match {
        allow_origin: origin.as_str(),
        pattern: Some(found.pattern()),
        capture: found.capture(),
    })
}

/// The bytes of the field, if there is one and it is not too long to be read.
#[inline]
fn bytes<'a>(field: Singleton<'a>) -> Option<&'a [u8]> {
    match field {
        Singleton::Once(value) if value.len() <= MAX_ORIGIN_LEN => Some(value),
        _ => None,
    }
}
