//! One scenario: a policy, a page, and a fetch of it; what should come of it, and what did.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use cross_origin::browser::{Credentials, Fetch, Request};
use cross_origin::{OriginRef, Policy};

use crate::departures::Departure;
use crate::naive::{self, OWN, Spec};
use crate::stage::{self, Stage, Step};

/// A page, as it is opened, and the origin that it or a frame within it has.
#[derive(Clone, Debug)]
pub struct Page {
    pub opened: String,
    pub origin: String,
    pub frame: Option<&'static str>,
}

/// What a page asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub origin: String,
    pub method: &'static str,
    pub headers: Vec<(String, String)>,
    pub credentials: Credentials,
}

pub struct Scenario {
    pub name: String,
    pub specs: Vec<Spec>,
    /// What the application says of an origin that it is asked about.
    pub verdict: bool,
    pub page: Page,
    pub asked: Asked,
    pub policy: Policy,
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            specs,
            verdict,
            page,
            asked,
            ..
        } = self;
        write!(
            f,
            "{name}\n{specs:?}, verdict {verdict}\n{asked:?}\non {page:?}"
        )
    }
}

/// What the page sees, and what the server does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub shared: bool,
    /// Those of the application's own headers that the page can read.
    pub exposed: Vec<&'static str>,
    pub timed: bool,
    /// The method and the names that each preflight asks for.
    pub preflights: Vec<(String, Option<String>)>,
    /// How many other requests there are.
    pub actual: usize,
}

impl Asked {
    pub fn fetch(&self) -> Fetch {
        let origin = OriginRef::from_header(self.origin.as_bytes()).unwrap();
        let fetch = Fetch::new(origin, self.method)
            .unwrap()
            .credentials(self.credentials);
        self.headers.iter().fold(fetch, |fetch, (name, value)| {
            fetch.header(name, value).unwrap()
        })
    }
}

impl Scenario {
    /// `None` where the policy is refused.
    pub fn new(
        name: &str,
        specs: Vec<Spec>,
        verdict: bool,
        page: Page,
        asked: Asked,
    ) -> Option<Self> {
        let policy = naive::builder(&specs).build().ok()?;
        Some(Self {
            name: name.to_owned(),
            specs,
            verdict,
            page,
            asked,
            policy,
        })
    }

    /// What the rules say, read naively.
    pub fn meant(&self) -> (bool, Vec<&'static str>, bool) {
        let expected = naive::expected(&self.specs, &self.asked.fetch(), self.verdict);
        (
            expected.shared,
            expected.exposed,
            expected.timing && expected.shared,
        )
    }

    /// What the model of the browser says: with this fetch, and the preflight of that one.
    pub fn predicted(&self, judged: &Asked, sent: &Asked) -> Happening {
        let (policy, fetch) = (&self.policy, judged.fetch());
        let seen = naive::seen(policy, &fetch, self.verdict);
        let preflight = sent.fetch();
        Happening {
            shared: seen.shared,
            timed: seen.timing && seen.shared,
            exposed: seen.exposed,
            preflights: preflight
                .needs_preflight()
                .then(|| names_asked(&preflight.preflight()))
                .into_iter()
                .collect(),
            actual: naive::preflight_passes(policy, &fetch, self.verdict).into(),
        }
    }

    /// What this browser is expected to do: what the model says, but for its known departures. Gives
    /// their names too.
    pub fn expected(&self, departures: &[&Departure]) -> (Happening, BTreeSet<&'static str>) {
        let standard = self.predicted(&self.asked, &self.asked);
        let mut shown = BTreeSet::new();
        let mut happening = standard.clone();
        let (mut judged, mut sent) = (self.asked.clone(), self.asked.clone());
        for departure in departures {
            (departure.judged_as)(self, &mut judged);
            (departure.sent_as)(self, &mut sent);
            let mut with = self.predicted(&judged, &sent);
            (departure.asking)(&sent, &mut with);
            if with != happening {
                shown.insert(departure.id);
                happening = with;
            }
        }
        (happening, shown)
    }

    /// The URL that answers as the policy says, and the step that asks it.
    pub fn step(&self, stage: &Stage) -> Step {
        let (policy, verdict) = (self.policy.clone(), self.verdict);
        let url = stage.url("api.example.com", move |request| {
            naive::answer(&policy, request, 200, verdict).header("cache-control", "no-store")
        });
        Step {
            url,
            method: self.asked.method.to_owned(),
            headers: self.asked.headers.clone(),
            credentials: match self.asked.credentials {
                Credentials::Omit => "omit",
                Credentials::SameOrigin => "same-origin",
                Credentials::Include => "include",
            },
            frame: self.page.frame,
            after: Duration::ZERO,
        }
    }
}

impl Happening {
    /// What really happened.
    pub fn of(seen: &stage::Seen, asked: &[Request]) -> Self {
        let is_preflight = |request: &&Request| request.method() == "OPTIONS";
        let preflights: Vec<_> = asked.iter().filter(is_preflight).map(names_asked).collect();
        let exposed = OWN
            .into_iter()
            .filter(|name| seen.headers.iter().any(|there| there == name));
        Self {
            shared: seen.shared,
            exposed: exposed.collect(),
            timed: seen.timed,
            actual: asked.len() - preflights.len(),
            preflights,
        }
    }
}

/// The method and the names that a preflight asks for.
fn names_asked(preflight: &Request) -> (String, Option<String>) {
    let value = |name: &str| {
        let (_, value) = preflight
            .header_list()
            .iter()
            .find(|(there, _)| there == name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    };
    let method = value("access-control-request-method").unwrap_or_default();
    (method, value("access-control-request-headers"))
}
