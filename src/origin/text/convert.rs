//! Conversions from and to the types of the crate `url`.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};

use super::super::error::ParseOriginError;
use super::super::{Host, Origin};
use super::{Scheme, tuple};

/// The [origin of a URL](https://url.spec.whatwg.org/#concept-url-origin).
///
/// A `blob:` URL has the origin of the `http` or `https` URL in it, read once and no deeper. The
/// URLs of `file:`, `data:` and the like, and those without a host, have the opaque origin. Schemes
/// that URL does not know have tuple origins here, as in browsers and web views.
///
/// # Errors
///
/// The URL's host is one that no `Origin` header can name, such as `a!b`.
///
/// ```
/// use cross_origin::Origin;
/// use url::Url;
///
/// let url = Url::parse("https://app.example:8443/index.html?x#y")?;
/// assert_eq!(Origin::try_from(&url)?.as_str(), "https://app.example:8443");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl TryFrom<&url::Url> for Origin {
    type Error = ParseOriginError;

    fn try_from(url: &url::Url) -> Result<Self, Self::Error> {
        if url.scheme() != "blob" {
            return of_plain_url(url);
        }
        match url::Url::parse(url.path()) {
            Ok(inner) if matches!(inner.scheme(), "http" | "https") => of_plain_url(&inner),
            _ => Ok(Self::opaque()),
        }
    }
}

fn of_plain_url(url: &url::Url) -> Result<Origin, ParseOriginError> {
    let scheme = url.scheme();
    // `app:///index.html` has an empty host; `mailto:a@b` has none.
    if Scheme::canonical(scheme).has_opaque_origin() || !url.has_authority() {
        return Ok(Origin::opaque());
    }
    tuple(scheme, url.host_str().unwrap_or_default(), url.port())
}

/// # Errors
///
/// The error of parsing what `url`'s public tuple holds.
impl TryFrom<&url::Origin> for Origin {
    type Error = ParseOriginError;

    fn try_from(origin: &url::Origin) -> Result<Self, Self::Error> {
        match origin {
            url::Origin::Opaque(_) => Ok(Self::opaque()),
            // The tuple's fields are public, so the whole text is read with all its checks.
            url::Origin::Tuple(..) => origin.ascii_serialization().parse(),
        }
    }
}

/// An opaque origin, and one of a scheme that `url` does not know, becomes a fresh opaque origin: it
/// is what `url` itself says for such URLs.
impl From<&Origin> for url::Origin {
    fn from(origin: &Origin) -> Self {
        let parts = origin
            .scheme()
            .zip(origin.host())
            .zip(origin.port_or_default());
        match parts {
            Some(((scheme, host), port)) if scheme.is_special() => {
                Self::Tuple(scheme.to_string(), url_host(host), port)
            }
            _ => Self::new_opaque(),
        }
    }
}

fn url_host(host: Host<'_>) -> url::Host {
    match host {
        Host::Domain(text) | Host::Opaque(text) => url::Host::Domain(text.to_owned()),
        Host::Ipv4(address) => url::Host::Ipv4(address),
        Host::Ipv6(address) => url::Host::Ipv6(address),
        Host::Empty => url::Host::Domain(String::new()),
    }
}

/// # Errors
///
/// The opaque origin is not a URL, and `url` refuses a host with an `xn--` label that does not decode,
/// which the header's reader does not look into.
impl TryFrom<&Origin> for url::Url {
    type Error = url::ParseError;

    fn try_from(origin: &Origin) -> Result<Self, Self::Error> {
        Self::parse(origin.as_str())
    }
}
