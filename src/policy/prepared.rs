//! A slot for values that the support of another crate prepares from a policy.

#[cfg(feature = "http")]
use alloc::sync::Arc;
use core::fmt;
#[cfg(feature = "http")]
use core::{
    any::Any,
    panic::{RefUnwindSafe, UnwindSafe},
};
#[cfg(feature = "http")]
use std::sync::OnceLock;

/// A value that is a function of the policy alone, prepared on first use. Decisions do not depend on it.
///
/// It has no type of its own here, so that policies import nothing of the crates that are supported.
#[derive(Default)]
pub(super) struct Prepared {
    #[cfg(feature = "http")]
    value: OnceLock<Arc<dyn Any + Send + Sync>>,
}

#[cfg(feature = "http")]
impl Prepared {
    /// Returns the value; `None` if one of another type was prepared.
    #[inline]
    pub(super) fn get_or_prepare<T: Any + Send + Sync>(
        &self,
        prepare: impl FnOnce() -> T,
    ) -> Option<Arc<T>> {
        let value = self.value.get_or_init(|| Arc::new(prepare()));
        Arc::clone(value).downcast().ok()
    }
}

// It cannot be seen half-changed: it is set once.
#[cfg(feature = "http")]
impl UnwindSafe for Prepared {}
#[cfg(feature = "http")]
impl RefUnwindSafe for Prepared {}

/// The clone of a policy prepares its own.
impl Clone for Prepared {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Equal policies prepare equal values.
impl PartialEq for Prepared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Prepared {}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}
