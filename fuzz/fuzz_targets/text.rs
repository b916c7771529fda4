//! Any bytes as text: a document or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vraagbaak::{Extractor, Limits};

/// How many readings of a table are weighed: faults do not hide in the thousandth, and runs are what counts here.
const READINGS: u64 = 200;

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.readings = READINGS;
    let text = String::from_utf8_lossy(bytes);
    if let Ok(questions) = Extractor::new().limits(limits).text(&text) {
        assert!(!questions.is_empty());
    }
});
