//! In regression tests: documents with what is expected of them, whatever program reads them.
//!
//! ```sh
//! cargo run --example regression -- fixtures/corpus
//! ```
//!
//! `vraagbaak check` does this for the command, and with `--program` for one that is not written in Rust.

use std::error::Error;
use std::path::Path;
use vraagbaak::fixture::Fixture;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "fixtures/corpus".to_owned());
    let wrong = judge(Path::new(&folder))?;
    wrong.iter().for_each(|wrong| println!("{wrong}"));
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} fixtures are read otherwise", wrong.len()).into()) }
}

/// What is not as expected, a text a fixture.
pub(crate) fn judge(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut wrong = Vec::new();
    for fixture in Fixture::load_all(folder)? {
        // Your parser in the place of this crate's: any that gives its JSON. Beside what is expected, what holds for every
        // document is asked: spans point at their text, rows have all their cells, checks are as computed.
        let verdict = fixture.check(vraagbaak::parse_all_bytes);
        if !verdict.is_good() {
            wrong.push(verdict.to_string());
        }
    }
    Ok(wrong)
}
