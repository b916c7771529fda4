//! What the tests of the outputs have in common: documents, and the command with a format and an output.

use super::{run, stderr, vraagbaak};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

pub const TEXT: &str = include_str!("../../seeds/001_c053da0bd1a00141.txt");
pub const OTHER_TEXT: &str = include_str!("../../seeds/000_5170ae0f649b1a58.txt");

pub fn convert(inputs: &[&Path], format: &str, output: &Path) -> Output {
    run(vraagbaak().arg("convert").args(inputs).args(["--format", format, "--quiet", "--output"]).arg(output))
}

pub fn converted(inputs: &[&Path], format: &str, output: &Path) {
    let output = convert(inputs, format, output);
    assert!(output.status.success(), "{}", stderr(&output));
}

/// Says of an output that it was refused, and why.
pub fn refused(inputs: &[&Path], format: &str, output: &Path, why: &str) {
    let output = convert(inputs, format, output);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(why), "{said}");
}

/// The seeds and the documents of the fixtures.
pub fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str| fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let inputs = names("fixtures").flat_map(|folder| [folder.join("input.txt"), folder.join("input.pdf")]);
    let mut documents: Vec<PathBuf> = names("seeds").chain(inputs).collect();
    documents.retain(|path| path.is_file() && path.extension().is_some_and(|name| name == "txt" || name == "pdf"));
    documents.sort();
    documents
}
