//! `file://`, the origin that web views send for `file:` pages.

use cross_origin::{
    Denial, MalformedOrigin, Origin, OriginPattern, OriginRef, OriginSet, Policy, PolicyBuilder,
    ProblemKind, RequestHeaders, Rule,
};

fn from(origin: &str) -> RequestHeaders<'_> {
    RequestHeaders::new("GET").header("Origin", origin)
}

#[test]
fn file_origin_is_not_a_tuple_origin() {
    let file = OriginRef::from_header(b"file://").unwrap();
    assert_eq!(file, OriginRef::FILE);
    assert!(file.is_file() && !file.is_opaque());
    assert_eq!(
        (file.scheme(), file.host(), file.port_or_default()),
        (None, None, None)
    );
    assert!(!file.is_same_origin(file));
    assert!(!file.is_potentially_trustworthy());
    let owned = Origin::from(file);
    assert_eq!(owned.to_string(), "file://");
    assert!(owned.is_file());
    assert_eq!("FILE://".parse(), Ok(owned));
    assert!(!OriginRef::OPAQUE.is_file());
}

#[test]
fn other_file_urls_are_malformed() {
    for value in [
        "file:///",
        "file://host",
        "file:",
        "FILE://",
        "file:///index.html",
    ] {
        let read = OriginRef::from_header(value.as_bytes());
        assert!(read.is_err(), "{value}");
    }
    let read = OriginRef::from_header(b"file:///");
    assert_eq!(read, Err(MalformedOrigin::OpaqueScheme));
}

#[test]
fn other_file_urls_name_both_origins() {
    for text in ["file:///index.html", "file://host", "FILE:///", "file:x"] {
        let problems = Policy::new([Rule::allow_origins([text])]).unwrap_err();
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.kind(), ProblemKind::OpaqueScheme, "{text}");
        assert!(problem.message().contains("`file://`"), "{problem}");
        assert!(problem.message().contains("`null`"), "{problem}");
    }
}

#[test]
fn file_pattern_matches_only_file() {
    let pattern: OriginPattern = "File://".parse().unwrap();
    assert_eq!(pattern.as_str(), "file://");
    assert!(pattern.matches(OriginRef::FILE));
    assert!(!pattern.matches(OriginRef::OPAQUE));
    assert!(!pattern.as_pattern_ref().is_exact());
    assert!(pattern.covers(&pattern));
    let any: OriginPattern = "*".parse().unwrap();
    assert!(any.matches(OriginRef::FILE) && any.covers(&pattern) && !pattern.covers(&any));
    let null: OriginPattern = "null".parse().unwrap();
    assert!(!null.matches(OriginRef::FILE) && !null.covers(&pattern));
    let set = OriginSet::parse(["https://a.example", "file://"]).unwrap();
    assert_eq!(
        set.find(OriginRef::FILE).map(|found| found.pattern()),
        Some("file://")
    );
}

#[test]
fn file_origin_is_allowed_where_a_rule_lists_it() {
    let policy = Policy::new([Rule::allow_origins(["https://a.example", "file://"])]).unwrap();
    let decision = policy.evaluate(&from("file://")).to_owned();
    assert!(decision.is_allowed());
    let headers: Vec<_> = decision.headers().collect();
    assert_eq!(
        headers,
        [
            ("access-control-allow-origin", "file://"),
            ("vary", "origin")
        ]
    );
    assert_eq!(
        policy.evaluate(&from("null")).denial(),
        Some(Denial::OriginNull)
    );
}

#[test]
fn file_origin_is_denied_elsewhere() {
    let policy = Policy::new([Rule::allow_origins(["https://a.example", "app://*"])]).unwrap();
    assert_eq!(
        policy.evaluate(&from("file://")).denial(),
        Some(Denial::OriginNotAllowed)
    );
    let null = Policy::new([Rule::allow_origins(["null"])]).unwrap();
    assert_eq!(
        null.evaluate(&from("file://")).denial(),
        Some(Denial::OriginNotAllowed)
    );
    let any = Policy::new([Rule::allow_any_origin()]).unwrap();
    assert!(any.evaluate(&from("file://")).is_allowed());
}

#[test]
fn file_policy_is_dynamic() {
    let policy = Policy::new([Rule::allow_origins(["file://"])]).unwrap();
    let decision = policy.evaluate(&RequestHeaders::new("GET"));
    assert_eq!(decision.headers().collect::<Vec<_>>(), [("vary", "origin")]);
}

#[test]
fn file_origin_is_never_asked_about() {
    let policy = Policy::new([Rule::ask()]).unwrap();
    assert!(policy.lookup(&from("file://")).is_none());
    assert!(policy.lookup(&from("null")).is_none());
    assert!(policy.lookup(&from("https://a.example")).is_some());
}

#[test]
fn file_origin_with_credentials() {
    let builder = || PolicyBuilder::new([Rule::allow_origins(["file://"]).allow_credentials()]);
    let problems = builder().build().unwrap_err();
    let kinds: Vec<_> = problems.iter().map(|problem| problem.kind()).collect();
    assert_eq!(kinds, [ProblemKind::NullWithCredentials]);
    assert!(
        builder()
            .dangerously_allow_null_with_credentials()
            .build()
            .is_ok()
    );
}
