//! The CORS check.

use cross_origin::Origin;
use cross_origin::browser::Credentials::{self, Include, Omit, SameOrigin};
use cross_origin::browser::{CheckFailure, Fetch};

use super::{PAGE, allow_origin, fetch, response};

#[test]
fn allow_origin_is_compared_byte_by_byte() {
    let passing: &[(&str, &[&str])] = &[
        (PAGE, &[PAGE]),
        (PAGE, &["*"]),
        (PAGE, &[" \thttps://app.example.com\t "]),
        ("null", &["null"]), // origin-null-iframe
        ("null", &["*"]),    // origin-null-star
        (
            "http://app.example.com:8081",
            &["http://app.example.com:8081"],
        ), // origin-port
        (
            "http://xn--bcher-kva.example:8081",
            &["http://xn--bcher-kva.example:8081"],
        ), // origin-idn
        ("http://[::1]", &["http://[::1]"]), // origin-ipv6-80
    ];
    for (origin, lines) in passing {
        assert_eq!(
            fetch(origin, "GET", &[]).cors_check(&allow_origin(lines)),
            Ok(())
        );
    }
    let failing: &[(&str, &[&str])] = &[
        (PAGE, &["https://app.example.com/"]),
        (PAGE, &["https://app.example.com/path"]),
        (PAGE, &["https://APP.example.com"]),
        (PAGE, &["HTTPS://app.example.com"]),
        (PAGE, &["https://app.example.com:443"]),
        (PAGE, &["https://user@app.example.com"]),
        (PAGE, &["\"https://app.example.com\""]),
        (PAGE, &["https://*.example.com"]),
        (PAGE, &["https://app.example.com, https://other.example"]),
        (PAGE, &["https://app.example.com https://other.example"]),
        (PAGE, &["app.example.com"]),
        (PAGE, &[""]),
        (PAGE, &["null"]),
        (PAGE, &["*, *"]),
        (PAGE, &["*", "*"]),
        (PAGE, &[PAGE, PAGE]),
        (PAGE, &["*", PAGE]),
        ("http://app.example.com:8081", &["http://app.example.com"]),
        ("null", &["NULL"]), // origin-null-upper
        ("null", &["Null"]), // origin-null-Null
        (
            "http://xn--bcher-kva.example:8081",
            &["http://bücher.example:8081"],
        ), // origin-idn-unicode-acao
    ];
    for (origin, lines) in failing {
        let failure = fetch(origin, "GET", &[])
            .cors_check(&allow_origin(lines))
            .unwrap_err();
        assert!(
            matches!(failure, CheckFailure::AllowOriginMismatch { .. }),
            "{failure}"
        );
        assert_eq!(failure.step().number(), "4");
    }
    // origin-null-none
    let none = fetch("null", "GET", &[]).cors_check(&response(200, &[]));
    assert_eq!(none, Err(CheckFailure::AllowOriginMissing));
}

#[test]
fn credentials_require_exactly_true_and_no_wildcard() {
    let table: &[(Credentials, &str, &[&str], bool)] = &[
        (Include, PAGE, &["true"], true),
        (Include, PAGE, &["\t true "], true),
        (Include, PAGE, &["True"], false),
        (Include, PAGE, &["TRUE"], false),
        (Include, PAGE, &["1"], false),
        (Include, PAGE, &[""], false),
        (Include, PAGE, &["true", "true"], false),
        (Include, PAGE, &["true, true"], false),
        (Include, PAGE, &["false"], false),
        (Include, PAGE, &[], false),
        (Include, "*", &["true"], false), // xhr-cred-star
        (Include, "*", &[], false),
        (SameOrigin, "*", &[], true),
        (SameOrigin, PAGE, &[], true),
        (Omit, "*", &["true"], true),
    ];
    for (credentials, origin, lines, passes) in table {
        let response = lines
            .iter()
            .fold(allow_origin(&[origin]), |response, value| {
                response.header("Access-Control-Allow-Credentials", value)
            });
        let fetch = fetch(PAGE, "GET", &[]).credentials(*credentials);
        assert_eq!(
            fetch.cors_check(&response).is_ok(),
            *passes,
            "{origin} {lines:?}"
        );
    }
    let opaque = Fetch::new(&Origin::opaque(), "GET")
        .unwrap()
        .credentials(Include);
    let answer = allow_origin(&["null"]).header("Access-Control-Allow-Credentials", "true");
    assert_eq!(opaque.cors_check(&answer), Ok(()));
}

#[test]
fn cors_check_ignores_the_status() {
    for status in [200, 204, 301, 404, 500] {
        let answer = response(status, &[("Access-Control-Allow-Origin", "*")]);
        assert_eq!(fetch(PAGE, "GET", &[]).cors_check(&answer), Ok(()));
    }
}

#[test]
fn check_failure_messages() {
    let table: &[(&str, &str, &str)] = &[
        (
            "a, b",
            "The 'Access-Control-Allow-Origin' header contains multiple values 'a, b', but only one is allowed.",
            "`Access-Control-Allow-Origin` is `a, b`, not the page's origin",
        ),
        (
            "\x1b[2J",
            "The 'Access-Control-Allow-Origin' header contains the invalid value '\\u{1b}[2J'.",
            "`Access-Control-Allow-Origin` is `\\u{1b}[2J`, not the page's origin",
        ),
    ];
    for (value, console, display) in table {
        let failure = fetch(PAGE, "GET", &[])
            .cors_check(&allow_origin(&[value]))
            .unwrap_err();
        assert_eq!(failure.console(), *console);
        assert_eq!(failure.to_string(), *display);
    }
    let include = fetch(PAGE, "GET", &[]).credentials(Include);
    let failure = include.cors_check(&allow_origin(&[PAGE])).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "the fetch includes credentials, but `Access-Control-Allow-Credentials` is missing"
    );
    assert_eq!(
        failure.console(),
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'."
    );
}
