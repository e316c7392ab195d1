//! The HTTP cache of a browser.

use alloc::collections::BTreeMap;
use alloc::string::String;

use super::header_list::HeaderList;
use super::request::Request;
use super::response::Response;
use super::values;
use crate::message::header_name;

/// The cache's validators, and the request headers that it sends them in.
const VALIDATORS: [(&str, &str); 2] = [
    ("etag", "if-none-match"),
    ("last-modified", "if-modified-since"),
];

/// A page that sets one of these goes past the cache
/// ([HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch)).
const CONDITIONS: [&str; 5] = [
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "if-match",
    "if-range",
];

/// Headers that a 304 does not change
/// ([RFC 9111, 3.1](https://www.rfc-editor.org/rfc/rfc9111#section-3.1) and
/// [3.2](https://www.rfc-editor.org/rfc/rfc9111#section-3.2)).
const NOT_UPDATED: [&str; 7] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// A model of the HTTP cache in a browser: it keeps one variant a URL, and a 304 updates that
/// variant, for any requesting page.
///
/// Both of these Chromium and Firefox were seen to do, and both together matter to CORS: what a 304
/// leaves out survives from the answer to another page, even if `Vary` tells the two apart
/// ([RFC 9111, 3.2](https://www.rfc-editor.org/rfc/rfc9111#section-3.2) and
/// [4.3.4](https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4)).
///
/// It has no clock. A stored response may always be stale, so test both: what the
/// page gets if the response is [reused](Self::reuse), and if it is [revalidated](Self::revalidate).
///
/// ```
/// use cross_origin::browser::{HttpCache, Request, Response};
///
/// let url = "https://api.example/thing";
/// let mut cache = HttpCache::new();
/// let one = Request::new("GET").header("Origin", "https://one.example");
/// let answer = Response::new(200)
///     .header("ETag", "\"1\"")
///     .header("Vary", "Origin")
///     .header("Access-Control-Allow-Origin", "https://one.example")
///     .header("Access-Control-Allow-Credentials", "true");
/// cache.receive(url, &one, answer);
///
/// let two = Request::new("GET").header("Origin", "https://two.example");
/// assert_eq!(cache.reuse(url, &two), None); // `Vary` tells them apart
/// let conditional = cache.revalidate(url, &two).unwrap_or(two.clone());
/// assert!(conditional.header_list().contains(&("if-none-match".into(), b"\"1\"".into())));
///
/// let not_modified = Response::new(304)
///     .header("Vary", "Origin")
///     .header("Access-Control-Allow-Origin", "https://two.example");
/// let seen = cache.receive(url, &two, not_modified);
/// assert_eq!(seen.status(), 200);
/// // The first page's permission is still there.
/// assert!(seen.header_list().contains(&("access-control-allow-credentials".into(), b"true".into())));
/// ```
///
/// # Limits
///
/// It is the cache of one network partition, that is, of the pages under one site. Bodies, partial
/// responses, ages and lifetimes are not modelled, but for `no-cache`, `no-store` and `max-age=0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpCache {
    variants: BTreeMap<String, Variant>,
}

/// The response stored for a URL, and the request that it is an answer to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Variant {
    request: Request,
    response: Response,
}

impl HttpCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The stored response, if the server need not be asked: the headers that its `Vary` names are
    /// the same in both requests, and it may be reused as long as it is fresh
    /// ([RFC 9111, 4](https://www.rfc-editor.org/rfc/rfc9111#section-4)).
    #[must_use]
    pub fn reuse(&self, url: &str, request: &Request) -> Option<&Response> {
        let variant = self.variant(url, request)?;
        let is_stale = has_directive(&variant.response, |directive| {
            matches!(directive, "no-cache" | "max-age=0")
        });
        (variant.is_selected_by(request) && !is_stale).then_some(&variant.response)
    }

    /// The request as it is sent to have the stored response validated, whether or not `Vary` fits;
    /// `None` where nothing is stored for the URL, or nothing with a validator
    /// ([RFC 9111, 4.3.1](https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1)).
    #[must_use]
    pub fn revalidate(&self, url: &str, request: &Request) -> Option<Request> {
        let stored = &self.variant(url, request)?.response.headers;
        let mut conditional = request.clone();
        for (validator, condition) in VALIDATORS {
            if let Some(value) = stored.get(validator) {
                conditional = conditional.header(condition, value);
            }
        }
        (conditional != *request).then_some(conditional)
    }

    /// What a page gets whose request was answered with `response`; `request` is the page's own,
    /// without what [`revalidate`](Self::revalidate) adds.
    ///
    /// A 304 updates what is stored and gives that: each header that the 304 names replaces all
    /// lines of that name, every other one survives, and from now on the variant belongs to this
    /// request. Any other response is given as it is, and is stored in place of what was there,
    /// unless it says `no-store`.
    pub fn receive(&mut self, url: &str, request: &Request, response: Response) -> Response {
        if !is_cached(request) {
            self.invalidate(url, request, &response);
            return response;
        }
        if response.status() == 304 {
            let Some(variant) = self.variants.get_mut(url) else {
                return response;
            };
            update(&mut variant.response.headers, &response.headers);
            variant.request = request.clone();
            return variant.response.clone();
        }
        if response.status() == 206 || has_directive(&response, |name| name == "no-store") {
            self.variants.remove(url);
        } else {
            let variant = Variant {
                request: request.clone(),
                response: response.clone(),
            };
            self.variants.insert(url.into(), variant);
        }
        response
    }

    fn variant(&self, url: &str, request: &Request) -> Option<&Variant> {
        self.variants.get(url).filter(|_| is_cached(request))
    }

    // An unsafe method that succeeds makes what is stored invalid
    // (https://www.rfc-editor.org/rfc/rfc9111#section-4.4).
    fn invalidate(&mut self, url: &str, request: &Request, response: &Response) {
        let is_safe = matches!(request.method(), "GET" | "HEAD" | "OPTIONS" | "TRACE");
        if !is_safe && matches!(response.status(), 200..=399) {
            self.variants.remove(url);
        }
    }
}

impl Variant {
    // https://www.rfc-editor.org/rfc/rfc9111#section-4.1
    fn is_selected_by(&self, request: &Request) -> bool {
        let vary = self.response.headers.get(header_name::VARY);
        let vary = values::decode(&vary.unwrap_or_default()).to_ascii_lowercase();
        vary.split(',')
            .map(str::trim)
            .all(|name| name != "*" && self.request.headers.get(name) == request.headers.get(name))
    }
}

/// Only `GET` is cached, and only where the page leaves that to the browser.
fn is_cached(request: &Request) -> bool {
    request.method() == "GET"
        && !request
            .headers
            .names()
            .any(|name| CONDITIONS.contains(&name))
}

fn has_directive(response: &Response, is_meant: impl Fn(&str) -> bool) -> bool {
    let Some(value) = response.headers.get("cache-control") else {
        return false;
    };
    let mut directives = values::split(&value).into_iter();
    directives.any(|directive| is_meant(&values::decode(directive).to_ascii_lowercase()))
}

// https://www.rfc-editor.org/rfc/rfc9111#section-3.2
fn update(stored: &mut HeaderList, not_modified: &HeaderList) {
    let connection = not_modified.get("connection").unwrap_or_default();
    let connection = values::decode(&connection).to_ascii_lowercase();
    let is_update = |name: &str| {
        !NOT_UPDATED.contains(&name) && !connection.split(',').any(|hop| hop.trim() == name)
    };
    stored.retain(|name| !is_update(name) || !not_modified.contains(name));
    for (name, value) in not_modified.lines() {
        if is_update(name) {
            stored.append(name.as_bytes(), value);
        }
    }
}
