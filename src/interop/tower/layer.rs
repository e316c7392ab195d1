//! The layer and its settings.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;
use core::fmt;
use std::sync::Arc;

use http::header::{HeaderName, HeaderValue};
use http::request::Parts;
use tower_layer::Layer;

use super::event::DecisionEvent;
use super::reload::ReloadHandle;
use super::service::Cors;
use crate::interop::http::prepare;
use crate::origin::Origin;
use crate::policy::Policy;

/// A layer that evaluates every request against a policy, answers preflights, and applies the CORS headers
/// to all final responses. See the [module](crate::tower) for its position among other layers.
///
/// `A` is [`NotAsking`], or the function of [`asking`](Self::asking).
#[derive(Clone)]
pub struct CorsLayer<A = NotAsking> {
    pub(super) settings: Settings,
    pub(super) asking: A,
}

/// The type of a [`CorsLayer`] without a function that is asked about origins.
#[derive(Clone, Copy, Debug, Default)]
pub struct NotAsking(());

/// The function that a [`CorsLayer`] asks about origins.
#[derive(Clone, Copy)]
pub struct Asking<F>(pub(super) F);

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) source: PolicySource,
    pub(super) hook: Option<Hook>,
    pub(super) vary: Option<HeaderValue>,
    pub(super) merges_exposed: bool,
}

pub(super) type Hook = Arc<dyn Fn(&DecisionEvent<'_>) + Send + Sync>;

/// Where a [`CorsLayer`] gets its policy: a [`Policy`], an `Arc<Policy>`, a [`ReloadHandle`] or a
/// [function](Self::from_fn).
#[derive(Clone)]
pub struct PolicySource(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Fixed(Arc<Policy>),
    Reloadable(ReloadHandle),
    Function(Arc<dyn Fn() -> Arc<Policy> + Send + Sync>),
}

impl PolicySource {
    /// Creates a source that calls this function once for each request, such as to load the policy from a
    /// configuration that other code replaces.
    ///
    /// ```
    /// use cross_origin::Policy;
    /// use cross_origin::tower::{CorsLayer, PolicySource};
    /// use std::sync::{Arc, RwLock};
    ///
    /// let config = Arc::new(RwLock::new(Arc::new(Policy::deny_all())));
    /// let layer = CorsLayer::new(PolicySource::from_fn(move || config.read().unwrap().clone()));
    /// ```
    #[must_use]
    pub fn from_fn(policy: impl Fn() -> Arc<Policy> + Send + Sync + 'static) -> Self {
        Self(Source::Function(Arc::new(policy)))
    }
}

impl From<Policy> for PolicySource {
    fn from(policy: Policy) -> Self {
        Arc::new(policy).into()
    }
}

impl From<Arc<Policy>> for PolicySource {
    fn from(policy: Arc<Policy>) -> Self {
        prepare(&policy);
        Self(Source::Fixed(policy))
    }
}

impl From<ReloadHandle> for PolicySource {
    fn from(handle: ReloadHandle) -> Self {
        Self(Source::Reloadable(handle))
    }
}

impl From<&ReloadHandle> for PolicySource {
    fn from(handle: &ReloadHandle) -> Self {
        handle.clone().into()
    }
}

impl CorsLayer {
    /// Creates a layer with this policy: a [`Policy`], an `Arc<Policy>`, or a [`ReloadHandle`] or
    /// [`PolicySource`] to replace it while the server runs.
    #[must_use]
    pub fn new(policy: impl Into<PolicySource>) -> Self {
        let settings = Settings {
            source: policy.into(),
            hook: None,
            vary: None,
            merges_exposed: false,
        };
        Self {
            settings,
            asking: NotAsking(()),
        }
    }

    /// Asks this function about origins that a rule [asks](crate::Rule::ask) about.
    ///
    /// It gets the origin and the head of the request, and returns a future of whether the origin is
    /// allowed. An error means that it is not, as does the absence of a function: the rule does not match,
    /// and the rules below are tried. It is not called for requests that a rule above decides, nor for `null`
    /// or malformed origins. The inner service must be `Clone`, because it is called after the future.
    ///
    /// Name the headers that the verdict depends on, other than `Origin`, with
    /// [`vary_by`](Self::vary_by).
    ///
    /// ```
    /// use cross_origin::tower::CorsLayer;
    /// use cross_origin::{Origin, Policy, Rule};
    /// # #[derive(Clone)] struct Database;
    /// # impl Database {
    /// #     async fn is_tenant(&self, _: &str) -> Result<bool, std::io::Error> { Ok(true) }
    /// # }
    /// # let database = Database;
    ///
    /// let layer = CorsLayer::new(Policy::new([Rule::ask().allow_credentials()])?)
    ///     .asking(move |origin: Origin, _: &http::request::Parts| {
    ///         let database = database.clone();
    ///         async move { database.is_tenant(origin.as_str()).await }
    ///     });
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn asking<F, V, E>(self, ask: F) -> CorsLayer<Asking<F>>
    where
        F: Fn(Origin, &Parts) -> V,
        V: Future<Output = Result<bool, E>>,
    {
        CorsLayer {
            settings: self.settings,
            asking: Asking(ask),
        }
    }
}

impl<A> CorsLayer<A> {
    /// Calls this function with every decision, before the inner service is called. It replaces the function
    /// of an earlier call.
    ///
    /// Same-origin requests other than `GET` and `HEAD` also send `Origin`, and policies need not allow the
    /// server's own. Skip those that are [`is_same_origin`](DecisionEvent::is_same_origin) when you count
    /// denials, and explain a sample of the denials rather than all:
    ///
    /// ```
    /// use cross_origin::tower::CorsLayer;
    /// use cross_origin::{Policy, Rule};
    /// use std::sync::atomic::{AtomicU64, Ordering};
    ///
    /// static DENIALS: AtomicU64 = AtomicU64::new(0);
    ///
    /// let policy = Policy::new([Rule::allow_origins(["https://app.example.com"])])?;
    /// let layer = CorsLayer::new(policy).on_decision(|event| {
    ///     let Some(denial) = event.decision().denial() else { return };
    ///     if !event.is_same_origin() && DENIALS.fetch_add(1, Ordering::Relaxed) % 100 == 0 {
    ///         eprintln!("{} {}: {denial}", event.method(), event.uri());
    ///         // With the feature `advice`: eprintln!("{}", event.explain());
    ///     }
    /// });
    /// # Ok::<(), cross_origin::PolicyProblems>(())
    /// ```
    #[must_use]
    pub fn on_decision(
        mut self,
        hook: impl Fn(&DecisionEvent<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.settings.hook = Some(Arc::new(hook));
        self
    }

    /// Adds these header names to `Vary` on every response: request headers that the verdicts of
    /// [`asking`](CorsLayer::asking) depend on, such as a tenant's header.
    #[must_use]
    pub fn vary_by(mut self, names: impl IntoIterator<Item = HeaderName>) -> Self {
        let names = names.into_iter().map(|name| name.as_str().to_owned());
        let names = names.collect::<Vec<_>>().join(",");
        self.settings.vary = HeaderValue::from_str(&names)
            .ok()
            .filter(|_| !names.is_empty());
        self
    }

    /// Keeps the names that the inner service itself sets in `Access-Control-Expose-Headers`, and merges
    /// them with those of the policy: [`Decision::apply_merging_exposed`](crate::Decision::apply_merging_exposed).
    /// Without this the policy's replace them.
    #[must_use]
    pub fn merge_exposed(mut self) -> Self {
        self.settings.merges_exposed = true;
        self
    }
}

impl<S, A: Clone> Layer<S> for CorsLayer<A> {
    type Service = Cors<S, A>;

    fn layer(&self, inner: S) -> Cors<S, A> {
        Cors {
            inner,
            layer: self.clone(),
        }
    }
}

/// Shows no policy, which can be large.
impl<A> fmt::Debug for CorsLayer<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorsLayer").finish_non_exhaustive()
    }
}

impl fmt::Debug for PolicySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicySource").finish_non_exhaustive()
    }
}

impl<F> fmt::Debug for Asking<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asking").finish_non_exhaustive()
    }
}
