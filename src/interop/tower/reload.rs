//! Replacing the policy of a running server.

use core::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::interop::http::prepare;
use crate::policy::Policy;

/// A policy that can be replaced while a server runs.
///
/// Clones share the policy. A request keeps the policy that was current when it arrived, and sees one
/// policy in all of its response.
///
/// ```
/// use cross_origin::tower::{CorsLayer, ReloadHandle};
/// use cross_origin::{Policy, Rule};
///
/// let handle = ReloadHandle::new(Policy::deny_all());
/// let layer = CorsLayer::new(&handle);
/// // Later, from any thread:
/// handle.replace(Policy::new([Rule::allow_origins(["https://app.example.com"])])?);
/// # Ok::<(), cross_origin::PolicyProblems>(())
/// ```
///
/// What browsers and caches hold outlives the change: the result of a preflight for its max-age, and
/// a stored response as long as it is fresh or revalidated.
#[derive(Clone)]
pub struct ReloadHandle {
    current: Arc<RwLock<Arc<Policy>>>,
}

impl ReloadHandle {
    /// Creates a handle with this policy.
    #[must_use]
    pub fn new(policy: impl Into<Arc<Policy>>) -> Self {
        let policy = policy.into();
        prepare(&policy);
        Self {
            current: Arc::new(RwLock::new(policy)),
        }
    }

    /// Returns the current policy.
    #[must_use]
    pub fn policy(&self) -> Arc<Policy> {
        // A lock is poisoned by a panic while it is held, and nothing here panics.
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the policy for the requests that arrive from now on; returns the one before.
    pub fn replace(&self, policy: impl Into<Arc<Policy>>) -> Arc<Policy> {
        let policy = policy.into();
        // Outside the lock, so that no request waits for it.
        prepare(&policy);
        let current = self.current.write();
        core::mem::replace(
            &mut *current.unwrap_or_else(PoisonError::into_inner),
            policy,
        )
    }
}

/// Shows no policy, which can be large.
impl fmt::Debug for ReloadHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReloadHandle").finish_non_exhaustive()
    }
}
