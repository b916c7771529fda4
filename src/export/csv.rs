//! Rows of comma-separated values (RFC 4180, lines ended by `\n`) that a spreadsheet cannot take for formulas.
//!
//! ```text
//! Field::Text("=1+1")   →  '=1+1        Field::Number(-5.0)  →  -5
//! Field::Text("a, b")   →  "a, b"       Field::None          →
//! ```

use std::io::{self, Write};

/// A value of a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field<'a> {
    /// Words from a document: what a spreadsheet would run is kept from running.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// Nothing.
    None,
}

impl<'a> From<Option<&'a str>> for Field<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::None, Self::Text)
    }
}

/// Writes one row.
pub(super) fn write_row(out: &mut impl Write, fields: &[Field<'_>]) -> io::Result<()> {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        match field {
            Field::Text(text) => write_text(out, text)?,
            Field::Number(number) => write!(out, "{number}")?,
            Field::None => {}
        }
    }
    out.write_all(b"\n")
}

fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    let guard = if runs(text) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        write!(out, "\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        write!(out, "{guard}{text}")
    }
}

/// Whether a spreadsheet would compute the text. A printed number stays as it is, `-5` and `+3,2` too.
fn runs(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    match first {
        '=' | '@' | '\t' | '\r' => true,
        '+' | '-' => !text.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '%' | '\u{a0}')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fields: &[Field<'_>]) -> String {
        let mut out = Vec::new();
        write_row(&mut out, fields).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn formulas_are_kept_from_running_and_numbers_stay_numbers() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("-1+cmd", "'-1+cmd"),
            ("+32 9 x", "'+32 9 x"),
            ("-5", "-5"),
            ("-", "-"),
        ] {
            assert_eq!(row(&[Field::Text(text)]), format!("{written}\n"));
        }
        assert_eq!(row(&[Field::Text("-1.234,5"), Field::Number(-1234.5)]), "\"-1.234,5\",-1234.5\n");
    }

    #[test]
    fn commas_quotes_and_line_ends_are_quoted() {
        assert_eq!(row(&[Field::Text("a, \"b\""), Field::None, Field::Text("c\nd")]), "\"a, \"\"b\"\"\",,\"c\nd\"\n");
    }
}
