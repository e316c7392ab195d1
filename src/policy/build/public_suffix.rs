//! Public suffixes: the only module that uses `psl`.

use alloc::format;
use alloc::string::String;

use crate::origin::host::is_localhost;

/// Why hosts below this base may belong to different people, or `None` if all are of one site
/// ([HTML, `#same-site`](https://html.spec.whatwg.org/#same-site)).
pub(crate) fn why_not_one_site(base: &str) -> Option<String> {
    let base = base.strip_suffix('.').unwrap_or(base);
    if is_localhost(base) {
        return None;
    }
    reason(base)
}

#[cfg(feature = "psl")]
use by_the_list as reason;
#[cfg(not(feature = "psl"))]
use without_the_list as reason;

#[cfg(not(feature = "psl"))]
fn without_the_list(base: &str) -> Option<String> {
    Some(format!(
        "the owners of the names below `{base}` are unknown without the feature `psl`"
    ))
}

#[cfg(feature = "psl")]
fn by_the_list(base: &str) -> Option<String> {
    let Suffix { text, known } = suffix_of(base);
    // A wildcard rule of the list makes every label below the base a suffix.
    let below = format!("x.{base}");
    if suffix_of(&below).text.len() > base.len() || (text == base && known) {
        return Some(format!("anyone can register a name below `{base}`"));
    }
    if text == base {
        return Some(format!(
            "the public suffix list does not have `{base}`, so that names below it may belong to different owners"
        ));
    }
    super::suffixes_below::BASES
        .binary_search(&base)
        .is_ok()
        .then(|| format!("anyone can register a name somewhere below `{base}`"))
}

#[cfg(feature = "psl")]
struct Suffix<'a> {
    text: &'a str,
    known: bool,
}

#[cfg(feature = "psl")]
fn suffix_of(domain: &str) -> Suffix<'_> {
    let known = psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
    Suffix {
        text: psl::suffix_str(domain).unwrap_or(domain),
        known,
    }
}
