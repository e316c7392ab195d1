//! Maps and other types as the headers of a response, and the types that requests and rules accept.

use std::collections::BTreeMap;

use cross_origin::{Headers, HeadersFault, Policy, RequestHeaders, Rule, check_headers};

use crate::support::{A, a, from, policy};

type Lines<'a> = &'a [(&'static str, &'static str)];

fn map<M: FromIterator<(String, String)>>(lines: Lines<'_>) -> M {
    let lines = lines.iter();
    lines
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn btree_map_as_request_and_response_headers() {
    let policy = policy([a(), Rule::ask()]);
    let request: BTreeMap<String, String> = map(&[("Origin", A), ("Host", "api.example")]);
    let view = RequestHeaders::new("GET").headers(&request);
    assert_eq!(view, from(A));
    let mut response: BTreeMap<String, String> = map(&[
        ("Vary", "Accept-Encoding"),
        ("Access-Control-Allow-Origin", "*"),
    ]);
    for _ in 0..2 {
        policy.evaluate(&view).apply(&mut response);
        let expected = map(&[
            ("Vary", "Accept-Encoding, origin"),
            ("access-control-allow-origin", A),
        ]);
        assert_eq!(response, expected);
    }
}

#[test]
fn check_headers_passes_the_implementations_of_the_crate() {
    assert_eq!(check_headers(map::<BTreeMap<_, _>>), Ok(()));
    assert_eq!(check_headers(map::<Vec<(String, String)>>), Ok(()));
    #[cfg(feature = "http")]
    {
        assert_eq!(
            check_headers(map::<std::collections::HashMap<_, _>>),
            Ok(())
        );
        let header_map = |lines: Lines<'_>| {
            let lines = lines.iter();
            let lines = lines.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            lines.collect::<http::HeaderMap>()
        };
        assert_eq!(check_headers(header_map), Ok(()));
    }
}

/// Headers with one fault.
struct Faulty {
    lines: Vec<(String, String)>,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    GetByCase,
    VaryReplaced,
    NothingAppended,
    PutFirst,
    NoRoom,
    SetAppends,
    RemoveByCase,
    RemoveAll,
}

impl Headers for Faulty {
    fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
        let exact = self.lines.iter().filter(|(known, _)| known == name);
        match self.fault {
            Fault::GetByCase => exact.for_each(|(_, value)| visit(value.as_bytes())),
            _ => self.lines.get_all(name, visit),
        }
    }
    fn append(&mut self, name: &'static str, value: &str) -> bool {
        match self.fault {
            Fault::VaryReplaced => self.lines.set(name, value),
            Fault::NothingAppended => true,
            Fault::PutFirst => {
                self.lines.insert(0, (name.to_owned(), value.to_owned()));
                true
            }
            _ => Headers::append(&mut self.lines, name, value) && self.fault != Fault::NoRoom,
        }
    }
    fn remove(&mut self, name: &'static str) {
        match self.fault {
            Fault::RemoveByCase => self.lines.retain(|(known, _)| known != name),
            Fault::RemoveAll => self.lines.clear(),
            _ => Headers::remove(&mut self.lines, name),
        }
    }
    fn set(&mut self, name: &'static str, value: &str) -> bool {
        if self.fault != Fault::SetAppends {
            self.remove(name);
        }
        self.append(name, value)
    }
}

#[test]
fn check_headers_finds_faults() {
    let fault = |fault| {
        let result = check_headers(|lines| Faulty {
            lines: map(lines),
            fault,
        });
        result
            .as_ref()
            .map_err(HeadersFault::to_string)
            .unwrap_err()
    };
    for (planted, message) in [
        (
            Fault::GetByCase,
            "`get_all` does not find a name in another case",
        ),
        (
            Fault::VaryReplaced,
            "`append` loses the line of the application",
        ),
        (Fault::NothingAppended, "`append` does not add the line"),
        (
            Fault::PutFirst,
            "`append` doubles a member, or does not add the line at the end",
        ),
        (
            Fault::NoRoom,
            "`append` reports that there is no room in a small response",
        ),
        (
            Fault::SetAppends,
            "`set` does not replace the line that is there",
        ),
        (
            Fault::RemoveByCase,
            "`set` does not replace a line whose name has another case",
        ),
        (Fault::RemoveAll, "another header is lost"),
    ] {
        assert_eq!(fault(planted), message);
    }
}

#[test]
fn request_header_names() {
    let headers = RequestHeaders::NAMES.map(|name| (name, "x"));
    let view = RequestHeaders::new("OPTIONS").headers(&headers);
    assert_eq!(view.kind(), cross_origin::RequestKind::Preflight);
    assert_eq!(RequestHeaders::NAMES[2], "access-control-request-headers");
}

#[test]
fn methods_of_any_type() {
    let view = RequestHeaders::new("PUT");
    assert_eq!(RequestHeaders::new(&String::from("PUT")), view);
    assert_eq!(RequestHeaders::new(b"PUT"), view);
    assert_eq!(RequestHeaders::new(&b"PUT"[..]), view);
    assert_eq!(RequestHeaders::new(&b"PUT".to_vec()), view);
    assert_eq!(RequestHeaders::new(&"PUT"), view);
    #[cfg(feature = "http")]
    assert_eq!(RequestHeaders::new(&http::Method::PUT), view);
}

#[test]
fn one_rule_is_a_policy() {
    assert_eq!(Policy::new(a()), Policy::new([a()]));
}

#[test]
#[cfg(feature = "http")]
fn rule_of_http_types() {
    use http::{Method, header};
    let typed = a()
        .allow_methods([Method::PUT])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::ETAG]);
    let text = a()
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .expose_headers(["etag"]);
    assert_eq!(typed, text);
}
