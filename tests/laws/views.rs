//! A view of a request does not depend on how it is made.

use cross_origin::RequestHeaders;
use proptest::prelude::*;

use crate::support::requests::{Request, request};

/// The same view in every respect: equal, and equal in what explanations read.
fn assert_same(one: RequestHeaders<'_>, other: RequestHeaders<'_>) -> Result<(), TestCaseError> {
    prop_assert_eq!(one, other);
    prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
    Ok(())
}

proptest! {
    #[test]
    fn view_does_not_depend_on_how_it_is_made(request in request(), repeats in 0..20_usize, split in 0..8_usize) {
        let Request { method, mut headers } = request;
        let again: Vec<_> = headers.iter().cycle().take(repeats).cloned().collect();
        headers.extend(again);
        let view = RequestHeaders::new(&method).headers(&headers);

        let lines = headers.iter().map(|(name, value)| (name, value));
        assert_same(view, RequestHeaders::new(&method).headers(lines))?;
        let one_by_one = headers
            .iter()
            .fold(RequestHeaders::new(&method), |view, (name, value)| view.header(name, value));
        assert_same(view, one_by_one)?;
        let (first, rest) = headers.split_at(split.min(headers.len()));
        assert_same(view, RequestHeaders::new(&method).headers(first).headers(rest))?;

        let mut http = http::Request::builder().method(method.as_str());
        for (name, value) in &headers {
            http = http.header(name, value.as_slice());
        }
        // The crate `http` refuses some bytes that a request can have.
        let Ok(http) = http.body(()) else { return Ok(()) };
        assert_same(view, RequestHeaders::new(&method).headers(http.headers()))?;
        assert_same(view, RequestHeaders::from(&http))?;
        let (parts, ()) = http.into_parts();
        assert_same(view, RequestHeaders::from(&parts))?;
    }
}
