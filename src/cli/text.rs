//! `text`: the text of a PDF in reading order, paragraphs whole.

use super::Outcome;
use super::fault::Fault;
use super::input::Input;
use std::path::PathBuf;
use vraagbaak::{Extractor, Limits};

/// What `text` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The document, or `-` for stdin
    file: PathBuf,
    /// Leave out running heads and page numbers, and join paragraphs over pages
    #[arg(short, long)]
    body: bool,
}

/// Writes the text of a file.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let input = Input::named(&arguments.file);
    let bytes = input.read(&Limits::default())?;
    let text = Extractor::new()
        .prose(&bytes, arguments.body)
        .map_err(|error| Fault::Document { subject: input.label(), error })?;
    super::print(text.as_bytes())
}
