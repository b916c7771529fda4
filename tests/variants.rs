//! One document, read from its PDF and from what four extractors made of it: the same words, the same facts.
//!
//! `fixtures/<id>/variants/` holds the texts of a document beside its PDF (`document.pdf` where the fixture's own input
//! is a text). `differs.txt` there names what is known to differ today: a variant, and how many facts it misses. More is
//! a failure; the facts themselves are printed.

#![cfg(feature = "pdf")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use vraagbaak::{Extractor, parse_all_bytes};

/// The share of poppler's words that are there in the same order, lines as drawn.
const DRAWN: f64 = 0.995;

/// The same in reading order, of words that a line's end breaks counted as the one word that they are: what stands in a
/// frame is drawn at the page's end and read in its place. Three tables of 113 words are, in two of the documents.
const READ: f64 = 0.989;

/// Documents that have a table in a frame.
const FRAMED: usize = 2;

const VARIANTS: [&str; 4] = ["layout", "pdfbox", "raw", "pdftotext"];

/// The documents that are there in several variants: the folder of the variants, and the PDF.
fn documents() -> Vec<(PathBuf, PathBuf)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found: Vec<(PathBuf, PathBuf)> = fs::read_dir(fixtures)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("variants").is_dir())
        .map(|folder| {
            let own = folder.join("input.pdf");
            (folder.join("variants"), if own.is_file() { own } else { folder.join("variants/document.pdf") })
        })
        .collect();
    found.sort();
    assert!(found.len() >= 10, "{} documents in several variants", found.len());
    found
}

fn name(variants: &Path) -> String {
    variants.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned()
}

/// The length of the longest common subsequence (Myers 1986).
fn common(a: &[&str], b: &[&str]) -> usize {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let mut far = vec![0_isize; 2 * (a.len() + b.len()) + 3];
    let middle = n + m + 1;
    for edits in 0..=n + m {
        for k in (-edits..=edits).step_by(2) {
            let at = |k: isize| far[(middle + k) as usize];
            let mut x = if k == -edits || k != edits && at(k - 1) < at(k + 1) { at(k + 1) } else { at(k - 1) + 1 };
            while x < n && x - k < m && a[x as usize] == b[(x - k) as usize] {
                x += 1;
            }
            far[(middle + k) as usize] = x;
            if x >= n && x - k >= m {
                return ((n + m - edits) / 2) as usize;
            }
        }
    }
    0
}

/// The words of a text, two that a line's end parts (`West-` and `Vlaanderen`) as one where the other text has them as one.
fn joined_words(text: &str, other: &str) -> Vec<String> {
    let whole: BTreeSet<&str> = other.split_whitespace().collect();
    let mut words: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut rest = line.split_whitespace();
        if let (Some(last), Some(first)) = (words.last_mut(), rest.clone().next())
            && whole.contains(format!("{last}{first}").as_str())
        {
            last.push_str(first);
            rest.next();
        }
        words.extend(rest.map(str::to_owned));
    }
    words
}

#[test]
fn a_pdf_has_the_words_of_poppler_as_they_are_drawn() {
    let (mut all, mut same) = (0, 0);
    for (variants, pdf) in documents() {
        let raw = fs::read_to_string(variants.join("raw.txt")).unwrap();
        let drawn = Extractor::new().drawn_text(&fs::read(pdf).unwrap()).unwrap();
        let expected: Vec<&str> = raw.split_whitespace().collect();
        all += expected.len();
        same += common(&expected, &drawn.split_whitespace().collect::<Vec<_>>());
    }
    println!("{same} of {all} words");
    assert!(same as f64 >= DRAWN * all as f64, "{same} of {all} words");
}

#[test]
fn a_pdf_has_every_word_of_poppler_once_in_reading_order_and_moves_frames_alone() {
    let (mut all, mut same, mut moved) = (0, 0, Vec::new());
    for (variants, pdf) in documents() {
        let raw = fs::read_to_string(variants.join("raw.txt")).unwrap();
        let read = Extractor::new().prose(&fs::read(pdf).unwrap(), false).unwrap();
        let expected = joined_words(&raw, &read);
        let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let mut found: Vec<&str> = read.split_whitespace().collect();
        let in_order = common(&expected, &found);
        println!("{}: {} words, {in_order} in the order of the file", name(&variants), expected.len());
        all += expected.len();
        same += in_order;
        if in_order < expected.len() {
            moved.push(name(&variants));
        }
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(expected, found, "{}", name(&variants));
    }
    println!("{same} of {all} words in the order of the file: {:.4}", same as f64 / all as f64);
    assert!(same as f64 >= READ * all as f64 && moved.len() <= FRAMED, "{same} of {all} words; {moved:?}");
}

/// Each fact as a line, with how often it is there.
fn facts(bytes: &[u8]) -> BTreeMap<String, usize> {
    let mut facts = BTreeMap::new();
    for question in parse_all_bytes(bytes).unwrap() {
        for fact in question.facts() {
            let line = format!("{} | {} = {}", fact.stub, fact.header, fact.value).replace('\u{a0}', " ");
            *facts.entry(line).or_insert(0) += 1;
        }
    }
    facts
}

#[test]
fn text_gives_the_facts_of_the_pdf_but_for_those_that_are_known() {
    let (mut new, mut all, mut missed) = (Vec::new(), 0, 0);
    for (variants, pdf) in documents() {
        let expected = facts(&fs::read(pdf).unwrap());
        let known = fs::read_to_string(variants.join("differs.txt")).unwrap_or_default();
        for variant in VARIANTS {
            let actual = facts(&fs::read(variants.join(format!("{variant}.txt"))).unwrap());
            let lacking: Vec<(&String, usize)> = expected
                .iter()
                .map(|(fact, count)| (fact, count.saturating_sub(actual.get(fact).copied().unwrap_or(0))))
                .filter(|(_, lacking)| *lacking > 0)
                .collect();
            let count: usize = lacking.iter().map(|(_, count)| count).sum();
            all += expected.values().sum::<usize>();
            missed += count;
            if count > 0 {
                println!("{} {variant} {count}", name(&variants));
                lacking.iter().for_each(|(fact, count)| println!("    {count} x {fact}"));
            }
            let allowed = known.lines().find_map(|line| line.strip_prefix(variant)?.trim().parse().ok()).unwrap_or(0);
            if count > allowed {
                new.push(format!(
                    "{} {variant}: {count} facts of the PDF are not there, {allowed} were",
                    name(&variants)
                ));
            }
        }
    }
    println!("{:.4} of {all} facts", 1.0 - missed as f64 / all as f64);
    assert!(new.is_empty(), "{}", new.join("\n"));
}
