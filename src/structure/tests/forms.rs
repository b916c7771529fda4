//! Forms of heads, closings and labels that the Parliament's documents may have, in documents of our own.

use super::{answers, document, questions, read};

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

/// The labels of the parts of each answer.
fn parts(parsed: &super::Parsed) -> Vec<Vec<&str>> {
    parsed.answers.iter().map(|answer| answer.parts.iter().map(|part| part.label.as_str()).collect()).collect()
}

#[test]
fn replies_may_repeat_the_number_before_each_part() {
    let asked = "1. a) Hoeveel?\n\nb) Waar?\n\n2. Waarom?\n\n3. Hoeveel in:\ni. 2023?\nii. 2024?";
    for (first, second) in [("1.a.", "1.b."), ("1a)", "1b)"), ("1. a)", "1. b)"), ("1-a)", "1-b)")] {
        let replied = format!("{first} Twee.\n\n{second} Daar.\n\n2. Daarom.\n\n3.i. Vijf.\n\n3.ii. Zes.");
        let parsed = read(&document(asked, &replied));
        let labels: Vec<_> = answers(&parsed).into_iter().map(|(labels, _)| labels).collect();
        assert_eq!(labels, ["1", "2", "3"], "{first}");
        assert_eq!(parts(&parsed), [vec!["a", "b"], vec![], vec!["i", "ii"]], "{first}");
        assert_eq!(parsed.answers[0].parts[1].text, "Daar.");
    }
}

#[test]
fn a_reply_may_answer_parts_whose_number_never_stands_alone() {
    let parsed = read(&document(
        "1. Graag cijfers.\n1.1. Hoeveel?\n1.2. Waar?\n2. Waarom?",
        "1.1. Twee.\n1.2. Daar.\n2. Daarom.",
    ));
    assert_eq!(answers(&parsed), [("1".to_owned(), "1.1. Twee.\n1.2. Daar."), ("2".to_owned(), "Daarom.")]);
    assert_eq!(parts(&parsed), [vec!["1.1", "1.2"], vec![]]);
}

#[test]
fn a_reply_may_repeat_question_and_answer_in_turn() {
    let parsed = read(&document(
        "1. Hoeveel?\n\n2. Waarom?",
        "Vraag 1: Hoeveel?\n\nAntwoord 1: Twee.\n\nVraag 2: Waarom?\n\nAntwoord 2: Daarom.",
    ));
    let expected = [("1".to_owned(), "Hoeveel?\nTwee."), ("2".to_owned(), "Waarom?\nDaarom.")];
    assert_eq!(answers(&parsed), expected);
}

#[test]
fn numbers_may_be_words() {
    let parsed = read(&document(
        "Eerste vraag: hoeveel?\n\nTweede vraag: waarom?",
        "Antwoord op vraag één: twee.\n\nAntwoord op vraag twee: daarom.",
    ));
    assert_eq!(questions(&parsed), [(Some("1"), "hoeveel?"), (Some("2"), "waarom?")]);
    assert_eq!(answers(&parsed), [("1".to_owned(), "twee."), ("2".to_owned(), "daarom.")]);
}

#[test]
fn a_list_that_asks_is_the_question() {
    let parsed = read(&document("- Hoeveel?\n- Waarom?", "Twee, en daarom."));
    assert_eq!(questions(&parsed), [(None, "Hoeveel?\nWaarom?")]);
    assert_eq!(parsed.introduction.len(), 1);
    let led = read(&document("Graag vernam ik van de minister:\n- Hoeveel?\n- Waarom?", "Twee, en daarom."));
    assert_eq!(questions(&led), [(None, "Graag vernam ik van de minister:\nHoeveel?\nWaarom?")]);
}

#[test]
fn a_head_may_be_one_line() {
    let whole = document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\n\n2. Daarom.");
    let head = "SCHRIFTELIJKE VRAAG\nnr. 9\nvan AN DE SMEDT\ndatum: 3 mei 2021\naan PIET D'HAESE\n";
    for line in [
        "SCHRIFTELIJKE VRAAG nr. 9 van AN DE SMEDT datum: 3 mei 2021 aan PIET D'HAESE\n",
        "SCHRIFTELIJKE VRAAG nr. 9 van AN DE SMEDT\ndatum: 3 mei 2021\naan PIET D'HAESE\n",
    ] {
        let parsed = read(&whole.replace(head, line));
        let name = |p: &Option<crate::model::Person>| p.as_ref().map(|p| (p.name.clone(), p.title.clone()));
        assert_eq!(name(&parsed.author), Some(("AN DE SMEDT".to_owned(), None)), "{line}");
        let minister = ("PIET D'HAESE".to_owned(), Some("MINISTER VAN LANDBOUW".to_owned()));
        assert_eq!(name(&parsed.addressee), Some(minister), "{line}");
        assert_eq!(parsed.title.as_deref(), Some("Bijensterfte - Onderzoek"));
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    }
}

#[test]
fn a_line_that_cites_the_question_itself_is_no_text() {
    let parsed = read(&document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\nSV 9 (2020-2021)\n\n2. Daarom."));
    assert_eq!(answers(&parsed), [("1".to_owned(), "Twee."), ("2".to_owned(), "Daarom.")]);
    let other = read(&document("1. Hoeveel?\n\n2. Waarom?", "1. Zie\nSV 8 (2020-2021)\n\n2. Daarom."));
    assert!(answers(&other)[0].1.ends_with("SV 8 (2020-2021)"));
}

#[test]
fn a_reply_may_say_where_the_answer_to_a_repeated_question_begins() {
    let replied = "1. Hoeveel?\n\nAntwoord:\nTwee.\n\n2. Waarom?\n\nAntwoord: Daarom.";
    let parsed = read(&document("1. Hoeveel?\n\n2. Waarom?", replied));
    let expected = [("1".to_owned(), "Hoeveel?\nTwee."), ("2".to_owned(), "Waarom?\nDaarom.")];
    assert_eq!(answers(&parsed), expected);
}

#[test]
fn labels_may_be_lines_of_their_own_without_a_stop() {
    let asked = "1. Hoeveel?\n\n2. Waar?\n\n3. Waarom?";
    let parsed = read(&document(asked, "1 en 2\nTwee, daar.\n\n3\nDaarom."));
    assert_eq!(answers(&parsed), [("1 2".to_owned(), "Twee, daar."), ("3".to_owned(), "Daarom.")]);
}

#[test]
fn roman_numbers_may_be_labels() {
    let parsed = read(&document("I. Hoeveel?\nII. Waar?\nIII. Waarom?", "I. Twee.\nII. Daar.\nIII. Daarom."));
    let labels: Vec<_> = answers(&parsed).into_iter().map(|(labels, _)| labels).collect();
    assert_eq!(labels, ["i", "ii", "iii"]);
}

#[test]
fn name_and_title_may_share_a_line() {
    let text = document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\n\n2. Daarom.");
    let text = text
        .replace("PIET D'HAESE\nMINISTER", "PIET D'HAESE, VICEMINISTER-PRESIDENT, MINISTER")
        .replace("\nANTWOORD", "\nGEZAMENLIJK ANTWOORD");
    let parsed = read(&text);
    let read = |p: &Option<crate::model::Person>| p.as_ref().map(|p| (p.name.clone(), p.title.clone()));
    let minister = ("PIET D'HAESE".to_owned(), Some("VICEMINISTER-PRESIDENT, MINISTER VAN LANDBOUW".to_owned()));
    assert_eq!((read(&parsed.addressee), read(&parsed.respondent)), (Some(minister.clone()), Some(minister)));
}
