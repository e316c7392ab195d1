//! How a request spells its requested names, and a rule its origins, changes nothing.

use cross_origin::{Denial, Policy, RequestHeaders, Rule};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::support::requests::{NAMES, ORIGINS, PATTERNS};

const ORIGIN: &str = "https://app.example";
const ACRH: &str = "access-control-request-headers";

fn denial(policy: &Policy, lines: &[String]) -> Option<Denial> {
    let request = RequestHeaders::new("OPTIONS")
        .header("origin", ORIGIN)
        .header("access-control-request-method", "GET");
    let request = lines
        .iter()
        .fold(request, |request, line| request.header(ACRH, line));
    policy.evaluate(&request).denial()
}

/// The names, each in some case and some of them repeated, in some order, with some white space and
/// empty elements, on some lines.
fn spelled(names: Vec<&'static str>) -> impl Strategy<Value = Vec<String>> {
    let repeated = (
        Just(names.clone()),
        subsequence(names.clone(), 0..=names.len()),
    );
    let repeated = repeated
        .prop_map(|(names, again)| [names, again].concat())
        .prop_shuffle();
    let dressed = repeated.prop_flat_map(|names| {
        let dress = |name: &'static str| {
            let case = any::<bool>().prop_map(move |upper| {
                if upper {
                    name.to_uppercase()
                } else {
                    name.to_lowercase()
                }
            });
            (
                case,
                select(vec!["", " ", "\t ", ",", " , "]),
                select(vec!["", " ", "\t", ","]),
                any::<bool>(),
            )
        };
        names.into_iter().map(dress).collect::<Vec<_>>()
    });
    dressed.prop_map(|elements| {
        let mut lines = vec![String::new()];
        for (name, before, after, new_line) in elements {
            if new_line {
                lines.push(String::new());
            }
            let line = lines.last_mut().unwrap();
            let comma = if line.is_empty() { "" } else { "," };
            line.push_str(&format!("{comma}{before}{name}{after}"));
        }
        lines
    })
}

fn names() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(NAMES.to_vec(), 0..=NAMES.len())
}

proptest! {
    #[test]
    fn spelling_of_requested_headers_does_not_matter(
        (asked, lines) in names().prop_flat_map(|names| (Just(names.clone()), spelled(names))),
        listed in names(),
        any in any::<bool>(),
    ) {
        let star = any.then_some("*");
        let rule = Rule::allow_origins([ORIGIN]).allow_headers(listed.iter().copied().chain(star));
        let policy = Policy::new([rule]).unwrap();
        let allowed = asked.iter().all(|name| listed.contains(name) || (any && *name != "authorization"));
        prop_assert_eq!(denial(&policy, &lines), (!allowed).then_some(Denial::HeaderNotAllowed));
    }

    #[test]
    fn order_of_patterns_does_not_matter(
        (patterns, shuffled) in subsequence(PATTERNS.to_vec(), 1..6)
            .prop_flat_map(|patterns| (Just(patterns.clone()), Just(patterns).prop_shuffle())),
        origin in select(ORIGINS.to_vec()),
    ) {
        let one = Policy::new([Rule::allow_origins(patterns)]).unwrap();
        let other = Policy::new([Rule::allow_origins(shuffled)]).unwrap();
        let request = RequestHeaders::new("GET").header("Origin", origin);
        let (one, other) = (one.evaluate(&request), other.evaluate(&request));
        prop_assert_eq!(one.outcome(), other.outcome());
        prop_assert_eq!(one.pattern(), other.pattern());
        prop_assert_eq!(one.capture(), other.capture());
        prop_assert_eq!(one.headers().collect::<Vec<_>>(), other.headers().collect::<Vec<_>>());
    }
}
