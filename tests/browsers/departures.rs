//! Where Chromium 156 and Firefox 153 depart from the Fetch standard in a single fetch. The names are
//! those in the documentation of `cross_origin::browser`.

use cross_origin::browser::Credentials;

use crate::naive;
use crate::scenario::{Asked, Happening, Scenario};

/// Whose departures they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Chromium,
    Firefox,
}

/// A departure, as a difference to what the model makes of the fetch.
pub struct Departure {
    pub id: &'static str,
    browsers: &'static [Name],
    /// The browser judges the answers as if this fetch were asked for,
    pub judged_as: fn(&Scenario, &mut Asked),
    /// and makes a preflight as if it were that one,
    pub sent_as: fn(&Scenario, &mut Asked),
    /// which it writes a little differently.
    pub asking: fn(&Asked, &mut Happening),
}

const BOTH: &[Name] = &[Name::Chromium, Name::Firefox];
const CHROMIUM: &[Name] = &[Name::Chromium];
const FIREFOX: &[Name] = &[Name::Firefox];

/// The departures of this browser.
pub fn of(browser: Name) -> Vec<&'static Departure> {
    let all = ALL.iter();
    all.filter(|departure| departure.browsers.contains(&browser))
        .collect()
}

/// Chromium takes a header for safelisted, or never sends it as the page sets it.
macro_rules! dropped {
    ($id:literal, $name:literal) => {
        Departure {
            judged_as: |_, asked| drop_header(asked, $name),
            sent_as: |_, asked| drop_header(asked, $name),
            ..plain($id, CHROMIUM)
        }
    };
}

/// Chromium combines repeated headers before it judges them.
macro_rules! combined {
    ($id:literal, $name:literal) => {
        Departure {
            judged_as: |_, asked| combine(asked, $name),
            sent_as: |_, asked| combine(asked, $name),
            ..plain($id, CHROMIUM)
        }
    };
}

const ALL: [Departure; 13] = [
    Departure {
        judged_as: authorization_is_covered,
        ..plain("acah-auth-star", BOTH)
    },
    dropped!("safe-dpr", "dpr"),
    dropped!("safe-width", "width"),
    dropped!("safe-viewport-width", "viewport-width"),
    dropped!("safe-device-memory", "device-memory"),
    dropped!("safe-save-data", "save-data"),
    dropped!("safe-downlink", "downlink"),
    dropped!("safe-rtt", "rtt"),
    dropped!("safe-ect", "ect"),
    dropped!("safe-user-agent", "user-agent"),
    combined!("acrh-dup-ct-same", "content-type"),
    combined!("acrh-dup-accept", "accept"),
    Departure {
        asking: names_repeated,
        ..plain("acrh-dup", FIREFOX)
    },
];

const fn plain(id: &'static str, browsers: &'static [Name]) -> Departure {
    Departure {
        id,
        browsers,
        judged_as: |_, _| {},
        sent_as: |_, _| {},
        asking: |_, _| {},
    }
}

fn is_named(line: &(String, String), name: &str) -> bool {
    line.0.eq_ignore_ascii_case(name)
}

fn drop_header(asked: &mut Asked, name: &str) {
    asked.headers.retain(|line| !is_named(line, name));
}

fn combine(asked: &mut Asked, name: &str) {
    let lines = asked.headers.iter().filter(|line| is_named(line, name));
    let values: Vec<_> = lines.map(|(_, value)| value.as_str()).collect();
    if values.len() > 1 {
        let value = values.join(", ");
        drop_header(asked, name);
        asked.headers.push((name.to_owned(), value));
    }
}

/// `*` in `Access-Control-Allow-Headers` covers `Authorization`, if the fetch has no credentials.
fn authorization_is_covered(scenario: &Scenario, asked: &mut Asked) {
    let preflight = scenario.asked.fetch().preflight();
    let answer = naive::answer(&scenario.policy, &preflight, 200, scenario.verdict);
    let has_star = answer.header_list().iter().any(|(name, value)| {
        name == "access-control-allow-headers"
            && value.split(|&byte| byte == b',').any(|name| name == b"*")
    });
    if has_star && asked.credentials != Credentials::Include {
        let own = asked
            .headers
            .iter_mut()
            .filter(|line| is_named(line, "authorization"));
        own.for_each(|line| line.0 = "x-covered".to_owned());
    }
}

/// `Access-Control-Request-Headers` has a name as often as the page gave it with an unsafe value.
fn names_repeated(asked: &Asked, happening: &mut Happening) {
    let is_unsafe = |line: &(String, String)| {
        let alone = Asked {
            headers: vec![line.clone()],
            ..asked.clone()
        };
        alone.fetch().unsafe_header_names().next().is_some()
    };
    for (_, names) in &mut happening.preflights {
        let Some(list) = names else { continue };
        let repeated = list.split(',').flat_map(|name| {
            let lines = asked.headers.iter().filter(|line| is_named(line, name));
            std::iter::repeat_n(name, lines.filter(|line| is_unsafe(line)).count())
        });
        *list = repeated.collect::<Vec<_>>().join(",");
    }
}
