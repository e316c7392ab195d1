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

use super::labels;
use super::networks;
use super::ports::{self, PortRanges, alike};
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
    /// What stands for the host in a report: a pattern's, or one that says where patterns meet.
    pub(super) host: HostText,
    /// Of the patterns that meet there, the most specific: what is said of it need not be repeated.
    pub(super) nearest: Option<HostText>,
    pub(super) ports: (u16, u16),
    /// One of the hosts.
    pub(super) example: String,
    /// One of the origins.
    pub(super) origin: String,
}

/// All patterns for tuple origins, by scheme.
pub(super) struct Patterns<'p>(BTreeMap<&'p str, Hosts<'p>>);

#[derive(Default)]
struct Hosts<'p> {
    exact: BTreeMap<&'p str, Vec<PortRanges>>,
    in_label: BTreeMap<&'p str, Vec<(InLabel<'p>, PortRanges)>>,
    below: BTreeMap<&'p str, Vec<PortRanges>>,
    networks: BTreeMap<Network, Vec<PortRanges>>,
    any: Vec<PortRanges>,
}

impl<'p> FromIterator<&'p str> for Patterns<'p> {
    fn from_iter<I: IntoIterator<Item = &'p str>>(patterns: I) -> Self {
        let mut schemes: BTreeMap<&str, Hosts<'p>> = BTreeMap::new();
        for pattern in patterns.into_iter().map(PatternRef::from_canonical) {
            let (Some(scheme), Some(host), Some(ports)) =
                (pattern.scheme(), pattern.host(), pattern.ports())
            else {
                continue;
            };
            let ports = ports.ranges().collect();
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
                    let group = hosts.in_label.entry(in_label.parent).or_default();
                    group.push((in_label, ports));
                }
            }
        }
        Self(schemes)
    }
}

impl Patterns<'_> {
    /// Every class that some pattern admits.
    pub(super) fn classes(&self) -> impl Iterator<Item = Class> {
        self.0
            .iter()
            .flat_map(|(scheme, hosts)| hosts.classes(Scheme::canonical(scheme)))
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

impl<'p> Hosts<'p> {
    fn classes(&self, scheme: Scheme<'_>) -> impl Iterator<Item = Class> {
        let exact = self.exact.keys().map(|host| Meeting::new(host, host));
        let below = self.below.keys().filter_map(move |base| {
            let host = self.free_below(scheme, base)?;
            Some(Meeting::new(&host, &format!("*.{base}")))
        });
        let networks = self.free_addresses();
        let any = (!self.any.is_empty()).then(|| self.free_host());
        let any = any.map(|host| Meeting::new(&host, "*"));
        exact
            .chain(self.in_labels())
            .chain(below)
            .chain(networks)
            .chain(any)
            .flat_map(move |meeting| self.at_each_port(scheme, &meeting))
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

    /// The hosts that stand for the ways in which wildcards inside a label meet.
    fn in_labels(&self) -> impl Iterator<Item = Meeting> {
        self.in_label.iter().flat_map(|(rest, group)| {
            let patterns: Vec<_> = group.iter().map(|(pattern, _)| *pattern).collect();
            let taken = |label: &str| self.exact.contains_key(&*format!("{label}.{rest}"));
            let examples = labels::examples(&patterns, taken).into_iter();
            examples.map(move |example| {
                let nearest = nearest(&patterns, &example.label);
                Meeting {
                    host: format!("{}.{rest}", example.label),
                    reported_host: format!("{}.{rest}", example.reported_label),
                    nearest: nearest.filter(|nearest| **nearest != example.reported_label),
                }
                .under(rest)
            })
        })
    }

    fn at_each_port(&self, scheme: Scheme<'_>, meeting: &Meeting) -> Vec<Class> {
        let text = |host: &str| HostText {
            scheme: scheme.as_str().into(),
            host: host.into(),
        };
        let lists = self.applying(&meeting.host);
        alike(scheme, &lists)
            .into_iter()
            .map(|ports| {
                let port = ports::example(scheme, &[ports]);
                Class {
                    host: text(&meeting.reported_host),
                    nearest: meeting.nearest.as_deref().map(text),
                    ports,
                    origin: format!("{scheme}://{}{port}", meeting.host),
                    example: meeting.host.clone(),
                }
            })
            // What would be too long for an origin is in no class.
            .filter(|class| OriginRef::from_header(class.origin.as_bytes()).is_ok())
            .collect()
    }

    /// The ports of each pattern that admits this host.
    fn applying(&self, host: &str) -> Vec<&PortRanges> {
        let label = host.split_once('.').into_iter();
        let in_label = label.flat_map(|(label, rest)| {
            let group = self.in_label.get(rest).into_iter().flatten();
            group.filter_map(move |(pattern, ports)| pattern.capture(label).map(|_| ports))
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
            let group = label.and_then(|(label, rest)| Some((label, self.in_label.get(rest)?)));
            let in_label = group.is_some_and(|(label, group)| {
                group.iter().any(|(one, _)| one.capture(label).is_some())
            });
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

/// A host, what it stands for, and the host of the pattern nearest to it.
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
fn nearest(patterns: &[InLabel<'_>], label: &str) -> Option<String> {
    let admitting = patterns
        .iter()
        .filter(|pattern| pattern.capture(label).is_some());
    let nearest = admitting.max_by_key(|pattern| specificity(**pattern))?;
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
