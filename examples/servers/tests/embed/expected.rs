//! What a response must be, by the policy alone.

use cross_origin::{Policy, RequestHeaders};

use crate::application;
use crate::client::Got;
use crate::table::Asked;

/// Compares the status, every header that CORS is about, and the application's body.
#[track_caller]
pub fn check(server: &str, policy: (&str, &Policy), asked: &Asked, got: &Got) {
    let expected = expected(policy.1, asked);
    let context = format!("{server}, policy of {}: {asked:?}", policy.0);
    assert_eq!(got.status, expected.status, "{context}");
    assert_eq!(
        lines_of_cors(&got.lines),
        lines_of_cors(&expected.lines),
        "{context}"
    );
    if let Some(body) = expected.body {
        assert_eq!(got.body, body.as_bytes(), "{context}");
    }
}

struct Expected {
    status: u16,
    lines: Vec<(String, Vec<u8>)>,
    /// `None` where the framework may say what it likes.
    body: Option<String>,
}

fn expected(policy: &Policy, asked: &Asked) -> Expected {
    let headers = asked.headers.iter();
    let headers = RequestHeaders::new(asked.method).headers(headers);
    let decision = policy.evaluate(&headers);
    if let Some(status) = decision.status() {
        return Expected {
            status,
            lines: owned(decision.headers()),
            body: Some(String::new()),
        };
    }
    if asked.path == "/broken" {
        return Expected {
            status: 500,
            lines: owned(decision.headers()),
            body: None,
        };
    }
    let reply = application::answer(asked.method, asked.path);
    let mut lines = owned(reply.headers.iter().copied());
    decision.apply(&mut lines);
    let is_ours = reply.status < 400 && asked.method != "HEAD";
    Expected {
        status: reply.status,
        lines,
        body: is_ours.then(|| reply.body.concat()),
    }
}

fn owned<'a>(lines: impl Iterator<Item = (&'static str, &'a str)>) -> Vec<(String, Vec<u8>)> {
    lines
        .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
        .collect()
}

/// Lines of one name in their order; frameworks order the names as they like.
fn lines_of_cors(lines: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut lines: Vec<_> = lines.iter().filter(|(name, _)| is_of_cors(name)).collect();
    lines.sort_by_key(|(name, _)| name);
    let lines = lines.into_iter();
    lines
        .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
        .collect()
}

pub fn is_of_cors(name: &str) -> bool {
    name.starts_with("access-control-") || name == "vary" || name == "timing-allow-origin"
}
