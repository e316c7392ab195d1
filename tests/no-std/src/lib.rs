//! A server without std: it decides one request, and its verdict is the library's only function.
#![no_std]

extern crate alloc;

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;
use core::ptr::null_mut;

use cross_origin::{Policy, RequestHeaders, Rule};

struct NoMemory;

// SAFETY: it never gives out memory.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        null_mut()
    }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// 1 for yes, 0 for no, 2 for a policy that is refused.
#[unsafe(no_mangle)]
pub extern "C" fn decide() -> u8 {
    let rule = Rule::allow_origins(["https://*.example.com"]).allow_credentials();
    let Ok(policy) = Policy::new([rule]) else {
        return 2;
    };
    let request = RequestHeaders::new("GET").header("Origin", "https://a.example.com");
    u8::from(policy.evaluate(&request).is_allowed())
}
