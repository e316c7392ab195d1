//! Policies: building, evaluation and decisions.

mod apply;
mod apply_exposed;
mod caps;
mod lookup;
mod names;
mod not_modified;
mod origin_list;
mod preflight;
mod reach;
mod reading;
mod refusals;
mod response_table;
mod rules;
mod safety;
mod suffixes_below;
