//! Which rule is for an origin?

use super::decision::Found;
use super::lookup::{Lookup, Verdict};
use super::{BuiltRule, Origins, Policy};
use crate::message::request::Singleton;
use crate::origin::{MAX_ORIGIN_LEN, OriginRef, may_have_port};
use crate::pattern::OriginSet;

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
struct Match<'a> {
    allow_origin: &'a str,
    pattern: Option<&'a str>,
    capture: Option<&'a str>,
}

impl<'a> Claimed<'a> {
    #[inline]
    pub(super) fn by(field: Singleton<'a>) -> Self {
        Self { field, read: None }
    }

    /// The bytes of the field, if there is one and it is not too long to be read.
    #[inline]
    fn bytes(&self) -> Option<&'a [u8]> {
        match self.field {
            Singleton::Once(value) if value.len() <= MAX_ORIGIN_LEN => Some(value),
            _ => None,
        }
    }

    /// The origin, unless the field is malformed.
    #[inline]
    fn origin(&mut self) -> Option<OriginRef<'a>> {
        let bytes = self.bytes()?;
        *self
            .read
            .get_or_insert_with(|| OriginRef::from_header(bytes).ok())
    }
}

impl Policy {
    /// The first rule that is for this origin, and what its verdict depended on if one was asked for.
    #[inline]
    pub(super) fn search<'a>(
        &'a self,
        mut claimed: Claimed<'a>,
        verdict: Option<Verdict<'a>>,
    ) -> (Option<Found<'a>>, Option<&'a str>) {
        let mut vary = None;
        for (index, rule) in self.rules.iter().enumerate() {
            let found = |found: Match<'a>| Found {
                index,
                rule,
                allow_origin: found.allow_origin,
                pattern: found.pattern,
                capture: found.capture,
            };
            match rule.concern(&mut claimed) {
                Concern::Nothing => {}
                Concern::Decides(matched) => return (Some(found(matched)), vary),
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
                        return (Some(found(matched)), vary);
                    }
                }
            }
        }
        (None, vary)
    }

    /// The origin that the policy asks about, if no rule above the one that asks is for it.
    pub(super) fn asks<'a>(&self, mut claimed: Claimed<'a>) -> Option<Lookup<'a>> {
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
    #[inline]
    fn concern<'s, 'a: 's>(&'s self, claimed: &mut Claimed<'a>) -> Concern<'s> {
        match &self.origins {
            // `*` repeats nothing of the origin, so it admits a malformed one too.
            Origins::Any if claimed.field != Singleton::Absent => Concern::Decides(Match {
                allow_origin: "*",
                pattern: Some("*"),
                capture: None,
            }),
            Origins::Any => Concern::Nothing,
            Origins::Set(set) => admitted(set, claimed).map_or(Concern::Nothing, Concern::Decides),
            Origins::Ask { insecure } => match claimed.origin() {
                Some(origin)
                    if !origin.is_opaque()
                        && (*insecure || origin.is_potentially_trustworthy()) =>
                {
                    Concern::Asks
                }
                _ => Concern::Nothing,
            },
        }
    }
}

/// What is in the set as it is need not be read first: the set has nothing but origins. What is not in it
/// may be so once it is read, if there are wider patterns, or if it has a port to drop.
#[inline]
fn admitted<'s, 'a: 's>(set: &'s OriginSet, claimed: &mut Claimed<'a>) -> Option<Match<'s>> {
    let bytes = claimed.bytes()?;
    if let Some(pattern) = set.find_text(bytes) {
        return Some(Match {
            allow_origin: pattern,
            pattern: Some(pattern),
            capture: None,
        });
    }
    if !set.has_wider() && !may_have_port(bytes) {
        return None;
    }
    let origin = claimed.origin()?;
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
