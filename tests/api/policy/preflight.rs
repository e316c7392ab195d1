//! What a preflight may ask for: methods, header names, `*`, caps.

use cross_origin::limits::MAX_METHOD_LEN;
use cross_origin::{Denial, Policy, PolicyBuilder, RequestHeaders, Rule};

use crate::support::{APP, lines, policy, preflight, preflight_for};

const ACRH: &str = "Access-Control-Request-Headers";

/// Dynamic, so that nothing is fixed.
fn rule() -> Rule {
    Rule::allow_origins([APP, "https://other.example"])
}

#[track_caller]
fn denial(policy: &Policy, request: &RequestHeaders<'_>) -> Option<Denial> {
    policy.evaluate(request).denial()
}

#[track_caller]
fn value(policy: &Policy, request: &RequestHeaders<'_>, name: &str) -> Vec<String> {
    let decision = policy.evaluate(request);
    let named = decision.headers().filter(|(there, _)| *there == name);
    named.map(|(_, value)| value.to_owned()).collect()
}

// --- Methods --------------------------------------------------------------------------------------

#[test]
fn allowed_methods() {
    let listed = policy([rule().allow_methods(["put", "PATCH", "Egg", "QUERY"])]);
    let longest = "X".repeat(MAX_METHOD_LEN);
    let too_long = "X".repeat(MAX_METHOD_LEN + 1);
    let table: [(&str, Option<Denial>); 21] = [
        // always allowed
        ("GET", None),
        ("HEAD", None),
        ("POST", None),
        // listed; `put` was upper-cased as browsers do
        ("PUT", None),
        ("PATCH", None),
        ("Egg", None),
        ("QUERY", None),
        // case counts
        ("put", Some(Denial::MethodNotAllowed)),
        ("patch", Some(Denial::MethodNotAllowed)),
        ("EGG", Some(Denial::MethodNotAllowed)),
        ("get", Some(Denial::MethodNotAllowed)),
        // not listed
        ("DELETE", Some(Denial::MethodNotAllowed)),
        ("OPTIONS", Some(Denial::MethodNotAllowed)),
        ("*", Some(Denial::MethodNotAllowed)),
        (&longest, Some(Denial::MethodNotAllowed)),
        // no methods
        (&too_long, Some(Denial::MethodMalformed)),
        ("", Some(Denial::MethodMalformed)),
        ("PUT ", Some(Denial::MethodMalformed)),
        ("GET, DELETE", Some(Denial::MethodMalformed)),
        ("P\u{dc}T", Some(Denial::MethodMalformed)),
        ("PUT\r\nX: y", Some(Denial::MethodMalformed)),
    ];
    for (method, expected) in table {
        assert_eq!(
            denial(&listed, &preflight(APP, method)),
            expected,
            "{method:?}"
        );
    }
    let twice = preflight(APP, "PUT").header("access-control-request-method", "PUT");
    assert_eq!(denial(&listed, &twice), Some(Denial::MethodMalformed));
    assert_eq!(
        value(
            &listed,
            &preflight(APP, "GET"),
            "access-control-allow-methods"
        ),
        ["PUT,PATCH,Egg,QUERY"]
    );
}

#[test]
fn any_method() {
    let any = policy([rule().allow_methods(["*"])]);
    let beside = policy([rule().allow_methods(["PUT", "*"]).allow_credentials()]);
    // method, covered
    let table = [
        ("PUT", true),
        ("CHICKEN", true),
        ("patch", true),
        ("GET", true),
        // never covered
        ("*", false),
        ("CONNECT", false),
        ("trace", false),
        ("Track", false),
    ];
    for (method, covered) in table {
        let request = preflight(APP, method);
        let expected = (!covered).then_some(Denial::MethodNotAllowed);
        assert_eq!(denial(&any, &request), expected, "{method}");
        assert_eq!(denial(&beside, &request), expected, "{method}");
        // without credentials `*`; with credentials the one that is asked for, if it is covered
        let name = "access-control-allow-methods";
        assert_eq!(value(&any, &request, name), ["*"], "{method}");
        let echoed: &[&str] = if covered { &[method] } else { &[] };
        assert_eq!(value(&beside, &request, name), echoed, "{method}");
    }
}

// --- Field names ------------------------------------------------------------------------------------

#[test]
fn allowed_headers() {
    let listed = policy([rule().allow_headers(["Content-Type", "X-A", "x-b", "X-a"])]);
    let table: [(&str, Option<Denial>); 18] = [
        // any order, case, repeats, white space, empty elements
        ("content-type", None),
        ("x-b,x-a,content-type", None),
        ("X-A,CONTENT-TYPE", None),
        ("x-a,x-a,x-a", None),
        (" \tx-a\t , ,,x-b ,", None),
        ("", None),
        (",,,", None),
        // not listed
        ("x-c", Some(Denial::HeaderNotAllowed)),
        ("x-a,authorization", Some(Denial::HeaderNotAllowed)),
        ("*", Some(Denial::HeaderNotAllowed)),
        ("x-a-", Some(Denial::HeaderNotAllowed)),
        // CORS-safelisted ones are only asked for where their value is not: they need listing too
        ("accept", Some(Denial::HeaderNotAllowed)),
        // no names
        ("x-a x-b", Some(Denial::HeadersMalformed)),
        ("x-a;x-b", Some(Denial::HeadersMalformed)),
        ("x-\u{e4}", Some(Denial::HeadersMalformed)),
        ("\"x-a\"", Some(Denial::HeadersMalformed)),
        // malformed anywhere comes before not allowed
        ("x-c,@", Some(Denial::HeadersMalformed)),
        ("x-a\r\nx-b", Some(Denial::HeadersMalformed)),
    ];
    for (names, expected) in table {
        let request = preflight_for(APP, "GET", names);
        assert_eq!(denial(&listed, &request), expected, "{names:?}");
        assert_eq!(
            value(&listed, &request, "access-control-allow-headers"),
            ["content-type,x-a,x-b"],
            "{names:?}"
        );
    }
    let request = preflight_for(APP, "GET", "x-a,X-C,x-d");
    assert_eq!(listed.evaluate(&request).denied_header(), Some("X-C"));
    let denied = listed.evaluate(&request).to_owned();
    assert_eq!(denied.denied_header(), Some("X-C"));
}

#[test]
fn requested_headers_on_several_lines() {
    let listed = policy([rule().allow_headers(["x-a", "x-b"])]);
    let split = preflight_for(APP, "GET", "x-a").header(ACRH, "x-b");
    assert_eq!(denial(&listed, &split), None);
    let second = preflight_for(APP, "GET", "x-a").header(ACRH, "x-c");
    assert_eq!(denial(&listed, &second), Some(Denial::HeaderNotAllowed));
    // sixteen lines are kept
    let sixteen = (0..16).fold(preflight(APP, "GET"), |request, _| {
        request.header(ACRH, "x-a")
    });
    assert_eq!(denial(&listed, &sixteen), None);
    let seventeen = sixteen.header(ACRH, "x-a");
    assert_eq!(denial(&listed, &seventeen), Some(Denial::HeadersTooLong));
}

#[test]
fn any_header() {
    let any = policy([rule().allow_headers(["*"])]);
    let any_auth = policy([rule().allow_headers(["*", "Authorization", "X-Other"])]);
    let echo = policy([rule().allow_headers(["*"]).allow_credentials()]);
    let echo_auth = policy([rule()
        .allow_headers(["authorization", "*"])
        .allow_credentials()]);
    // names, covered by `*`, covered with `authorization` beside it
    let table = [
        ("x-a", true, true),
        ("x-a, X-B", true, true),
        ("x-method-override", true, true),
        ("authorization", false, true),
        ("x-a,Authorization", false, true),
        // never covered
        ("*", false, false),
        ("cookie", false, false),
        ("Sec-Fetch-Site", false, false),
        ("proxy-x", false, false),
        ("host", false, false),
    ];
    let name = "access-control-allow-headers";
    for (names, alone, beside) in table {
        let request = preflight_for(APP, "GET", names);
        let denied = |covered: bool| (!covered).then_some(Denial::HeaderNotAllowed);
        assert_eq!(denial(&any, &request), denied(alone), "{names}");
        assert_eq!(denial(&echo, &request), denied(alone), "{names}");
        assert_eq!(denial(&any_auth, &request), denied(beside), "{names}");
        assert_eq!(denial(&echo_auth, &request), denied(beside), "{names}");
        assert_eq!(value(&any, &request, name), ["*"], "{names}");
        assert_eq!(
            value(&any_auth, &request, name),
            ["*,authorization"],
            "{names}"
        );
        // with credentials: as sent, if all is covered, else nothing
        let echoed = |covered: bool| {
            if covered {
                vec![names.to_owned()]
            } else {
                vec![]
            }
        };
        assert_eq!(value(&echo, &request, name), echoed(alone), "{names}");
        assert_eq!(value(&echo_auth, &request, name), echoed(beside), "{names}");
    }
    // several lines are answered on several lines; none where none was asked for
    let two = preflight_for(APP, "GET", "x-a,\tx-b").header(ACRH, "x-c");
    assert_eq!(value(&echo, &two, name), ["x-a,\tx-b", "x-c"]);
    assert!(value(&echo, &preflight(APP, "GET"), name).is_empty());
    assert!(value(&echo, &preflight_for(APP, "GET", "x-a,@"), name).is_empty());
}

#[test]
fn echoed_headers_are_in_vary() {
    let vary = |policy: &Policy| value(policy, &preflight(APP, "GET"), "vary");
    let echo = policy([rule().allow_headers(["*"]).allow_credentials()]);
    let all = "origin,access-control-request-method,access-control-request-headers";
    assert_eq!(vary(&echo), [all]);
    // some rule is enough, and every response to `OPTIONS` has it
    let below = policy([
        Rule::allow_origins(["https://first.example"]),
        rule().allow_headers(["*"]).allow_credentials(),
    ]);
    assert_eq!(
        value(&below, &RequestHeaders::new("OPTIONS"), "vary"),
        [all]
    );
    assert_eq!(
        value(&below, &RequestHeaders::new("GET"), "vary"),
        ["origin"]
    );
    let two = "origin,access-control-request-method";
    assert_eq!(vary(&policy([rule().allow_headers(["*"])])), [two]);
    assert_eq!(
        vary(&policy([rule().allow_methods(["*"]).allow_credentials()])),
        [two]
    );
}

// --- Caps -------------------------------------------------------------------------------------------

#[test]
fn request_limits() {
    let any = policy([rule().allow_headers(["*"])]);
    let names = |count: usize| vec!["x"; count].join(",");
    let long = |len: usize| "x".repeat(len);
    let table: [(String, Option<Denial>); 9] = [
        (names(128), None),
        (names(129), Some(Denial::HeadersTooLong)),
        (long(8192), None),
        (long(8193), Some(Denial::HeadersTooLong)),
        // commas and white space count
        (",".repeat(8192), None),
        (",".repeat(8193), Some(Denial::HeadersTooLong)),
        (format!("{:8192}", "x"), None),
        (format!("{:8193}", "x"), Some(Denial::HeadersTooLong)),
        // too long comes before malformed
        (format!("@,{}", names(128)), Some(Denial::HeadersTooLong)),
    ];
    for (value, expected) in table {
        let request = preflight_for(APP, "GET", &value);
        assert_eq!(denial(&any, &request), expected, "{} bytes", value.len());
        // refused unread, and the lists of the answer stay as they are
        assert!(lines(&any.evaluate(&request)).contains(&"access-control-allow-headers: *".into()));
    }
    // over all lines together
    let (half, half_and_one) = (long(4096), long(4097));
    let whole = preflight_for(APP, "GET", &half).header(ACRH, &half);
    assert_eq!(denial(&any, &whole), None);
    let more = preflight_for(APP, "GET", &half).header(ACRH, &half_and_one);
    assert_eq!(denial(&any, &more), Some(Denial::HeadersTooLong));
    let (many, one) = (names(128), names(1));
    let more = preflight_for(APP, "GET", &many).header(ACRH, &one);
    assert_eq!(denial(&any, &more), Some(Denial::HeadersTooLong));
    // an echo repeats nothing that was not read
    let echo = policy([rule().allow_headers(["*"]).allow_credentials()]);
    let decision = echo.evaluate(&more);
    assert!(
        !decision
            .headers()
            .any(|(name, _)| name == "access-control-allow-headers")
    );
}

// --- The order of reasons ---------------------------------------------------------------------------

#[test]
fn first_denial_in_the_order_of_fetch() {
    let none = policy([rule()]);
    let evil = "https://evil.example";
    let table = [
        (preflight_for(evil, "@", "@"), Denial::OriginNotAllowed),
        (preflight_for("null", "@", "@"), Denial::OriginNull),
        (preflight_for("@", "@", "@"), Denial::OriginMalformed),
        (preflight_for(APP, "@", "@"), Denial::MethodMalformed),
        (preflight_for(APP, "PUT", "@"), Denial::MethodNotAllowed),
        (preflight_for(APP, "GET", "@,x-a"), Denial::HeadersMalformed),
        (preflight_for(APP, "GET", "x-a"), Denial::HeaderNotAllowed),
    ];
    for (request, expected) in table {
        assert_eq!(denial(&none, &request), Some(expected), "{request:?}");
    }
    let decision = none.evaluate(&table_request());
    assert_eq!(decision.denied_header(), None, "the method is the reason");
}

fn table_request() -> RequestHeaders<'static> {
    preflight_for(APP, "PUT", "x-a")
}

// --- Two origins ------------------------------------------------------------------------------------

#[test]
fn repeated_origin_header_is_malformed() {
    let one = policy([rule()]);
    let twice = preflight(APP, "GET").header("origin", APP);
    assert_eq!(denial(&one, &twice), Some(Denial::OriginMalformed));
    let actual = RequestHeaders::new("GET")
        .header("Origin", APP)
        .header("ORIGIN", APP);
    assert_eq!(denial(&one, &actual), Some(Denial::OriginMalformed));
    // `*` repeats nothing of it
    let any = policy([rule().allow_credentials(), Rule::allow_any_origin()]);
    let decision = any.evaluate(&twice);
    assert_eq!((decision.denial(), decision.rule_index()), (None, Some(1)));
}

// --- The status ---------------------------------------------------------------------------------------

#[test]
fn preflight_status() {
    let ok = PolicyBuilder::new([rule()])
        .preflight_status(200)
        .build()
        .unwrap();
    let status = |origin, method| ok.evaluate(&preflight(origin, method)).status();
    assert_eq!(status(APP, "GET"), Some(200));
    assert_eq!(status(APP, "DELETE"), Some(200));
    assert_eq!(status("https://evil.example", "GET"), Some(403));
}

#[test]
fn all_denied_headers_are_returned_and_none_is_repeated() {
    let policy = policy([Rule::allow_origins([APP])
        .allow_credentials()
        .allow_headers(["*"])]);
    let asks = |names| preflight_for(APP, "GET", names);
    let request = asks("x-a, Authorization").header("Access-Control-Request-Headers", "cookie,x-b");
    let decision = policy.evaluate(&request);
    assert_eq!(decision.denial(), Some(Denial::HeaderNotAllowed));
    let denied: Vec<_> = decision.denied_headers().collect();
    assert_eq!(denied, ["Authorization", "cookie"]);
    assert!(decision.to_owned().denied_headers().eq(denied));
    assert!(
        decision
            .headers()
            .all(|(name, _)| name != "access-control-allow-headers")
    );
    let decision = policy.evaluate(&asks("x-a"));
    assert_eq!(decision.denied_headers().count(), 0);
    assert!(
        decision
            .headers()
            .any(|line| line == ("access-control-allow-headers", "x-a"))
    );
    // Another reason.
    let request = asks("cookie, x y");
    assert_eq!(policy.evaluate(&request).denied_headers().count(), 0);
}
