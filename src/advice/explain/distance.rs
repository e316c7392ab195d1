//! Edit distance.

use alloc::vec;
use alloc::vec::Vec;
use core::mem;

/// The longest text that is compared: header names that people write are shorter.
const MAX_LEN: usize = 64;

/// The Damerau–Levenshtein distance (its optimal string alignment), if it is `most` or less: how many
/// bytes have to be put in, left out or replaced, or neighbours swapped, no byte twice.
pub(super) fn distance(one: &[u8], other: &[u8], most: usize) -> Option<usize> {
    if one.len().max(other.len()) > MAX_LEN || one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut byte_above = None;
    for (index, byte) in one.iter().enumerate() {
        let mut row = vec![index.saturating_add(1)];
        let mut byte_left = None;
        for (column, found) in other.iter().enumerate() {
            let swapped = byte_above == Some(found) && byte_left == Some(byte);
            let swapped = swapped
                .then(|| at(&before, column.checked_sub(1)?, 1))
                .flatten();
            let cost = usize::from(byte != found);
            let reached = [
                at(&above, column, cost),
                at(&above, column.saturating_add(1), 1),
                at(&row, column, 1),
                swapped,
            ];
            row.push(reached.into_iter().flatten().min().unwrap_or(usize::MAX));
            byte_left = Some(found);
        }
        byte_above = Some(byte);
        before = mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&edits| edits <= most)
}

fn at(row: &[usize], column: usize, cost: usize) -> Option<usize> {
    row.get(column).map(|edits| edits.saturating_add(cost))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand() {
        let table = [
            ("", "", Some(0)),
            ("x-api-key", "x-api-key", Some(0)),
            // put in, left out, replaced, swapped
            ("x-apikey", "x-api-key", Some(1)),
            ("x-api-keys", "x-api-key", Some(1)),
            ("x-api_key", "x-api-key", Some(1)),
            ("autohrization", "authorization", Some(1)),
            ("ab", "ba", Some(1)),
            // two of them
            ("x_api_key", "x-api-key", Some(2)),
            ("autorisation", "authorization", Some(2)),
            ("abc", "bca", Some(2)),
            // no byte twice: swapping and then putting one between would be two
            ("ca", "abc", None),
            ("x-a", "etag", None),
            ("a", "abcd", None),
            ("", "abc", None),
        ];
        for (one, other, expected) in table {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            assert_eq!(distance(one, other, 2), expected, "{one:?} {other:?}");
            assert_eq!(distance(other, one, 2), expected, "{other:?} {one:?}");
        }
        assert_eq!(distance(&[b'x'; 64], &[b'x'; 64], 2), Some(0));
        assert_eq!(distance(&[b'x'; 65], &[b'x'; 65], 2), None);
    }
}
