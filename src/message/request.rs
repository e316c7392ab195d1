//! The view of a request: its method and the three headers that the CORS protocol reads.

use core::fmt;

use super::header_name;
#[cfg(doc)]
use super::lines::MAX_REQUEST_HEADERS_LINES;
use super::lines::{Escaped, Lines};
use super::method::RequestMethod;

/// A header as a name and a value, both borrowed from the request.
///
/// It is implemented for pairs such as `(&str, &[u8])`, by value or by reference, which is also what
/// iterating over an `http::HeaderMap` gives. Implement it for a type of your own to pass its values
/// to [`RequestHeaders::headers`] directly:
///
/// ```
/// use cross_origin::{Header, RequestHeaders};
///
/// struct Line<'b> {
///     name: &'b str,
///     value: &'b [u8],
/// }
///
/// impl<'b> Header<'b> for &Line<'b> {
///     fn name(&self) -> &'b [u8] {
///         self.name.as_bytes()
///     }
///     fn value(&self) -> &'b [u8] {
///         self.value
///     }
/// }
///
/// let headers = [Line { name: "Origin", value: b"https://app.example" }];
/// let request = RequestHeaders::new("GET").headers(&headers);
/// # assert_eq!(request, RequestHeaders::new("GET").header("origin", "https://app.example"));
/// ```
pub trait Header<'a> {
    /// The header name, in any case.
    fn name(&self) -> &'a [u8];
    /// The header value, as received. It need not be UTF-8.
    fn value(&self) -> &'a [u8];
}

impl<'a, 'n: 'a, 'v: 'a, N, V> Header<'a> for (&'n N, &'v V)
where
    N: AsRef<[u8]> + ?Sized,
    V: AsRef<[u8]> + ?Sized,
{
    #[inline]
    fn name(&self) -> &'a [u8] {
        self.0.as_ref()
    }
    #[inline]
    fn value(&self) -> &'a [u8] {
        self.1.as_ref()
    }
}

impl<'a, N, V> Header<'a> for &'a (N, V)
where
    N: AsRef<[u8]>,
    V: AsRef<[u8]>,
{
    #[inline]
    fn name(&self) -> &'a [u8] {
        self.0.as_ref()
    }
    #[inline]
    fn value(&self) -> &'a [u8] {
        self.1.as_ref()
    }
}

/// The kind of a request in the CORS protocol
/// ([`#http-requests`](https://fetch.spec.whatwg.org/#http-requests)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// Not a CORS request: it has no `Origin`.
    NotCors,
    /// It has an `Origin` and is not a preflight. It need not be a CORS request: browsers also send
    /// `Origin` with same-origin and no-cors requests other than `GET` and `HEAD`, and with WebSocket
    /// handshakes.
    Actual,
    /// A CORS-preflight request: `OPTIONS` with `Origin` and `Access-Control-Request-Method`.
    Preflight,
}

impl RequestKind {
    /// Returns `not-cors`, `actual` or `preflight`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCors => "not-cors",
            Self::Actual => "actual",
            Self::Preflight => "preflight",
        }
    }
}

impl fmt::Display for RequestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The value of a header that a well-formed request has at most once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SingleHeader<'a> {
    Absent,
    Once(&'a [u8]),
    Repeated,
}

impl<'a> SingleHeader<'a> {
    #[inline]
    fn add(&mut self, value: &'a [u8]) {
        *self = match self {
            Self::Absent => Self::Once(value),
            Self::Once(_) | Self::Repeated => Self::Repeated,
        };
    }
}

/// A request as the CORS protocol sees it: the method, and the headers `Origin`,
/// `Access-Control-Request-Method` and `Access-Control-Request-Headers`.
///
/// It borrows from the request and copies nothing but references. Everything else in the request
/// is passed over; names are read in any case; values need not be UTF-8.
///
/// ```
/// use cross_origin::{RequestHeaders, RequestKind};
///
/// let headers = [
///     ("Host", "api.example"),
///     ("Origin", "https://app.example"),
///     ("Access-Control-Request-Method", "PUT"),
/// ];
/// let request = RequestHeaders::new("OPTIONS").headers(&headers);
/// assert_eq!(request.kind(), RequestKind::Preflight);
/// ```
///
/// # Limits
///
/// At most [`MAX_REQUEST_HEADERS_LINES`] lines of `Access-Control-Request-Headers` are kept. A
/// preflight with more is denied with [`Denial::HeadersTooLong`](crate::Denial::HeadersTooLong).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestHeaders<'a> {
    method: &'a [u8],
    origin: SingleHeader<'a>,
    request_method: SingleHeader<'a>,
    request_headers: Lines<'a>,
}

/// The headers, with at most one line of `Access-Control-Request-Headers`, as browsers send them. Small,
/// because it is moved by value.
#[derive(Clone, Copy)]
struct FirstLines<'a> {
    origin: SingleHeader<'a>,
    request_method: SingleHeader<'a>,
    request_headers: Option<&'a [u8]>,
}

impl<'a> RequestHeaders<'a> {
    /// The names of the headers that the CORS protocol reads, in lower case: all that a proxy, a cache or a
    /// serverless platform has to pass on.
    pub const NAMES: [&'static str; 3] = [
        header_name::ORIGIN,
        header_name::REQUEST_METHOD,
        header_name::REQUEST_HEADERS,
    ];

    /// Creates a view of a request with this method and, so far, no headers.
    ///
    /// The method is needed to recognize a preflight.
    #[must_use]
    #[inline]
    pub fn new<M: RequestMethod + ?Sized>(method: &'a M) -> Self {
        Self {
            method: method.as_bytes(),
            origin: SingleHeader::Absent,
            request_method: SingleHeader::Absent,
            // A constant would be copied, with all the room for further lines.
            request_headers: Lines {
                first: None,
                others: None,
            },
        }
    }

    /// Creates a view of a request with at most one line of each header.
    #[cfg(feature = "http")]
    #[inline]
    pub(crate) fn from_single_lines(
        method: &'a [u8],
        [origin, request_method, request_headers]: [Option<&'a [u8]>; 3],
    ) -> Self {
        let single = |value: Option<_>| value.map_or(SingleHeader::Absent, SingleHeader::Once);
        let first_lines = FirstLines {
            origin: single(origin),
            request_method: single(request_method),
            request_headers,
        };
        first_lines.with_method(method)
    }

    /// Adds one header. Headers that the CORS protocol does not read are ignored.
    #[inline]
    #[must_use]
    pub fn header<N, V>(self, name: &N, value: &'a V) -> Self
    where
        N: AsRef<[u8]> + ?Sized,
        V: AsRef<[u8]> + ?Sized,
    {
        let (name, value) = (name.as_ref(), value.as_ref());
        if !self.has_other_lines() {
            let mut first_lines = self.first_lines();
            if first_lines.add(name, || value).is_none() {
                return first_lines.with_method(self.method);
            }
        }
        self.with_all([(name, value)])
    }

    /// Adds all headers of a request: a slice or an iterator of pairs, a `&http::HeaderMap`, or any
    /// iterator of [`Header`]s.
    #[inline]
    #[must_use]
    pub fn headers<I>(self, lines: I) -> Self
    where
        I: IntoIterator,
        I::Item: Header<'a>,
    {
        let mut lines = lines.into_iter();
        let mut first_lines = self.first_lines();
        if self.has_other_lines() {
            return self.with_all(lines.map(|line| (line.name(), line.value())));
        }
        while let Some(line) = lines.next() {
            if first_lines.add(line.name(), || line.value()).is_some() {
                let lines = core::iter::once(line).chain(lines);
                let view = first_lines.with_method(self.method);
                return view.with_all(lines.map(|line| (line.name(), line.value())));
            }
        }
        first_lines.with_method(self.method)
    }

    /// Adds headers to a view that needs room for more than [`FirstLines`].
    #[cold]
    fn with_all<'n>(mut self, lines: impl IntoIterator<Item = (&'n [u8], &'a [u8])>) -> Self {
        for (name, value) in lines {
            let mut first_lines = self.first_lines();
            match first_lines.add(name, || value) {
                Some(other) => self.request_headers.add_other(other),
                None => {
                    self.origin = first_lines.origin;
                    self.request_method = first_lines.request_method;
                    self.request_headers.first = first_lines.request_headers;
                }
            }
        }
        self
    }

    #[inline]
    fn has_other_lines(&self) -> bool {
        self.request_headers.others.is_some()
    }

    #[inline]
    fn first_lines(&self) -> FirstLines<'a> {
        FirstLines {
            origin: self.origin,
            request_method: self.request_method,
            request_headers: self.request_headers.first,
        }
    }

    /// Returns the kind of the request. A plain `OPTIONS` is never a preflight.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> RequestKind {
        match (self.origin, self.request_method) {
            (SingleHeader::Absent, _) => RequestKind::NotCors,
            (_, SingleHeader::Absent) => RequestKind::Actual,
            _ if self.is_options() => RequestKind::Preflight,
            _ => RequestKind::Actual,
        }
    }

    /// Whether the method is `OPTIONS`, exactly.
    #[inline]
    pub(crate) fn is_options(&self) -> bool {
        self.method == b"OPTIONS"
    }

    #[cfg(feature = "advice")]
    pub(crate) fn method(&self) -> &'a [u8] {
        self.method
    }

    #[inline]
    pub(crate) fn origin(&self) -> SingleHeader<'a> {
        self.origin
    }

    #[inline]
    pub(crate) fn request_method(&self) -> SingleHeader<'a> {
        self.request_method
    }

    #[inline]
    pub(crate) fn request_headers(&self) -> &Lines<'a> {
        &self.request_headers
    }
}

impl<'a> FirstLines<'a> {
    /// Creates the view of a request with these headers and no further lines.
    #[inline]
    fn with_method(self, method: &'a [u8]) -> RequestHeaders<'a> {
        RequestHeaders {
            method,
            origin: self.origin,
            request_method: self.request_method,
            request_headers: Lines {
                first: self.request_headers,
                others: None,
            },
        }
    }

    /// Adds one header; returns the value of a further `Access-Control-Request-Headers` line.
    #[inline]
    fn add(&mut self, name: &[u8], value: impl FnOnce() -> &'a [u8]) -> Option<&'a [u8]> {
        // The three names differ in length, which rules out most other headers.
        match name.len() {
            6 if is_origin(name) => self.origin.add(value()),
            29 if is(name, header_name::REQUEST_METHOD) => self.request_method.add(value()),
            30 if is(name, header_name::REQUEST_HEADERS) => match self.request_headers {
                Some(_) => return Some(value()),
                None => self.request_headers = Some(value()),
            },
            _ => {}
        }
        None
    }
}

/// Compares six bytes with `origin` in any case. Setting the bit 0x20 lowers letters, and no other byte
/// becomes one of these letters. It is one comparison, because other names have six letters too.
#[inline]
fn is_origin(name: &[u8]) -> bool {
    let &[a, b, c, d, e, f] = name else {
        return false;
    };
    let word = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
    word | 0x2020_2020_2020 == u64::from_le_bytes(*b"origin\0\0")
}

#[inline]
fn is(name: &[u8], known: &str) -> bool {
    name.eq_ignore_ascii_case(known.as_bytes())
}

impl fmt::Debug for RequestHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestHeaders")
            .field("method", &Escaped(self.method))
            .field("origin", &self.origin)
            .field("request_method", &self.request_method)
            .field("request_headers", &self.request_headers)
            .finish()
    }
}

impl fmt::Debug for SingleHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("absent"),
            Self::Once(value) => Escaped(value).fmt(f),
            Self::Repeated => f.write_str("repeated"),
        }
    }
}
