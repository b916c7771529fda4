//! Forms of heads, closings and labels that the Parliament's documents may have, in documents of our own.

use super::{document, questions, read};

#[test]
fn a_title_over_two_lines_may_go_on_in_a_capital() {
    let title = "Hernieuwbare energie bij gezinnen - Installaties in het arrondissement\nAntwerpen";
    let text = document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\n\n2. Daarom.");
    let parsed = read(&text.replace("Bijensterfte - Onderzoek", title));
    let whole = "Hernieuwbare energie bij gezinnen - Installaties in het arrondissement Antwerpen";
    assert_eq!(parsed.title.as_deref(), Some(whole));
    assert_eq!(parsed.introduction.len(), 1);
}

#[test]
fn what_a_question_was_before_closes_it() {
    let parsed = read(&document(
        "1. Hoeveel?\n\n2. Komt Vlaanderen daarin tussen?\n\nDeze vraag is een omzetting van een vraag om uitleg.",
        "1. Twee.\n\n2. Ja.",
    ));
    assert_eq!(questions(&parsed), [(Some("1"), "Hoeveel?"), (Some("2"), "Komt Vlaanderen daarin tussen?")]);
    assert_eq!(parsed.question_closing.len(), 1);
}
