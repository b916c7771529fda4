//! Whether a file is one that this program wrote: no other is ever replaced.
//!
//! Told by how a file begins, spaces aside, and not by its name, so that whatever stands under a name that was meant for
//! something else stays whole.
//!
//! ```text
//! uit.csv      source,source_index,id,…       ours
//! uit.csv      Gemeente;Inwoners;…            refused
//! vraag.pdf    %PDF-1.7                       refused (`--output *.pdf` was typed, and the shell put the first PDF there)
//! ```

use super::fault::Fault;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// How what this program writes begins, spaces left out: documents as JSON, one or several; as JSON lines, a failure first;
/// tables as comma-separated values, and their descriptions; a report; a picture of a page; no documents.
const OUTPUTS: [&str; 8] = [
    "{\"schema_version\":",
    "[{\"schema_version\":",
    "{\"source\":{\"path\":",
    "source,source_index,",
    "{\"fields\":[{\"name\":\"source\",",
    "<!doctypehtml><htmllang=\"en\"><head><metacharset=\"utf-8\"><metaname=\"generator\"content=\"vraagbaak",
    "<svgclass=\"vraagbaak\"",
    "[]",
];

/// How a manifest begins: no output, so that neither is taken for the other.
const MANIFEST: [&str; 1] = ["{\"path\":"];

/// Bytes of a file that are looked at: more than any of the beginnings with the spaces in it.
const LOOKED_AT: u64 = 1 << 10;

/// Fails when a file stands at `place` that is no output of this program. An empty one is nobody's.
pub(super) fn refuse_strange(place: &Path) -> Result<(), Fault> {
    refuse_unless(place, &OUTPUTS)
}

/// Fails when a file stands at `place` that is no manifest.
pub(super) fn refuse_no_manifest(place: &Path) -> Result<(), Fault> {
    refuse_unless(place, &MANIFEST)
}

fn refuse_unless(place: &Path, beginnings: &[&str]) -> Result<(), Fault> {
    // Of what is no file, a pipe say, not a byte is taken.
    if !fs::metadata(place).is_ok_and(|found| found.is_file()) {
        return Ok(());
    }
    if begins(place, beginnings).map_err(|error| Fault::io_at(place, error))? {
        return Ok(());
    }
    Err(Fault::refused(place, "is there already, with something else in it: it is not written over, name another file"))
}

fn begins(place: &Path, beginnings: &[&str]) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(place)?.take(LOOKED_AT).read_to_end(&mut head)?;
    head.retain(|byte| !byte.is_ascii_whitespace());
    // A run that was killed may leave the beginning of a manifest's first line.
    let is_one = |beginning: &str| head.starts_with(beginning.as_bytes()) || beginning.as_bytes().starts_with(&head);
    Ok(beginnings.iter().any(|beginning| is_one(beginning)))
}
