//! In a batch: a folder of documents to JSON lines and a table of facts, none lost for another's fault.
//!
//! ```sh
//! cargo run --example archive -- seeds /tmp/out
//! ```
//!
//! The command does this with worker processes, deadlines and a manifest (`vraagbaak convert`); this is the same for a
//! program that has its own.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use vraagbaak::{Extractor, write_facts, write_facts_header, write_json_line};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| "seeds".into());
    let output = arguments.next().unwrap_or_else(|| "out".into());
    let (read, failed) = convert(&folder, &output)?;
    println!("{read} written questions; not read: {failed:?}");
    Ok(())
}

/// Converts the documents of a folder. Gives how many written questions there were, and each file without one.
pub(crate) fn convert(folder: &Path, output: &Path) -> Result<(usize, Vec<String>), Box<dyn Error>> {
    fs::create_dir_all(output)?;
    let mut lines = BufWriter::new(File::create(output.join("questions.jsonl"))?);
    let mut facts = BufWriter::new(File::create(output.join("facts.csv"))?);
    write_facts_header(&mut facts)?;
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let (mut read, mut failed) = (0, Vec::new());
    for path in paths.iter().filter(|path| path.is_file()) {
        // The path is only noted, in `source.path`; a file may hold several written questions.
        let extractor = Extractor::new().path(path.to_string_lossy());
        match extractor.bytes(&fs::read(path)?) {
            Ok(questions) => {
                for question in &questions {
                    write_json_line(&mut lines, question)?;
                    write_facts(&mut facts, question)?;
                    read += 1;
                }
            }
            // Scanned, encrypted, no written question …: the error says which, and what to do.
            Err(error) => failed.push(format!("{}: {error}", path.display())),
        }
    }
    lines.flush()?;
    facts.flush()?;
    Ok((read, failed))
}
