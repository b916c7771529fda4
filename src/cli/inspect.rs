//! `inspect`: a picture of how a page of a PDF was read: words, rules, edges, cells and tables, as SVG.

use super::Outcome;
use super::fault::Fault;
use super::input::Input;
use std::path::PathBuf;
use vraagbaak::{Extractor, Limits};

/// What `inspect` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The PDF, or `-` for stdin
    file: PathBuf,
    /// The page, from 1
    #[arg(short, long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    page: u32,
}

/// Writes the picture of a page.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let input = Input::named(&arguments.file);
    let bytes = input.read(&Limits::default())?;
    let pictures =
        Extractor::new().pictures(&bytes).map_err(|error| Fault::Document { subject: input.label(), error })?;
    match pictures.get(arguments.page as usize - 1) {
        Some(picture) => super::print(picture.as_bytes()),
        None => {
            Err(Fault::Usage(format!("{} has {} pages, no page {}", input.label(), pictures.len(), arguments.page)))
        }
    }
}
