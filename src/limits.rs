//! Every cap in one place, each with its reason. Files come from strangers: nothing grows by a number that a file gives.

use std::fmt;

/// The caps that an [`Extractor`](crate::Extractor) keeps.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a text. A year's bulletin is under 20 MB; four times that is no text to read as one file.
    pub text_bytes: u64,
    /// Bytes of a PDF file.
    pub pdf_bytes: u64,
    /// Pages of a PDF. A written question has 1 to 60.
    pub pages: u64,
    /// Readings weighed for one table: bounds the search, whatever the table (see `table::collapsed`).
    pub readings: u64,
    /// Columns of one table. The widest seen has 14; a spreadsheet printed on A3 has about 60.
    pub columns: u64,
    /// Bytes that one PDF stream may inflate to.
    pub stream_bytes: u64,
    /// Bytes that a whole PDF may inflate to.
    pub document_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 80 << 20,
            pdf_bytes: 256 << 20,
            pages: 5_000,
            readings: 2_000,
            columns: 200,
            stream_bytes: 64 << 20,
            document_bytes: 256 << 20,
        }
    }
}

/// Which cap was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::text_bytes`].
    TextBytes,
    /// [`Limits::pdf_bytes`].
    PdfBytes,
    /// [`Limits::pages`].
    Pages,
    /// [`Limits::stream_bytes`].
    StreamBytes,
    /// [`Limits::document_bytes`].
    DocumentBytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TextBytes => "bytes of text",
            Self::PdfBytes => "bytes of a PDF",
            Self::Pages => "pages",
            Self::StreamBytes => "inflated bytes of a PDF stream",
            Self::DocumentBytes => "inflated bytes of a PDF",
        })
    }
}
