//! What the person's reader accepts is what `url` makes of the same text, and reads as itself again.
#![no_main]

use cross_origin::{Origin, OriginRef};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let origin = match text.parse::<Origin>() {
        Ok(origin) => origin,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.chars().any(char::is_control), "{message:?}");
            assert!(message.len() < 1000, "{message:?}");
            return;
        }
    };
    assert_eq!(origin.as_str().parse::<Origin>().unwrap(), origin);
    let wire = OriginRef::from_header(origin.as_str().as_bytes()).unwrap();
    assert_eq!(wire, origin);
    if origin.scheme().is_some_and(|scheme| scheme.is_special()) {
        let url = url::Url::parse(text).unwrap();
        assert_eq!(url.origin().ascii_serialization(), origin.as_str());
        assert_eq!(Origin::try_from(&url).unwrap(), origin);
        assert_eq!(url::Origin::from(&origin), url.origin());
    }
});
