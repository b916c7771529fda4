//! Text made harmless: what a document says is shown, and never taken for markup.
//!
//! ```text
//! R&D <5  →  R&amp;D &lt;5
//! ```

use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

/// Writes into a `String`, which takes all that is written to it.
macro_rules! push {
    ($out:expr, $($arguments:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($arguments)*);
    }};
}
pub(super) use push;

/// A text as it may stand in an element or between the quotes of an attribute.
pub(super) fn esc(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// What [`esc`] gives.
pub(super) struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other if is_unsafe(other) => f.write_char(char::REPLACEMENT_CHARACTER)?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Control characters, what is no character, and the marks that turn the direction of text, with which a figure could be
/// made to look like another.
fn is_unsafe(character: char) -> bool {
    let is_turn = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_control = character.is_control() && !matches!(character, '\n' | '\t');
    is_turn || is_control || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// Whether an address leads to a page of the web; others are shown and not linked.
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| scheme == "http" || scheme == "https")
}

/// A number in as many digits as a reader wants: whole, or four behind the point at most.
pub(super) fn figure(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The policy that lets the page's own style and script run and nothing else, and nothing come from the network.
pub(super) fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let three = (0..3).fold(0_u32, |sum, index| sum << 8 | u32::from(group.get(index).copied().unwrap_or(0)));
        for index in 0..4_usize {
            let digit = DIGITS.get((three >> (18 - 6 * index)) as usize & 63).copied().unwrap_or(b'=');
            text.push(if index <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_not_taken_for_it() {
        assert_eq!(esc("<a href=\"x\" o='1'>R&D").to_string(), "&lt;a href=&quot;x&quot; o=&#39;1&#39;&gt;R&amp;D");
        assert_eq!(esc("a\u{0}\u{1b}\u{202e}\n").to_string(), "a\u{fffd}\u{fffd}\u{fffd}\n");
    }

    #[test]
    fn only_pages_of_the_web_are_linked() {
        assert!(is_web("https://www.noknok.be") && is_web("HTTP://a.be"));
        assert!(!is_web("javascript://a%0aalert(1)") && !is_web("javascript:alert(1)") && !is_web("www.noknok.be"));
    }

    #[test]
    fn figures_are_short_and_hashes_are_what_browsers_expect() {
        assert_eq!([440.0, 48.888_888_888, -12.5, 0.0].map(figure), ["440", "48.8889", "-12.5", "0"]);
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
    }
}
