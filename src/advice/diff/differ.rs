//! Comparison of two policies over all classes of origins.

use alloc::boxed::Box;
use alloc::collections::btree_map::Entry;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::budget::Budget;
use super::change::{AffectedOrigins, ChangeKind, ChangeSign, PolicyChange};
use super::classes::{Class, HostText, Patterns};
use super::compare::{self, Compared, Deciding, Found, Side};
use super::ports::{self, Owner, PortRanges};
use crate::advice::headers::lines;
use crate::message::{RequestHeaders, header_name};
use crate::origin::{Origin, OriginRef, Scheme};
use crate::pattern::OriginPattern;
use crate::policy::capped::Capped;
use crate::policy::{Decision, Policy};

/// The ports, and an example of the hosts, of the origins of one host that have a change in common.
type AtHost = BTreeMap<HostText, (PortRanges, String)>;

pub(super) struct Differ<'p> {
    old: Side<'p>,
    new: Side<'p>,
    unlisted: Box<str>,
    /// An origin for which the preflight status can be seen, and whether on a yes.
    allowed_in_both: Option<(String, bool)>,
}

impl<'p> Differ<'p> {
    pub(super) fn new(old: &'p Policy, new: &'p Policy) -> Self {
        let (old, new) = (Side::new(old), Side::new(new));
        let listed = old.names().chain(new.names());
        let listed: BTreeSet<_> = listed.map(str::to_ascii_lowercase).collect();
        let is_listed = |name: &String| listed.contains(name);
        let mut names = (0_u64..).map(|number| format!("x-other-{number}"));
        let unlisted = names.find(|name| !is_listed(name)).unwrap_or_default();
        Self {
            unlisted: unlisted.into(),
            allowed_in_both: None,
            old,
            new,
        }
    }

    /// Adds all changes. Returns whether these are all that there are.
    pub(super) fn run(mut self, changes: &mut Capped<PolicyChange>) -> bool {
        let (old, new) = (self.old.policy, self.new.policy);
        let listed = || {
            let sides = [(false, old), (true, new)].into_iter();
            sides.flat_map(|(is_new, policy)| {
                policy.rules().enumerate().flat_map(move |(rule, view)| {
                    let owner = Owner { is_new, rule };
                    let patterns = view.patterns().filter(|pattern| !pattern.is_any());
                    patterns.map(move |pattern| (pattern, owner))
                })
            })
        };
        let patterns: Patterns<'_> = listed().collect();
        let budget = Budget::new(listed().count());
        self.patterns(&patterns, &budget, changes);
        let is_named =
            |origin: &Origin| listed().any(|(pattern, _)| pattern.as_str() == origin.as_str());
        self.others(&patterns, is_named, changes);
        self.everyone(changes);
        !budget.is_exceeded()
    }

    fn compare(&mut self, origin: &str) -> Compared {
        let deciding = [self.old.deciding(origin), self.new.deciding(origin)];
        let compared = compare::origin(&self.old, &self.new, origin, deciding);
        self.note_allowed(&compared, origin);
        compared
    }

    fn note_allowed(&mut self, compared: &Compared, origin: &str) {
        if let Some(on_yes) = compared.allowed_in_both {
            let known = self
                .allowed_in_both
                .get_or_insert_with(|| (origin.into(), on_yes));
            // Without a yes it is seen by more.
            if known.1 && !on_yes {
                *known = (origin.into(), on_yes);
            }
        }
    }

    /// What becomes of the origins that patterns admit.
    ///
    /// What changes for an origin follows from the rules that decide, so it is compared once for each
    /// two rules.
    fn patterns(
        &mut self,
        patterns: &Patterns<'_>,
        budget: &Budget,
        changes: &mut Capped<PolicyChange>,
    ) {
        let mut by_rules: BTreeMap<[Deciding; 2], (BTreeSet<Found>, Vec<Class>)> = BTreeMap::new();
        for class in patterns.classes(budget) {
            let Ok(origin) = OriginRef::from_header(class.origin.as_bytes()) else {
                continue;
            };
            let [before, after] = class.rules;
            let deciding = [
                self.old.deciding_listed(origin, before),
                self.new.deciding_listed(origin, after),
            ];
            let (_, classes) = match by_rules.entry(deciding) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let (old, new) = (&self.old, &self.new);
                    let compared = compare::origin(old, new, &class.origin, deciding);
                    self.note_allowed(&compared, &class.origin);
                    place.insert((compared.changes, Vec::new()))
                }
            };
            classes.push(class);
        }
        let mut where_found: BTreeMap<&Found, Vec<&[Class]>> = BTreeMap::new();
        for (found, classes) in by_rules.values() {
            for change in found {
                where_found.entry(change).or_default().push(classes);
            }
        }
        for (change, classes) in where_found {
            if !self.change_at(change, &classes, budget, changes) {
                return;
            }
        }
    }

    /// Adds one change of all classes that have it. Returns whether the budget was enough for it.
    fn change_at(
        &self,
        change: &Found,
        classes: &[&[Class]],
        budget: &Budget,
        changes: &mut Capped<PolicyChange>,
    ) -> bool {
        let mut at = AtHost::new();
        let classes = || classes.iter().copied().flatten();
        for class in classes().filter(|class| class.nearest.is_none()) {
            if !budget.changes.take(1) {
                return false;
            }
            add(&mut at, class);
        }
        for class in classes() {
            let Some(nearest) = &class.nearest else {
                continue;
            };
            let told = at.get(nearest).map(|(ports, _)| ports.as_slice());
            let told = told.unwrap_or_default();
            if !budget.changes.take(told.len().saturating_add(1)) {
                return false;
            }
            let (lowest, highest) = class.ports;
            let covers = |(first, last): &(u16, u16)| *first <= lowest && highest <= *last;
            if !told.iter().any(covers) {
                add(&mut at, class);
            }
        }
        for (HostText { scheme, host }, (ports, example)) in at {
            for (ports, port) in ports::written(Scheme::canonical(&scheme), ports) {
                let origin = format!("{scheme}://{example}{port}");
                let origins = told_of(&format!("{scheme}://{host}{ports}"), &origin);
                changes.push(self.change(change.clone(), origins, Some(origin)));
            }
        }
        true
    }

    /// What becomes of all other origins.
    fn others(
        &mut self,
        patterns: &Patterns<'_>,
        is_named: impl Fn(&Origin) -> bool,
        changes: &mut Capped<PolicyChange>,
    ) {
        let secure = patterns.other("https");
        let told = self.compare(&secure).changes;
        for change in told.clone() {
            changes.push(self.change(change, AffectedOrigins::Others, Some(secure.clone())));
        }
        let [null, file] = [OriginRef::OPAQUE, OriginRef::FILE].map(Origin::from);
        let of_one = |origin: Origin| {
            let pattern = AffectedOrigins::Pattern((&origin).into());
            (pattern, origin.as_str().into(), is_named(&origin))
        };
        let more = [
            (
                AffectedOrigins::InsecureOthers,
                patterns.other("http"),
                false,
            ),
            of_one(null),
            of_one(file),
            (AffectedOrigins::Malformed, "malformed".into(), false),
        ];
        for (origins, example, is_named) in more {
            for change in self.compare(&example).changes {
                if is_named || !told.contains(&change) {
                    changes.push(self.change(change, origins.clone(), Some(example.clone())));
                }
            }
        }
    }

    /// What concerns requests whatever their origin.
    fn everyone(&self, changes: &mut Capped<PolicyChange>) {
        let (old, new) = (self.old.policy, self.new.policy);
        let mut add = |kind, sign, origins| {
            changes.push(self.change((kind, false, sign), origins, None));
        };
        match (old.is_static(), new.is_static()) {
            (true, false) => add(
                ChangeKind::Static,
                ChangeSign::Removed,
                AffectedOrigins::Everyone,
            ),
            (false, true) => add(
                ChangeKind::Static,
                ChangeSign::Added,
                AffectedOrigins::Everyone,
            ),
            _ => {}
        }
        let get = RequestHeaders::new("GET");
        let (before, after) = (old.evaluate(&get), new.evaluate(&get));
        let name = header_name::TIMING_ALLOW_ORIGIN;
        let for_all = |decision: &Decision<'_>| lines(decision, name).eq(["*"]);
        let managed = |decision: &Decision<'_>| {
            decision.removed().any(|removed| removed == name)
                || lines(decision, name).next().is_some()
        };
        match (for_all(&before), for_all(&after)) {
            (true, false) => add(
                ChangeKind::Timing,
                ChangeSign::Removed,
                AffectedOrigins::NoOrigin,
            ),
            (false, true) => add(
                ChangeKind::Timing,
                ChangeSign::Added,
                AffectedOrigins::NoOrigin,
            ),
            _ if managed(&before) != managed(&after) => {
                let kind = ChangeKind::Wording(name);
                add(kind, ChangeSign::Reworded, AffectedOrigins::NoOrigin);
            }
            _ => {}
        }
        let options = RequestHeaders::new("OPTIONS");
        let (before, after) = (old.evaluate(&options), new.evaluate(&options));
        if !lines(&before, header_name::VARY).eq(lines(&after, header_name::VARY)) {
            let kind = ChangeKind::Wording(header_name::VARY);
            add(kind, ChangeSign::Reworded, AffectedOrigins::Everyone);
        }
        self.preflight_status(changes);
    }

    fn preflight_status(&self, changes: &mut Capped<PolicyChange>) {
        let (before, after) = (
            self.old.policy.preflight_status(),
            self.new.policy.preflight_status(),
        );
        let Some((origin, on_yes)) = self.allowed_in_both.as_ref().filter(|_| before != after)
        else {
            return;
        };
        for (status, sign) in [(before, ChangeSign::Removed), (after, ChangeSign::Added)] {
            let change = (ChangeKind::PreflightStatus(status), *on_yes, sign);
            let origins = AffectedOrigins::Everyone;
            changes.push(self.change(change, origins, Some(origin.clone())));
        }
    }

    fn change(
        &self,
        (kind, on_yes, sign): Found,
        origins: AffectedOrigins,
        origin: Option<String>,
    ) -> PolicyChange {
        PolicyChange {
            kind,
            on_yes,
            sign,
            origins,
            origin: origin.map(Into::into),
            unlisted: self.unlisted.clone(),
        }
    }
}

/// The pattern of this text, or else the origin alone.
fn told_of(text: &str, origin: &str) -> AffectedOrigins {
    let pattern = text.parse::<OriginPattern>();
    AffectedOrigins::Pattern(pattern.unwrap_or_else(|_| {
        let origin = OriginRef::from_header(origin.as_bytes()).unwrap_or(OriginRef::OPAQUE);
        (&Origin::from(origin)).into()
    }))
}

fn add(at: &mut AtHost, class: &Class) {
    let known = at.entry(class.host.clone());
    let (ports, _) = known.or_insert_with(|| (PortRanges::new(), class.example.clone()));
    ports.push(class.ports);
}
