//! Hosts as people write them, brought into the form that browsers send.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::ToString;

use super::super::error::ParseOriginError;
use super::super::host::Ipv6Text;
use super::super::scheme::Scheme;
use super::not_a_host;

pub(super) const EXPECTED: &str = "expected a domain or an address";

/// Schemes are written in any case.
pub(super) fn scheme(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        text.to_ascii_lowercase().into()
    } else {
        text.into()
    }
}

/// URL's [host parser](https://url.spec.whatwg.org/#concept-host-parser).
pub(super) fn host<'a>(
    scheme: Scheme<'_>,
    text: &'a str,
) -> Result<Cow<'a, str>, ParseOriginError> {
    let read = if scheme.is_special() {
        url::Host::parse(text)
    } else if text.starts_with('[') {
        url::Host::parse_opaque(text)
    } else {
        // An opaque host is canonical as it is: its case counts.
        return Ok(text.into());
    };
    match read {
        Ok(url::Host::Domain(domain)) => Ok(domain.into()),
        Ok(url::Host::Ipv4(address)) => Ok(address.to_string().into()),
        Ok(url::Host::Ipv6(address)) => Ok(format!("[{}]", Ipv6Text::new(address).as_str()).into()),
        Err(_) => Err(not_a_host(text)),
    }
}
