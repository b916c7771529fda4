//! Doors for the fuzz targets (`fuzz/`) into single readers; built with `--cfg fuzzing` alone, which `cargo fuzz` sets.

use crate::structure;
use crate::table;

/// Types a cell.
///
/// # Panics
/// Where its number is none that JSON can hold.
pub fn number(text: &str) {
    assert!(table::cell_number(text).is_none_or(f64::is_finite), "{text:?}");
}

/// Reads a date and searches one.
///
/// # Panics
/// Where it does not read back as it is written.
pub fn date(text: &str) {
    for date in structure::dates(text).into_iter().flatten() {
        assert_eq!(date.to_string().parse(), Ok(date), "{text:?}");
    }
}

/// Reads a label.
///
/// # Panics
/// Where it is longer than its line, or ends within a character.
pub fn label(text: &str) {
    assert!(structure::label_len(text).is_none_or(|len| text.get(..len).is_some()), "{text:?}");
}
