//! PDFs made byte by byte, and what is read from them.

pub use super::made::{file, stream};
use vraagbaak::{Extractor, Method};

/// A PDF with a page for each content stream, in Helvetica (`/F1`) and Helvetica-Bold (`/F2`).
pub fn pdf(pages: &[&str]) -> Vec<u8> {
    pdf_with(pages, "", "", &[])
}

/// The same with more resources, more entries for every page, and more objects, the first of which is number 5.
pub fn pdf_with(pages: &[&str], resources: &str, entries: &str, more: &[Vec<u8>]) -> Vec<u8> {
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
pub fn at(x: f32, y: f32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

pub fn bold(x: f32, y: f32, text: &str) -> String {
    at(x, y, text).replace("/F1", "/F2")
}

pub fn line(x0: f32, y0: f32, x1: f32, y1: f32) -> String {
    format!("{x0} {y0} m {x1} {y1} l S\n")
}

/// Rows of text 20 points apart from the given height down, the columns at the given places.
pub fn rows(top: f32, columns: &[f32], rows: &[&[&str]]) -> String {
    let row = |(index, cells): (usize, &&[&str])| -> String {
        let y = top - 20.0 * index as f32;
        cells.iter().zip(columns).map(|(cell, x)| at(*x, y, cell)).collect()
    };
    rows.iter().enumerate().map(row).collect()
}

pub fn grid_of(bytes: &[u8]) -> (Method, Vec<Vec<String>>) {
    let tables = Extractor::new().tables(bytes).unwrap();
    assert_eq!(tables.len(), 1, "{tables:#?}");
    let table = &tables[0];
    let levels = table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    let head = (0..levels).map(|level| table.columns.iter().map(|column| column.header[level].clone()).collect());
    let body = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect());
    (table.method, head.chain(body).collect())
}

pub fn text_of(bytes: &[u8]) -> String {
    Extractor::new().prose(bytes, false).unwrap()
}
