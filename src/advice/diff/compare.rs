//! Comparison of the grants of two policies to one origin.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::{ChangeKind, ChangeSign};
use crate::advice::headers;
use crate::message::{RequestHeaders, header_name, method};
use crate::policy::rule::{Rule, Timing};
use crate::policy::{Decision, Policy, SET_HEADERS};

/// A policy, with its rules as they are in canonical form.
pub(super) struct Side<'p> {
    pub(super) policy: &'p Policy,
    rules: Vec<Rule>,
    /// Whether everybody sees timing, whatever the origin.
    timing: bool,
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

/// The rules that decide for an origin.
struct Deciding<'p> {
    /// Without a verdict, or with a no.
    rule: Option<&'p Rule>,
    /// With a yes, if the application is asked.
    on_yes: Option<&'p Rule>,
}

impl<'p> Side<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        let rules = policy.to_builder().rules;
        Self {
            policy,
            timing: rules.iter().any(|rule| rule.timing == Some(Timing::Any)),
            rules,
        }
    }

    /// Every name that is listed in some rule.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(|rule| {
            let lists = [&rule.methods, &rule.headers, &rule.exposed];
            lists.into_iter().flatten().map(String::as_str)
        })
    }

    fn deciding(&self, request: &RequestHeaders<'_>) -> Deciding<'_> {
        let rule = self.policy.evaluate(request).rule_index();
        let asking = self
            .policy
            .lookup(request)
            .map(|lookup| lookup.rule_index());
        let get = |index: usize| self.rules.get(index);
        Deciding {
            rule: rule.and_then(get),
            on_yes: asking.and_then(get),
        }
    }

    fn decide<'a>(&'a self, request: &RequestHeaders<'a>, on_yes: bool) -> Decision<'a> {
        let lookup = self.policy.lookup(request);
        let verdict = lookup.map(|lookup| lookup.verdict(on_yes));
        self.policy.evaluate_with(request, verdict)
    }
}

/// Compares what the policies grant to this origin.
pub(super) fn origin(old: &Side<'_>, new: &Side<'_>, origin: &str) -> Compared {
    let request = RequestHeaders::new("GET").header(header_name::ORIGIN, origin);
    let (before, after) = (old.deciding(&request), new.deciding(&request));
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
    differ(grants(before.rule, after.rule, timing), false);
    if before.rule.is_some() && after.rule.is_some() {
        differ(wording(old, new, origin, false), false);
    }
    match (before.on_yes, after.on_yes) {
        (None, None) => {}
        (None, Some(_)) => differ([(ChangeKind::Asked, ChangeSign::Added)].into(), false),
        (Some(_), None) => differ([(ChangeKind::Asked, ChangeSign::Removed)].into(), false),
        (Some(_), Some(_)) => {
            differ(grants(before.on_yes, after.on_yes, timing), true);
            differ(wording(old, new, origin, true), true);
        }
    }
    compared.allowed_in_both = match (before, after) {
        (Deciding { rule: Some(_), .. }, Deciding { rule: Some(_), .. }) => Some(false),
        (
            Deciding {
                on_yes: Some(_), ..
            },
            Deciding {
                on_yes: Some(_), ..
            },
        ) => Some(true),
        _ => None,
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
    old: Option<&Rule>,
    new: Option<&Rule>,
    (old_timing, new_timing): (bool, bool),
) -> Vec<(ChangeKind, ChangeSign)> {
    let mut found = Vec::new();
    let mut flag = |kind: ChangeKind, before: bool, after: bool| match (before, after) {
        (true, false) => found.push((kind, ChangeSign::Removed)),
        (false, true) => found.push((kind, ChangeSign::Added)),
        _ => {}
    };
    let has = |rule: Option<&Rule>, it: fn(&Rule) -> bool| rule.is_some_and(it);
    flag(ChangeKind::Allowed, old.is_some(), new.is_some());
    let credentials = |rule: &Rule| rule.credentials;
    flag(
        ChangeKind::Credentials,
        has(old, credentials),
        has(new, credentials),
    );
    let timing = |rule: &Rule| rule.timing.is_some();
    flag(
        ChangeKind::Timing,
        old_timing || has(old, timing),
        new_timing || has(new, timing),
    );
    let seconds = |rule: &Rule| u32::try_from(rule.max_age?.as_secs()).ok();
    let (before, after) = (old.and_then(seconds), new.and_then(seconds));
    for seconds in before.into_iter().chain(after.filter(|_| before != after)) {
        let kind = ChangeKind::MaxAge(seconds);
        flag(kind, before == Some(seconds), after == Some(seconds));
    }
    for list in [METHODS, REQUEST_HEADERS, EXPOSED_HEADERS] {
        let (old, new) = (old.map(list.of), new.map(list.of));
        list.names(old, new, |kind| found.push((kind, ChangeSign::Removed)));
        list.names(new, old, |kind| found.push((kind, ChangeSign::Added)));
    }
    found
}

/// A list of a rule: where it is, what its `*` covers, and what its changes are.
#[derive(Clone, Copy)]
struct List {
    of: fn(&Rule) -> &[String],
    /// Whether a name needs to be listed neither here nor there.
    always: fn(&str) -> bool,
    any_covers: fn(&str) -> bool,
    name: fn(String) -> ChangeKind,
    any: ChangeKindOf,
}

type ChangeKindOf = fn() -> ChangeKind;

const METHODS: List = List {
    of: |rule| &rule.methods,
    always: |name| method::is_cors_safelisted(name.as_bytes()),
    any_covers: |_| true,
    name: ChangeKind::Method,
    any: || ChangeKind::AnyMethod,
};

const REQUEST_HEADERS: List = List {
    of: |rule| &rule.headers,
    always: |_| false,
    any_covers: |name| !header_name::is_cors_non_wildcard(name.as_bytes()),
    name: ChangeKind::RequestHeader,
    any: || ChangeKind::AnyRequestHeader,
};

const EXPOSED_HEADERS: List = List {
    of: |rule| &rule.exposed,
    always: |_| false,
    any_covers: |_| true,
    name: ChangeKind::ExposedHeader,
    any: || ChangeKind::AnyExposedHeader,
};

const ANY: &str = "*";

impl List {
    /// The names that one list covers and the other does not.
    fn names(
        &self,
        one: Option<&[String]>,
        other: Option<&[String]>,
        mut found: impl FnMut(ChangeKind),
    ) {
        let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
        let any = |list: &[String]| list.iter().any(|name| name == ANY);
        if any(one) && !any(other) {
            found((self.any)());
        }
        let covered = |name: &String| {
            other.contains(name) || (any(other) && (self.any_covers)(name)) || (self.always)(name)
        };
        let names = one.iter().filter(|name| *name != ANY && !covered(name));
        names.for_each(|name| found((self.name)(name.clone())));
    }
}

/// The headers that differ in the answers to an origin that both policies allow.
fn wording(
    old: &Side<'_>,
    new: &Side<'_>,
    origin: &str,
    on_yes: bool,
) -> Vec<(ChangeKind, ChangeSign)> {
    let actual = RequestHeaders::new("GET").header(header_name::ORIGIN, origin);
    let preflight = RequestHeaders::new("OPTIONS")
        .header(header_name::ORIGIN, origin)
        .header(header_name::REQUEST_METHOD, "GET");
    let mut names = BTreeSet::new();
    for request in [actual, preflight] {
        let (before, after) = (old.decide(&request, on_yes), new.decide(&request, on_yes));
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
