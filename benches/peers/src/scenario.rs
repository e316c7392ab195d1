//! What is asked of each peer.

use crate::options::Options;
use crate::server::Asked;
use crate::support::hostile_names;
use crate::support::origins::EXACT;
use crate::support::requests::{APP, OTHER, THREE_NAMES, actual, among, preflight};
use crate::support::sequence::Sequence;

/// The number of usual headers in addition to those of the protocol.
const USUAL: usize = 10;

pub struct Scenario {
    pub name: String,
    /// How many origins the policy has.
    pub origins: usize,
    pub method: &'static str,
    /// What the origin is, one request after another.
    asked: Origins,
    /// The names that a preflight asks for.
    names: Option<String>,
    /// Whether the origin is allowed. Of hostile names, peers say what they like.
    pub is_allowed: Option<bool>,
}

enum Origins {
    None,
    One(&'static str),
    Random(Sequence),
}

impl Scenario {
    /// This many requests, or fewer if they are large.
    pub fn requests(&self, count: usize) -> Vec<Asked<'_>> {
        (0..count).map(|_| self.request()).collect()
    }

    /// How many requests fit into the caches.
    pub fn at_most(&self) -> usize {
        let is_large = self.names.as_ref().is_some_and(|names| names.len() > 1_000);
        if is_large { 4 } else { 64 }
    }

    pub fn request(&self) -> Asked<'_> {
        let origin = match &self.asked {
            Origins::None => None,
            Origins::One(origin) => Some(*origin),
            Origins::Random(sequence) => Some(sequence.next()),
        };
        let headers = match (origin, &self.names) {
            (Some(origin), Some(names)) => among(USUAL, &preflight(origin, "PUT", names)),
            (Some(origin), None) => among(USUAL, &actual(origin)),
            (None, _) => among(USUAL, &[]),
        };
        Asked {
            method: self.method,
            headers,
        }
    }
}

/// The origins of a policy: the one, or many.
pub fn origins(count: usize) -> Vec<String> {
    if count == 1 {
        vec![APP.to_owned()]
    } else {
        EXACT.patterns(count)
    }
}

/// Policies of one origin.
pub fn of_one() -> Vec<Scenario> {
    let actual = |name: &str, asked, is_allowed| Scenario {
        name: name.to_owned(),
        origins: 1,
        method: "GET",
        asked,
        names: None,
        is_allowed: Some(is_allowed),
    };
    vec![
        actual("allowed", Origins::One(APP), true),
        actual("denied", Origins::One(OTHER), false),
        actual("no `Origin`", Origins::None, false),
        Scenario {
            method: "OPTIONS",
            names: Some(THREE_NAMES.to_owned()),
            ..actual("preflight, 3 names", Origins::One(APP), true)
        },
    ]
}

/// Policies of many origins.
pub fn of_many(options: &Options) -> Vec<Scenario> {
    let random = |origins: usize, is_allowed| Scenario {
        name: format!(
            "{origins} origins, {}",
            if is_allowed { "hit" } else { "miss" }
        ),
        origins,
        method: "GET",
        asked: Origins::Random(EXACT.asked(origins, is_allowed, 1 << 18)),
        names: None,
        is_allowed: Some(is_allowed),
    };
    vec![
        random(1_000, true),
        random(options.origins, true),
        random(options.origins, false),
    ]
}

/// Preflights that ask for names without end.
pub fn hostile(options: &Options) -> Vec<Scenario> {
    let values = hostile_names::values(options.hostile_bytes).into_iter();
    let scenario = |(name, value): (&str, _)| Scenario {
        name: name.to_owned(),
        origins: 1,
        method: "OPTIONS",
        asked: Origins::One(APP),
        names: Some(value),
        is_allowed: None,
    };
    values.map(scenario).collect()
}
