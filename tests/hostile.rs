//! Bad bytes: cut, torn and scrambled documents give a document or an error, never a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

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

/// How far apart documents are cut: a prime, so that cuts fall at every place of a line and inside characters.
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

/// Pseudo-random numbers, the same in every run (Marsaglia's xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
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
        for cut in (0..seed.len()).step_by(CUTS) {
            parse(&seed[..cut]);
            parse(&seed[cut..]);
        }
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

/// One fault of those that files have: a wrong byte, a stretch lost, doubled or moved, a number grown, a mark put in.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const MARKS: [&str; 16] = [
        "\n",
        "\n\n",
        "\r",
        "\x0c",
        "\0",
        "\t",
        " ",
        "1. ",
        "a) ",
        "ANTWOORD\n",
        "TOTAAL ",
        "\u{a0}",
        "9999999999999",
        "€ ",
        "%",
        "\u{feff}",
    ];
    if bytes.is_empty() {
        return bytes.extend_from_slice(b"1. ");
    }
    let start = dice.roll(bytes.len());
    let end = (start + dice.roll(80)).min(bytes.len());
    match dice.roll(6) {
        0 => bytes[start] = u8::try_from(dice.roll(256)).unwrap(),
        1 => drop(bytes.drain(start..end)),
        2 => {
            let stretch = bytes[start..end].to_vec();
            let place = dice.roll(bytes.len());
            drop(bytes.splice(place..place, stretch));
        }
        3 => bytes[start..end].reverse(),
        4 => bytes[start] = bytes[start].wrapping_add(1),
        _ => drop(bytes.splice(start..start, MARKS[dice.roll(MARKS.len())].bytes())),
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
