//! `text`: the text of a PDF in reading order, paragraphs whole; or line by line as it is drawn.

use super::Outcome;
use super::fault::Fault;
use super::input::Input;
use super::reading::Reading;
use std::path::PathBuf;
use vraagbaak::Limits;

/// What `text` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The document, or `-` for stdin
    file: PathBuf,
    /// Leave out running heads and page numbers, and join paragraphs over pages
    #[arg(short, long)]
    body: bool,
    /// Give the lines as the file draws them, none moved or joined, as `pdftotext -raw` does
    #[arg(short, long, conflicts_with = "body")]
    raw: bool,
    #[command(flatten)]
    reading: Reading,
}

/// Writes the text of a file.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let input = Input::named(&arguments.file);
    let bytes = input.read(&Limits::default())?;
    let extractor = arguments.reading.extractor();
    let text = if arguments.raw { extractor.drawn_text(&bytes) } else { extractor.prose(&bytes, arguments.body) };
    let text = text.map_err(|error| Fault::Document { subject: input.label(), error })?;
    arguments.reading.tell(&input, &bytes)?;
    super::print(text.as_bytes())
}
