//! The fields of an answer, one by one.

use crate::message::field_name;
use crate::policy::Decision;

/// The fields that a policy sets or removes, in the order in which answers have them.
pub(super) const SET: [&str; 7] = [
    field_name::ALLOW_ORIGIN,
    field_name::ALLOW_CREDENTIALS,
    field_name::ALLOW_METHODS,
    field_name::ALLOW_HEADERS,
    field_name::EXPOSE_HEADERS,
    field_name::MAX_AGE,
    field_name::TIMING_ALLOW_ORIGIN,
];

/// The lines that an answer has of this field.
pub(super) fn lines<'d>(decision: &'d Decision<'_>, name: &str) -> impl Iterator<Item = &'d str> {
    let lines = decision.headers();
    lines.filter_map(move |(there, value)| (there == name).then_some(value))
}

/// Whether two answers leave the same lines of this field in any response.
pub(super) fn are_alike(one: &Decision<'_>, other: &Decision<'_>, name: &str) -> bool {
    let removes = |decision: &Decision<'_>| decision.removed().any(|removed| removed == name);
    lines(one, name).eq(lines(other, name)) && removes(one) == removes(other)
}
