//! Doors for the fuzz targets.

use super::{label::Label, phrase};
use crate::model::Date;

/// The date that a line begins with, and the first within it.
pub(crate) fn dates(line: &str) -> [Option<Date>; 2] {
    [phrase::date(line).ok().map(|(_, date)| date), phrase::date_within(line)]
}

/// How many bytes the label takes that a line begins with.
pub(crate) fn label_len(line: &str) -> Option<usize> {
    let label = Label::read(line)?;
    label.numbers.iter().for_each(|number| assert!(!label.name(*number).is_empty()));
    Some(label.len)
}
