//! Comparison of the grants of two policies to one origin.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::{ChangeKind, ChangeSign};
use crate::advice::headers;
use crate::message::{RequestHeaders, header_name, method};
use crate::origin::OriginRef;
use crate::policy::{Policy, RuleRef, SET_HEADERS};

/// A policy and what it says of all origins.
pub(super) struct Side<'p> {
    pub(super) policy: &'p Policy,
    rules: Vec<RuleRef<'p>>,
    /// Whether everybody sees timing, whatever the origin.
    timing: bool,
    /// The first rule for any origin.
    any: Option<usize>,
    /// The rule that asks, and whether it does about insecure origins.
    asking: Option<(usize, bool)>,
}

/// A change to one class of origins, without saying which.
pub(super) type Found = (ChangeKind, bool, ChangeSign);

/// What becomes of one origin.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) changes: BTreeSet<Found>,
    /// Whether both policies allow the origin, at least if they are told to: if so, on a yes or not.
    pub(super) allowed_in_both: Option<bool>,
}

/// The indices of the rules that decide for an origin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deciding {
    /// Without a verdict, or with a no.
    rule: Option<usize>,
    /// With a yes, if the application is asked.
    on_yes: Option<usize>,
}

impl<'p> Side<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        let rules: Vec<_> = policy.rules().collect();
        let asking = rules.iter().position(|rule| rule.is_asking());
        let is_asked = |rule: RuleRef<'_>| rule.is_asking_about_insecure_origins();
        Self {
            policy,
            any: rules.iter().position(|rule| rule.allows_any_origin()),
            asking: asking.map(|index| (index, rules.iter().copied().any(is_asked))),
            timing: rules.iter().any(|rule| rule.allows_timing_to_any_origin()),
            rules,
        }
    }

    /// Every name that is listed in some rule.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(|rule| {
            let headers = rule.headers().chain(rule.exposed_headers());
            rule.methods().chain(headers)
        })
    }

    /// Returns what decides for an origin: `listed` is the first rule that lists a pattern which
    /// matches it.
    pub(super) fn deciding_listed(&self, origin: OriginRef<'_>, listed: Option<usize>) -> Deciding {
        let rule = listed.into_iter().chain(self.any).min();
        let is_asked = |&(asking, insecure): &(usize, bool)| {
            rule.is_none_or(|rule| asking < rule)
                && (insecure || origin.is_potentially_trustworthy())
        };
        let asking = self.asking.filter(is_asked);
        Deciding {
            rule,
            on_yes: asking.map(|(asking, _)| asking),
        }
    }

    /// Returns what decides for any value of `Origin`.
    pub(super) fn deciding(&self, origin: &str) -> Deciding {
        let request = RequestHeaders::new("GET").header(header_name::ORIGIN, origin);
        let asking = self.policy.lookup(&request);
        Deciding {
            rule: self.policy.evaluate(&request).rule_index(),
            on_yes: asking.map(|lookup| lookup.rule_index()),
        }
    }

    fn get(&self, rule: Option<usize>) -> Option<RuleRef<'p>> {
        self.rules.get(rule?).copied()
    }
}

/// Compares what the policies grant to this origin.
pub(super) fn origin(
    old: &Side<'_>,
    new: &Side<'_>,
    origin: &str,
    [before, after]: [Deciding; 2],
) -> Compared {
    let mut compared = Compared::default();
    let mut differ = |changes: Vec<(ChangeKind, ChangeSign)>, on_yes: bool| {
        for (kind, sign) in changes {
            // What changes whatever the application says is told once.
            if !compared.changes.contains(&(kind.clone(), false, sign)) {
                compared.changes.insert((kind, on_yes, sign));
            }
        }
    };
    let timing = (old.timing, new.timing);
    let granted = |before, after| grants(old.get(before), new.get(after), timing);
    differ(granted(before.rule, after.rule), false);
    if let (Some(before), Some(after)) = (before.rule, after.rule) {
        differ(wording((old, before), (new, after), origin), false);
    }
    match (before.on_yes, after.on_yes) {
        (None, None) => {}
        (None, Some(_)) => differ([(ChangeKind::Asked, ChangeSign::Added)].into(), false),
        (Some(_), None) => differ([(ChangeKind::Asked, ChangeSign::Removed)].into(), false),
        (Some(asking), Some(asks)) => {
            differ(granted(before.on_yes, after.on_yes), true);
            differ(wording((old, asking), (new, asks), origin), true);
        }
    }
    let in_both = |of: fn(Deciding) -> Option<usize>| of(before).is_some() && of(after).is_some();
    compared.allowed_in_both = match () {
        () if in_both(|deciding| deciding.rule) => Some(false),
        () if in_both(|deciding| deciding.on_yes) => Some(true),
        () => None,
    };
    explain_wording(&mut compared.changes);
    compared
}

/// A difference in the words of a header is none of its own where what it states is another.
fn explain_wording(changes: &mut BTreeSet<Found>) {
    let stated: BTreeSet<_> = changes
        .iter()
        .flat_map(|(kind, on_yes, _)| stated_by(kind).iter().map(|name| (*name, *on_yes)))
        .collect();
    changes.retain(|(kind, on_yes, _)| match kind {
        ChangeKind::Wording(name) => !stated.contains(&(name, *on_yes)),
        _ => true,
    });
}

/// The response headers that state what a change is about. Beside credentials there is no `*`.
fn stated_by(kind: &ChangeKind) -> &'static [&'static str] {
    match kind {
        ChangeKind::Credentials => &[header_name::ALLOW_CREDENTIALS, header_name::ALLOW_ORIGIN],
        ChangeKind::Method(_) | ChangeKind::AnyMethod => &[header_name::ALLOW_METHODS],
        ChangeKind::RequestHeader(_) | ChangeKind::AnyRequestHeader => {
            &[header_name::ALLOW_HEADERS]
        }
        ChangeKind::ExposedHeader(_) | ChangeKind::AnyExposedHeader => {
            &[header_name::EXPOSE_HEADERS]
        }
        ChangeKind::MaxAge(_) => &[header_name::MAX_AGE],
        ChangeKind::Timing => &[header_name::TIMING_ALLOW_ORIGIN],
        _ => &[],
    }
}

/// What one of the rules grants and the other does not; no rule grants nothing.
fn grants(
    old: Option<RuleRef<'_>>,
    new: Option<RuleRef<'_>>,
    (old_timing, new_timing): (bool, bool),
) -> Vec<(ChangeKind, ChangeSign)> {
    let mut found = Vec::new();
    let mut flag = |kind: ChangeKind, before: bool, after: bool| match (before, after) {
        (true, false) => found.push((kind, ChangeSign::Removed)),
        (false, true) => found.push((kind, ChangeSign::Added)),
        _ => {}
    };
    flag(ChangeKind::Allowed, old.is_some(), new.is_some());
    flag(
        ChangeKind::Credentials,
        old.is_some_and(RuleRef::allows_credentials),
        new.is_some_and(RuleRef::allows_credentials),
    );
    flag(
        ChangeKind::Timing,
        old_timing || old.is_some_and(RuleRef::allows_timing),
        new_timing || new.is_some_and(RuleRef::allows_timing),
    );
    let seconds = |rule: RuleRef<'_>| u32::try_from(rule.max_age()?.as_secs()).ok();
    let (before, after) = (old.and_then(seconds), new.and_then(seconds));
    for seconds in before.into_iter().chain(after.filter(|_| before != after)) {
        let kind = ChangeKind::MaxAge(seconds);
        flag(kind, before == Some(seconds), after == Some(seconds));
    }
    // `*` exposes nothing to the requests with credentials that both rules allow.
    let credentials = |rule: Option<RuleRef<'_>>| rule.is_some_and(RuleRef::allows_credentials);
    let exposed = match credentials(old) && credentials(new) {
        true => List {
            any_covers: |_| false,
            ..EXPOSED_HEADERS
        },
        false => EXPOSED_HEADERS,
    };
    for list in [METHODS, REQUEST_HEADERS, exposed] {
        let old = old.map(list.of).unwrap_or_default();
        let new = new.map(list.of).unwrap_or_default();
        list.names(&old, &new, |kind| found.push((kind, ChangeSign::Removed)));
        list.names(&new, &old, |kind| found.push((kind, ChangeSign::Added)));
    }
    found
}

/// A list of a rule: where it is, what its `*` covers, and what its changes are.
#[derive(Clone, Copy)]
struct List {
    of: for<'a> fn(RuleRef<'a>) -> Vec<&'a str>,
    /// Whether a name needs to be listed neither here nor there.
    always: fn(&str) -> bool,
    any_covers: fn(&str) -> bool,
    name: fn(String) -> ChangeKind,
    any: ChangeKindOf,
}

type ChangeKindOf = fn() -> ChangeKind;

const METHODS: List = List {
    of: |rule| rule.methods().collect(),
    always: |name| method::is_cors_safelisted(name.as_bytes()),
    any_covers: |_| true,
    name: ChangeKind::Method,
    any: || ChangeKind::AnyMethod,
};

const REQUEST_HEADERS: List = List {
    of: |rule| rule.headers().collect(),
    always: |_| false,
    any_covers: |name| !header_name::is_cors_non_wildcard(name.as_bytes()),
    name: ChangeKind::RequestHeader,
    any: || ChangeKind::AnyRequestHeader,
};

const EXPOSED_HEADERS: List = List {
    of: |rule| rule.exposed_headers().collect(),
    always: |_| false,
    any_covers: |_| true,
    name: ChangeKind::ExposedHeader,
    any: || ChangeKind::AnyExposedHeader,
};

const ANY: &str = "*";

impl List {
    /// The names that one list covers and the other does not.
    fn names(&self, one: &[&str], other: &[&str], mut found: impl FnMut(ChangeKind)) {
        let any = |list: &[&str]| list.contains(&ANY);
        let listed: BTreeSet<_> = other.iter().collect();
        if any(one) && !any(other) {
            found((self.any)());
        }
        let covered = |name: &&str| {
            listed.contains(name) || (any(other) && (self.any_covers)(name)) || (self.always)(name)
        };
        let names = one.iter().filter(|name| **name != ANY && !covered(name));
        names.for_each(|name| found((self.name)(String::from(*name))));
    }
}

/// The headers that differ in the answers to an origin that both policies allow.
fn wording(
    (old, before): (&Side<'_>, usize),
    (new, after): (&Side<'_>, usize),
    origin: &str,
) -> Vec<(ChangeKind, ChangeSign)> {
    let actual = RequestHeaders::new("GET").header(header_name::ORIGIN, origin);
    let preflight = RequestHeaders::new("OPTIONS")
        .header(header_name::ORIGIN, origin)
        .header(header_name::REQUEST_METHOD, "GET");
    let mut names = BTreeSet::new();
    for request in [actual, preflight] {
        let before = old.policy.decide_by(before, &request);
        let Some((before, after)) = before.zip(new.policy.decide_by(after, &request)) else {
            continue;
        };
        if !before.changes().eq(after.changes()) {
            names.extend(
                SET_HEADERS
                    .into_iter()
                    .filter(|name| !headers::are_alike(&before, &after, name)),
            );
        }
    }
    let reworded = |name| (ChangeKind::Wording(name), ChangeSign::Reworded);
    names.into_iter().map(reworded).collect()
}
