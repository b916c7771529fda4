//! The few colours of the command's output. `anstream` takes them away where they are not wanted: in a pipe, in a
//! dumb terminal, with `NO_COLOR`.

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// As the terminal has it.
    #[default]
    Plain,
    /// Headings.
    Bold,
    /// What is beside the point.
    Dim,
    /// What holds.
    Good,
    /// What is doubtful.
    Doubt,
    /// What fails.
    Bad,
}

impl Style {
    /// The text in this look.
    pub(super) fn paint(self, text: &str) -> String {
        match self.code() {
            Some(code) if !text.is_empty() => format!("\x1b[{code}m{text}\x1b[0m"),
            _ => text.to_owned(),
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("1"),
            Self::Dim => Some("2"),
            Self::Good => Some("32"),
            Self::Doubt => Some("33"),
            Self::Bad => Some("31"),
        }
    }
}
