//! Columns so narrow, or with so few figures, that lines alone do not tell their cells.

use super::*;

#[test]
fn cells_that_cannot_end_where_they_do_go_on_below() {
    let text = "
Huis                     2018                        2019
Museum            € 310.442.00       57.118 (heropening
                             0              sept. 2019)
Textiel             € 41.200.000                  44.815
";
    let rows = ["Huis|2018|2019", "Museum|€ 310.442.000|57.118 (heropening sept. 2019)", "Textiel|€ 41.200.000|44.815"];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn columns_are_named_by_small_words_and_by_years_with_a_mark() {
    let small = "
                     na 3 jaar     na 4 jaar     na 5 jaar
Cohorte 2013             32,4%         49,2%         59,3%
Cohorte 2014             30,8%         48,4%
";
    assert_eq!(
        tables(small),
        [["|na 3 jaar|na 4 jaar|na 5 jaar", "Cohorte 2013|32,4%|49,2%|59,3%", "Cohorte 2014|30,8%|48,4%|"]]
    );
    let marked = "
(x 1.000 euro)          2019      2020*
Verkooprecht             457        779
Erfbelasting             934        312
";
    assert_eq!(tables(marked), [["(x 1.000 euro)|2019|2020*", "Verkooprecht|457|779", "Erfbelasting|934|312"]]);
}

#[test]
fn the_last_label_is_wrapped_before_a_capital_where_it_had_no_room() {
    let text = "
Gemeente              Aantal    Aandeel
Zwijndrecht               12        1 %
Arrondissement           149       99 %
Antwerpen

Gemeenten kunnen een premie geven.
";
    assert_eq!(tables(text), [["Gemeente|Aantal|Aandeel", "Zwijndrecht|12|1 %", "Arrondissement Antwerpen|149|99 %"]]);
}

#[test]
fn wraps_of_cells_whose_own_rows_are_empty_there_keep_their_places() {
    let text = "
Project                       Indiener            Omschrijving                         Bedrag
Herinrichting van het                             Vervanging van klinkers door
                              Gemeente Essen                                        € 131.000
plein met ontharding                              doorlatende verharding
Openleggen van de beek        Stad Lokeren        Hermeandering                      € 72.500
";
    let rows = [
        "Project|Indiener|Omschrijving|Bedrag",
        "Herinrichting van het plein met ontharding|Gemeente Essen|Vervanging van klinkers door doorlatende verharding|€ 131.000",
        "Openleggen van de beek|Stad Lokeren|Hermeandering|€ 72.500",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn figures_under_one_name_are_of_one_column() {
    let text = "
Provincie            Bureaus op 1      Gesloten    Gesloten     Geopend
                     januari 2013       2013        2014         2014
Antwerpen                 94              2                        1
Oost-Vlaanderen           83              4            1
Vlaams-Brabant            66                           2            2
West-Vlaanderen           72                          3
";
    let rows = [
        "Provincie|Bureaus op 1 januari 2013|Gesloten 2013|Gesloten 2014|Geopend 2014",
        "Antwerpen|94|2||1",
        "Oost-Vlaanderen|83|4|1|",
        "Vlaams-Brabant|66||2|2",
        "West-Vlaanderen|72||3|",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn names_that_narrow_columns_broke_are_whole() {
    let text = "
                                    Plaatsen                    Kinderen
Vorm                  Baby's  Peuter Schoolkindere  Baby's  Peuter Schoolkindere
                                   s             n               s             n
Gezinsopvang           7.713   8.784           721   4.218   4.827         3.580
Groepsopvang           2.303   5.908         4.740   7.421     669         8.842
";
    let rows = [
        "Vorm|Plaatsen|Plaatsen|Plaatsen|Kinderen|Kinderen|Kinderen",
        "Vorm|Baby's|Peuters|Schoolkinderen|Baby's|Peuters|Schoolkinderen",
        "Gezinsopvang|7.713|8.784|721|4.218|4.827|3.580",
        "Groepsopvang|2.303|5.908|4.740|7.421|669|8.842",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn figures_one_space_apart_are_two_cells() {
    let text = "
Nr. Voorziening      Bestaand Bijkomend Opening
1   Ter Linden             66        20 07/2021
2   Sint-Anna              43        16 04/2021
";
    let rows =
        ["Nr.|Voorziening|Bestaand|Bijkomend|Opening", "1|Ter Linden|66|20|07/2021", "2|Sint-Anna|43|16|04/2021"];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn labels_in_the_middle_of_several_rows_leave_doubt() {
    let sure = |text: &str| {
        let layout = text_to_layout(text.to_owned());
        find(&layout, 0..layout.lines.len()).iter().all(|grid| grid.confidence >= 0.9)
    };
    let head = "Maatregel          Stad          Aantal    Subsidie\n";
    let rows = "                   Antwerpen         48     190.000\nZone 30            Gent              21      84.500\n                   Leuven            12      41.250\n";
    assert!(!sure(&format!("{head}{rows}")));
    assert!(sure(&format!(
        "{head}{}",
        rows.replacen("                   Antwerpen", "Vlaanderen         Antwerpen", 1)
    )));
}
