//! An assertion for tests.

use super::failure::Failure;
use super::response::Response;

/// Asserts that a page gets the response of a fetch, and returns it.
///
/// ```should_panic
/// use cross_origin::browser::{Fetch, Response, assert_shared};
///
/// let fetch = Fetch::new("https://app.example", "GET").unwrap();
/// // blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.
/// assert_shared(fetch.send_to(|_| Response::new(200)));
/// ```
///
/// # Panics
///
/// The browser blocks the response. The message is that of its console, and the step of the standard.
#[track_caller]
pub fn assert_shared(result: Result<Response, Failure>) -> Response {
    match result {
        Ok(response) => response,
        #[expect(clippy::panic, reason = "it is an assertion")]
        Err(failure) => panic!(
            "blocked by CORS policy: {}\n({})",
            failure.console(),
            failure.step()
        ),
    }
}
