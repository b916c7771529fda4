//! PDFs made here, byte by byte: what is read from them, and what error comes of those that cannot be read.

#![cfg(feature = "pdf")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::made::{file, stream};
use vraagbaak::{Error, Extractor, Limit, Limits, Method};

/// A PDF with a page for each content stream, in Helvetica (`/F1`) and Helvetica-Bold (`/F2`).
fn pdf(pages: &[&str]) -> Vec<u8> {
    pdf_with(pages, "", "", &[])
}

/// The same with more resources, more entries for every page, and more objects, the first of which is number 5.
fn pdf_with(pages: &[&str], resources: &str, entries: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let first_page = 5 + more.len();
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", first_page + page * 2)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>{resources}>>>>",
            pages.len()
        )
        .into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    for (index, content) in pages.iter().enumerate() {
        let number = first_page + index * 2;
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R{entries}>>", number + 1).into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    file(&objects)
}

/// A text at a place, 10 points high.
fn at(x: f32, y: f32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

fn bold(x: f32, y: f32, text: &str) -> String {
    at(x, y, text).replace("/F1", "/F2")
}

fn line(x0: f32, y0: f32, x1: f32, y1: f32) -> String {
    format!("{x0} {y0} m {x1} {y1} l S\n")
}

/// Rows of text 20 points apart from the given height down, the columns at the given places.
fn rows(top: f32, columns: &[f32], rows: &[&[&str]]) -> String {
    let row = |(index, cells): (usize, &&[&str])| -> String {
        let y = top - 20.0 * index as f32;
        cells.iter().zip(columns).map(|(cell, x)| at(*x, y, cell)).collect()
    };
    rows.iter().enumerate().map(row).collect()
}

fn grid_of(bytes: &[u8]) -> (Method, Vec<Vec<String>>) {
    let tables = Extractor::new().tables(bytes).unwrap();
    assert_eq!(tables.len(), 1, "{tables:#?}");
    let table = &tables[0];
    let levels = table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    let head = (0..levels).map(|level| table.columns.iter().map(|column| column.header[level].clone()).collect());
    let body = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect());
    (table.method, head.chain(body).collect())
}

fn text_of(bytes: &[u8]) -> String {
    Extractor::new().prose(bytes, false).unwrap()
}

#[test]
fn rules_make_cells_and_a_missing_rule_merges_them() {
    let mut page = rows(700.0, &[75.0, 175.0, 275.0], &[&["Regio", "2019", ""], &["", "Aantal", "Bedrag"]]);
    page += &rows(660.0, &[75.0, 175.0, 275.0], &[&["Antwerpen", "12", "3 500"], &["Limburg", "9", "800"]]);
    for y in [712.0, 672.0, 652.0, 632.0] {
        page += &line(70.0, y, 370.0, y);
    }
    page += &line(170.0, 692.0, 370.0, 692.0);
    for x in [70.0, 170.0, 370.0] {
        page += &line(x, 712.0, x, 632.0);
    }
    page += &line(270.0, 692.0, 270.0, 632.0);
    let (method, rows) = grid_of(&pdf(&[&page]));
    assert_eq!(method, Method::Ruled);
    assert_eq!(rows[0], ["Regio", "2019", "2019"]);
    assert_eq!(rows[1], ["Regio", "Aantal", "Bedrag"]);
    assert_eq!(rows[3], ["Limburg", "9", "800"]);
}

#[test]
fn borders_drawn_as_thin_boxes_are_rules() {
    let mut page = rows(700.0, &[75.0, 175.0], &[&["Jaar", "Aantal"], &["2019", "12"], &["2020", "15"]]);
    for y in [712.0, 692.0, 672.0, 652.0] {
        page += &format!("70 {y} 100 0.5 re f* 170 {y} 100 0.5 re f*\n");
    }
    for x in [70.0, 170.0, 270.0] {
        page += &format!("{x} 652 0.5 20 re f* {x} 672.5 0.5 19.5 re f* {x} 692.5 0.5 20 re f*\n");
    }
    let (method, rows) = grid_of(&pdf(&[&page]));
    assert_eq!((method, rows.len()), (Method::Ruled, 3));
}

#[test]
fn a_table_without_rules_goes_on_over_a_page_with_its_header_once() {
    let columns = [75.0, 200.0, 300.0];
    let head: &[&str] = &["Gemeente", "2019", "2020"];
    let first = rows(700.0, &columns, &[head, &["Aalst", "12", "14"], &["Gent", "110", "98"]]);
    let second = rows(780.0, &columns, &[head, &["Leuven", "45", "7"], &["Ninove", "3", "21"]]);
    let (method, rows) = grid_of(&pdf(&[&first, &second]));
    assert_eq!(method, Method::Aligned);
    let labels: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(labels, ["Gemeente", "Aalst", "Gent", "Leuven", "Ninove"]);
}

#[test]
fn figures_in_the_middle_of_a_wrapped_label_are_of_its_row() {
    let mut page = String::new();
    for (y, label, more, figure) in
        [(700.0, "Vragen over de", "premie", "636"), (660.0, "Klachten over een", "beslissing", "12")]
    {
        page += &at(75.0, y, label);
        page += &at(250.0, y - 6.0, figure);
        page += &at(75.0, y - 12.0, more);
    }
    let (_, rows) = grid_of(&pdf(&[&page]));
    assert_eq!(rows, [["Vragen over de premie", "636"], ["Klachten over een beslissing", "12"]]);
}

#[test]
fn a_box_around_text_and_a_list_are_no_tables() {
    let mut page = at(80.0, 700.0, "Opgelet: dit is een kader met een zin erin.");
    for (x0, y0, x1, y1) in [
        (70.0, 715.0, 400.0, 715.0),
        (70.0, 690.0, 400.0, 690.0),
        (70.0, 690.0, 70.0, 715.0),
        (400.0, 690.0, 400.0, 715.0),
    ] {
        page += &line(x0, y0, x1, y1);
    }
    page +=
        &rows(600.0, &[75.0, 95.0], &[&["1.", "Hoeveel meldingen?"], &["2.", "Hoeveel in 2019?"], &["3.", "Waarom?"]]);
    assert_eq!(Extractor::new().tables(&pdf(&[&page])).unwrap(), []);
}

#[test]
fn prose_in_two_columns_is_read_one_after_the_other() {
    let words = "de minister van de Vlaamse regering en";
    let row = |index: usize| {
        let y = 700.0 - 12.0 * index as f32;
        at(60.0, y, &format!("L{index} {words}")) + &at(320.0, y, &format!("R{index} {words}"))
    };
    let text = text_of(&pdf(&[&(0..9).map(row).collect::<String>()]));
    let order: Vec<usize> = ["L0", "L8", "R0", "R8"].iter().map(|mark| text.find(mark).unwrap()).collect();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn a_page_written_sideways_is_read_as_if_upright() {
    let page =
        "BT /F1 10 Tf 0 1 -1 0 300 100 Tm (Eerste regel.) Tj ET BT /F1 10 Tf 0 1 -1 0 314 100 Tm (Tweede regel.) Tj ET";
    assert_eq!(text_of(&pdf(&[page])), "Eerste regel.\nTweede regel.\n");
    let page = at(100.0, 700.0, "Eerste regel.") + &at(100.0, 686.0, "Tweede regel.");
    assert_eq!(text_of(&pdf_with(&[&page], "", "/Rotate 90", &[])), "Eerste regel.\nTweede regel.\n");
}

#[test]
fn forms_are_drawn_in_place_and_end_where_they_draw_themselves() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 0 -60]",
        b"BT /F1 10 Tf 100 700 Td (In het formulier.) Tj ET /X Do",
    );
    let page = at(100.0, 700.0, "Boven het formulier.") + "/X Do";
    let text = text_of(&pdf_with(&[&page], "/XObject<</X 5 0 R>>", "", &[form]));
    assert!(text.starts_with("Boven het formulier.\nIn het formulier.\n"), "{text}");
}

#[test]
fn a_superscript_is_raised_and_touches_its_word() {
    let page = "BT /F1 10 Tf 100 700 Td (300 m) Tj /F1 6 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf ( grond) Tj ET";
    assert_eq!(text_of(&pdf(&[page])), "300 m2 grond\n");
}

#[test]
fn what_stands_for_other_text_is_read_as_that_text() {
    let page = "BT /F1 10 Tf 100 700 Td (1) Tj /Span<</ActualText<FEFF00A0>>> BDC ( ) Tj EMC (373) Tj ET";
    assert_eq!(text_of(&pdf(&[page])).replace('\u{a0}', " "), "1 373\n");
}

#[test]
fn hidden_layers_are_not_read() {
    let page = at(100.0, 700.0, "zichtbaar") + "/OC /L BDC " + &at(100.0, 680.0, "verborgen") + "EMC";
    let mut bytes = pdf_with(&[&page], "/Properties<</L 5 0 R>>", "", &[b"<</Type/OCG/Name(x)>>".to_vec()]);
    assert!(text_of(&bytes).contains("verborgen"));
    let catalog = b"<</Type/Catalog/Pages 2 0 R>>";
    let place = bytes.windows(catalog.len()).position(|window| window == catalog).unwrap();
    let hidden = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>".to_vec();
    // The offsets behind it are wrong now: they are found again.
    bytes.splice(place..place + catalog.len(), hidden);
    assert_eq!(text_of(&bytes), "zichtbaar\n");
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |bytes: &[u8]| Extractor::new().prose(bytes, false).unwrap_err();
    assert!(matches!(error(b"%PDF-1.4\nniets"), Error::NotPdf { .. }));
    assert!(matches!(error(&pdf(&["100 100 200 200 re f"])), Error::Scanned));
    let page = at(100.0, 700.0, "tekst");
    let few = Extractor::new().limits({
        let mut limits = Limits::default();
        limits.pages = 1;
        limits
    });
    let over = few.prose(&pdf(&[&page, &page]), false).unwrap_err();
    assert!(matches!(over, Error::OverLimit { limit: Limit::Pages, found: 2, allowed: 1 }));
}

#[test]
fn nothing_inflates_without_bound() {
    let mut limits = Limits::default();
    limits.document_bytes = 1 << 20;
    let form = |next: usize| {
        let draws = format!("/X{next} Do ").repeat(10);
        stream(
            &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{next} {} 0 R>>>>", 5 + next),
            draws.as_bytes(),
        )
    };
    let forms: Vec<Vec<u8>> = (1..12).map(form).collect();
    let bytes = pdf_with(&["/X0 Do"], "/XObject<</X0 5 0 R>>", "", &forms);
    let over = Extractor::new().limits(limits).prose(&bytes, false).unwrap_err();
    assert!(matches!(over, Error::OverLimit { limit: Limit::DocumentBytes, .. }), "{over}");
}

#[test]
fn nesting_ends_in_an_error_or_a_text() {
    for depth in [100, 10_000, 300_000] {
        let deep = "[".repeat(depth) + &"]".repeat(depth) + " TJ " + &at(100.0, 700.0, "diep");
        let states = "q ".repeat(depth) + &at(100.0, 700.0, "diep");
        let marks = "/A BMC ".repeat(depth) + &at(100.0, 700.0, "diep");
        let _ = Extractor::new().prose(&pdf(&[&deep]), false);
        assert_eq!(text_of(&pdf(&[&states])), "diep\n");
        assert_eq!(text_of(&pdf(&[&marks])), "diep\n");
    }
}

#[test]
fn a_page_is_drawn_with_what_was_read_from_it() {
    let page = rows(700.0, &[75.0, 175.0], &[&["R&D", "12"], &["Beleid", "15"]]) + &line(70.0, 690.0, 270.0, 690.0);
    let pictures = Extractor::new().pictures(&pdf(&[&page])).unwrap();
    assert_eq!(pictures.len(), 1);
    assert!(pictures[0].contains(">R&amp;D</text>"));
    for layer in ["rules", "words", "tables"] {
        assert!(pictures[0].contains(&format!("id=\"{layer}\"")), "{layer}");
    }
}

#[test]
fn bold_rows_on_top_are_the_header() {
    let page = bold(75.0, 700.0, "Project")
        + &bold(200.0, 700.0, "Bedrag")
        + &rows(680.0, &[75.0, 200.0], &[&["Warm Nest", "12"], &["De Brug", "15"]]);
    let table = Extractor::new().tables(&pdf(&[&page])).unwrap().remove(0);
    assert_eq!(table.columns[1].header, ["Bedrag"]);
    assert_eq!(table.rows.len(), 2);
}
