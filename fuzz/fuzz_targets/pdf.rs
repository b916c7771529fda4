//! Any bytes as a PDF: a document or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vraagbaak::{Extractor, Limits};

/// The most that is inflated: the machine's memory is not what is tested here.
const INFLATED: u64 = 4 << 20;

fuzz_target!(|bytes: &[u8]| {
    let mut limits = Limits::default();
    limits.readings = 200;
    limits.stream_bytes = INFLATED;
    limits.document_bytes = INFLATED;
    if let Ok(questions) = Extractor::new().limits(limits).pdf(bytes) {
        assert!(!questions.is_empty());
    }
});
