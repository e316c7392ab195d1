//! The application behind every embedding: what it answers, whatever the framework.

/// What it answers on one path.
#[derive(Clone, Copy)]
pub struct Reply {
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    /// In pieces, where it is streamed.
    pub body: &'static [&'static str],
}

/// An upstream's own, none of which may come through.
const UPSTREAMS: &[(&str, &str)] = &[
    ("vary", "accept-encoding"),
    ("vary", "Accept-Language, Origin"),
    ("access-control-allow-origin", "https://upstream.example"),
    ("access-control-allow-origin", "*"),
    ("access-control-allow-credentials", "true"),
    ("access-control-allow-methods", "PURGE"),
    ("access-control-allow-headers", "x-upstream"),
    ("access-control-expose-headers", "x-upstream"),
    ("access-control-max-age", "1"),
    ("timing-allow-origin", "https://upstream.example"),
];

pub const ROUTES: [(&str, Reply); 6] = [
    ("/", reply(200, UPSTREAMS, &["hello"])),
    ("/error", reply(500, UPSTREAMS, &["sorry"])),
    (
        "/stream",
        reply(200, &[("vary", "accept")], &["one ", "two ", "three"]),
    ),
    (
        "/same",
        reply(304, &[("etag", "\"1\""), ("vary", "*")], &[]),
    ),
    ("/moved", reply(302, &[("location", "/")], &[])),
    (
        "/switch",
        reply(101, &[("connection", "upgrade"), ("upgrade", "echo")], &[]),
    ),
];

/// A path where something inside, such as a check of who is asking, fails with an error that the
/// framework turns into a 401.
pub const REFUSED: &str = "/refused";

/// What it answers to an `OPTIONS` on `/` that is no preflight.
pub const OWN_OPTIONS: Reply = reply(
    200,
    &[
        ("allow", "GET,HEAD,OPTIONS"),
        ("access-control-allow-origin", "*"),
    ],
    &["ask away"],
);

const fn reply(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static [&'static str],
) -> Reply {
    Reply {
        status,
        headers,
        body,
    }
}

/// What it answers to this request. `/broken` panics.
pub fn answer(method: &str, path: &str) -> Reply {
    let route = ROUTES.iter().find(|(route, _)| *route == path);
    match (route, method) {
        _ if path == "/broken" => broken(),
        _ if path == REFUSED => reply(401, &[], &["who are you?"]),
        (Some((_, reply)), "GET" | "HEAD") => *reply,
        (Some(_), "OPTIONS") if path == "/" => OWN_OPTIONS,
        (Some(_), _) => reply(405, &[], &["no such method"]),
        (None, _) => reply(404, &[], &["nothing here"]),
    }
}

/// A panic that says nothing on standard error.
pub fn broken() -> ! {
    std::panic::resume_unwind(Box::new("broken"))
}
