//! `inspect`: a picture of how a page of a PDF was read: words, rules, edges, cells and tables, as SVG.

use super::Outcome;
use super::fault::Fault;
use super::input::Input;
use super::output::Pending;
use super::reading::Reading;
use std::io::Write;
use std::path::{Path, PathBuf};
use vraagbaak::Limits;

/// What `inspect` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The PDF, or `-` for stdin
    file: PathBuf,
    /// The page, from 1
    #[arg(short, long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    page: u32,
    /// The file that the picture is written to [default: stdout]
    #[arg(short, long)]
    output: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// Writes the picture of a page.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Fault> {
    let input = Input::named(&arguments.file);
    let bytes = input.read(&Limits::default())?;
    let fault = |error| Fault::Document { subject: input.label(), error };
    let pictures = arguments.reading.extractor().pictures(&bytes).map_err(fault)?;
    arguments.reading.tell(&input, &bytes)?;
    let Some(picture) = pictures.get(arguments.page as usize - 1) else {
        let message = format!("{} has {} pages, no page {}", input.label(), pictures.len(), arguments.page);
        return Err(Fault::Usage(message));
    };
    match &arguments.output {
        Some(place) => write(place, picture),
        None => super::print(picture.as_bytes()),
    }
}

fn write(place: &Path, picture: &str) -> Result<Outcome, Fault> {
    let mut file = Pending::named(place)?;
    file.write_all(picture.as_bytes()).map_err(|error| Fault::io_at(place, error))?;
    file.commit()?;
    Ok(Outcome::Done)
}
