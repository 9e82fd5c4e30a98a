"""The catalog of key figures is Kolada's, word for word where it matters, and a broken catalog is refused."""

import re
from pathlib import Path

import pytest

from conftest import DATA, DOMAIN, refused, refused_for, replace
from oj.facts.catalog import indicators
from oj.facts.key_figures import KeyFigure, catalogue, coding_in, key_figures, same_title
from oj.words.errors import Fault

ALL = key_figures(DATA)
NUMBERS = [one for one in ALL.values() if not one.is_answer]
QUESTIONS = [one for one in ALL.values() if one.is_answer]
FILE = "key_figures.yml"
SURVEY = ("få kontakt", "tydlig information", "visar förståelse", "inflytande", "påverka hjälp", "helhetssyn",
          "förbättrad situation")  # fmt: skip
HOMES = {750: "familjehem", 762: "stödboende", 774: "HVB"}
OF_HOMES = (
    "Brukaren får det stöd hen behöver för att det ska ska fungera i skola/praktik/arbete",
    "Brukaren får den hjälp hen behöver med läxor",
    "Brukaren får det stöd hen behöver för att ha en bra fritid",
    "Brukaren får vara med och bestämma om saker som är viktiga för hen i boendet",
    "Det finns någon vuxen brukaren kan prata med vid behov",
    "Brukaren känner sig trygg i boendet",
    "Brukaren vet vem hen ska kontakta om något är dåligt i boendet",
    "Brukaren får den hjälp hen behöver för att hålla kontakt med familj och vänner",
    "Brukaren får det stöd hen behöver för att må bra",
    "Brukaren får den hjälp hen behöver för att få kontakt med sjukvård",
    "Brukaren trivs i boendet",
    "Brukaren får stöd att planera sin framtid",
)
TITLES = {
    "N01951": "Invånare totalt, antal",
    "N01994": "Invånare 0-19 år, andel (%)",
    "N33802": "Invånare 0-20 år som var föremål för individuellt biståndsbedömda öppna insatser, andel (%)",
    "N33816": "Barn och unga 0-20 år som har varit placerade på HVB någon gång under året, antal/1000 inv",
    "N33817": "Barn och unga 0-20 år som har varit placerade på familjehem någon gång under året, antal/1000 inv",
    "U31803": "Barn i befolkningen som ingår i familjer med ekonomiskt bistånd, andel (%)",
    "U33401": "Utredningstid i antal dagar från påbörjad utredning till avslutad utredning inom barn och ungdom 0-20 "
    "år, medelvärde",
    **{f"U33{575 + at}": f"Brukarbedömning barn- och ungdomsvård IFO - {word}, andel (%)"
       for at, word in enumerate(SURVEY)},
    **{f"U33{589 + at}": f"Brukarbedömning barn- och ungdomsvård IFO vårdnadshavare - {word}, andel (%)"
       for at, word in enumerate(SURVEY)},
    **{f"U33{start + at}": f"Brukarbedömning {place} - {word}, andel (%)"
       for start, place in HOMES.items() for at, word in enumerate(OF_HOMES)},
    **{f"U33{start + 36 - 10 * at}": f"Brukarbedömning {place}, svarsfrekvens, andel (%)"
       for at, (start, place) in enumerate(HOMES.items())},
    **{f"U33{start + 37 - 10 * at}": f"Brukarbedömning {place}, antal svar"
       for at, (start, place) in enumerate(HOMES.items())},
    "U33900": "Brukarbedömning barn- och ungdomsvård IFO vårdnadshavare, svarsfrekvens (%)",
    "U33901": "Brukarbedömning barn- och ungdomsvård IFO, svarsfrekvens (%)",
    "U33903": "Brukarbedömning barn- och ungdomsvård IFO vårdnadshavare, antal svar",
    "U33904": "Brukarbedömning barn- och ungdomsvård IFO, antal svar",
    "N33001": "Kostnad barn och ungdomsvård, kr/inv",
    "N33023": "Kommunens köp av barn- och ungdomsvård totalt, andel (%)",
}  # fmt: skip
TABLES = {"unga": 7, "vardnadshavare": 7, "familjehem-boendet": 8, "familjehem-stodet": 6, "stodboende-boendet": 8,
          "stodboende-stodet": 6, "hvb-boendet": 8, "hvb-stodet": 6, "kontakt": 4, "utredningstid": 1, "insatser": 3,
          "ekonomi": 1, "kostnader": 2, "automatisering": 1, "befolkning": 2}  # fmt: skip
COUNTS = {"U33787", "U33789", "U33791", "U33903", "U33904"}
RATES = {"U33786", "U33788", "U33790", "U33900", "U33901"}
PLACED = {f"U33{at}" for at in range(750, 786)}


def test_the_key_figures_are_koladas_by_id_and_title() -> None:
    assert {one.kolada for one in NUMBERS} == set(TITLES)
    assert [one.kolada for one in NUMBERS if not same_title(one.title, TITLES[one.kolada])] == []
    assert {"U33816", "U33817", "U33818"} & {one.kolada for one in ALL.values()} == set()


def test_every_table_has_its_key_figures() -> None:
    assert {table: sum(one.table == table for one in ALL.values()) for table in TABLES} == TABLES
    assert len(ALL) == sum(TABLES.values())


def test_only_the_two_of_the_population_are_not_of_young_people_or_their_care() -> None:
    assert {one.kolada for one in NUMBERS if one.regions} == {"N01951", "N01994"}
    assert {one.kolada for one in NUMBERS if not one.gendered} == {
        "U31803", "N33001", "N33023", "U33903", "U33904", *RATES,
    }  # fmt: skip
    assert {one.kolada for one in NUMBERS if not one.young} == {
        "N01951", "N33001", "N33023", "U33900", "U33903", *(f"U33{at}" for at in range(589, 596)),
    }  # fmt: skip


def test_user_surveys_are_better_higher_and_only_the_time_lower() -> None:
    assert {one.kolada for one in NUMBERS if one.polarity == "higher-better"} == {
        *(name for name in TITLES if name.startswith(("U3357", "U3358", "U3359"))), *PLACED,
    }  # fmt: skip
    assert {one.kolada for one in NUMBERS if one.polarity == "lower-better"} == {"U33401"}


def test_breaks_are_those_that_kolada_tells_of() -> None:
    breaks = {one.kolada: [each.year for each in one.breaks] for one in NUMBERS if one.breaks}
    young = {f"U33{at}": [2020] for at in range(575, 582)}
    assert breaks == {"N33802": [2014, 2018], "N33817": [2014], "U33901": [2020], "U33904": [2020], **young}


def test_how_many_answered_is_known_of_every_survey_answer_and_is_no_result() -> None:
    assert {one.kolada for one in NUMBERS if one.unit == "answers"} == COUNTS
    assert {one.kolada for one in NUMBERS if one.of_survey} == COUNTS | RATES
    counted = {one.kolada: ALL[one.counted_by].kolada for one in NUMBERS if one.counted_by}
    assert set(counted) == {one.kolada for one in NUMBERS if one.polarity == "higher-better"}
    assert {name: counted[name] for name in ("U33578", "U33592", "U33750", "U33773", "U33785")} == {
        "U33578": "U33904", "U33592": "U33903", "U33750": "U33787", "U33773": "U33789", "U33785": "U33791",
    }  # fmt: skip
    assert {one.polarity for one in NUMBERS if one.of_survey or one.table == "kostnader"} == {"none"}


def test_what_kolada_has_withdrawn_is_not_asked_for_but_told_with_where_to_look_instead() -> None:
    gone = catalogue(DATA).gone
    assert len(gone) == len({one.kolada for one in gone}) == 27
    assert {one.kolada for one in gone} & {one.kolada for one in ALL.values()} == set()
    assert {one.id for one in gone} & {*ALL} == set()
    assert {one.last_year for one in gone if "(-2021)" in one.title} == {2021}
    assert {one.last_year for one in gone if "(-2021)" not in one.title} == {None}
    assert [one.id for one in gone if not (one.reason.endswith(".") and "2016–2023" in one.instead)] == []


@pytest.mark.parametrize("one", ALL.values(), ids=lambda one: str(one.id))
def test_texts_are_whole(one: KeyFigure) -> None:
    assert one.name
    assert len(one.name) <= 30
    assert one.phrase[0].islower()
    assert one.phrase[-1].isalnum(), "what follows in a sentence brings its own mark"
    assert one.question.endswith((".", "?"))
    assert one.caution.endswith(".")
    assert "IFO" not in one.phrase + one.name + one.question
    assert all(each.reason.endswith(".") for each in one.breaks)


def test_names_tell_key_figures_of_a_table_apart() -> None:
    names = [(one.table, one.name) for one in ALL.values()]
    assert len(set(names)) == len(names)


def test_the_only_question_is_of_automation() -> None:
    assert [(one.kolada, one.coding, one.polarity) for one in QUESTIONS] == [
        ("U33341", {"1": "yes", "0": "no"}, "none"),
    ]  # fmt: skip


def test_a_withdrawn_question_is_that_of_2015() -> None:
    asked = [name for one in catalogue(DATA).gone for name in one.asked_as]
    assert set(asked) <= set(indicators(DATA))
    assert len(set(asked)) == len(asked) == 30


def test_the_peer_groups_are_nine() -> None:
    assert len(catalogue(DATA).peer_groups) == 9
    assert all(title.endswith("(ovägt medel)") for title in catalogue(DATA).peer_groups)


@pytest.mark.parametrize(
    ("title", "coding"),
    [
        ("Plan (Ja=1, Nej=0, Delvis=2)", {"1": "yes", "0": "no", "2": "partly"}),
        ("Plan, (Ja=1/Nej=0)", {"1": "yes", "0": "no"}),
        ("Plan, (Ja=2, Delvis=1, Nej=0).", {"2": "yes", "1": "partly", "0": "no"}),
        ("Plan (Ja = 1, Nej = 0)", {"1": "yes", "0": "no"}),
        ("Andel (%)", {}),
    ],
)
def test_a_coding_is_read_out_of_the_title(title: str, coding: dict[str, str]) -> None:
    assert coding_in(title) == coding


@pytest.mark.parametrize(
    ("old", "new", "about", "value", "rule"),
    [
        ("polarity: lower-better", "polarity: low", "utredningstid: polarity", "low",
         "ska vara en av: 'higher-better', 'lower-better', 'none'"),
        ("name: Utredningstid", "nmae: Utredningstid", "", "", ""),
        ("name: Utredningstid\n", "name: Utredningstid i barn- och ungdomsvården\n", "utredningstid", "",
         "name är längre än 30 tecken"),
        ("kolada: U33401", "kolada: U3340", "utredningstid", "", "kolada ska ha formen N12345 eller U12345"),
        ("kolada: U33401", "kolada: N33802", "id", "oppna-insatser, N33802", "finns redan"),
        ("id: utredningstid", "id: oppna-insatser", "id", "oppna-insatser, N33802", "finns redan"),
        ("id: utredningstid", "id: Utrednings tid", "Utrednings tid", "", "id ska ha formen ord-ord"),
        ('coding: {"1": "yes", "0": "no"}', 'coding: {"0": "yes", "1": "no"}', "automatisering", "",
         "coding är inte den som titeln säger"),
        ('coding: {"1": "yes", "0": "no"}', 'coding: {"1": "ja", "0": "no"}',
         "automatisering: coding.1", "ja", "ska vara en av: 'yes', 'partly', 'no'"),
        ("unit: days", "unit: percent\n    coding: {}\n    gendred: true", "utredningstid: gendred", "True",
         f"okänd nyckel. Menade du ”gendered”? Tillåtna: {', '.join(KeyFigure.model_fields)}"),
        ("first_year: 2010", 'first_year: "2010"', "utredningstid: first_year", "2010", "ska vara ett heltal"),
        ("- year: 2014\n", "- year: sent\n", "oppna-insatser: breaks.0.year", "sent", "ska vara ett heltal"),
    ],
)  # fmt: skip
def test_a_broken_catalog_is_refused(data_copy: Path, old: str, new: str, about: str, value: str, rule: str) -> None:
    replace(data_copy / DOMAIN / "key_figures.yml", old, new)
    if not about:
        with refused("utredningstid: name: nyckeln saknas", "utredningstid: nmae", "Menade du ”name”?"):
            key_figures(data_copy)
    else:
        with refused_for(Fault(FILE, None, about, value, rule)):
            key_figures(data_copy)


@pytest.mark.parametrize("text", ["", "[]", "families: []", "families: 3\npeer_groups: []", "- id: a",
                                  "families: []\npeer_groups: [3]", "families: [a]\npeer_groups: []"])  # fmt: skip
def test_a_catalog_of_another_form_is_refused(data_copy: Path, text: str) -> None:
    (data_copy / DOMAIN / "key_figures.yml").write_text(text, encoding="utf-8")
    with refused("peer_groups", "families"):
        key_figures(data_copy)


def test_no_text_is_copied_from_koladas_descriptions() -> None:
    """Koladas phrases for fractions, which our sentences say otherwise."""
    assert [one.id for one in ALL.values() if re.search(r"dividerat med|multiplicerat", one.question)] == []
