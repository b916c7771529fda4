//! Names of columns: cut short, in numbers, wrapped, and in three levels.

use super::tables;

#[test]
fn names_cut_short_are_no_sentence() {
    let text = "
Provincie      Beheersvorm         1 mei 2022             1 november 2022
                              Gem.    Min.    Max.      Gem.    Min.    Max.
Antwerpen      OCMW          61,12   48,30   74,90     65,88   52,64   80,02
Limburg        vzw           58,40   45,10   70,25     63,02   50,17   77,80
";
    let rows = tables(text).concat();
    assert_eq!(
        rows.get(1).map(String::as_str),
        Some("Provincie|Beheersvorm|Gem.|Min.|Max.|Gem.|Min.|Max."),
        "{rows:?}"
    );
}

#[test]
fn columns_named_by_numbers_over_shares() {
    let text = "
Cohorte               1.1      1.2      2.1
september 2014        71%      52%      38%
september 2015        73%      55%
";
    assert_eq!(tables(text), [["Cohorte|1.1|1.2|2.1", "september 2014|71%|52%|38%", "september 2015|73%|55%|"]]);
}

#[test]
fn units_in_brackets_and_ends_of_words_go_on_with_the_names_above() {
    let units = "
                                             Gemiddelde termijn        Langste termijn
Buitendienst         In behandeling                 (dagen)                (dagen)
Antwerpen                       702                     241                    518
Limburg                         388                     219                    477
";
    let head = "Buitendienst|In behandeling|Gemiddelde termijn (dagen)|Langste termijn (dagen)";
    assert_eq!(tables(units), [[head, "Antwerpen|702|241|518", "Limburg|388|219|477"]]);
    let words = "
                                         Laag-      Midden-      Hoog-
Reden             Man       Vrouw
                                     geschoold    geschoold  geschoold
Pensioen          511         388          402          377        120
Verhuis            41          38           42           37         12
";
    let rows = tables(words).concat();
    assert_eq!(rows.first().map(|row| row.split('|').count()), Some(6));
    assert!(rows.first().is_some_and(|row| row.starts_with("Reden|Man|Vrouw|Laag")), "{rows:?}");
    assert_eq!(rows.get(1).map(String::as_str), Some("Pensioen|511|388|402|377|120"));
}

#[test]
fn years_under_one_name_and_over_what_each_counts() {
    let text = "
                                       Jaar
Inspecties                  2018         2019         2020
                        (aantal)     (aantal)     (aantal)
Hondenkwekers                212          198          131
Kattenkwekers                 84           77           52
";
    let rows = [
        "Inspecties|Jaar|Jaar|Jaar",
        "Inspecties|2018|2019|2020",
        "Inspecties|(aantal)|(aantal)|(aantal)",
        "Hondenkwekers|212|198|131",
        "Kattenkwekers|84|77|52",
    ];
    assert_eq!(tables(text), [rows]);
}

#[test]
fn a_name_over_the_last_of_the_years_is_its_own() {
    let text = "
                                                      Verschil
Meldingen              2016      2017      2018      2018/2017
Onthaalbureaus        3 110     3 487     3 902            415
Gemeenten                51        48        60             12
";
    let head = "Meldingen|2016|2017|2018|Verschil 2018/2017";
    assert_eq!(tables(text), [[head, "Onthaalbureaus|3 110|3 487|3 902|415", "Gemeenten|51|48|60|12"]]);
}

#[test]
fn names_at_different_heights_under_spanners() {
    let text = "
                                     Gewone procedure            Vereenvoudigde procedure
Beslissende overheid                             Gem. duur                        Gem. duur
                                      Aantal                          Aantal
                                                    (dagen)                         (dagen)
Deputatie Antwerpen                      612           118,3                94          62,4
Deputatie Limburg                        288           120,5                51          60,0
";
    let rows = tables(text).concat();
    let spanners =
        "Beslissende overheid|Gewone procedure|Gewone procedure|Vereenvoudigde procedure|Vereenvoudigde procedure";
    let names = "Beslissende overheid|Aantal|Gem. duur (dagen)|Aantal|Gem. duur (dagen)";
    assert_eq!(rows.get(..2), Some(&[spanners.to_owned(), names.to_owned()][..]), "{rows:?}");
}

#[test]
fn small_names_that_come_again_are_no_prose() {
    let text = "
Net                               Ondertiteling (T888)                 Vlaamse Gebarentaal              Audiodescriptie
                               uren              % van het            uren          % van het            aantal titels
                                                  aanbod                             aanbod
Canvas                         2 977                94,8               58              1,8                         6
Ketnet                         3 120                71,3              371              8,5                         4
";
    let rows = tables(text).concat();
    let spanners =
        "Net|Ondertiteling (T888)|Ondertiteling (T888)|Vlaamse Gebarentaal|Vlaamse Gebarentaal|Audiodescriptie";
    let names = "Net|uren|% van het aanbod|uren|% van het aanbod|aantal titels";
    assert_eq!(rows.get(..2), Some(&[spanners.to_owned(), names.to_owned()][..]), "{rows:?}");
}

#[test]
fn a_spanner_over_the_gap_between_two_others_is_over_both() {
    let text = "
                                        Processen-verbaal                              Waarschuwingen
Dienst                          Afval                        Geluid                      Alle thema’s
                        2020            2021          2020            2021           2020           2021
Antwerpen                112             134           18              21             301            344
Gent                      97              88           11               9             262            280
";
    let rows = tables(text).concat();
    let head = [
        "Dienst|Processen-verbaal|Processen-verbaal|Processen-verbaal|Processen-verbaal|Waarschuwingen|Waarschuwingen",
        "Dienst|Afval|Afval|Geluid|Geluid|Alle thema’s|Alle thema’s",
        "Dienst|2020|2021|2020|2021|2020|2021",
    ];
    assert_eq!(rows.get(..3), Some(&head.map(str::to_owned)[..]), "{rows:?}");
}
