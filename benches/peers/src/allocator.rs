//! An allocator that counts while it is told to. Otherwise it costs one load of a flag.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static RETAINED: AtomicIsize = AtomicIsize::new(0);

/// What was allocated meanwhile, and what of it is still there.
#[derive(Clone, Copy)]
pub struct Used {
    pub allocations: usize,
    pub retained: isize,
}

/// Counts what this does; nothing else may run meanwhile.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, Used) {
    ALLOCATIONS.store(0, Ordering::Relaxed);
    RETAINED.store(0, Ordering::Relaxed);
    IS_COUNTING.store(true, Ordering::Relaxed);
    let done = work();
    IS_COUNTING.store(false, Ordering::Relaxed);
    let used = Used {
        allocations: ALLOCATIONS.load(Ordering::Relaxed),
        retained: RETAINED.load(Ordering::Relaxed),
    };
    (done, used)
}

fn note(allocations: usize, retained: isize) {
    if IS_COUNTING.load(Ordering::Relaxed) {
        ALLOCATIONS.fetch_add(allocations, Ordering::Relaxed);
        RETAINED.fetch_add(retained, Ordering::Relaxed);
    }
}

fn signed(size: usize) -> isize {
    isize::try_from(size).unwrap_or(isize::MAX)
}

// SAFETY: everything is the system allocator's; counting touches no memory that it gives.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(1, signed(layout.size()));
        // SAFETY: the caller's promises are the ones that `System` needs.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        note(0, -signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(1, signed(size) - signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
