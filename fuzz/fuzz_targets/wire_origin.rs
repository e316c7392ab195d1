//! What the header's reader accepts is canonical, and is what `url` serialises.
#![no_main]

use cross_origin::{Origin, OriginRef};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &[u8]| {
    let Ok(origin) = OriginRef::from_header(value) else {
        return;
    };
    // At most an explicit default port was dropped.
    assert!(value.starts_with(origin.as_str().as_bytes()));
    // Reading what is printed gives the same.
    let again = OriginRef::from_header(origin.as_str().as_bytes()).unwrap();
    assert_eq!(origin, again);
    assert_eq!(origin.as_str(), again.as_str());
    let encoded = origin.as_str().contains("xn--");
    if encoded {
        return;
    }
    // A person may write it so too.
    assert_eq!(origin.as_str().parse::<Origin>().unwrap(), origin);
    if origin.scheme().is_some_and(|scheme| scheme.is_special()) {
        let url = url::Url::parse(origin.as_str()).unwrap();
        assert_eq!(url.origin().ascii_serialization(), origin.as_str());
    }
});
