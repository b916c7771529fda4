//! How long each stage of the way took, for those who measure it.
//!
//! ```text
//! reading    bytes → glyphs and rules of a PDF, or characters of a text
//! layout     words, lines, pages; running heads and footnotes told
//! tables     grids, headers, numbers, checks
//! structure  header, questions, answers; each table in its place
//! ```

use std::time::{Duration, Instant};

/// The time that each stage took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stages {
    /// From bytes to glyphs and rules, or to characters.
    pub reading: Duration,
    /// From glyphs or characters to words, lines and pages.
    pub layout: Duration,
    /// Finding, reading and checking tables.
    pub tables: Duration,
    /// Header, questions and answers.
    pub structure: Duration,
}

/// Runs a step and adds what it took.
pub(super) fn timed<T>(total: &mut Duration, step: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = step();
    *total += begun.elapsed();
    done
}
