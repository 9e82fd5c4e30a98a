"""Every figure over the years, read by hand in the nine sources and written here without looking at data/.

Each row is edition, place, series, and what a reader must see: percent, a count, an answer, a sign or the source's
own words. The tables of 2015 have a golden file of their own; of them only what is followed over the years is here.
"""

NATION, KALMAR = "00", "0880"

NATIONAL_REPORT_2014 = [
    ("2014", NATION, "bbic-licens", "81 %"),
    ("2014", NATION, "overenskommelse-forskola", "75 %"),
    ("2014", NATION, "overenskommelse-grundskola", "80 %"),
    ("2014", NATION, "socionomer-fem-ar", "50 %"),
    ("2014", NATION, "plan-handlaggare", "25 %"),
    ("2014", NATION, "uppfoljning-oppenvard", "26 %"),
    ("2014", NATION, "uppfoljning-dygnsvard", "16 %"),
]
KEY_RESULTS_2015 = [
    ("2015", NATION, "behoriga-alla", "55 %"),
    ("2015", NATION, "socionomer-tre-ar", "70 %"),
    ("2014", NATION, "socionomer-tre-ar", "70 %"),  # detsamma vid förra årets jämförelser
    ("2015", NATION, "socionomer-fem-ar", "49 %"),
    ("2014", NATION, "socionomer-fem-ar", "49 %"),  # även här detsamma
    ("2015", NATION, "plan-handlaggare", "37 %"),
    ("2015", NATION, "uppfoljning-oppenvard", "27 %"),
    ("2015", NATION, "uppfoljning-dygnsvard", "20 %"),
]
TABLES_2015 = [
    ("2015", NATION, "bbic-licens", "92 %"),
    ("2015", NATION, "information-placerade-barn", "58 %"),
    ("2015", NATION, "overenskommelse-forskola", "72 %"),
    ("2015", NATION, "overenskommelse-skola", "72 %"),
    ("2015", NATION, "overenskommelse-bup", "74 %"),
    ("2015", NATION, "rutin-missbruk", "65 %"),
    ("2015", NATION, "bedomning-missbruk", "75 %"),
    ("2015", NATION, "foraldrastod-bistand", "43 %"),
    ("2015", NATION, "foraldrar-oppenvard", "32 %"),
    ("2015", NATION, "plan-familjehem", "39 %"),
]
NEWS_2016 = [
    ("2016", NATION, "vald-metoder", "84 %"),
    ("2016", NATION, "bra-fam", "cirka tre av fyra"),
    ("2016", NATION, "bedomning-nagon", "lika många"),
    ("2016", NATION, "uppfoljning-socialtjansten", "relativt få kommuner"),
    ("2016", NATION, "uppfoljning-ekonomiskt-bistand", "21 %"),
    ("2016", NATION, "uppfoljning-aldreomsorg", "sex-sju procent"),
    ("2016", NATION, "sip-rutin", "runt två tredjedelar"),
    ("2016", NATION, "sip-rutin-ovriga", "44–64 procent"),
]
NEWS_2019 = [
    ("2019", NATION, "utbildning-och-halsa", "lägre utbildningsnivå och sämre hälsa än andra barn"),
    ("2019", NATION, "fullfoljt-grundskolan", "fler placerade barn"),
    ("2019", NATION, "fortbildning-vald", "över 90 procent"),
    ("2019", NATION, "sip-aktuell-rutin", "drygt hälften"),
    ("2019", NATION, "uppfattning-myndighetsutovning", "nästan 40 procent"),
    ("2019", NATION, "uppfattning-utforare", "26 %"),
    ("2019", NATION, "barns-delaktighet", "redovisas ej"),
    ("2019", NATION, "uppfoljning-dygnsvard", "12 %"),
    ("2019", NATION, "uppfoljning-oppenvard", "15 %"),
    ("2019", NATION, "uppfoljning-konsperspektiv", "fler kommuner"),
    ("2019", NATION, "delaktighet-verksamhetssystem", "17"),
]
KALMARS_PAGE = [
    ("2019", NATION, "socionomer-mindre-an-ett-ar", "25 %"),
    ("2014", NATION, "socionomer-fem-ar", "50 %"),
    ("2019", NATION, "socionomer-fem-ar", "36 %"),
    ("2019", KALMAR, "socionomer-mindre-an-ett-ar", "19 %"),
    ("2019", KALMAR, "socionomer-fem-ar", "38 %"),
    ("2014", NATION, "information-placerade-barn", "42 %"),
    ("2019", NATION, "information-placerade-barn", "48 %"),
    ("2019", KALMAR, "information-placerade-barn", "Nej"),
    ("2019", NATION, "brukarundersokning-anvand", "37 %"),
    ("2019", KALMAR, "brukarundersokning-anvand", "Ja"),
    ("2018", NATION, "information-placerade-barn", "48 %"),
    ("2018", KALMAR, "information-placerade-barn", "Ja"),
    ("2018", NATION, "uppfoljning-oppenvard", "15 %"),
    ("2018", KALMAR, "uppfoljning-oppenvard", "Nej"),
    ("2018", NATION, "delaktighet-verksamhetssystem", "25"),
    ("2018", KALMAR, "delaktighet-verksamhetssystem", "Nej"),
    ("2018", NATION, "socionomer-tre-ar", "57 %"),
    ("2018", KALMAR, "socionomer-tre-ar", "bortfall"),
    ("2017", KALMAR, "manualbaserade-insatser", "flera olika"),
    ("2017", KALMAR, "extern-samverkan", "saknas dock i många fall"),
    ("2017", KALMAR, "systematisk-uppfoljning", "ett utvecklingsområde"),
    ("2017", NATION, "systematisk-uppfoljning", "ett utvecklingsområde för de flesta kommuner"),
    ("2017", NATION, "uppfoljning-gruppniva", "få kommuner"),
    ("2016", KALMAR, "intern-samordning", "Ja"),
    ("2016", KALMAR, "overenskommelse-skola", "Nej"),
    ("2016", KALMAR, "overenskommelse-forskola", "Nej"),
    ("2016", KALMAR, "overenskommelse-bup", "Nej"),
    ("2016", KALMAR, "systematisk-uppfoljning", "ett utvecklingsområde"),
    ("2016", NATION, "systematisk-uppfoljning", "ett utvecklingsområde för de flesta kommuner"),
    ("2016", NATION, "uppfoljning-gruppniva", "få kommuner"),
]
PAGE_2017 = [
    ("2017", NATION, "gymnasium-20-ar", "37 %"),
    ("2017", NATION, "gymnasium-20-ar-jamnariga", "79 %"),
    ("2017", NATION, "psykofarmaka", "6,2 %"),
    ("2017", NATION, "psykofarmaka-jamnariga", "0,9 %"),
]
PAGE_2020 = [
    ("2020", NATION, "socialjour-socionomer", "89 %"),
    ("2020", NATION, "rutin-intern-ekonomiskt-bistand", "61 %"),
]
PAGE_2022 = [  # the registers are those of the year before the edition
    ("2021", NATION, "grundskola-17-ar", "81 %"),
    ("2022", NATION, "grundskola-17-ar", "83 %"),
    ("2021", NATION, "gymnasium-20-ar-pojkar", "19 %"),
    ("2022", NATION, "gymnasium-20-ar-pojkar", "32 %"),
]
PAGE_2023 = [
    ("2022", NATION, "utbildade-fem-ar", "48 %"),
    ("2023", NATION, "utbildade-fem-ar", "47 %"),
    ("2022", NATION, "plan-familjehem", "50 %"),
    ("2023", NATION, "plan-familjehem", "55 %"),
    ("2022", NATION, "information-placerade-barn", "52 %"),
    ("2023", NATION, "information-placerade-barn", "49 %"),
]
BY_SOURCE = {
    "socialstyrelsen-2014": NATIONAL_REPORT_2014,
    "fou-nordvast-2015": [*KEY_RESULTS_2015, *TABLES_2015],
    "skl-2016": NEWS_2016,
    "skl-2019": NEWS_2019,
    "kalmar-2019": KALMARS_PAGE,
    "socialstyrelsen-2017": PAGE_2017,
    "socialstyrelsen-2020": PAGE_2020,
    "socialstyrelsen-2022": PAGE_2022,
    "socialstyrelsen-2023": PAGE_2023,
}
CHANGES = [  # from, to, series, percentage points or the two ends
    ("2010", "2014", "bbic-licens", 53, None),
    ("2013", "2014", "plan-handlaggare", 6, None),
    ("2013", "2015", "plan-handlaggare", 18, None),
    ("2014", "2015", "socionomer-tre-ar", 0, None),
    ("2014", "2015", "socionomer-fem-ar", 0, None),
    ("2014", "2019", "socionomer-fem-ar", None, (50, 36)),
    ("2014", "2019", "information-placerade-barn", None, (42, 48)),
    ("2021", "2022", "grundskola-17-ar", None, (81, 83)),
    ("2021", "2022", "gymnasium-20-ar-pojkar", None, (19, 32)),
    ("2022", "2023", "utbildade-fem-ar", None, (48, 47)),
    ("2022", "2023", "plan-familjehem", None, (50, 55)),
    ("2022", "2023", "information-placerade-barn", None, (52, 49)),
]
DIRECTIONS = [  # edition, series, how the source itself says that it went
    ("2019", "fortbildning-vald", "en fortsatt ökning från tidigare år"),
    ("2019", "uppfoljning-dygnsvard", "en ökning från tidigare år"),
    ("2019", "uppfoljning-oppenvard", "på samma nivå som förra året"),
    ("2019", "fullfoljt-grundskolan", "en förbättring jämfört med tidigare år"),
    ("2019", "utbildning-och-halsa", "fortsatta förbättringsområden"),
    ("2019", "delaktighet-verksamhetssystem", "fortfarande mycket få kommuner"),
    ("2022", "gymnasium-20-ar-pojkar", "har ökat, från 19 procent 2020 till 32 procent 2021"),
    ("2023", "utbildade-fem-ar", "en liten minskning i jämförelse med 2022"),
    ("2016", "bra-fam", "Kommunerna blir allt bättre på att använda standardiserade bedömningsmetoder"),
]
FACTS = [  # edition, what stands in the source besides results
    ("2016", "2016-02"), ("2016", "2016-03"), ("2016", "0.91"), ("2016", "8"), ("2016", "12"), ("2016", "2015"),
    ("2019", "2019-01"), ("2019", "2019-03"), ("2019", "0.20"), ("2019", "2014"), ("2019", "2018-01"), ("2019", "2"),
    ("2019", "september–oktober"), ("2019", "18 september och 4 december"), ("2019", "vecka 25"), ("2014", "93"),
    ("2020", "2020-01"), ("2020", "2020-03"), ("2023", "2023-10-8820"),
]  # fmt: skip
