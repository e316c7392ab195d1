//! The bound of the work of a diff.

use core::cell::Cell;

/// How many steps a diff takes at most, and 64 more for each pattern. A step compares
/// two patterns, looks at one range of ports of a host, or notes one change of one host.
pub const MAX_DIFF_STEPS: u64 = 2_000_000;

/// How many steps more a diff takes for each pattern of the two policies.
const STEPS_PER_PATTERN: u64 = 64;

/// The steps that are left.
pub(super) struct Budget {
    left: Cell<u64>,
    is_exceeded: Cell<bool>,
}

impl Budget {
    pub(super) fn new(patterns: usize) -> Self {
        let more = STEPS_PER_PATTERN.saturating_mul(patterns as u64);
        Self {
            left: Cell::new(MAX_DIFF_STEPS.saturating_add(more)),
            is_exceeded: Cell::new(false),
        }
    }

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

    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded.get()
    }
}
