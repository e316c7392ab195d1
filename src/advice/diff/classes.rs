//! Classes of origins that two policies treat alike, with one origin of each.
//!
//! The patterns of both policies decide together: origins that the same patterns admit can't be told
//! apart by either policy. There are as many classes as patterns can meet in different ways, and each
//! that some pattern admits gets an origin here; of the rest, only how secure they are counts.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::budget::Budget;
use super::labels::Labels;
use super::networks;
use super::ports::{self, FirstRules, ListedPorts, Owner, alike};
use crate::origin::{OriginRef, Scheme};
use crate::pattern::{HostPattern, InLabel, Network, PatternRef};

/// The host of a pattern, as its scheme has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HostText {
    pub(super) scheme: Box<str>,
    pub(super) host: Box<str>,
}

/// Origins that the same patterns admit.
#[derive(Clone)]
pub(super) struct Class {
    /// The host as reported: a pattern's host, or the intersection of several.
    pub(super) host: HostText,
    /// Of the patterns that meet there, the most specific: what is said of it need not be repeated.
    pub(super) nearest: Option<HostText>,
    pub(super) ports: (u16, u16),
    /// The first rules that list a pattern which matches.
    pub(super) rules: FirstRules,
    /// One of the hosts.
    pub(super) example: String,
    /// One of the origins.
    pub(super) origin: String,
}

/// All patterns for tuple origins, by scheme.
pub(super) struct Patterns<'p>(BTreeMap<&'p str, Hosts<'p>>);

#[derive(Default)]
struct Hosts<'p> {
    exact: BTreeMap<&'p str, Vec<ListedPorts>>,
    in_label: BTreeMap<&'p str, Labels<'p>>,
    below: BTreeMap<&'p str, Vec<ListedPorts>>,
    networks: BTreeMap<Network, Vec<ListedPorts>>,
    any: Vec<ListedPorts>,
}

impl<'p> FromIterator<(PatternRef<'p>, Owner)> for Patterns<'p> {
    fn from_iter<I: IntoIterator<Item = (PatternRef<'p>, Owner)>>(patterns: I) -> Self {
        let mut schemes: BTreeMap<&str, Hosts<'p>> = BTreeMap::new();
        for (pattern, owner) in patterns {
            let (Some(scheme), Some(host), Some(ports)) =
                (pattern.scheme(), pattern.host(), pattern.ports())
            else {
                continue;
            };
            let ranges = ports.ranges().collect();
            let ports = ListedPorts { ranges, owner };
            let hosts = schemes.entry(scheme.as_str()).or_default();
            match host {
                HostPattern::Exact(host) => hosts.exact.entry(host).or_default().push(ports),
                HostPattern::Subdomains(parent) => {
                    hosts.below.entry(parent).or_default().push(ports);
                }
                HostPattern::Network(network) => {
                    hosts.networks.entry(network).or_default().push(ports);
                }
                HostPattern::Any => hosts.any.push(ports),
                HostPattern::InLabel(in_label) => {
                    let labels = hosts.in_label.entry(in_label.parent).or_default();
                    labels.insert(in_label, ports);
                }
            }
        }
        Self(schemes)
    }
}

impl Patterns<'_> {
    /// Every class that some pattern admits.
    pub(super) fn classes<'b>(&'b self, budget: &'b Budget) -> impl Iterator<Item = Class> {
        let schemes = self.0.iter();
        schemes.flat_map(|(scheme, hosts)| hosts.classes(Scheme::canonical(scheme), budget))
    }

    /// An origin of this scheme that no pattern admits.
    pub(super) fn other(&self, scheme: &'static str) -> String {
        let free = |host: &String| {
            self.0
                .get(scheme)
                .is_none_or(|hosts| hosts.applying(host).is_empty())
        };
        let named = ["elsewhere.example", "elsewhere.test"].map(str::to_owned);
        // Patterns name their last label, so there is one that none of them names.
        let numbered = (0_u64..).map(|number| format!("elsewhere-{number}"));
        let mut hosts = named.into_iter().chain(numbered).filter(free);
        format!("{scheme}://{}", hosts.next().unwrap_or_default())
    }
}

/// The steps that a range of ports of a host takes: each makes up to two classes.
const STEPS_PER_RANGE: usize = 8;

impl<'p> Hosts<'p> {
    fn classes<'b>(
        &'b self,
        scheme: Scheme<'b>,
        budget: &'b Budget,
    ) -> impl Iterator<Item = Class> {
        let exact = self.exact.keys().map(|host| Meeting::new(host, host));
        let below = self.below.keys().filter_map(move |base| {
            let host = self.free_below(scheme, base)?;
            Some(Meeting::new(&host, &format!("*.{base}")))
        });
        let networks = self.free_addresses();
        let any = (!self.any.is_empty()).then(|| self.free_host());
        let any = any.map(|host| Meeting::new(&host, "*"));
        exact
            .chain(self.in_labels(budget))
            .chain(below)
            .chain(networks)
            .chain(any)
            .flat_map(move |meeting| self.at_each_port(scheme, &meeting, budget))
    }

    /// For each network an address of it, if there is one that no longer network and no exact host
    /// matches.
    fn free_addresses(&self) -> impl Iterator<Item = Meeting> {
        let mut listed: BTreeSet<Network> = self.networks.keys().copied().collect();
        if !listed.is_empty() {
            let hosts = self.exact.keys();
            listed.extend(hosts.filter_map(|host| Network::from_canonical(host)));
        }
        self.networks.keys().filter_map(move |network| {
            let address = networks::free_address(*network, &listed)?;
            Some(Meeting::new(&address.to_string(), &network.to_string()))
        })
    }

    /// A host for each intersection of wildcards inside a label.
    fn in_labels(&self, budget: &Budget) -> impl Iterator<Item = Meeting> {
        self.in_label.iter().flat_map(|(rest, labels)| {
            let taken = |label: &str| self.exact.contains_key(&*format!("{label}.{rest}"));
            let examples = labels.examples(taken, budget).into_iter();
            examples.map(move |example| {
                let nearest = nearest(labels, &example.label);
                Meeting {
                    host: format!("{}.{rest}", example.label),
                    reported_host: format!("{}.{rest}", example.reported_label),
                    nearest: nearest.filter(|nearest| **nearest != example.reported_label),
                }
                .under(rest)
            })
        })
    }

    fn at_each_port(&self, scheme: Scheme<'_>, meeting: &Meeting, budget: &Budget) -> Vec<Class> {
        let text = |host: &str| HostText {
            scheme: scheme.as_str().into(),
            host: host.into(),
        };
        let lists = self.applying(&meeting.host);
        let ranges = lists.iter().map(|list| list.ranges.len());
        if !budget
            .ports
            .take(STEPS_PER_RANGE.saturating_mul(ranges.sum()))
        {
            return Vec::new();
        }
        alike(scheme, &lists)
            .into_iter()
            .map(|(ports, rules)| {
                let port = ports::example(scheme, &[ports]);
                Class {
                    host: text(&meeting.reported_host),
                    nearest: meeting.nearest.as_deref().map(text),
                    ports,
                    rules,
                    origin: format!("{scheme}://{}{port}", meeting.host),
                    example: meeting.host.clone(),
                }
            })
            // What would be too long for an origin is in no class.
            .filter(|class| OriginRef::from_header(class.origin.as_bytes()).is_ok())
            .collect()
    }

    /// The ports of each pattern that admits this host.
    fn applying(&self, host: &str) -> Vec<&ListedPorts> {
        let label = host.split_once('.').into_iter();
        let in_label = label.flat_map(|(label, rest)| {
            let labels = self.in_label.get(rest).into_iter();
            let matching = labels.flat_map(move |labels| labels.matching(label));
            matching.flat_map(|(_, ports)| ports)
        });
        let parents = host.match_indices('.').filter_map(|(dot, _)| {
            let (_, base) = host.split_at_checked(dot)?;
            self.below.get(base.strip_prefix('.')?)
        });
        let networks = networks::containing(host, &self.networks);
        let any = self.any.iter().filter(|_| !host.is_empty());
        let exact = self.exact.get(host).into_iter().flatten();
        exact
            .chain(in_label)
            .chain(parents.flatten())
            .chain(networks.flatten())
            .chain(any)
            .collect()
    }

    /// A host below this domain that no other pattern is nearer to; none if it would be too long.
    fn free_below(&self, scheme: Scheme<'_>, base: &str) -> Option<String> {
        let is_free = |host: &str| {
            let label = host.split_once('.');
            let labels = label.and_then(|(label, rest)| Some((label, self.in_label.get(rest)?)));
            let in_label =
                labels.is_some_and(|(label, labels)| labels.matching(label).next().is_some());
            !self.exact.contains_key(host) && !in_label
        };
        let fits =
            |host: &str| OriginRef::from_header(format!("{scheme}://{host}").as_bytes()).is_ok();
        for number in 0_u64.. {
            let label = name(number);
            let host = format!("{label}.{base}");
            if !fits(&host) {
                return None;
            }
            if is_free(&host) {
                return Some(host);
            }
            // Wildcards inside one label may take every short one, but not all that is below it.
            let lower = format!("a.{host}");
            if is_free(&lower) && fits(&lower) && !self.below.contains_key(&*host) {
                return Some(lower);
            }
        }
        None
    }

    /// An opaque host that no pattern names.
    fn free_host(&self) -> String {
        let mut hosts = (0_u64..).map(name);
        let host = hosts.find(|host| !self.exact.contains_key(&**host));
        host.unwrap_or_default()
    }
}

/// A host, the host as reported, and the host of the most specific pattern that matches it.
struct Meeting {
    host: String,
    reported_host: String,
    nearest: Option<String>,
}

impl Meeting {
    fn new(host: &str, reported_host: &str) -> Self {
        Self {
            host: host.to_owned(),
            reported_host: reported_host.to_owned(),
            nearest: None,
        }
    }

    /// With the labels that follow after the nearest pattern's.
    fn under(self, rest: &str) -> Self {
        Self {
            nearest: self.nearest.map(|label| format!("{label}.{rest}")),
            ..self
        }
    }
}

/// The label of the most specific pattern that admits this one.
fn nearest(labels: &Labels<'_>, label: &str) -> Option<String> {
    let admitting = labels.matching(label).map(|(pattern, _)| pattern);
    let nearest = admitting.max_by_key(|pattern| specificity(*pattern))?;
    Some(format!("{}*{}", nearest.prefix, nearest.suffix))
}

/// The longer the literals, the more specific; of those of one length, the longer the prefix.
fn specificity(in_label: InLabel<'_>) -> (usize, usize) {
    let literals = in_label.prefix.len() + in_label.suffix.len();
    (literals, in_label.prefix.len())
}

/// The names `a` to `z`, and then `a0`, `a1` and so on.
fn name(number: u64) -> String {
    let letter = u8::try_from(number)
        .ok()
        .and_then(|number| Some(char::from(b'a'.checked_add(number)?)))
        .filter(char::is_ascii_lowercase);
    match letter {
        Some(letter) => letter.into(),
        None => format!("a{}", number.saturating_sub(26)),
    }
}
