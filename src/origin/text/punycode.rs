//! Whether an `xn--` label stands for anything
//! ([RFC 3492, 6.2](https://www.rfc-editor.org/rfc/rfc3492#section-6.2)).
//!
//! Only decoding is checked, as the tables of UTS 46 are what the feature `idna` brings.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// Whether what follows `xn--` decodes to a label that has a character beyond ASCII, and no
/// upper-case, control or white-space one.
pub(super) fn is_decodable(encoded: &str) -> bool {
    let (basic, deltas) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    !deltas.is_empty() && decode(basic.len(), deltas.as_bytes()).is_some()
}

/// Runs the decoder without keeping what it decodes: only the count of characters matters to it.
fn decode(basic_len: usize, mut deltas: &[u8]) -> Option<()> {
    let mut written = u32::try_from(basic_len).ok()?;
    let (mut n, mut i, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    let mut damp = DAMP;
    while !deltas.is_empty() {
        let (delta, rest) = variable_length_integer(deltas, bias)?;
        deltas = rest;
        written = written.checked_add(1)?;
        bias = adapt(delta, damp, written)?;
        damp = 2;
        i = i.checked_add(delta)?;
        n = n.checked_add(i.checked_div(written)?)?;
        let decoded = char::from_u32(n)?;
        if decoded.is_control() || decoded.is_whitespace() || !decoded.to_lowercase().eq([decoded])
        {
            return None;
        }
        i = i.checked_rem(written)?.checked_add(1)?;
    }
    Some(())
}

fn variable_length_integer(mut digits: &[u8], bias: u32) -> Option<(u32, &[u8])> {
    let (mut value, mut weight, mut k) = (0_u32, 1_u32, BASE);
    loop {
        let (&first, rest) = digits.split_first()?;
        digits = rest;
        let digit = match first {
            b'a'..=b'z' => u32::from(first).checked_sub(u32::from(b'a'))?,
            b'0'..=b'9' => u32::from(first)
                .checked_sub(u32::from(b'0'))?
                .checked_add(26)?,
            _ => return None,
        };
        value = value.checked_add(digit.checked_mul(weight)?)?;
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if digit < threshold {
            return Some((value, digits));
        }
        weight = weight.checked_mul(BASE.checked_sub(threshold)?)?;
        k = k.checked_add(BASE)?;
    }
}

fn adapt(delta: u32, damp: u32, written: u32) -> Option<u32> {
    let mut delta = delta.checked_div(damp)?;
    delta = delta.checked_add(delta.checked_div(written)?)?;
    let mut k = 0_u32;
    while delta > 455 {
        delta = delta.checked_div(BASE.checked_sub(T_MIN)?)?;
        k = k.checked_add(BASE)?;
    }
    let numerator = 36_u32.checked_mul(delta)?;
    k.checked_add(numerator.checked_div(delta.checked_add(SKEW)?)?)
}

#[cfg(test)]
mod tests {
    use super::is_decodable;

    #[test]
    fn labels_that_stand_for_something() {
        let labels = [
            "bcher-kva",
            "fa-hia",
            "ls8h",
            "p1ai",
            "55qx5d",
            "mre-og-romsdal-qqb",
            // several characters, so that the bias is adapted in every way
            "gda53ob38gzpa",
            "ax-gv2c11ab",
            "zba-poa116a4p9m",
        ];
        for label in labels {
            assert!(is_decodable(label), "{label}");
        }
    }

    #[test]
    fn labels_that_stand_for_nothing() {
        // nothing at all, ASCII alone, a control character, deltas cut short, `bÜcher`
        for label in ["", "abc-", "a", "99999999", "bcher-kv", "bcher-2pa"] {
            assert!(!is_decodable(label), "{label}");
        }
    }
}
