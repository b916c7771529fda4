//! As a dependency: one document, its figures, and what is doubtful about them.
//!
//! ```sh
//! cargo run --example facts -- seeds/001_c053da0bd1a00141.txt
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).unwrap_or_else(|| "seeds/001_c053da0bd1a00141.txt".to_owned());
    print!("{}", facts(&fs::read(path)?)?);
    Ok(())
}

/// The figures of a document, a line each, and the totals that do not hold.
pub(crate) fn facts(bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    // A PDF, or a text in UTF-8, UTF-16 or Windows-1252: the bytes tell which.
    let question = vraagbaak::parse_bytes(bytes)?;
    let mut out = String::new();
    writeln!(out, "{}", question.title.as_deref().unwrap_or("(no title)"))?;
    for fact in question.facts() {
        // A table is worth trusting by its confidence, a figure by the checks that it is part of.
        let table = fact.table;
        let unit = fact.unit.unwrap_or("");
        writeln!(out, "{} {} / {} = {}{unit} ({:.2})", table.id, fact.stub, fact.header, fact.value, table.confidence)?;
    }
    for table in &question.tables {
        for check in table.checks.iter().filter(|check| !check.holds) {
            writeln!(out, "{} row {}: printed {}, computed {}", table.id, check.row, check.printed, check.computed)?;
        }
    }
    for doubt in &question.diagnostics {
        writeln!(out, "{}: {}", doubt.severity, doubt.message)?;
    }
    Ok(out)
}
