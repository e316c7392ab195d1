//! Whatever a request says, its explanation can be logged, stays within its bounds, and claims nothing
//! that the policy does not do.
#![no_main]

use std::sync::LazyLock;

use cross_origin::advice::explain::NearestMiss;
use cross_origin::limits::{MAX_EXPLANATION_LEN, MAX_SHORT_EXPLANATION_LEN};
use cross_origin::{Origin, Policy, PolicyBuilder, RequestHeaders};
use libfuzzer_sys::fuzz_target;

const POLICIES: [&str; 4] = [
    r#"{"rules":[{"allow_origins":["https://app.example.com","https://*.example.org",
        "https://app-*-team.example.net","http://localhost:{3000,5173}","https://www.example.info:*"],
        "allow_credentials":true,"allow_methods":["PUT","PATCH"],"allow_headers":["x-api-key"]},
        {"allow_origins":["https://*.example.com"],"allow_methods":"*","allow_headers":"*"}]}"#,
    r#"{"rules":[{"allow_origins":["null"]},{"allow_origins":"ask","allow_credentials":true},
        {"allow_origins":["http://127.0.0.1:8080","http://[::1]","tauri://localhost","app://"]}]}"#,
    r#"{"allow_origins":["https://app.example.com."]}"#,
    r#"{"allow_origins":"*","allow_methods":"*","allow_headers":["*","authorization"]}"#,
];

static BUILT: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let read = |text| serde_json::from_str::<PolicyBuilder>(text).unwrap();
    POLICIES.map(|text| read(text).build().unwrap()).into()
});

// The method, then one header per line: `o`, `m` or `h` is its name, the rest its value.
fuzz_target!(|data: &[u8]| {
    let mut lines = data.split(|&byte| byte == b'\n');
    let request = RequestHeaders::new(lines.next().unwrap_or_default());
    let request = lines.fold(request, |request, line| match line.split_first() {
        Some((b'o', value)) => request.header("origin", value),
        Some((b'm', value)) => request.header("access-control-request-method", value),
        Some((b'h', value)) => request.header("access-control-request-headers", value),
        _ => request,
    });
    BUILT.iter().for_each(|policy| check(policy, &request));
});

fn check(policy: &Policy, request: &RequestHeaders<'_>) {
    let decision = policy.evaluate(request);
    let explanation = decision.explain(request);
    assert_eq!(explanation.denial(), decision.denial());

    let console = explanation.console().unwrap_or_default();
    for line in [explanation.short().to_string(), console] {
        assert!(line.len() <= MAX_SHORT_EXPLANATION_LEN, "{line:?}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    let long = explanation.to_string();
    assert!(long.len() <= MAX_EXPLANATION_LEN, "{long:?}");
    assert!(
        !long.lines().any(|line| line.contains(char::is_control)),
        "{long:?}"
    );

    match explanation.nearest() {
        Some(
            NearestMiss::Origin { allowed, rule, .. } | NearestMiss::Spelling { allowed, rule },
        ) => {
            assert_eq!(rule_for(policy, allowed), Some(*rule), "{allowed}");
        }
        Some(NearestMiss::Asks { rule }) => {
            assert_eq!(policy.lookup(request).unwrap().rule_index(), *rule);
        }
        Some(_) => assert!(decision.denial().is_some()),
        None => {}
    }
}

fn rule_for(policy: &Policy, origin: &Origin) -> Option<usize> {
    let request = RequestHeaders::new("GET").header("origin", origin.as_str());
    policy.evaluate(&request).rule_index()
}
