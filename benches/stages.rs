//! Each stage of the way by itself: `cargo bench --bench stages`, or `cargo bench --bench stages -- pdf` for one group.
//!
//! Documents are read whole; [`Extractor::timed_bytes`] says what each stage took of it, and that is what is reported: for
//! PDFs the time a page, a mean over all pages; for texts the time for all of them, with the throughput in bytes.
//! How they grow with the input is for `benches/growth.rs`.
#![expect(missing_docs, reason = "criterion_group! writes functions without documentation")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
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

criterion_group!(benches, kinds);
criterion_main!(benches);
