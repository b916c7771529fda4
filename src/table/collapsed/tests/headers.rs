//! Headers torn over lines and levels, and rows that end before their header does.

use super::grids_of;

tables! {
    spanners_over_two_columns_of_labels: r#"Post Straat Gevallen Duur (uren)
2020 2021 2020 2021
Meer Kerkstraat 4 6 19,5 31
Zele Kerkstraat 2 1 8 4,5
Temse Dorp 5 3 27 12,5"# => r#"Post | Straat | Gevallen | Gevallen | Duur (uren) | Duur (uren)
Post | Straat | 2020 | 2021 | 2020 | 2021
Meer | Kerkstraat | 4 | 6 | 19,5 | 31
Zele | Kerkstraat | 2 | 1 | 8 | 4,5
Temse | Dorp | 5 | 3 | 27 | 12,5"#;
    a_spanner_over_the_last_columns: r#"Domein Panden Vermogen
(kWp)

Opbrengst (MWh)
2018 2019 2020
Cultuur 22 2.950,1 2.104,7 2.388,2 2.671,9
Landbouw 6 498,6 450,3 447,7 461,0"# => r#"Domein | Panden | Vermogen (kWp) | Opbrengst (MWh) | Opbrengst (MWh) | Opbrengst (MWh)
Domein |  |  | 2018 | 2019 | 2020
Cultuur | 22 | 2.950,1 | 2.104,7 | 2.388,2 | 2.671,9
Landbouw | 6 | 498,6 | 450,3 | 447,7 | 461,0"#;
    years_that_begin_anew_begin_a_spanner: r#"Plaats
Lood (µg)

Zink (µg)

2018 2019 2020 2020
Doel 8,4 9,1 7,7 5,2
Wervik 5,9 6,6 5,8 4,1"# => r#"Plaats | Lood (µg) | Lood (µg) | Lood (µg) | Zink (µg)
Plaats | 2018 | 2019 | 2020 | 2020
Doel | 8,4 | 9,1 | 7,7 | 5,2
Wervik | 5,9 | 6,6 | 5,8 | 4,1"#;
    a_unit_under_each_name: r#"Kostensoort
2013 2014 2015
EUR EUR EUR
Licenties 22.000 57.300 81.240
Helpdesk 0 9.800 9.800"# => r#"Kostensoort | 2013 | 2014 | 2015
Kostensoort | EUR | EUR | EUR
Licenties | 22.000 | 57.300 | 81.240
Helpdesk | 0 | 9.800 | 9.800"#;
    names_break_behind_a_number: r#"Lichting Aantal contracten Attest binnen 12
maanden

Attest binnen 24
maanden Nog lopend

2013 15.824 5.117 10.342 -
2014 16.390 5.268 10.711 4"# => r#"Lichting | Aantal contracten | Attest binnen 12 maanden | Attest binnen 24 maanden | Nog lopend
2013 | 15.824 | 5.117 | 10.342 | -
2014 | 16.390 | 5.268 | 10.711 | 4"#;
    a_letter_in_brackets_is_a_unit: r#"Weg
Lengte

(m)
Prijs

(euro)
N8 Wilrijk 1.310 2.904.118
N9 Drongen 612 1.041.233"# => r#"Weg | Lengte (m) | Prijs (euro)
N8 Wilrijk | 1.310 | 2.904.118
N9 Drongen | 612 | 1.041.233"#;
    a_year_in_brackets_ends_a_name: r#"Duur Aandeel in het verzuim

(2022)
Kort 36,8%
Lang 21,7%"# => r#"Duur | Aandeel in het verzuim (2022)
Kort | 36,8%
Lang | 21,7%"#;
    names_begin_with_the_same_word: r#"Jaar LEM Oostende LEM Antwerpen LOM Kust Totaal
2015 € 2 104 000 € 1 880 000 € 3 450 000 € 7 434 000
2016 € 2 140 000 € 1 911 000 € 2 975 500 € 7 026 500"# => r#"Jaar | LEM Oostende | LEM Antwerpen | LOM Kust | Totaal
2015 | € 2 104 000 | € 1 880 000 | € 3 450 000 | € 7 434 000
2016 | € 2 140 000 | € 1 911 000 | € 2 975 500 | € 7 026 500"#;
    a_part_begins_a_name: r#"Schooljaar Aantal baden waarvan open voor scholen
2021-2022 263 241
2022-2023 259 218"# => r#"Schooljaar | Aantal baden | waarvan open voor scholen
2021-2022 | 263 | 241
2022-2023 | 259 | 218"#;
    tot_begins_a_remark: r#"2017 (vanaf 1 april) 2018 2019 (tot 31 maart)
Controles 212 987 301
Aanmaningen 118 403 96"# => r#" | 2017 (vanaf 1 april) | 2018 | 2019 (tot 31 maart)
Controles | 212 | 987 | 301
Aanmaningen | 118 | 403 | 96"#;
    abbreviations_name_columns: r#"Provincie Vorm 1 mei 2022 1 november 2022
Gem. Min. Max. Gem. Min. Max.

Antwerpen OCMW 61,12 48,30 74,90 65,88 52,64 80,02
Vzw 63,40 46,15 88,75 68,21 50,10 95,60

Limburg OCMW 57,02 47,90 66,10 61,33 51,77 71,45
Vzw 58,85 45,05 75,20 63,19 48,80 81,00"# => r#"Provincie | Vorm | 1 mei 2022 | 1 mei 2022 | 1 mei 2022 | 1 november 2022 | 1 november 2022 | 1 november 2022
Provincie | Vorm | Gem. | Min. | Max. | Gem. | Min. | Max.
Antwerpen | OCMW | 61,12 | 48,30 | 74,90 | 65,88 | 52,64 | 80,02
Antwerpen | Vzw | 63,40 | 46,15 | 88,75 | 68,21 | 50,10 | 95,60
Limburg | OCMW | 57,02 | 47,90 | 66,10 | 61,33 | 51,77 | 71,45
Limburg | Vzw | 58,85 | 45,05 | 75,20 | 63,19 | 48,80 | 81,00"#;
    levels_name_columns: r#"Start 1.1 1.2 2.1 2.2
september 2014 71% 52% 38% 29%
september 2015 73% 55% 41% 30%
september 2016 70% 54% 40%"# => r#"Start | 1.1 | 1.2 | 2.1 | 2.2
september 2014 | 71% | 52% | 38% | 29%
september 2015 | 73% | 55% | 41% | 30%
september 2016 | 70% | 54% | 40% | "#;
    a_header_ends_in_a_link_word: r#"Schijf Basisbedrag Toeslag Uitbetaald op
1e schijf € 3.050.000 € 212.400 15/09/2020
2e schijf € 2.611.850 € 225.750 18/12/2020"# => r#"Schijf | Basisbedrag | Toeslag | Uitbetaald op
1e schijf | € 3.050.000 | € 212.400 | 15/09/2020
2e schijf | € 2.611.850 | € 225.750 | 18/12/2020"#;
    small_words_go_on_from_the_header: r#"Gemeente Postcode Begin Kooien Gevangen

dieren
Bocholt 3950 01/10/2018 2 11
Kinrooi 3640 15/09/2018 4 37"# => r#"Gemeente | Postcode | Begin | Kooien | Gevangen dieren
Bocholt | 3950 | 01/10/2018 | 2 | 11
Kinrooi | 3640 | 15/09/2018 | 4 | 37"#;
    columns_may_end_before_others: r#"Maand 2021 2022 2023
januari 1 688 1 702 2 391
februari 1 701 1 733 2 507
maart 1 694 1 748 2 588
april 1 720 1 741
mei 1 711 1 766
juni 1 699 1 759
juli 1 687 1 772"# => r#"Maand | 2021 | 2022 | 2023
januari | 1 688 | 1 702 | 2 391
februari | 1 701 | 1 733 | 2 507
maart | 1 694 | 1 748 | 2 588
april | 1 720 | 1 741 | 
mei | 1 711 | 1 766 | 
juni | 1 699 | 1 759 | 
juli | 1 687 | 1 772 | "#;
    a_lone_row_begins_with_thousands: r#"2013 2014 2015 2016 2017

1 240 1 388 987* 1 502 1 671"# => r#"2013 | 2014 | 2015 | 2016 | 2017
1 240 | 1 388 | 987* | 1 502 | 1 671"#;
    a_note_begins_with_its_mark: r#"Reden okt/21 nov/21 dec/21
Besmetting 88 214 131
Quarantaine 19 73 nvt (1)
Andere 35 42 51
(1) regels gewijzigd vanaf 10 december"# => r#"Reden | okt/21 | nov/21 | dec/21
Besmetting | 88 | 214 | 131
Quarantaine | 19 | 73 | nvt (1)
Andere | 35 | 42 | 51"#;
    one_header_under_two_headings: r#"Eerste ronde

Jaar Aanvragen Toekenningen
2013 812 221
2014 866 218

Tweede ronde

Jaar Aanvragen Toekenningen
2013 602 157
2014 655 149"# => r#"Jaar | Aanvragen | Toekenningen
2013 | 812 | 221
2014 | 866 | 218
Jaar | Aanvragen | Toekenningen
2013 | 602 | 157
2014 | 655 | 149"#;
    years_follow_a_name_that_comes_again: r#"Overnachtingen
2019

Overnachtingen
2020

Evolutie

Januari 610 432 598 220 -2,0%
Februari 655 210 671 004 +2,4%
Maart 801 377 288 903 -63,9%"# => r#" | Overnachtingen 2019 | Overnachtingen 2020 | Evolutie
Januari | 610 432 | 598 220 | -2,0%
Februari | 655 210 | 671 004 | +2,4%
Maart | 801 377 | 288 903 | -63,9%"#;
    long_names_break_over_lines: r#"Provincie Aantal gemelde
dossiers

Waarvan met
opvolging door het CLB

Waarvan
doorverwezen naar

het parket
Antwerpen 3.120 2.904 77
Limburg 1.011 958 18
Vlaams-Brabant 905 861 12"# => r#"Provincie | Aantal gemelde dossiers | Waarvan met opvolging door het CLB | Waarvan doorverwezen naar het parket
Antwerpen | 3.120 | 2.904 | 77
Limburg | 1.011 | 958 | 18
Vlaams-Brabant | 905 | 861 | 12"#;
    a_day_goes_on_from_a_link_word: r#"Jaar Ingediend Behandeld Vernietigd Verworpen Hangend op

31/12
2018 1.012 944 402 388 611
2019 1.077 1.020 433 415 668
2020 980 1.066 451 436 582"# => r#"Jaar | Ingediend | Behandeld | Vernietigd | Verworpen | Hangend op 31/12
2018 | 1.012 | 944 | 402 | 388 | 611
2019 | 1.077 | 1.020 | 433 | 415 | 668
2020 | 980 | 1.066 | 451 | 436 | 582"#;
    a_source_is_no_row: r#"Start Niveau A Niveau B
2014 71% 52%
2015 73% 55%
Bron: Huis van het Nederlands, oktober 2019"# => r#"Start | Niveau A | Niveau B
2014 | 71% | 52%
2015 | 73% | 55%"#;
    most_words_of_a_header_are_years: r#"Sluis 2020 2021 2022 2022 t.o.v. 2021
Wijnegem 38 214 39 902 36 110 -3 792
Evergem 44 170 45 066 44 821 -245
Totaal 82 384 84 968 80 931 -4 037"# => r#"Sluis | 2020 | 2021 | 2022 | 2022 t.o.v. 2021
Wijnegem | 38 214 | 39 902 | 36 110 | -3 792
Evergem | 44 170 | 45 066 | 44 821 | -245
Totaal | 82 384 | 84 968 | 80 931 | -4 037"#;
    a_sign_of_change_names_a_column: r#"Reden 2021 2022 +/-
Uurrooster 71 83 +12
Nieuwe feiten 52 49 -3
Totaal 123 132 +9"# => r#"Reden | 2021 | 2022 | +/-
Uurrooster | 71 | 83 | +12
Nieuwe feiten | 52 | 49 | -3
Totaal | 123 | 132 | +9"#;
    a_year_on_its_own_line_ends_a_name: r#"Land Overnachtingen
2019

Aandeel
(%)

België 2.411.232 56,0
Nederland 861.154 20,0
Totaal 3.272.386 76,0"# => r#"Land | Overnachtingen 2019 | Aandeel (%)
België | 2.411.232 | 56,0
Nederland | 861.154 | 20,0
Totaal | 3.272.386 | 76,0"#;
    a_year_in_brackets_is_of_its_line: r#"Doelgroep Deelnemers
2020

Deelnemers
2021

Uitstroom naar
werk (2021)

Jongeren 2.811 2.304 61,2%
Ouderen 1.066 870 33,8%"# => r#"Doelgroep | Deelnemers 2020 | Deelnemers 2021 | Uitstroom naar werk (2021)
Jongeren | 2.811 | 2.304 | 61,2%
Ouderen | 1.066 | 870 | 33,8%"#;
    a_total_stands_behind_spanners: r#"Net Groen Oranje Rood Totaal

Aantal % Aantal % Aantal %
GO! 6.120 75,3 1.310 16,1 702 8,6 8.132
Vrij 38.902 84,3 5.230 11,3 2.011 4,4 46.143"# => r#"Net | Groen | Groen | Oranje | Oranje | Rood | Rood | Totaal
Net | Aantal | % | Aantal | % | Aantal | % | 
GO! | 6.120 | 75,3 | 1.310 | 16,1 | 702 | 8,6 | 8.132
Vrij | 38.902 | 84,3 | 5.230 | 11,3 | 2.011 | 4,4 | 46.143"#;
    bounds_name_columns: r#"Arrondissement Leeftijd Totaal

< 40 jaar 40-54 jaar ≥ 55 jaar
Mechelen 66 1.337 285 1.688
Turnhout 104 1.323 440 1.867"# => r#"Arrondissement | Leeftijd | Leeftijd | Leeftijd | Totaal
Arrondissement | < 40 jaar | 40-54 jaar | ≥ 55 jaar | 
Mechelen | 66 | 1.337 | 285 | 1.688
Turnhout | 104 | 1.323 | 440 | 1.867"#;
    words_on_lines_of_their_own_are_no_columns: r#"Sociale
huisvestingsmaatschappij

Totaal aantal
woningen

Frictieleegstand Structurele
leegstand

Leegstand
(%)

De Leie 3.502 122 35 4,5 %
De Mandelbeek 2.531 126 50 7,0 %"# => r#"Sociale huisvestingsmaatschappij | Totaal aantal woningen | Frictieleegstand | Structurele leegstand | Leegstand (%)
De Leie | 3.502 | 122 | 35 | 4,5 %
De Mandelbeek | 2.531 | 126 | 50 | 7,0 %"#;
}
