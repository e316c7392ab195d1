//! Requests as a browser sends them: what the CORS protocol reads, among what it does not.

/// The one origin that policies of one origin allow.
pub const APP: &str = "https://app.example.com";
/// An origin as long as that, which they don't allow.
pub const OTHER: &str = "https://abc.example.com";

/// Names that a preflight asks for.
pub const THREE_NAMES: &str = "authorization,content-type,x-request-id";

pub type HeaderPairs<'a> = Vec<(&'a str, &'a str)>;

/// What Chromium sends with a `fetch`, in its order and its spelling on HTTP/1.1.
const USUAL: [(&str, &str); 12] = [
    ("Host", "api.example.com"),
    ("Connection", "keep-alive"),
    ("sec-ch-ua-platform", "\"Linux\""),
    (
        "User-Agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    ),
    (
        "sec-ch-ua",
        "\"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\", \"Not_A Brand\";v=\"99\"",
    ),
    ("Accept", "*/*"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Mode", "cors"),
    ("Sec-Fetch-Dest", "empty"),
    ("Referer", "https://app.example.com/"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Accept-Language", "en-GB,en;q=0.9"),
];

/// Where a browser puts `Origin` among them.
const ORIGIN_AFTER: usize = 6;

/// As many of the usual headers, and these among them.
pub fn among<'a>(usual: usize, cors: &[(&'a str, &'a str)]) -> HeaderPairs<'a> {
    let mut headers: HeaderPairs<'a> = USUAL.into_iter().take(usual).collect();
    let at = ORIGIN_AFTER.min(usual);
    headers.splice(at..at, cors.iter().copied());
    headers
}

/// Twelve headers, these among them.
pub fn twelve<'a>(cors: &[(&'a str, &'a str)]) -> HeaderPairs<'a> {
    among(12 - cors.len(), cors)
}

/// The headers of the CORS protocol in an actual request.
pub fn actual(origin: &str) -> [(&str, &str); 1] {
    [("Origin", origin)]
}

/// The headers of the CORS protocol in a preflight.
pub fn preflight<'a>(origin: &'a str, method: &'a str, names: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("Access-Control-Request-Method", method),
        ("Access-Control-Request-Headers", names),
        ("Origin", origin),
    ]
}

/// The same request in the types of the crate `http`.
pub fn http(method: &str, headers: &[(&str, &str)]) -> http::Request<()> {
    let mut request = http::Request::builder().method(method).uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap()
}
