//! The bound of the work of a diff.

use core::cell::Cell;

/// How many steps each part of a diff takes at most, and 64 more for each pattern. A change of one host
/// takes one step; a range of ports of a host, and two patterns that meet inside a label, take eight.
pub const MAX_DIFF_STEPS: u64 = 2_000_000;

/// How many steps more a diff takes for each pattern of the two policies.
const STEPS_PER_PATTERN: u64 = 64;

/// The steps that are left for each part of the work, so that one part leaves something to the others.
pub(super) struct Budget {
    /// For patterns inside one label that meet.
    pub(super) labels: Steps,
    /// For the ports of each host.
    pub(super) ports: Steps,
    /// For the changes of each host.
    pub(super) changes: Steps,
}

/// The steps that are left.
pub(super) struct Steps {
    left: Cell<u64>,
    is_exceeded: Cell<bool>,
}

impl Budget {
    pub(super) fn new(patterns: usize) -> Self {
        let more = STEPS_PER_PATTERN.saturating_mul(patterns as u64);
        let steps = || Steps {
            left: Cell::new(MAX_DIFF_STEPS.saturating_add(more)),
            is_exceeded: Cell::new(false),
        };
        Self {
            labels: steps(),
            ports: steps(),
            changes: steps(),
        }
    }

    pub(super) fn is_exceeded(&self) -> bool {
        let parts = [&self.labels, &self.ports, &self.changes];
        parts.iter().any(|steps| steps.is_exceeded.get())
    }
}

impl Steps {
    /// Takes so many steps. Returns whether there were as many left.
    pub(super) fn take(&self, steps: usize) -> bool {
        match self.left.get().checked_sub(steps as u64) {
            Some(left) => self.left.set(left),
            None => {
                self.left.set(0);
                self.is_exceeded.set(true);
            }
        }
        !self.is_exceeded.get()
    }
}
