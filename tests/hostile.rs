//! Bad bytes: cut, torn and scrambled documents give a document or an error, never a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod mutation;

use mutation::{Dice, mutate};
use std::fs;
use std::path::Path;
use vraagbaak::{Extractor, Limits, parse_all_bytes};

/// How many documents are scrambled.
const MUTATIONS: usize = 10_000;

/// The longest stretch of a document that is scrambled at once: most faults lie in a few lines, and short ones let many
/// be tried.
const WINDOW: usize = 700;

/// How many readings of a table are weighed.
const READINGS: u64 = 500;

/// How far apart beginnings are cut off: a prime, so that cuts fall at every place of a line and inside characters.
const CUTS: usize = 61;

fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Whatever comes out, it does. Fewer readings of a table are weighed than by default: the faults sought do not hide in the
/// ten thousandth, and many documents are tried.
fn parse(bytes: &[u8]) {
    let mut limits = Limits::default();
    limits.readings = READINGS;
    if let Ok(questions) = Extractor::new().limits(limits).bytes(bytes) {
        assert!(!questions.is_empty());
    }
}

#[test]
fn every_line_may_be_missing() {
    for seed in seeds() {
        let lines: Vec<_> = seed.split_inclusive(|byte| *byte == b'\n').collect();
        for missing in 0..lines.len() {
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != missing);
            parse(&kept.flat_map(|(_, line)| line.iter().copied()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_document_may_end_and_begin_anywhere() {
    for seed in seeds() {
        (0..seed.len()).for_each(|cut| parse(&seed[..cut]));
        (0..seed.len()).step_by(CUTS).for_each(|cut| parse(&seed[cut..]));
    }
}

#[test]
fn scrambled_documents_are_read_or_refused() {
    let (seeds, mut dice) = (seeds(), Dice(0x5eed_0000_0000_0001));
    for _ in 0..MUTATIONS {
        let seed = &seeds[dice.roll(seeds.len())];
        let start = dice.roll(seed.len());
        let mut bytes = seed[start..(start + WINDOW).min(seed.len())].to_vec();
        for _ in 0..=dice.roll(6) {
            mutate(&mut bytes, &mut dice);
        }
        parse(&bytes);
    }
}

/// How many PDFs are scrambled. Their streams stay packed, so most faults are in what holds these together.
#[cfg(feature = "pdf")]
const PDF_MUTATIONS: usize = 100;

#[cfg(feature = "pdf")]
#[test]
fn scrambled_pdfs_are_read_or_refused() {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")).unwrap();
    let mut paths: Vec<_> = folders.map(|entry| entry.unwrap().path().join("input.pdf")).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    let pdfs: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let mut dice = Dice(0x5eed_0000_0000_0002);
    for _ in 0..PDF_MUTATIONS {
        let mut bytes = pdfs[dice.roll(pdfs.len())].clone();
        for _ in 0..=dice.roll(20) {
            mutate(&mut bytes, &mut dice);
        }
        parse(&bytes);
    }
}

#[test]
fn text_in_any_encoding_is_read_or_refused() {
    let text = String::from_utf8(seeds().remove(0)).unwrap();
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    };
    for bytes in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes), text.replace('\n', "\r").into_bytes()] {
        assert!(parse_all_bytes(&bytes).is_ok());
        parse(&bytes[..bytes.len() - 1]);
    }
}

/// What grows with the square of the text, or the depth of its numbering, shows here as a test that does not end.
#[test]
fn long_and_deep_documents_end() {
    let repeated = |line: &str, count: usize| line.repeat(count).into_bytes();
    for bytes in [
        repeated("1. ", 30_000),
        repeated("1.1.1.1.1.1.", 10_000),
        repeated("((((", 20_000),
        repeated("a) b) c)\n", 10_000),
        repeated("12 34 56 78\n", 10_000),
        repeated("\n", 100_000),
        repeated("woord ", 20_000),
        repeated("ANTWOORD\n", 5_000),
        repeated("Totaal 1 2 3\n\n", 5_000),
        repeated("x", 100_000),
        repeated("\x0c", 100_000),
        repeated("| |\n", 20_000),
    ] {
        parse(&bytes);
    }
}
