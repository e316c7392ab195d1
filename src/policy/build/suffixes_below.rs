pub(super) const BASES: &[&str] = &[];
