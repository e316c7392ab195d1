//! The law that the crate is for, in real browsers: what the browser does, what the model of it
//! predicts and what the rules mean are the same, save where browsers are known to depart from the
//! standard.

use std::collections::BTreeSet;

use cross_origin::browser::Credentials;

use crate::departures::{self, Name};
use crate::driver::{Browser, Chromium, Firefox};
use crate::fault::Fault;
use crate::generate::{departing, generated, pages};
use crate::scenario::{Asked, Happening, Scenario};
use crate::stage::Stage;

/// What happened in each scenario. Those of one page are played at once.
fn play(browser: &dyn Browser, stage: &Stage, scenarios: &[Scenario]) -> Vec<Happening> {
    let mut happened = vec![None; scenarios.len()];
    let opened: BTreeSet<_> = scenarios
        .iter()
        .map(|scenario| &scenario.page.opened)
        .collect();
    for page in opened {
        let on_page = scenarios.iter().enumerate();
        let on_page: Vec<_> = on_page
            .filter(|(_, scenario)| scenario.page.opened == *page)
            .collect();
        let runs: Vec<_> = on_page
            .iter()
            .map(|(_, scenario)| vec![scenario.step(stage)])
            .collect();
        let seen = stage.play(browser, page, &runs);
        for (((at, _), run), seen) in on_page.iter().zip(&runs).zip(&seen) {
            happened[*at] = Some(Happening::of(&seen[0], &stage.asked(&run[0].url)));
        }
    }
    happened.into_iter().map(Option::unwrap).collect()
}

/// Every scenario in which the three differ, and the departures that the others showed.
fn disagreements(
    browser: &dyn Browser,
    name: Name,
    stage: &Stage,
    scenarios: &[Scenario],
) -> (Vec<String>, BTreeSet<&'static str>) {
    let departures = departures::of(name);
    let mut all_shown = BTreeSet::new();
    let mut found = Vec::new();
    for (scenario, happened) in scenarios.iter().zip(play(browser, stage, scenarios)) {
        let predicted = scenario.predicted(&scenario.asked, &scenario.asked);
        let (expected, shown) = scenario.expected(&departures);
        all_shown.extend(shown);
        let seen = (predicted.shared, predicted.exposed.clone(), predicted.timed);
        if seen != scenario.meant() || happened != expected {
            found.push(format!(
                "{scenario:?}\nthe rules mean {:?}\nthe model says {predicted:?}\n\
                 {name:?} should do {expected:?}\nand does {happened:?}",
                scenario.meant()
            ));
        }
    }
    (found, all_shown)
}

fn judges(browser: &dyn Browser, name: Name) {
    let stage = Stage::new();
    let mut scenarios = generated(&stage);
    scenarios.extend(departing(&stage));
    let (found, shown) = disagreements(browser, name, &stage, &scenarios);
    let first = found[..found.len().min(5)].join("\n\n");
    assert!(found.is_empty(), "{} disagreements:\n{first}", found.len());
    let listed = departures::of(name);
    let listed: BTreeSet<_> = listed.iter().map(|departure| departure.id).collect();
    assert_eq!(shown, listed, "every departure in the table is shown");

    // A server's mistakes are found.
    for fault in [Fault::UpperCaseTrue, Fault::AnyOriginWithCredentials] {
        stage.plant(fault);
        let (found, _) = disagreements(browser, name, &stage, &scenarios[..120]);
        assert!(!found.is_empty(), "{fault:?} is not found");
    }
}

/// The scenarios have something to decide, whatever browser plays them.
#[test]
fn scenarios_reach_the_corners() {
    let stage = Stage::new();
    let scenarios = generated(&stage);
    let predicted = |scenario: &Scenario| scenario.predicted(&scenario.asked, &scenario.asked);
    let predicted: Vec<_> = scenarios.iter().map(predicted).collect();
    let count = |is: &dyn Fn(&Asked, &Happening) -> bool| {
        let both = scenarios.iter().zip(&predicted);
        both.filter(|(scenario, it)| is(&scenario.asked, it))
            .count()
    };
    let with = |asked: &Asked| asked.credentials == Credentials::Include;
    let least: [(&str, usize, usize); 9] = [
        ("shared", count(&|_, it| it.shared), 150),
        ("kept", count(&|_, it| !it.shared), 150),
        (
            "shared after a preflight",
            count(&|_, it| it.shared && !it.preflights.is_empty()),
            100,
        ),
        ("kept by the preflight", count(&|_, it| it.actual == 0), 150),
        (
            "kept although asked for",
            count(&|_, it| !it.shared && it.actual == 1),
            30,
        ),
        (
            "shared with credentials",
            count(&|asked, it| it.shared && with(asked)),
            40,
        ),
        (
            "shared with `null`",
            count(&|asked, it| it.shared && asked.origin == "null"),
            8,
        ),
        ("exposed", count(&|_, it| !it.exposed.is_empty()), 80),
        ("timed", count(&|_, it| it.timed), 80),
    ];
    for (what, count, least) in least {
        assert!(count >= least, "{what}: {count} of {}", scenarios.len());
    }
    for page in pages(&stage) {
        let shared = count(&|asked, it| it.shared && asked.origin == page.origin);
        assert!(shared >= 8, "{shared} are shared with {page:?}");
    }
}

#[test]
#[ignore = "needs a browser: apt-get install chromium chromium-driver"]
fn in_chromium() {
    let browser = Chromium::start();
    judges(&browser, Name::Chromium);
}

#[test]
#[ignore = "needs a browser: apt-get install firefox-esr"]
fn in_firefox() {
    let browser = Firefox::start();
    judges(&browser, Name::Firefox);
}
