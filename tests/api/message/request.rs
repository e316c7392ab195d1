//! The view of a request: what it takes of the headers, and from what.

use cross_origin::{Header, RequestHeaders, RequestKind};

const ORIGIN: &str = "https://app.example";

fn whole<'a>() -> RequestHeaders<'a> {
    RequestHeaders::new("OPTIONS")
        .header("origin", ORIGIN)
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "x-a")
}

#[test]
fn header_names_are_case_insensitive() {
    let upper = RequestHeaders::new("OPTIONS")
        .header("ORIGIN", ORIGIN)
        .header("Access-Control-Request-Method", "PUT")
        .header("ACCESS-control-REQUEST-headers", "x-a");
    assert_eq!(upper, whole());
}

#[test]
fn other_headers_are_ignored() {
    let others = [
        ("cookie", "of as many letters as `origin`"),
        ("x-rather-long-field-name-of-29", "30 letters"),
        ("x-rather-long-fieldname-of-29", "29 letters"),
        ("", ""),
        ("origins", ORIGIN),
        ("x-origin", ORIGIN),
        ("access-control-allow-origin", "*"),
    ];
    assert_eq!(whole().headers(&others), whole());
    let none = RequestHeaders::new("GET").headers(&others);
    assert_eq!(none, RequestHeaders::new("GET"));
    assert_eq!(none.kind(), RequestKind::NotCors);
}

/// As some parsers have it.
struct Line<'b> {
    name: &'b str,
    value: &'b [u8],
}

impl<'b> Header<'b> for Line<'b> {
    fn name(&self) -> &'b [u8] {
        self.name.as_bytes()
    }
    fn value(&self) -> &'b [u8] {
        self.value
    }
}

#[test]
fn headers_from_pairs_and_own_types() {
    let names = [
        "Origin",
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
    ];
    let values = [ORIGIN, "PUT", "x-a"];
    let view = || RequestHeaders::new(b"OPTIONS");

    let texts: Vec<(&str, &str)> = names.into_iter().zip(values).collect();
    assert_eq!(view().headers(&texts), whole());
    let owned: Vec<(String, Vec<u8>)> = texts
        .iter()
        .map(|&(name, value)| (name.into(), value.into()))
        .collect();
    assert_eq!(view().headers(&owned), whole());
    assert_eq!(view().headers(names.into_iter().zip(values)), whole());
    let bytes = texts.iter().map(|(name, value)| (*name, value.as_bytes()));
    assert_eq!(view().headers(bytes), whole());
    let headers = texts.iter().map(|(name, value)| Line {
        name,
        value: value.as_bytes(),
    });
    assert_eq!(view().headers(headers), whole());
}

#[cfg(feature = "http")]
#[test]
fn headers_from_an_http_request() {
    let request = http::Request::builder()
        .method("OPTIONS")
        .header("Origin", ORIGIN)
        .header("Access-Control-Request-Method", "PUT")
        .header("Access-Control-Request-Headers", "x-a")
        .header("Cookie", "x")
        .body(())
        .unwrap();
    assert_eq!(RequestHeaders::from(&request), whole());
    assert_eq!(
        RequestHeaders::new("OPTIONS").headers(request.headers()),
        whole()
    );
    let (parts, ()) = request.into_parts();
    assert_eq!(RequestHeaders::from(&parts), whole());
}

#[test]
fn headers_added_in_several_calls() {
    const NAMES: &str = "access-control-request-headers";
    let all = [
        (NAMES, "x-a"),
        ("origin", ORIGIN),
        (NAMES, "x-b"),
        ("accept", "*/*"),
        ("access-control-request-method", "PUT"),
        (NAMES, "x-c"),
    ];
    let at_once = RequestHeaders::new("OPTIONS").headers(&all);
    for split in 0..=all.len() {
        let (some, others) = all.split_at(split);
        let view = RequestHeaders::new("OPTIONS").headers(some);
        assert_eq!(view.headers(others), at_once, "{split}");
        let one_by_one = others
            .iter()
            .fold(view, |view, (name, value)| view.header(name, value));
        assert_eq!(one_by_one, at_once, "{split}");
    }
    assert_eq!(at_once.kind(), RequestKind::Preflight);
}

#[test]
fn equality_of_request_headers() {
    let base = RequestHeaders::new("OPTIONS");
    let names = |lines: &[&'static str]| {
        let name = "access-control-request-headers";
        lines
            .iter()
            .fold(base, |view, line| view.header(name, *line))
    };
    assert_ne!(base, RequestHeaders::new("GET"));
    assert_ne!(base, base.header("origin", ORIGIN));
    assert_ne!(
        base.header("origin", ORIGIN),
        base.header("origin", ORIGIN).header("origin", ORIGIN)
    );
    assert_ne!(base, base.header("access-control-request-method", "PUT"));
    assert_ne!(names(&["x-a"]), names(&["x-b"]));
    assert_ne!(names(&["x-a"]), names(&["x-a", "x-a"]));
    assert_ne!(names(&["x"; 16]), names(&["x"; 17]));
    assert_eq!(names(&["x"; 17]), names(&["x"; 18]));
}

#[test]
fn debug_escapes_bytes() {
    let shown = |view: RequestHeaders<'_>| format!("{view:?}");
    assert_eq!(
        shown(whole()),
        "RequestHeaders { method: `OPTIONS`, origin: `https://app.example`, request_method: `PUT`, \
         request_headers: [`x-a`] }"
    );
    let odd = RequestHeaders::new(b"G\r\n")
        .header("origin", "a")
        .header("origin", "b")
        .header("access-control-request-headers", b"\xff\0");
    assert_eq!(
        shown(odd),
        r"RequestHeaders { method: `G\r\n`, origin: repeated, request_method: absent, request_headers: [`\xff\x00`] }"
    );
    let many = (0..17).fold(RequestHeaders::new("GET"), |view, _| {
        view.header("access-control-request-headers", "x")
    });
    assert!(shown(many).ends_with("request_headers: too many }"));
}
