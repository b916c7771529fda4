//! `tables`: the tables of any PDF or text, whatever the document: comma-separated, JSON or Markdown.

use super::Outcome;
use super::fault::{Fault, say};
use super::input::Input;
use super::reading::Reading;
use std::fmt::Write as _;
use std::path::PathBuf;
use vraagbaak::{Limits, Table, write_table};

/// What `tables` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The document, or `-` for stdin
    file: PathBuf,
    /// The form of the output
    #[arg(short, long, default_value = "csv")]
    format: Form,
    #[command(flatten)]
    reading: Reading,
}

/// The forms of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Rows of comma-separated values, tables a blank line apart
    Csv,
    /// One array of tables, with every cell's value and place
    Json,
    /// Tables as Markdown has them
    Markdown,
}

/// Writes the tables of a file.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let input = Input::named(&arguments.file);
    let bytes = input.read(&Limits::default())?;
    let fault = |error| Fault::Document { subject: input.label(), error };
    let tables = arguments.reading.extractor().tables(&bytes).map_err(fault)?;
    arguments.reading.tell(&input, &bytes)?;
    if tables.is_empty() {
        say(&format!("{}: no tables in it", input.label()));
    }
    let out = match arguments.format {
        Form::Csv => csv(&tables),
        Form::Json => json(&tables),
        Form::Markdown => Ok(markdown(&tables).into_bytes()),
    };
    super::print(&out.map_err(|error| Fault::io("stdout", error))?)
}

fn csv(tables: &[Table]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            out.push(b'\n');
        }
        write_table(&mut out, table)?;
    }
    Ok(out)
}

fn json(tables: &[Table]) -> std::io::Result<Vec<u8>> {
    let mut out = serde_json::to_vec_pretty(tables)?;
    out.push(b'\n');
    Ok(out)
}

fn markdown(tables: &[Table]) -> String {
    let mut out = String::new();
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        push_markdown(table, &mut out);
    }
    out
}

/// One table: Markdown has one header row, so headers of several levels are put together.
fn push_markdown(table: &Table, out: &mut String) {
    if let Some(caption) = &table.caption {
        let _ = writeln!(out, "{}\n", escape(caption));
    }
    let heads = table.columns.iter().map(|column| escape(&dedup(&column.header).join(" / ")));
    push_row(heads, out);
    push_row(table.columns.iter().map(|column| rule(column).to_owned()), out);
    for row in &table.rows {
        push_row(row.cells.iter().map(|cell| escape(&cell.text)), out);
    }
    for note in &table.notes {
        let _ = writeln!(out, "\n{} {}", escape(note.marker.as_deref().unwrap_or("")), escape(&note.text));
    }
}

fn dedup(header: &[String]) -> Vec<&str> {
    let mut parts: Vec<&str> = header.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.dedup();
    parts
}

/// Figures are set against the right edge.
const fn rule(column: &vraagbaak::Column) -> &'static str {
    match column.kind {
        vraagbaak::ColumnKind::Number | vraagbaak::ColumnKind::Percent | vraagbaak::ColumnKind::Currency => "---:",
        _ => "---",
    }
}

fn push_row(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {cell} |");
    }
    out.push('\n');
}

/// What means something to Markdown in a cell.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('*', "\\*").replace('\n', " ")
}
