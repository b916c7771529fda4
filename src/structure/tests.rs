//! Documents of our own, each torn or worded in a way that a real one was or may be.

mod bulletins;
mod forms;

use super::{Parsed, parse, split};
use crate::layout::furniture;
use crate::layout::lines::text_to_layout;
use crate::model::{Block, Kind};

fn layout(text: &str) -> crate::layout::Layout {
    let mut layout = text_to_layout(text.to_owned());
    furniture::mark(&mut layout);
    layout
}

fn read(text: &str) -> Parsed {
    let layout = layout(text);
    let lines = 0..layout.lines.len();
    parse(&layout, lines, &[]).expect("a written question")
}

/// Labels and text of each answer.
fn answers(parsed: &Parsed) -> Vec<(String, &str)> {
    parsed.answers.iter().map(|answer| (answer.labels.join(" "), answer.text.as_str())).collect()
}

fn questions(parsed: &Parsed) -> Vec<(Option<&str>, &str)> {
    parsed.questions.iter().map(|question| (question.label.as_deref(), question.text.as_str())).collect()
}

/// A document with these questions and this reply.
fn document(asked: &str, replied: &str) -> String {
    format!(
        "SCHRIFTELIJKE VRAAG\nnr. 9\nvan AN DE SMEDT\ndatum: 3 mei 2021\naan PIET D'HAESE\nMINISTER VAN LANDBOUW\n\n\
         Bijensterfte - Onderzoek\n\nImkers maken zich zorgen.\n\n{asked}\n\nPIET D'HAESE\nMINISTER VAN LANDBOUW\n\n\
         ANTWOORD\nop vraag nr. 9 van 3 mei 2021\nvan AN DE SMEDT\n\n{replied}\n"
    )
}

#[test]
fn a_whole_head_is_read() {
    let parsed = read(&document("1. Hoeveel?\n\n2. Waarom?", "1. Twee.\n\n2. Daarom."));
    assert_eq!((parsed.number, parsed.title.as_deref()), (Some(9), Some("Bijensterfte - Onderzoek")));
    assert_eq!(parsed.question_date.map(|d| d.to_string()).as_deref(), Some("2021-05-03"));
    let name = |p: &Option<crate::model::Person>| p.as_ref().map(|p| p.name.clone());
    assert_eq!(name(&parsed.author).as_deref(), Some("AN DE SMEDT"));
    assert_eq!(name(&parsed.addressee).as_deref(), Some("PIET D'HAESE"));
    assert_eq!(parsed.respondent.and_then(|p| p.title).as_deref(), Some("MINISTER VAN LANDBOUW"));
    assert_eq!(parsed.introduction.len(), 1);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
}

#[test]
fn a_head_in_small_letters_on_few_lines_is_read() {
    let parsed = read(
        "Schriftelijke vraag nr. 123 van 4 maart 2021\nvan Karel Van den Broeck\n\
         aan Lieve Maes, Vlaams minister van Onderwijs, Sport en\nDierenwelzijn\n\n\
         Stookolietanks in scholen – Inventaris\n\nVeel scholen stoken olie.\n\n1) Hoeveel?\n2) Waarom?\n\n\
         Lieve Maes\nVlaams minister van Onderwijs, Sport en Dierenwelzijn\n\n\
         Antwoord\nop vraag nr. 123 van 4 maart\n2021\nvan Karel Van den Broeck\n\n1) Twaalf.\n2) Zie het antwoord op vraag 1.\n",
    );
    let addressee = parsed.addressee.clone().expect("an addressee");
    assert_eq!(addressee.name, "Lieve Maes");
    assert_eq!(addressee.title.as_deref(), Some("Vlaams minister van Onderwijs, Sport en Dierenwelzijn"));
    assert_eq!(parsed.respondent.as_ref().and_then(|r| r.title.clone()), addressee.title);
    assert_eq!(parsed.title.as_deref(), Some("Stookolietanks in scholen – Inventaris"));
    assert_eq!(parsed.answers[1].see, ["1"]);
}

#[test]
fn what_the_cut_head_lacks_comes_from_the_answers_head() {
    let parsed = read(
        "GEZIN EN ARMOEDEBESTRIJDING\n\nKinderopvang - Sluitingen\n\nDe sector staat onder druk.\n\n1. Hoeveel?\n\n\
         HILDE MAES\nVLAAMS MINISTER VAN WELZIJN EN GEZIN\n\nAANVULLEND ANTWOORD\nop vraag nr. 1020 van 29/08/2022\n\
         van CELIA VAN DE VELDE\n\n1. Twaalf.\n",
    );
    assert_eq!(parsed.title.as_deref(), Some("Kinderopvang - Sluitingen"));
    assert_eq!((parsed.number, parsed.kind), (Some(1020), Kind::SupplementaryAnswer));
    assert_eq!(parsed.author.map(|p| p.name).as_deref(), Some("CELIA VAN DE VELDE"));
    assert_eq!(parsed.introduction[0].text, "De sector staat onder druk.");
}

#[test]
fn without_an_answer_the_question_is_unanswered() {
    let parsed = read("SCHRIFTELIJKE VRAAG\nnr. 4\nvan AN BE\n\nTitel zonder meer\n\nInleiding.\n\n1. Wat?\n2. Hoe?\n");
    assert_eq!((parsed.kind, parsed.questions.len(), parsed.answers.len()), (Kind::Unanswered, 2, 0));
}

#[test]
fn other_texts_are_refused() {
    for text in ["Notulen van 3 mei 2020.\n\n1. Goedkeuring\n2. Rondvraag\n", "x", "1 2 3\n4 5 6\n"] {
        let layout = layout(text);
        let lines = 0..layout.lines.len();
        assert!(parse(&layout, lines, &[]).is_err(), "{text}");
    }
}

#[test]
fn labels_are_a_sequence_not_what_lines_begin_with() {
    let parsed = read(&document(
        "1. Hoeveel bijenkolonies stierven er volgens de telling van het voorbije jaar, en hoeveel waren dat er in\n\
         2019. Graag ook de cijfers voor de jaren daarvoor, want die werden in het jaarverslag niet vermeld.\n\
         2. Waarom?\n3. Wanneer?",
        "1. Het nummer dat imkers daarvoor kunnen bellen, ook buiten de kantooruren en in het weekend, is\n\
         1712. Daar helpt men hen verder.\nDe procedure verloopt in stappen:\n1. de melding\n2. de staalname\n3. het verslag\n\
         2. Ja.\n3. Morgen.",
    ));
    assert_eq!(parsed.questions.len(), 3);
    assert!(parsed.questions[0].text.contains("waren dat er in 2019. Graag"));
    let found = answers(&parsed);
    assert_eq!(found.iter().map(|(labels, _)| labels.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert!(found[0].1.contains("is 1712. Daar helpt"), "{}", found[0].1);
    assert!(found[0].1.ends_with("in stappen:\n1. de melding\n2. de staalname\n3. het verslag"), "{}", found[0].1);
}

#[test]
fn an_enumeration_in_a_reply_without_labels_is_no_answer() {
    let parsed = read(&document(
        "1. Hoe?\n2. Wat?\n3. Waar?\n4. Wie?",
        "Er is overleg met de sector.\n\nDe procedure verloopt in verschillende stappen:\n1. de melding\n2. de staalname\n\
         3. het verslag\n\nDaarna volgt een besluit.",
    ));
    assert_eq!(answers(&parsed).len(), 1);
    assert!(parsed.answers[0].labels.is_empty());
}

#[test]
fn labels_are_combined_in_many_ways() {
    let parsed = read(&document(
        "1. A?\n2. B?\n3. C?\n4. D?\n5. E?\n6. F?\n7. G?\n8. H?\n9. I?",
        "1 & 2. Ja.\n\n3, 4 en 6. Nee.\n\n5. Misschien.\n\nAntwoord op vraag 7:\nNooit.\n\n8.-9. Altijd.",
    ));
    let labels: Vec<String> = answers(&parsed).into_iter().map(|(labels, _)| labels).collect();
    assert_eq!(labels, ["1 2", "3 4 6", "5", "7", "8 9"]);
}

#[test]
fn letters_may_be_the_questions() {
    let parsed = read(&document(
        "Graag vernam ik:\n\na) wat de opruiming kostte;\nb) hoeveel ton er werd opgehaald.",
        "a) Twee euro.\nb) Een ton.",
    ));
    assert_eq!(
        questions(&parsed),
        [(Some("a"), "wat de opruiming kostte;"), (Some("b"), "hoeveel ton er werd opgehaald.")]
    );
    assert_eq!(answers(&parsed), [("a".to_owned(), "Twee euro."), ("b".to_owned(), "Een ton.")]);
}

#[test]
fn labels_alone_are_known_before_the_tables() {
    let text = document(
        "1. Hoeveel?\n2. Waarom?\n3. Waar?",
        "1.\nGemeente    2019    2020\nAalst          1       2\nBree           3       4\n\n2.\n\
         Soort     2019    2020\nHoning       5       6\n7.\nWas          7       8\n\nVraag 3\nNergens.",
    );
    let layout = layout(&text);
    let opened = super::open(&layout, 0..layout.lines.len()).expect("a question");
    let labels = opened.label_lines(&layout);
    assert_eq!(labels.iter().map(|line| layout.line_text(*line)).collect::<Vec<_>>(), ["1.", "2.", "Vraag 3"]);
    let all = crate::parse_text(&text).expect("a question");
    assert_eq!(all.tables.iter().map(|table| table.answer.join(" ")).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn a_label_before_prose_ends_the_table_above() {
    let text = document(
        "1. Hoeveel?\n2. Waarom?",
        "1. Het overzicht.\nSoort              2016      2017\nHoning               11        12\nWas                  13        14\n\n\
         2. Volgens de telling kennen veel imkers de campagne van vorig jaar.\nBij jongeren is dat minder.",
    );
    let parsed = crate::parse_text(&text).expect("a question");
    assert_eq!(parsed.answers.iter().map(|a| a.labels.join(" ")).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(parsed.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_label_in_words_heads_no_table() {
    let text = document(
        "1. Hoeveel?\n2. Waarom?",
        "Antwoord 1: zie onder\n\nSoort 2016 2017\nHoning 11 12\nWas 13 14\n\nAntwoord 2: daarom.",
    );
    let parsed = crate::parse_text(&text).expect("a question");
    assert_eq!(parsed.answers.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["zie onder", "daarom."]);
    assert_eq!(parsed.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn parts_stand_in_the_text_with_their_mark_and_again_without() {
    let parsed = read(&document(
        "1. Hoeveel?\n1.1 In de stad?\n1.2 Op het platteland?\na) Bij imkers?\n2. Waarom?",
        "1. 1.1 Tien.\n1.2 Twaalf.\n\n2. a) Daarom.\nb) Hierom.",
    ));
    let question = &parsed.questions[0];
    assert_eq!(question.text, "Hoeveel?\n1.1 In de stad?\n1.2 Op het platteland?\na) Bij imkers?");
    assert_eq!(question.parts[1].label, "1.2");
    assert_eq!(question.parts[1].parts[0].label, "a");
    assert_eq!(answers(&parsed)[0].1, "1.1 Tien.\n1.2 Twaalf.");
    assert_eq!(parsed.answers[1].parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["Daarom.", "Hierom."]);
}

#[test]
fn the_only_question_has_no_label() {
    let parsed = read(&document("De cijfers lopen uiteen.\n\nHoeveel kolonies stierven er?", "Er stierven er 1.204."));
    assert_eq!(questions(&parsed), [(None, "Hoeveel kolonies stierven er?")]);
    assert_eq!(parsed.introduction.len(), 2);
    assert_eq!(answers(&parsed), [(String::new(), "Er stierven er 1.204.")]);
}

#[test]
fn closing_lines_name_the_other_ministers() {
    let parsed = read(&document(
        "1. Hoeveel?\n2. Waarom?\nDeze vraag werd ook gesteld aan viceminister-president Bart Somers (nr. 210) en minister Zuhal Demir (433).",
        "1. Twee.\n2. Daarom.",
    ));
    assert_eq!(parsed.questions[1].text, "Waarom?");
    assert_eq!(parsed.question_closing.len(), 1);
    let asked: Vec<_> = parsed.asked_to.iter().map(|a| (a.name.as_str(), a.number)).collect();
    assert_eq!(asked, [("Bart Somers", Some(210)), ("Zuhal Demir", Some(433))]);
}

#[test]
fn annex_lists_are_attachments() {
    let parsed =
        read(&document("1. Hoeveel?", "1. Zie bijlage.\n\nBIJLAGEN\n\nBijlage 1: per gemeente\n\nBijlage 2: per jaar"));
    let lines: Vec<_> = parsed.attachments.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(lines, ["Bijlage 1: per gemeente", "Bijlage 2: per jaar"]);
    assert_eq!(answers(&parsed), [("1".to_owned(), "Zie bijlage.")]);
}

#[test]
fn torn_labels_go_back_before_their_text() {
    let parsed = read(&document(
        "1.\n\nHoeveel?\n\n2.\n\nWaarom?\n\n3.\n\na)\n\nSinds wanneer?\n\nb)\n\nTot wanneer?\n\nWaar is dat gebeurd?",
        "1.\n\n2.\n\na)\n\nTwaalf.\n\nb)\n\nDertien.\n\nOp het platteland.\n\n3.\n\nNergens.",
    ));
    assert_eq!(questions(&parsed)[1].1, "Waarom?\na) Sinds wanneer?\nb) Tot wanneer?");
    assert_eq!(questions(&parsed)[2].1, "Waar is dat gebeurd?");
    assert_eq!(answers(&parsed)[0].1, "a) Twaalf.\nb) Dertien.");
    assert_eq!(answers(&parsed)[1].1, "Op het platteland.");
}

#[test]
fn bullets_stacked_before_their_items_are_one_list() {
    let parsed = read(&document("1. Wat?", "1. Het gaat om:\n•\n•\n\nhoning\nwas\n\nDat is alles."));
    assert_eq!(answers(&parsed), [("1".to_owned(), "Het gaat om:\nhoning\nwas\nDat is alles.")]);
}

#[test]
fn lists_nest_by_bullet_and_indent() {
    let parsed =
        read(&document("1. Wat?", "1. Het gaat om:\n- honing\n  - van linde\n  - van klaver\n- was\n\nDat is alles."));
    let Some(Block::List { items, .. }) = parsed.answers[0].blocks.get(1) else { panic!("no list") };
    let nested: Vec<_> = items.iter().map(|item| (item.text.as_str(), item.items.len())).collect();
    assert_eq!(nested, [("honing", 2), ("was", 0)]);
}

#[test]
fn references_and_links_are_found_over_line_ends() {
    let parsed = read(&document(
        "1. In antwoord op mijn schriftelijke vraag nr. 466 van 6\nmei 2020 staat dat. Zie ook de vragen nrs. 12 van 4 mei 2018 en 45 van 6/06/2018.\n2. Wat?",
        "1. Zie vraag nr. 9 en vraag om uitleg nr. 2312, en https://www.example.be/jaar-\nverslag.pdf.\n2. Zie vraag 1.",
    ));
    let found: Vec<_> = parsed.references.iter().map(|r| (r.number, r.date.map(|d| d.to_string()))).collect();
    let date = |text: &str| Some(text.to_owned());
    assert_eq!(found, [(466, date("2020-05-06")), (12, date("2018-05-04")), (45, date("2018-06-06"))]);
    assert_eq!(
        parsed.links.iter().map(|l| l.url.as_str()).collect::<Vec<_>>(),
        ["https://www.example.be/jaar-verslag.pdf"]
    );
}

#[test]
fn spans_point_at_the_text() {
    let text = document("1. Hoeveel\nzijn er?\na) Nu?", "1. Twee.");
    let parsed = read(&text);
    let of = |span: &crate::Span| span.bytes.map(|[start, end]| text[start..end].to_owned()).unwrap_or_default();
    assert_eq!(of(&parsed.questions[0].span), "Hoeveel\nzijn er?\na) Nu?");
    assert_eq!(of(&parsed.questions[0].parts[0].span), "Nu?");
    assert_eq!(of(&parsed.answers[0].span), "Twee.");
    assert_eq!(of(&parsed.author.expect("an author").span), "AN DE SMEDT");
}

const SEEDS: [&str; 2] =
    [include_str!("../../seeds/000_5170ae0f649b1a58.txt"), include_str!("../../seeds/001_c053da0bd1a00141.txt")];

#[test]
fn any_beginning_and_end_of_a_document_gives_a_result() {
    for seed in SEEDS {
        let ends: Vec<usize> = seed.char_indices().map(|(at, _)| at).step_by(211).collect();
        for at in ends {
            for part in [&seed[..at], &seed[at..]] {
                let layout = layout(part);
                for lines in split(&layout) {
                    let _ = parse(&layout, lines, &[]);
                }
            }
        }
    }
}

#[test]
fn shuffled_and_repeated_lines_give_a_result() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let lines: Vec<&str> = SEEDS.iter().flat_map(|seed| seed.lines()).collect();
    let odd = [
        "1.",
        "2.-1.",
        "(",
        "\u{f0b7}",
        "a)",
        "1 Bron: X",
        "\u{c}",
        "www.",
        "van",
        "ANTWOORD",
        "3",
        "BIJLAGE",
        "vraag nr.",
    ];
    for _ in 0..120 {
        let count = next(60);
        let text: Vec<&str> =
            (0..count).map(|_| if next(3) == 0 { odd[next(odd.len())] } else { lines[next(lines.len())] }).collect();
        let layout = layout(&text.join(if next(2) == 0 { "\n" } else { "\n\n" }));
        for lines in split(&layout) {
            let _ = parse(&layout, lines, &[Some(0), None, Some(1)]);
        }
    }
}

#[test]
fn parts_behind_a_label_and_items_that_fill_their_lines_are_told() {
    let asked = "1. Hoeveel?\n\n2. a) Waarom?\nb) Wanneer?\n\n3. Hoe?";
    let replied = "1. a) en b) Een overzicht.\n2. i) Er wordt nog onderhandeld over 46 hectare grond.\nii) Voor 8 hectare niet.\n\
                   3. In fasen:\n1. sinds 2019 gebeurt de financiering door het Agentschap\n\
                   2. in 2021 werd een indicatiestelling met een screener uitgetest\n3. in 2023 volgt de financiering";
    let parsed = read(&document(asked, replied));
    let found = answers(&parsed);
    assert_eq!(found.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert_eq!(found[0].1, "a) en b) Een overzicht.");
    assert_eq!(found[2].1.lines().count(), 4, "{}", found[2].1);
}

#[test]
fn a_title_that_breaks_off_goes_on_over_a_blank_line() {
    let text = document("1. Hoeveel?", "1. Twee.").replacen(
        "MINISTER VAN LANDBOUW\n\nBijen",
        "VLAAMS MINISTER VAN LANDBOUW, VISSERIJ EN\n\nARMOEDEBESTRIJDING\n\nBijen",
        1,
    );
    let parsed = read(&text);
    let title = parsed.addressee.and_then(|person| person.title);
    assert_eq!(title.as_deref(), Some("VLAAMS MINISTER VAN LANDBOUW, VISSERIJ EN ARMOEDEBESTRIJDING"));
    assert_eq!(parsed.title.as_deref(), Some("Bijensterfte - Onderzoek"));
}
