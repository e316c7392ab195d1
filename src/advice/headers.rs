//! Comparison of the response headers of decisions.

use crate::policy::Decision;

/// The lines that an answer has of this header.
pub(super) fn lines<'d>(decision: &'d Decision<'_>, name: &str) -> impl Iterator<Item = &'d str> {
    let lines = decision.headers();
    lines.filter_map(move |(there, value)| (there == name).then_some(value))
}

/// Whether two answers leave the same lines of this header in any response.
pub(super) fn are_alike(one: &Decision<'_>, other: &Decision<'_>, name: &str) -> bool {
    let removes = |decision: &Decision<'_>| decision.removed().any(|removed| removed == name);
    lines(one, name).eq(lines(other, name)) && removes(one) == removes(other)
}
