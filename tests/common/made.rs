//! PDFs made byte by byte, as odd as a test wants them.

use std::io::Write as _;

/// The number of the first object that a test adds.
pub const FIRST: usize = 6;

/// A page with this content stream and these entries, in Helvetica (`/F1`), and more objects behind it.
pub fn pdf(filter: &str, content: &[u8], entries: &str, more: &[Vec<u8>]) -> Vec<u8> {
    objects(2, filter, content, entries, more)
}

/// The same page at the end of a page tree whose root is an object that is added; the last of these leads to nothing.
pub fn pdf_below(root: usize, more: &[Vec<u8>]) -> Vec<u8> {
    objects(root, "", b"", "", more)
}

fn objects(root: usize, filter: &str, content: &[u8], entries: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages {root} 0 R>>").into_bytes(),
        b"<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/Contents 5 0 R{entries}>>").into_bytes(),
        stream(filter, content),
    ];
    objects.extend(more.iter().cloned());
    file(&objects)
}

pub fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<<{entries}/Length {}>>stream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// A file of these objects, the first of which is number 1 and the catalogue.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes();
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        writeln!(out, "{} 0 obj", index + 1).unwrap();
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(&table);
    write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).unwrap();
    out
}
