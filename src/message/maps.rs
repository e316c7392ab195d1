//! Maps of one value for each name as the headers of a response.

use alloc::collections::BTreeMap;
use alloc::string::String;
#[cfg(feature = "http")]
use core::hash::BuildHasher;
#[cfg(feature = "http")]
use std::collections::HashMap;

use super::change::Headers;

/// Further lines of a name are joined to the first with `", "`
/// ([RFC 9110, 5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)). Names compare in any case.
macro_rules! headers_of_map {
    () => {
        fn get_all(&self, name: &str, visit: &mut dyn FnMut(&[u8])) {
            for (key, value) in self {
                if key.eq_ignore_ascii_case(name) {
                    visit(value.as_bytes());
                }
            }
        }
        fn append(&mut self, name: &'static str, value: &str) -> bool {
            let mut lines = self.iter_mut();
            match lines.find(|(key, _)| key.eq_ignore_ascii_case(name)) {
                Some((_, line)) => {
                    line.push_str(", ");
                    line.push_str(value);
                }
                None => {
                    self.insert(name.into(), value.into());
                }
            }
            true
        }
        fn remove(&mut self, name: &'static str) {
            self.retain(|key, _| !key.eq_ignore_ascii_case(name));
        }
    };
}

impl Headers for BTreeMap<String, String> {
    headers_of_map!();
}

/// With the feature `http`, because it needs std.
#[cfg(feature = "http")]
impl<S: BuildHasher> Headers for HashMap<String, String, S> {
    headers_of_map!();
}
