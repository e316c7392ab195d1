//! Domains in Unicode.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::super::{Host, Origin};

impl Origin {
    /// The origin with its domain in Unicode, for showing to people
    /// ([URL, `#concept-domain-to-unicode`](https://url.spec.whatwg.org/#concept-domain-to-unicode)).
    ///
    /// Different domains can look alike in Unicode: never compare this text, send it or decide by
    /// it. A label that does not decode stays as it is.
    ///
    /// ```
    /// use cross_origin::Origin;
    ///
    /// let origin: Origin = "https://xn--bcher-kva.example:8443".parse()?;
    /// assert_eq!(origin.to_unicode(), "https://bücher.example:8443");
    /// # Ok::<(), cross_origin::ParseOriginError>(())
    /// ```
    #[must_use]
    pub fn to_unicode(&self) -> String {
        let (Some(scheme), Some(Host::Domain(domain))) = (self.scheme(), self.host()) else {
            return self.to_string();
        };
        let labels = domain
            .split('.')
            .map(|label| match idna::domain_to_unicode(label) {
                (unicode, Ok(())) => unicode,
                (_, Err(_)) => label.to_owned(),
            });
        let unicode = labels.collect::<Vec<_>>().join(".");
        let port = self.port().map(|port| alloc::format!(":{port}"));
        alloc::format!("{scheme}://{unicode}{}", port.unwrap_or_default())
    }
}
