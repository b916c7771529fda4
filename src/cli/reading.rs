//! How documents are to be read: what the subcommands that read have in common.

use super::fault::Fault;
use super::input::Input;
use std::io::Write as _;
use vraagbaak::{Extractor, PdfEngine};

/// What is told of the reading.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Reading {
    /// What reads PDFs [default: hayro, and pdf-extract where that finds no text]
    #[arg(long, value_name = "ENGINE")]
    engine: Option<Engine>,
    /// Have PDFs read by the other engine too, and say where its words differ: a font whose text cannot be trusted
    #[arg(long)]
    second_opinion: bool,
}

/// What reads the pages of a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Engine {
    /// The crates hayro-syntax and hayro-font under an interpreter of our own
    Hayro,
    /// The crate pdf-extract
    PdfExtract,
}

impl Engine {
    const fn name(self) -> &'static str {
        match self {
            Self::Hayro => "hayro",
            Self::PdfExtract => "pdf-extract",
        }
    }
}

impl Reading {
    /// An extractor that reads so.
    pub(super) fn extractor(&self) -> Extractor {
        let engine = match self.engine {
            None | Some(Engine::Hayro) => PdfEngine::Hayro,
            Some(Engine::PdfExtract) => PdfEngine::PdfExtract,
        };
        Extractor::new().engine(engine).second_opinion(self.second_opinion)
    }

    /// The arguments that have another process read so.
    pub(super) fn arguments(&self) -> Vec<&'static str> {
        let engine = self.engine.into_iter().flat_map(|engine| ["--engine", engine.name()]);
        engine.chain(self.second_opinion.then_some("--second-opinion")).collect()
    }

    /// Says on stderr where the two engines differ, for what has no diagnostics of its own.
    pub(super) fn tell(&self, input: &Input, bytes: &[u8]) -> Result<(), Fault> {
        if !self.second_opinion {
            return Ok(());
        }
        let fault = |error| Fault::Document { subject: input.label(), error };
        let told = self.extractor().differences(bytes).map_err(fault)?;
        let mut err = anstream::stderr().lock();
        for diagnostic in told {
            writeln!(err, "{}: {} [{}]", input.label(), diagnostic.message, diagnostic.code)
                .map_err(|error| Fault::io("stderr", error))?;
        }
        Ok(())
    }
}

/// Has panics told that are our own. The second engine panics on some files, which is caught and no news.
pub(super) fn tell_own_panics() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Of a dependency the path is absolute, whoever builds it.
        if panic.location().is_none_or(|place| !std::path::Path::new(place.file()).is_absolute()) {
            tell(panic);
        }
    }));
}
