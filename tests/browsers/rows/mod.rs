//! Departures that take several fetches, or redirects, to show: each row has what the standard says,
//! and what each browser does instead. Max-ages that no policy sends are among them, so these answers
//! are written by hand.

mod table;

use cross_origin::OriginRef;
use cross_origin::browser::{Credentials, Fetch, PreflightCache, Request, Response};

use crate::departures::Name;
use crate::driver::{Browser, Chromium, Firefox};
use crate::stage::{Seen, Stage, Step};
use table::{Ask, BASE, Lines, NOW, Outcome, PAGE, PUT, REDIRECTS, ROWS, Row};

impl Row {
    /// The URLs of the row, and the steps that ask the first.
    fn set_up(&self, stage: &Stage, origin: &str) -> (Vec<String>, Vec<Step>) {
        let location = self.redirected.map(|(preflight, actual)| {
            let answer = answering(origin, preflight, 200, actual);
            stage.url("other.example.com", answer)
        });
        let status = if location.is_some() { 307 } else { 200 };
        let answer = answering(origin, self.preflight, status, self.actual);
        let to = location.clone();
        let url = stage.url("api.example.com", move |request| match &to {
            Some(to) => answer(request).header("location", to),
            None => answer(request),
        });
        let step = |Ask(method, headers, credentials, after): &Ask| Step {
            url: url.clone(),
            method: (*method).to_owned(),
            headers: headers
                .iter()
                .map(|&(name, value)| (name.into(), value.into()))
                .collect(),
            credentials,
            frame: self.frame,
            after: *after,
        };
        let steps = self.asks.iter().map(step).collect();
        let urls = [Some(url), location].into_iter().flatten();
        (urls.collect(), steps)
    }

    /// The origin of what makes the fetches: the page, or a frame within it.
    fn origin<'a>(&self, page: &'a str) -> &'a str {
        if self.frame.is_some() { "null" } else { page }
    }

    /// What the model of the browser and of its preflight cache says. It follows no redirects.
    fn predicted(&self, page: &str) -> Outcome {
        let page = self.origin(page);
        let origin = OriginRef::from_header(page.as_bytes()).unwrap();
        let (preflight, actual) = (lines(page, self.preflight), lines(page, self.actual));
        let mut cache = PreflightCache::new();
        let mut now = NOW;
        let (mut shared, mut preflights, mut requests) = (false, 0, 0);
        for Ask(method, headers, credentials, after) in self.asks {
            now += *after;
            let fetch = Fetch::new(origin, method)
                .unwrap()
                .credentials(match *credentials {
                    "include" => Credentials::Include,
                    "omit" => Credentials::Omit,
                    _ => Credentials::SameOrigin,
                });
            let fetch = headers.iter().fold(fetch, |fetch, (name, value)| {
                fetch.header(name, value).unwrap()
            });
            if cache.needs_preflight(&fetch, "", now) {
                preflights += 1;
                match fetch.preflight_check(&Response::new(204).headers(&preflight)) {
                    Ok(grant) => cache.store(&fetch, "", now, &grant),
                    Err(_) => {
                        shared = false;
                        continue;
                    }
                }
            }
            requests += 1;
            shared = fetch
                .cors_check(&Response::new(200).headers(&actual))
                .is_ok();
            if !shared {
                cache.clear(&fetch, "");
            }
        }
        (shared, preflights, requests)
    }

    fn expected(&self, name: Name) -> Outcome {
        let departure = match name {
            Name::Chromium => self.chromium,
            Name::Firefox => self.firefox,
        };
        departure.unwrap_or(self.standard)
    }
}

fn lines(origin: &str, lines: Lines) -> Vec<(String, String)> {
    let value = |value: &str| if value == PAGE { origin } else { value }.to_owned();
    lines
        .iter()
        .map(|&(name, text)| (name.to_owned(), value(text)))
        .collect()
}

fn answering(
    origin: &str,
    preflight: Lines,
    status: u16,
    actual: Lines,
) -> impl Fn(&Request) -> Response + Send + use<> {
    let (preflight, actual) = (lines(origin, preflight), lines(origin, actual));
    move |request| match request.method() {
        "OPTIONS" => Response::new(204).headers(&preflight),
        _ => Response::new(status)
            .header("cache-control", "no-store")
            .headers(&actual),
    }
}

fn outcome(stage: &Stage, urls: &[String], seen: &[Seen]) -> Outcome {
    let asked: Vec<_> = urls.iter().flat_map(|url| stage.asked(url)).collect();
    let preflights = asked
        .iter()
        .filter(|request| request.method() == "OPTIONS")
        .count();
    (
        seen.last().unwrap().shared,
        preflights,
        asked.len() - preflights,
    )
}

fn departs_as_listed(browser: &dyn Browser, name: Name) {
    let stage = Stage::new();
    let page = format!("http://app.example.com:{}", stage.page);
    let rows: Vec<Row> = ROWS.into_iter().chain(REDIRECTS).collect();
    let set_up = rows.iter().map(|row| row.set_up(&stage, row.origin(&page)));
    let (urls, mut runs): (Vec<_>, Vec<_>) = set_up.unzip();
    // Firefox makes the first two preflights of a process although they are cached.
    let warm_up = [None, Some("sandbox"), Some("data")].map(|frame| Row {
        frame,
        asks: &[PUT; 6],
        ..BASE
    });
    let warm_up = warm_up
        .iter()
        .flat_map(|row| row.set_up(&stage, row.origin(&page)).1);
    runs.insert(0, warm_up.collect());
    let seen = stage.play(browser, &page, &runs);
    let mut found = Vec::new();
    for ((row, urls), seen) in rows.iter().zip(&urls).zip(&seen[1..]) {
        let (expected, happened) = (row.expected(name), outcome(&stage, urls, seen));
        if happened != expected {
            found.push(format!(
                "{}: expected {expected:?}, not {happened:?}",
                row.id
            ));
        }
    }
    assert!(found.is_empty(), "{name:?}: {found:#?}");
}

/// The rows say of the standard what the model says.
#[test]
fn rows_follow_the_standard() {
    for row in ROWS {
        assert_eq!(
            row.predicted("http://app.example.com:8080"),
            row.standard,
            "{}",
            row.id
        );
    }
}

#[test]
#[ignore = "needs a browser: apt-get install chromium chromium-driver"]
fn in_chromium() {
    departs_as_listed(&Chromium::start(), Name::Chromium);
}

#[test]
#[ignore = "needs a browser: apt-get install firefox-esr"]
fn in_firefox() {
    departs_as_listed(&Firefox::start(), Name::Firefox);
}
