//! Lints of origins: what they look at, and what they suggest where the obvious would break a policy.

use std::time::Duration;

use cross_origin::advice::fix::EditValue;
use cross_origin::advice::lint::{Lint, LintKind};
use cross_origin::{Policy, PolicyBuilder, Rule};

use LintKind as K;

use crate::support::{a, origins, policy};

/// The kinds of lints of a rule of these, with credentials or without, and where they are.
#[track_caller]
fn kinds(rule: Rule) -> Vec<(usize, &'static str)> {
    kinds_of(&policy([rule]))
}

fn kinds_of(policy: &Policy) -> Vec<(usize, &'static str)> {
    let place = |lint: &Lint| (lint.entry_index().unwrap(), lint.kind().as_str());
    policy.lints().iter().map(place).collect()
}

#[track_caller]
fn suggested(policy: &Policy, kind: LintKind) -> Option<String> {
    let lints = policy.lints();
    let lint = lints
        .iter()
        .find(|lint| lint.kind() == kind)
        .unwrap_or_else(|| panic!("{kind}"));
    if let Some(suggestion) = lint.suggestion() {
        let mut builder = policy.to_builder();
        suggestion.apply(&mut builder);
        let changed = builder
            .build()
            .unwrap_or_else(|problems| panic!("{problems}"));
        assert!(!changed.lints().contains(lint), "{lint}");
    }
    lint.suggestion().map(ToString::to_string)
}

// ---------------------------------------------------------------- what is suggested

#[test]
fn removing_the_last_origin_removes_the_rule() {
    let null = || origins(&["null"]);
    let a = || origins(&["https://a.example"]);
    let delete_rule = |rule| Some(format!("delete `rules[{rule}]`"));
    assert_eq!(
        suggested(&policy([null(), a()]), K::NullAllowed),
        delete_rule(0)
    );
    assert_eq!(
        suggested(&policy([a(), null()]), K::NullAllowed),
        delete_rule(1)
    );
    assert_eq!(suggested(&policy([null()]), K::NullAllowed), None);
    // What else the rule has never decides.
    let local = origins(&["https://a.example", "http://localhost"]).allow_credentials();
    let policy = policy([a(), local]);
    assert_eq!(
        suggested(&policy, K::LoopbackWithCredentials),
        delete_rule(1)
    );
}

#[test]
fn replacement_origin_is_added_only_if_missing() {
    let rules = |lists: &[&[&str]]| policy(lists.iter().map(|list| origins(list)));
    let replaced = |with, rule, entry| {
        Some(format!(
            "replace `rules[{rule}].allow_origins[{entry}]` with `{with}`"
        ))
    };
    let deleted = |rule, entry| Some(format!("delete `rules[{rule}].allow_origins[{entry}]`"));
    let (a, b) = ("https://a.example", "https://b.example");
    let kind = K::UnsentScheme;

    assert_eq!(
        suggested(&rules(&[&["wss://a.example"]]), kind),
        replaced(a, 0, 0)
    );
    assert_eq!(
        suggested(
            &rules(&[&[b, "wss://a.example"], &["https://c.example"]]),
            kind
        ),
        replaced(a, 0, 1)
    );
    // in the same rule, in one above, in one below
    assert_eq!(
        suggested(&rules(&[&[a, "wss://a.example"]]), kind),
        deleted(0, 1)
    );
    assert_eq!(
        suggested(&rules(&[&[a], &["wss://a.example", b]]), kind),
        deleted(1, 0)
    );
    assert_eq!(
        suggested(&rules(&[&[b, "wss://a.example"], &[a]]), kind),
        deleted(0, 1)
    );
    assert_eq!(
        suggested(&rules(&[&["wss://a.example"], &[a]]), kind),
        Some("delete `rules[0]`".into())
    );
    // A wildcard could take the place of a rule below.
    let wildcard = "https://*.a.example";
    assert_eq!(
        suggested(
            &rules(&[&[b, "wss://*.a.example"], &["https://c.a.example"]]),
            kind
        ),
        deleted(0, 1)
    );
    assert_eq!(
        suggested(&rules(&[&[b], &["wss://*.a.example"]]), kind),
        replaced(wildcard, 1, 0)
    );
}

#[test]
fn suggestion_never_makes_a_policy_unsafe() {
    let rule = || origins(&["https://a.example", "htp://b.example"]).allow_credentials();
    let kind = K::MisspelledScheme;
    let deleted = Some("delete `rules[0].allow_origins[1]`".to_owned());
    assert_eq!(suggested(&policy([rule()]), kind), deleted);
    let insecure = PolicyBuilder::new([rule()]).dangerously_allow_insecure_origins();
    let replaced = Some("replace `rules[0].allow_origins[1]` with `http://b.example`".to_owned());
    assert_eq!(suggested(&insecure.build().unwrap(), kind), replaced);
}

#[test]
fn suggestion_for_another_policy_does_not_apply() {
    let linted = policy([
        a(),
        origins(&["https://a.example", "http://b.example", "https://b.example"])
            .allow_methods(["GET", "patch"])
            .allow_headers(["*"])
            .max_age(Duration::from_secs(10_000))
            .timing_allow_origin(),
        origins(&["https://a.example:{443,8443}", "wss://c.example"]).allow_methods(["GET"]),
    ]);
    let lints = linted.lints();
    assert!(lints.len() > 7, "{lints:?}");
    let ask = || PolicyBuilder::new([Rule::ask()]);
    for lint in &lints {
        let mut changed = ask();
        if let Some(suggestion) = lint.suggestion() {
            suggestion.apply(&mut changed);
        }
        assert_eq!(changed, ask(), "{lint}");
    }
}

// ---------------------------------------------------------------- schemes

#[test]
fn misspelled_schemes() {
    let meant = |scheme: &str| {
        let lints = policy([origins(&[&format!("{scheme}://a.example")])]).lints();
        let lint = lints
            .into_iter()
            .find(|lint| lint.kind() == K::MisspelledScheme)?;
        match lint.suggestion() {
            Some(edit) => match edit.values() {
                [EditValue::Text(with)] => Some(with.clone()),
                other => panic!("{other:?}"),
            },
            None => panic!("{lint}"),
        }
    };
    let https = Some("https://a.example".to_owned());
    let http = Some("http://a.example".to_owned());
    // one letter less, more, other; two that changed places
    for scheme in [
        "htps", "ttps", "httpss", "hhttps", "htttps", "httpz", "xttps", "htpps", "hptts", "httsp",
        "thtps", "httpx",
    ] {
        let away_twice = scheme == "hptts";
        assert_eq!(
            meant(scheme),
            if away_twice { None } else { https.clone() },
            "{scheme}"
        );
    }
    for scheme in ["htp", "ttp", "htttp", "hxtp", "thtp", "htpt"] {
        assert_eq!(meant(scheme), http, "{scheme}");
    }
    for scheme in [
        "tps",
        "h",
        "app",
        "tauri",
        "capacitor",
        "httpsss",
        "hxxps",
        "ionic",
    ] {
        assert_eq!(meant(scheme), None, "{scheme}");
    }
}

#[test]
fn misspelled_scheme_without_a_valid_correction_is_removed() {
    let policy = policy([origins(&["https://a.example", "htps://*"])]);
    let deleted = Some("delete `rules[0].allow_origins[1]`".to_owned());
    assert_eq!(suggested(&policy, K::MisspelledScheme), deleted);
}

#[test]
fn websocket_schemes() {
    for (text, instead) in [
        ("ws://a.example", "https://a.example"),
        ("ws://a.example:8080", "https://a.example:8080"),
        ("wss://*.a.example:*", "https://*.a.example:*"),
        ("wss://[::2]:{1-9}", "https://[::2]:{1-9}"),
        ("ftp://a.example", "https://a.example"),
        // a page under development
        ("ws://localhost:3000", "http://localhost:3000"),
        ("ws://127.0.0.1", "http://127.0.0.1"),
        ("wss://localhost:3000", "https://localhost:3000"),
    ] {
        let policy = policy([origins(&[text])]);
        let replaced = Some(format!(
            "replace `rules[0].allow_origins[0]` with `{instead}`"
        ));
        assert_eq!(suggested(&policy, K::UnsentScheme), replaced);
    }
}

// ---------------------------------------------------------------- trust

#[test]
fn loopback_hosts_may_use_http() {
    for (text, fires) in [
        ("http://localhost", true),
        ("https://localhost", true),
        ("http://localhost:*", true),
        ("http://127.0.0.1:{3000,8080}", true),
        ("http://127.1.2.3", true),
        ("http://[::1]", true),
        ("http://[::1]:5173", true),
        ("http://a.localhost", true),
        ("https://localhost.example", false),
        ("https://127.0.0.1.example", false),
        ("capacitor://localhost", false),
        ("https://a.example", false),
    ] {
        let lints = kinds(origins(&[text]).allow_credentials());
        let expected: &[_] = if fires {
            &[(0, "loopback-with-credentials")]
        } else {
            &[]
        };
        assert_eq!(lints, expected, "{text}");
    }
    if cfg!(feature = "psl") {
        let below = kinds(origins(&["http://*.localhost:3000"]).allow_credentials());
        assert_eq!(below, [(0, "loopback-with-credentials")]);
    }
}

#[test]
fn http_origin_together_with_its_https_origin() {
    let twin = [(1, "insecure-twin")];
    for texts in [
        ["https://a.example", "http://a.example"],
        ["https://a.example:8080", "http://a.example:8080"],
        ["https://a.example:*", "http://a.example:8080"],
        ["https://192.168.1.1", "http://192.168.1.1"],
    ] {
        assert_eq!(kinds(origins(&texts)), twin, "{texts:?}");
    }
    for texts in [
        ["https://a.example", "http://a.example:8080"],
        ["https://localhost", "http://localhost"],
        ["https://[::1]", "http://[::1]"],
        ["wss://a.example", "http://a.example"],
    ] {
        let lints = kinds(origins(&texts));
        assert!(!lints.contains(&twin[0]), "{texts:?}");
    }
}

#[test]
fn any_host_of_an_extension_scheme_has_no_lint() {
    for scheme in ["moz-extension", "safari-web-extension", "vscode-webview"] {
        assert_eq!(kinds(origins(&[&format!("{scheme}://*")])), []);
    }
    assert_eq!(kinds(origins(&["app://*"])), [(0, "any-host")]);
    assert_eq!(kinds(origins(&["app://x"])), []);
    let dangerous = PolicyBuilder::new([origins(&["app://*"]).allow_credentials()]);
    let policy = dangerous.dangerously_allow_any_host().build().unwrap();
    assert_eq!(kinds_of(&policy), []);
}

#[cfg(feature = "psl")]
#[test]
fn wildcards_over_public_suffixes() {
    for text in [
        "https://*.vercel.app",
        "https://app-*-team.vercel.app",
        "http://*.github.io:*",
        "https://*.co.uk",
        "https://*.amazonaws.com",
        "https://*.intranet",
    ] {
        assert_eq!(
            kinds(origins(&[text])),
            [(0, "public-suffix-wildcard")],
            "{text}"
        );
    }
    for text in [
        "https://*.example.com",
        "https://*.team.vercel.app",
        "http://*.localhost",
    ] {
        assert_eq!(kinds(origins(&[text])), [], "{text}");
    }
    let builder = PolicyBuilder::new([origins(&["https://*.vercel.app"]).allow_credentials()]);
    let dangerous = builder.dangerously_allow_public_suffixes().build().unwrap();
    assert_eq!(kinds_of(&dangerous), []);
}

#[cfg(not(feature = "psl"))]
#[test]
fn wildcards_over_public_suffixes_need_the_list() {
    assert_eq!(kinds(origins(&["https://*.vercel.app"])), []);
}

#[test]
fn networks_without_credentials() {
    let kinds_of_network = |network: &str| kinds(origins(&["https://a.example", network]));
    let private = vec![(1, "network-allowed")];
    let public = vec![(1, "public-network")];
    for (network, expected) in [
        ("https://10.0.0.0/8", &private),
        ("https://172.16.0.0/12:*", &private),
        ("https://100.64.0.0/10", &private),
        ("https://169.254.0.0/16", &private),
        ("https://192.168.0.0/16", &private),
        ("https://192.168.1.0/30", &private),
        ("https://[fc00::/7]", &private),
        ("https://[fd00:1::/64]", &private),
        ("https://[fe80::/10]", &private),
        ("https://[2001:db8::/32]", &private),
        ("https://10.0.0.0/7", &public),
        ("https://172.0.0.0/8", &public),
        ("https://192.168.0.0/15", &public),
        ("https://8.8.8.8/31", &public),
        ("https://0.0.0.0/0", &public),
        ("https://[::/0]", &public),
        ("https://[2606:4700::/48]", &public),
        ("https://127.0.0.0/8", &vec![]),
        ("https://127.1.0.0/16:*", &vec![]),
        ("https://126.0.0.0/7", &public),
    ] {
        assert_eq!(&kinds_of_network(network), expected, "{network}");
    }
    // The hatch is in the policy, and loopback has a lint of its own.
    let builder = PolicyBuilder::new([origins(&["https://10.0.0.0/8"]).allow_credentials()]);
    let policy = builder.dangerously_allow_networks().build().unwrap();
    assert_eq!(kinds_of(&policy), []);
    let loopback = origins(&["http://127.0.0.0/8:*"]).allow_credentials();
    assert_eq!(kinds(loopback), [(0, "loopback-with-credentials")]);
}

#[test]
fn network_of_an_insecure_or_unsent_scheme() {
    let twins = origins(&["https://10.0.0.0/8", "http://10.1.0.0/16"]);
    assert!(kinds(twins).contains(&(1, "insecure-twin")));
    let socket = policy([origins(&["https://a.example", "ws://10.0.0.0/8:*"])]);
    assert_eq!(
        suggested(&socket, K::UnsentScheme).as_deref(),
        Some("replace `rules[0].allow_origins[1]` with `https://10.0.0.0/8:*`")
    );
}

#[test]
fn file_origin_needs_a_rule_for_null() {
    let file = || origins(&["file://", "https://a.example"]);
    let lints = |rules: &[Rule]| {
        let lints = policy(rules.iter().cloned()).lints();
        lints
            .iter()
            .filter(|lint| lint.kind() == K::FileWithoutNull)
            .count()
    };
    assert_eq!(lints(&[file()]), 1);
    assert_eq!(lints(&[Rule::ask(), file()]), 1);
    assert_eq!(lints(&[file(), origins(&["null"])]), 0);
    assert_eq!(lints(&[origins(&["null"]), file()]), 0);
    assert_eq!(lints(&[file(), Rule::allow_any_origin()]), 0);
}
