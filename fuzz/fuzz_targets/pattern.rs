//! A pattern that is printed reads as itself; one without `*` is an origin, and admits it alone.
#![no_main]

use cross_origin::{Origin, OriginPattern};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let pattern = match text.parse::<OriginPattern>() {
        Ok(pattern) => pattern,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.chars().any(char::is_control), "{message:?}");
            return;
        }
    };
    let again: OriginPattern = pattern.as_str().parse().unwrap();
    assert_eq!(again, pattern);
    assert_eq!(again.as_str(), pattern.as_str());
    assert!(pattern.covers(&pattern));
    if let Ok(origin) = text.parse::<Origin>() {
        assert!(pattern.matches(origin.as_origin_ref()));
        assert_eq!(
            pattern.as_pattern_ref().is_exact(),
            origin.scheme().is_some()
        );
        assert_eq!(pattern, OriginPattern::from(&origin));
    }
});
