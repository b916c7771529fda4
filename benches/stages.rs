//! Each stage of the way by itself: `cargo bench --bench stages`, or `cargo bench --bench stages -- pdf` for one group.
//!
//! Documents are read whole; [`Extractor::timed_bytes`] says what each stage took of it, and that is what is reported: for
//! PDFs the time a page, a mean over all pages; for texts the time for all of them, with the throughput in bytes.
//!
//! `growth` reads inputs that double: times that grow by more than the input point at a step that is not linear.
#![expect(missing_docs, reason = "criterion_group! writes functions without documentation")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use vraagbaak::{Extractor, Stages};

/// A stage: its name, and its time.
type Stage = (&'static str, fn(&Stages) -> Duration);

const STAGES: [Stage; 5] = [
    ("reading", |stages| stages.reading),
    ("layout", |stages| stages.layout),
    ("tables", |stages| stages.tables),
    ("structure", |stages| stages.structure),
    ("all", |stages| stages.reading + stages.layout + stages.tables + stages.structure),
];

/// The files below a folder that are so named.
fn files(folder: &str, name: impl Fn(&Path) -> bool) -> Vec<Vec<u8>> {
    let (mut found, mut folders) = (Vec::<PathBuf>::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if name(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn pages(documents: &[Vec<u8>]) -> u32 {
    let pages = |bytes: &Vec<u8>| Extractor::new().bytes(bytes).ok()?.first()?.source.pages;
    documents.iter().filter_map(pages).sum()
}

/// Measures each stage over all texts of a group.
fn texts(criterion: &mut Criterion, name: &str, documents: &[Vec<u8>]) {
    let bytes = documents.iter().map(Vec::len).sum::<usize>() as u64;
    group(criterion, name, documents, Some(Throughput::Bytes(bytes)), 1);
}

/// Measures each stage over all documents of a group, for the share of it that one of so many parts has.
fn group(criterion: &mut Criterion, name: &str, documents: &[Vec<u8>], throughput: Option<Throughput>, parts: u32) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    throughput.into_iter().for_each(|throughput| {
        group.throughput(throughput);
    });
    let extractor = Extractor::new();
    for (stage, time) in STAGES {
        group.bench_function(BenchmarkId::new(stage, documents.len()), |bencher| {
            bencher.iter_custom(|rounds| {
                let mut stages = Stages::default();
                for document in (0..rounds).flat_map(|_| documents) {
                    let _ = std::hint::black_box(extractor.timed_bytes(document, &mut stages));
                }
                time(&stages) / parts
            });
        });
    }
    group.finish();
}

fn kinds(criterion: &mut Criterion) {
    let is_pdf = |path: &Path| path.extension().is_some_and(|extension| extension == "pdf");
    let pdfs = files("fixtures", is_pdf);
    group(criterion, "pdf, a page", &pdfs, None, pages(&pdfs).max(1));
    let variants =
        |variant: &'static str| files("fixtures", move |path| path.ends_with(format!("variants/{variant}.txt")));
    for (name, documents) in [
        ("seeds", files("seeds", |path| path.extension().is_some_and(|extension| extension == "txt"))),
        ("layout", variants("layout")),
        ("pdfbox", variants("pdfbox")),
        ("raw", variants("raw")),
        ("pdftotext", variants("pdftotext")),
    ] {
        texts(criterion, name, &documents);
    }
}

/// A written question with this many questions, each answered by a sentence, and what else stands in its reply.
fn document(questions: usize, reply: &str) -> Vec<u8> {
    let mut text =
        "SCHRIFTELIJKE VRAAG\nnr. 5\nvan JAN JANSSEN\ndatum: 5 mei 2020\n\nWachtlijsten - Cijfers\n\n".to_owned();
    for number in 1..=questions {
        let _ = writeln!(text, "{number}. Hoeveel dossiers telde het agentschap in de provincie op 1 januari?\n");
    }
    text.push_str(
        "PIET PIETERS\nVLAAMS MINISTER VAN WERK\n\nANTWOORD\nop vraag nr. 5 van 5 mei 2020\nvan JAN JANSSEN\n\n",
    );
    for number in 1..=questions {
        let _ = writeln!(text, "{number}. Op die dag telde het agentschap er {} in de hele provincie.\n", number * 37);
    }
    text.push_str(reply);
    text.into_bytes()
}

/// A table with this many rows and columns of figures, cells a gap apart or one space.
fn table(rows: usize, columns: usize, gap: &str) -> String {
    let row = |label: String, cell: &dyn Fn(usize) -> usize| {
        (0..columns).fold(label, |row, column| row + gap + &cell(column).to_string()) + "\n"
    };
    let head = row("Gemeente".to_owned(), &|column| 2001 + column % 90);
    let body =
        (0..rows).map(|index| row(format!("Gemeente {index:05}"), &|column| 100 + (index * 31 + column * 17) % 900));
    head + &body.collect::<String>()
}

/// Inputs that double, up to 64 times, and those that issue 6 names.
fn growth(criterion: &mut Criterion) {
    let wide = "     ";
    for size in [1, 2, 4, 8, 16, 32, 64] {
        for (name, bytes) in [
            ("questions", document(10 * size, "")),
            ("rows", document(1, &table(80 * size, 4, wide))),
            ("rows one space apart", document(1, &table(80 * size, 4, " "))),
            ("columns", document(1, &table(20, size, wide))),
        ] {
            texts(criterion, &format!("growth/{name}/{size}"), &[bytes]);
        }
    }
}

criterion_group!(benches, kinds, growth);
criterion_main!(benches);
