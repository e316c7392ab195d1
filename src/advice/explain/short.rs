//! The short form of an explanation: one line, for a log.

use alloc::format;
use core::fmt;

use super::shown::cut;
use super::{Explanation, finding};
use crate::message::RequestKind;

/// The longest short form of an explanation, in bytes: what is beyond is cut, and `…` says so.
pub const MAX_SHORT_EXPLANATION_LEN: usize = 512;

pub(super) struct Short<'e, 'a>(pub(super) &'e Explanation<'a>);

impl fmt::Display for Short<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(of) = self;
        let finding = finding::finding(of);
        let mut line = match (of.denial(), of.kind()) {
            (Some(denial), _) => format!("{denial}: {finding}"),
            (None, RequestKind::NotCors) => format!("not-cors: {finding}"),
            (None, _) => format!("allowed: {finding}"),
        };
        if let Some(nearest) = of.nearest() {
            line = format!("{line}; {nearest}");
        }
        cut(&mut line, MAX_SHORT_EXPLANATION_LEN);
        f.pad(&line)
    }
}
