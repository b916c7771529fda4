//! The views of a PDF by the real binary: text, tables and pictures, by either engine.

#![cfg(all(feature = "cli", feature = "pdf"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Scratch, run, stderr, stdout, vraagbaak};
use std::fs;
use std::path::Path;

#[test]
fn views_of_a_pdf_are_written_where_they_are_asked_for() {
    let scratch = Scratch::new("views");
    let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/0421-energiescans-pdf/input.pdf");
    let picture = scratch.path("page.svg");
    let output = run(vraagbaak().args(["inspect", "--page", "2", "--output"]).arg(&picture).arg(&pdf));
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""), "{}", stderr(&output));
    assert!(fs::read_to_string(picture).unwrap().starts_with("<svg"));
    let output = run(vraagbaak().args(["text", "--raw"]).arg(&pdf));
    assert!(stdout(&output).ends_with("\u{c}"), "{}", stderr(&output));
    for format in ["csv", "json", "markdown"] {
        let output = run(vraagbaak().args(["tables", "--format", format]).arg(&pdf));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

#[test]
fn the_heads_of_a_written_question_in_a_text_are_no_tables() {
    let text = "SCHRIFTELIJKE VRAAG\nnr. 5\nvan JAN JANSSEN\ndatum: 5 mei 2020\nWachtlijsten - Cijfers\n\
                1. Hoeveel dossiers waren er per gemeente?\nPIET PIETERS\nVLAAMS MINISTER VAN WERK\nANTWOORD\n\
                op vraag nr. 5 van 5 mei 2020\nvan JAN JANSSEN\n1. De tabel toont de cijfers.\nGemeente 2018 2019\n\
                Gent 12 14\nAalst 9 8\nTotaal 21 22\n";
    let tables = vraagbaak::Extractor::new().tables(text.as_bytes()).unwrap();
    let rows: Vec<&str> = tables.iter().flat_map(|table| &table.rows).map(|row| row.cells[0].text.as_str()).collect();
    assert_eq!((tables.len(), rows), (1, vec!["Gent", "Aalst", "Totaal"]));
    let bulletin = text.repeat(2).replacen("nr. 5", "nr. 6", 1);
    assert_eq!(vraagbaak::Extractor::new().tables(bulletin.as_bytes()).unwrap().len(), 2);
}

#[test]
#[cfg(feature = "second-opinion")]
fn the_second_engine_reads_alone_and_gives_its_opinion() {
    let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/0421-energiescans-pdf/input.pdf");
    let text = |arguments: &[&str]| run(vraagbaak().arg("text").args(arguments).arg(&pdf));
    let (own, other) = (text(&["--second-opinion"]), text(&["--engine", "pdf-extract"]));
    assert_eq!(stderr(&own), "");
    assert_eq!(stdout(&own), stdout(&other));
    let documents = run(vraagbaak().args(["convert", "--engine", "pdf-extract", "--second-opinion"]).arg(&pdf));
    let json: serde_json::Value = serde_json::from_slice(&documents.stdout).unwrap();
    assert_eq!(json["source"]["format"], "pdf");
    let told = json["diagnostics"].as_array().unwrap();
    assert!(told.iter().all(|told| told["code"] != "engines-differ"), "{told:?}");
}

#[test]
fn a_document_without_tables_is_told_of() {
    let scratch = Scratch::new("no-tables");
    let text = scratch.file("a.txt", "Beste lezer,\n\nhier staat geen enkele tabel.\n");
    let output = run(vraagbaak().args(["tables", "--format", "json"]).arg(&text));
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), "[]\n"));
    assert!(stderr(&output).contains("a.txt: no tables in it"), "{}", stderr(&output));
}
