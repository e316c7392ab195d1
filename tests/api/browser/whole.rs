//! A fetch from its preflight to what the page sees, and what is said where it fails.

use cross_origin::browser::{Credentials, Failure, Request, Response};
use cross_origin::{Policy, Rule};

use super::{PAGE, fetch};

fn server(preflight: u16, allow_origin: &'static str) -> impl Fn(&Request) -> Response {
    move |request| {
        let status = if request.method() == "OPTIONS" {
            preflight
        } else {
            200
        };
        Response::new(status).header("Access-Control-Allow-Origin", allow_origin)
    }
}

#[test]
fn failure_names_the_step_and_the_console_message() {
    let failure = |method, preflight, allow_origin| -> Failure {
        let fetch = fetch(PAGE, method, &[]);
        fetch.send_to(server(preflight, allow_origin)).unwrap_err()
    };
    let check = "https://fetch.spec.whatwg.org/#concept-cors-check";

    let actual = failure("GET", 204, "https://other.example");
    assert_eq!(actual.step().to_string(), format!("{check}, step 4"));
    assert_eq!(actual.step().algorithm(), check);
    assert_eq!(actual.step().number(), "4");
    let sentence = "The 'Access-Control-Allow-Origin' header has a value 'https://other.example' \
                    that is not equal to the supplied origin.";
    assert_eq!(actual.console(), sentence);

    let preflight = failure("PUT", 204, "https://other.example");
    assert_eq!(
        preflight.console(),
        format!("Response to preflight request doesn't pass access control check: {sentence}")
    );

    let status = failure("PUT", 404, "*");
    assert_eq!(
        status.step().algorithm(),
        "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0"
    );
    assert_eq!(
        status.console(),
        "Response to preflight request doesn't pass access control check: \
         It does not have HTTP ok status."
    );
}

#[test]
fn preflight_grants() {
    let answer = Response::new(204)
        .header("Access-Control-Allow-Origin", PAGE)
        .header("Access-Control-Allow-Methods", "PUT, patch")
        .header("Access-Control-Allow-Headers", "X-A,*")
        .header("Access-Control-Max-Age", "60");
    let grant = fetch(PAGE, "PUT", &[]).preflight_check(&answer).unwrap();
    assert_eq!(grant.methods(), ["PUT", "patch"]);
    assert_eq!(grant.headers(), ["x-a", "*"]);
    assert_eq!(grant.max_age().as_secs(), 60);
}

#[test]
fn credentials_mode() {
    let fetch = fetch(PAGE, "GET", &[]);
    assert_eq!(fetch.credentials_mode(), Credentials::SameOrigin);
    for mode in [
        Credentials::Omit,
        Credentials::SameOrigin,
        Credentials::Include,
    ] {
        assert_eq!(fetch.clone().credentials(mode).credentials_mode(), mode);
    }
}

#[test]
fn decision_applies_to_a_browser_response() {
    let rules = [Rule::allow_origins([PAGE, "https://other.example"])];
    let policy = Policy::new(rules).unwrap();
    let fetch = fetch(PAGE, "GET", &[]);
    let request = fetch.request();
    let decision = policy.evaluate(&request.request_headers());
    let mut response = Response::new(200)
        .header("Vary", "Origin, Accept-Encoding")
        .header("Access-Control-Allow-Origin", "*");
    decision.apply(&mut response);
    let lines: Vec<_> = response
        .header_list()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_slice()))
        .collect();
    assert_eq!(
        lines,
        [
            ("vary", &b"Origin, Accept-Encoding"[..]),
            ("access-control-allow-origin", PAGE.as_bytes()),
        ]
    );
    assert_eq!(fetch.cors_check(&response), Ok(()));
}

#[test]
fn invalid_response_headers_are_dropped() {
    let response = Response::new(200)
        .header("Access-Control-Allow-Origin", "*\r\nX: y")
        .header("Access Control", "*")
        .header("X-A", "a\0b")
        .header("X-B", " b ");
    assert_eq!(response.header_list(), [("x-b".to_owned(), b"b".to_vec())]);
}
