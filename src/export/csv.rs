//! Rows of comma-separated values (RFC 4180, lines ended by `\n`) that a spreadsheet cannot take for formulas.
//!
//! ```text
//! Text("=1+1")   →  '=1+1        Number(-5.0)        →  -5
//! Text("a, b")   →  "a, b"       List(["1", "2"])    →  "1, 2"
//! ```
//!
//! Spreadsheets do not all part cells at commas: where a comma is the decimal sign, as in Flanders, a double click parts
//! them at semicolons. So a text is guarded not at its beginning alone but behind everything that may begin a cell.

use super::record::Value;
use std::io::{self, Write};

/// What begins a formula, or a command, in some spreadsheet; the last four are the wide forms that some take for the first.
const RUNS: [char; 8] = ['=', '@', '+', '-', '＝', '＠', '＋', '－'];

/// What some spreadsheet parts cells or rows at, or leaves out before it looks for a formula.
const PARTS: [char; 4] = [';', '\t', '\r', '\n'];

/// Writes one row.
pub(super) fn write_row<'a>(out: &mut impl Write, values: impl IntoIterator<Item = Value<'a>>) -> io::Result<()> {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        write_value(out, &value)?;
    }
    out.write_all(b"\n")
}

fn write_value(out: &mut impl Write, value: &Value<'_>) -> io::Result<()> {
    match value {
        Value::None => Ok(()),
        Value::Text(text) => write_text(out, text),
        Value::Integer(number) => write!(out, "{number}"),
        Value::Number(number) => write!(out, "{number}"),
        Value::Flag(flag) => write!(out, "{flag}"),
        Value::Date(date) => write!(out, "{date}"),
        Value::List(texts) => write_text(out, &texts.join(", ")),
    }
}

fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    let text = guarded(text);
    if text.contains([',', '"', ';', '\t', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}

/// The text with an apostrophe before whatever a spreadsheet would compute.
fn guarded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    let mut begins = true;
    for (offset, character) in text.char_indices() {
        if begins && RUNS.contains(&character) && !is_number(&text[offset..]) {
            safe.push('\'');
        }
        begins = PARTS.contains(&character) || (begins && character == ' ');
        safe.push(character);
    }
    safe
}

/// Whether a sign begins a printed number, or stands alone for a missing one: a spreadsheet has nothing to run in it.
fn is_number(text: &str) -> bool {
    let cell = text.split(PARTS).next().unwrap_or_default();
    let mut rest = cell.chars();
    let signed = matches!(rest.next(), Some('+' | '-'));
    signed && rest.all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '%' | '\u{a0}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: Vec<Value<'_>>) -> String {
        let mut out = Vec::new();
        write_row(&mut out, values).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn formulas_are_kept_from_running_and_numbers_stay_numbers() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("\t=x", "\"'\t'=x\""),
            ("\r=x", "\"'\r'=x\""),
            (" =x", " '=x"),
            ("-1+cmd", "'-1+cmd"),
            ("+32 9 x", "'+32 9 x"),
            ("＝1", "'＝1"),
            ("-5", "-5"),
            ("-", "-"),
            ("a;=cmd", "\"a;'=cmd\""),
            ("a\n+cmd", "\"a\n'+cmd\""),
            ("a;-5", "\"a;-5\""),
            ("a = b - c", "a = b - c"),
        ] {
            assert_eq!(row(vec![text.into()]), format!("{written}\n"));
        }
        assert_eq!(row(vec!["-1.234,5".into(), Value::Number(-1234.5)]), "\"-1.234,5\",-1234.5\n");
    }

    #[test]
    fn commas_quotes_and_line_ends_are_quoted() {
        assert_eq!(row(vec!["a, \"b\"".into(), Value::None, "c\nd".into()]), "\"a, \"\"b\"\"\",,\"c\nd\"\n");
        assert_eq!(row(vec![Value::List(vec!["1", "2"]), true.into(), 3_usize.into()]), "\"1, 2\",true,3\n");
    }
}
