//! What the bytes are: a PDF or a text, and of a text its characters.
//!
//! Takes the bytes of a file, tells its kind and decodes text. What stands where in it is `layout`'s to find.
//!
//! ```text
//! %PDF-1.7 …            → Format::Pdf
//! EF BB BF 31 2E 20 …   → Format::Text, UTF-8
//! FF FE 31 00 2E 00 …   → Format::Text, UTF-16, little end first
//! ```

#[cfg(feature = "pdf")]
pub(crate) mod pdf;
pub(crate) mod text;

use crate::model::Format;

/// What reads the pages of a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PdfEngine {
    /// `hayro-syntax` and `hayro-font` under an interpreter of our own; where it finds no text, the other is asked.
    #[default]
    Hayro,
    /// `pdf-extract`, and nothing else (needs the feature `second-opinion`).
    PdfExtract,
}

/// The mark that a PDF begins with.
const PDF_MARK: &[u8] = b"%PDF-";

/// How far into the file readers look for the mark: mail gateways and scanners put bytes before it (ISO 32000-1,
/// annex H, implementation note 13).
const PDF_MARK_WITHIN: usize = 1024;

/// What kind of file the bytes are.
pub(crate) fn sniff(bytes: &[u8]) -> Format {
    let head = bytes.get(..PDF_MARK_WITHIN).unwrap_or(bytes);
    if head.windows(PDF_MARK.len()).any(|window| window == PDF_MARK) { Format::Pdf } else { Format::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_known_by_its_mark_within_the_first_kilobyte() {
        let late = |offset| [vec![b' '; offset], b"%PDF-1.4".to_vec()].concat();
        assert_eq!(sniff(b"%PDF-1.7\n"), Format::Pdf);
        assert_eq!(sniff(&late(1000)), Format::Pdf);
        assert_eq!(sniff(&late(1020)), Format::Text);
        assert_eq!(sniff(b"1. Hoeveel?"), Format::Text);
        assert_eq!(sniff(b""), Format::Text);
    }
}
