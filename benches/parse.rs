//! How fast a document becomes JSON, end to end: `cargo bench`, or `cargo bench -- seeds` for one group.
#![expect(missing_docs, reason = "criterion_group! writes functions without documentation")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use vraagbaak::{parse_all_bytes, write_json_line};

/// Bytes to JSON lines.
fn convert(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for question in parse_all_bytes(bytes).unwrap_or_default() {
        let _ = write_json_line(&mut out, &question);
    }
    out
}

/// The files of a folder, and of the folders in it, whose path holds `part`.
fn files(folder: &str, part: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains(part) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every document of a kind, one after the other: bytes of input a second.
fn group(criterion: &mut Criterion, name: &str, paths: &[PathBuf]) {
    let documents: Vec<_> = paths.iter().filter_map(|path| fs::read(path).ok()).collect();
    let bytes: usize = documents.iter().map(Vec::len).sum();
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_with_input(BenchmarkId::from_parameter(documents.len()), &documents, |bencher, documents| {
        bencher.iter(|| documents.iter().map(|bytes| convert(black_box(bytes)).len()).sum::<usize>());
    });
    group.finish();
}

fn documents(criterion: &mut Criterion) {
    group(criterion, "seeds", &files("seeds", ".txt"));
    for variant in ["pdfbox", "layout", "raw", "pdftotext", "pdf/"] {
        let part = format!("-{}", if variant == "pdf/" { "pdf/input" } else { variant });
        let inputs = files("fixtures", &part).into_iter().filter(|path| path.to_string_lossy().contains("input."));
        group(criterion, variant.trim_end_matches('/'), &inputs.collect::<Vec<_>>());
    }
}

/// Prose alone, to tell the cost of tables from the rest.
fn prose(criterion: &mut Criterion) {
    let paragraph = "De minister verwijst naar het antwoord dat eerder in de commissie werd gegeven en dat\n\
        sindsdien niet werd gewijzigd. De cijfers worden jaarlijks aangevuld.\n\n";
    let head = "SCHRIFTELIJKE VRAAG\nnr. 5\nvan JAN JANSSEN\ndatum: 5 mei 2020\n\nTitel\n\n1. Hoeveel?\n\n\
        PIET PIETERS\nVLAAMS MINISTER VAN WERK\n\nANTWOORD\nop vraag nr. 5 van 5 mei 2020\nvan JAN JANSSEN\n\n1. ";
    let mut group = criterion.benchmark_group("prose");
    group.sample_size(10);
    for paragraphs in [500, 1_000, 2_000] {
        let text = format!("{head}{}", paragraph.repeat(paragraphs));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(paragraphs), text.as_bytes(), |bencher, bytes| {
            bencher.iter(|| convert(black_box(bytes)));
        });
    }
    group.finish();
}

criterion_group!(benches, documents, prose);
criterion_main!(benches);
