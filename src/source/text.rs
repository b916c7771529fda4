//! Bytes to text: UTF-8 and UTF-16 with their marks, else Windows-1252; what is no text is said to be none.
//!
//! Takes the bytes of a text file, gives its characters with a diagnostic where they are not simply UTF-8. A text that
//! is UTF-8 comes out byte for byte, its byte order mark included, so that offsets are the file's own; offsets into
//! any other are those of the decoded text. Line ends and NUL characters stay: `layout::lines` reads past them.
//!
//! ```text
//! 67 65 EF 6E                      "geïn" in Windows-1252: EF 6E is no UTF-8
//! 63 69 6A 66 65 72 73 20 E2 80    "cijfers ", then a character cut off: UTF-8 still, by what went before
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::geometry::Span;
use crate::limits::{Limit, Limits};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::str;

/// A text with up to one control character in this many is read as one. Extracted text has a stray one at most
/// (a form feed, a bullet in a symbol font); in machine code and images about one byte in ten is.
const CHARACTERS_A_CONTROL: usize = 50;

/// How files of other kinds begin, to say what a file is instead of a text.
const OTHER_KINDS: [(&[u8], &str); 7] = [
    (b"PK\x03\x04", "it is a ZIP archive (.zip, .docx, .odt)"),
    (b"\xd0\xcf\x11\xe0", "it is a Microsoft Office document (.doc)"),
    (b"\x89PNG", "it is a PNG image"),
    (b"\xff\xd8\xff", "it is a JPEG image"),
    (b"\x1f\x8b", "it is gzip-compressed"),
    (b"SQLite format 3", "it is an SQLite database"),
    (b"{\\rtf", "it is a Rich Text document (.rtf)"),
];

/// A decoded text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// Its characters.
    pub text: String,
    /// How it was decoded, where that is not plain UTF-8.
    pub diagnostics: Vec<Diagnostic>,
}

/// Decodes the bytes of a text file.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Error> {
    check_size(bytes.len(), limits)?;
    if let Some((_, kind)) = OTHER_KINDS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(Error::NotText { reason: (*kind).to_owned() });
    }
    let decoded = match utf16_mark(bytes) {
        Some(encoding) => decode_marked(bytes, encoding),
        None => match str::from_utf8(bytes) {
            Ok(text) => Decoded { text: text.to_owned(), diagnostics: Vec::new() },
            Err(_) => decode_unmarked(bytes),
        },
    };
    check_text(&decoded.text)?;
    Ok(decoded)
}

/// Refuses a text that is over the limit or blank.
pub(crate) fn check(text: &str, limits: &Limits) -> Result<(), Error> {
    check_size(text.len(), limits)?;
    if is_blank(text) { Err(Error::Empty) } else { Ok(()) }
}

fn check_size(size: usize, limits: &Limits) -> Result<(), Error> {
    // Offsets are 32 bits wide, whatever limit was asked for.
    let (found, allowed) = (size as u64, limits.text_bytes.min(u64::from(u32::MAX)));
    if found > allowed { Err(Error::OverLimit { limit: Limit::TextBytes, found, allowed }) } else { Ok(()) }
}

fn check_text(text: &str) -> Result<(), Error> {
    if is_blank(text) {
        return Err(Error::Empty);
    }
    let controls = text.bytes().filter(|&byte| is_control(byte)).count();
    if controls > 1 && controls * CHARACTERS_A_CONTROL > text.len() {
        let reason = format!("{controls} of {} characters are control characters", text.len());
        return Err(Error::NotText { reason });
    }
    Ok(())
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'))
}

/// Control characters that no text has; NUL counts, as UTF-16 without its mark is half of them.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c')
}

fn utf16_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_marked(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, replaced) = encoding.decode_with_bom_removal(bytes);
    let mut diagnostics = vec![told_decoded(encoding)];
    if replaced {
        diagnostics.push(told_replaced(&text));
    }
    Decoded { text: text.into_owned(), diagnostics }
}

/// Text that is not UTF-8 throughout: UTF-8 with faults where it has more characters of several bytes than faults,
/// else Windows-1252, in which every byte is a character.
fn decode_unmarked(bytes: &[u8]) -> Decoded {
    let (whole, faults) = count_utf8(bytes);
    if whole > faults {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let diagnostics = vec![told_replaced(&text)];
        return Decoded { text, diagnostics };
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), diagnostics: vec![told_decoded(WINDOWS_1252)] }
}

/// Counts characters of several bytes, and stretches that are no UTF-8.
fn count_utf8(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(whole, faults), chunk| {
        let several = chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        (whole + several, faults + usize::from(!chunk.invalid().is_empty()))
    })
}

fn told_decoded(encoding: &'static Encoding) -> Diagnostic {
    let message = format!("decoded from {}: spans count bytes of the UTF-8 text, not of the file", encoding.name());
    Diagnostic::info(Code::EncodingDecoded, message, Span::default())
}

fn told_replaced(text: &str) -> Diagnostic {
    let mut places = text.match_indices(char::REPLACEMENT_CHARACTER).map(|(offset, mark)| offset..offset + mark.len());
    let first = places.next();
    let count = usize::from(first.is_some()) + places.count();
    let message = format!("{count} faulty stretches of bytes were replaced by U+FFFD");
    Diagnostic::warning(Code::EncodingReplaced, message, first.map_or_else(Span::default, Span::of_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Decoded, Error> {
        decode(bytes, &Limits::default())
    }

    fn told(bytes: &[u8]) -> (String, Vec<Code>) {
        let decoded = read(bytes).unwrap();
        (decoded.text, decoded.diagnostics.iter().map(|d| d.code).collect())
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn utf8_comes_out_byte_for_byte_with_its_mark() {
        assert_eq!(told("\u{feff}één\r\ntwee\0".as_bytes()), ("\u{feff}één\r\ntwee\0".to_owned(), vec![]));
    }

    #[test]
    fn utf16_is_read_by_its_mark() {
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(told(&utf16("\u{feff}één €", to_bytes)), ("één €".to_owned(), vec![Code::EncodingDecoded]));
        }
    }

    #[test]
    fn a_lone_half_character_is_replaced() {
        let mut bytes = utf16("\u{feff}cijfers", u16::to_le_bytes);
        bytes.push(b'x');
        assert_eq!(told(&bytes).1, [Code::EncodingDecoded, Code::EncodingReplaced]);
    }

    #[test]
    fn windows_1252_is_what_is_left() {
        assert_eq!(told(b"ge\xefnd 20 \x80"), ("geïnd 20 €".to_owned(), vec![Code::EncodingDecoded]));
    }

    #[test]
    fn utf8_with_a_fault_stays_utf8() {
        let text = "cijfers één \u{20ac}".as_bytes();
        let decoded = read(&text[..text.len() - 1]).unwrap();
        assert_eq!(decoded.text, "cijfers één \u{fffd}");
        assert_eq!(decoded.diagnostics[0].code, Code::EncodingReplaced);
        assert_eq!(decoded.diagnostics[0].span, Span::of_bytes(14..17));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(read(b""), Err(Error::Empty)));
        assert!(matches!(read(b" \r\n\0"), Err(Error::Empty)));
        assert!(matches!(read(b"PK\x03\x04abc"), Err(Error::NotText { .. })));
        assert!(matches!(read(&[7, 1, 2, 3, 200, 4]), Err(Error::NotText { .. })));
        assert!(matches!(read(&utf16("geen merk", u16::to_le_bytes)), Err(Error::NotText { .. })));
    }

    #[test]
    fn a_text_over_the_limit_is_refused_before_it_is_decoded() {
        let limits = Limits { text_bytes: 3, ..Limits::default() };
        assert!(matches!(
            decode(b"vier", &limits),
            Err(Error::OverLimit { limit: Limit::TextBytes, found: 4, allowed: 3 })
        ));
    }
}
