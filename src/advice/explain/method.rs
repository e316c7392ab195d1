//! Nearest misses of methods.

use super::nearest::NearestMiss;
use crate::message::method;
use crate::message::request::SingleHeader;
use crate::policy::RuleRef;

/// The methods that are always allowed.
const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

pub(super) fn nearest_miss<'a>(
    rule: RuleRef<'a>,
    asked: SingleHeader<'a>,
) -> Option<NearestMiss<'a>> {
    let name = match asked {
        SingleHeader::Absent => return None,
        SingleHeader::Repeated => return Some(NearestMiss::MethodRepeated),
        SingleHeader::Once(name) => name,
    };
    if method::is_forbidden(name) {
        return Some(NearestMiss::ForbiddenMethod);
    }
    if name == b"*" {
        return Some(NearestMiss::LiteralWildcard);
    }
    let allowed = SAFELISTED
        .into_iter()
        .chain(rule.methods())
        .find(|allowed| allowed.as_bytes().eq_ignore_ascii_case(name))?;
    Some(NearestMiss::MethodCase { allowed })
}
