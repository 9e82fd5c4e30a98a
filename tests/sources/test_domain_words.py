"""Which domain a stranger's workbook is of, by its titles and its name."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import pytest

from conftest import DATA, DOMAIN
from oj.facts.editions import domain_folder, domain_of, domains
from oj.facts.questions import questions
from oj.sources.terms.domain import domain_known_by

TITLES = [
    ("Öppna jämförelser 2019 – Ekonomiskt bistånd", "ekonomiskt-bistand"),
    ("Försörjningsstöd, kommunenkäten", "ekonomiskt-bistand"),
    ("Öppna jämförelser hemlöshet och utestängning från bostadsmarknaden 2020", "hemloshet"),
    ("Krisberedskap inom socialtjänsten", "krisberedskap"),
    ("Krisberedskap: äldreomsorg och hem för vård eller boende för barn och unga", "krisberedskap"),
    ("ÖJ Missbruks- och beroendevård 2021", "missbruk"),
    ("Missbruk och beroende", "missbruk"),
    ("Öppna jämförelser våld i nära relationer", "vald-i-nara-relationer"),
    ("Stöd till våldsutsatta 2017", "vald-i-nara-relationer"),
    ("Äldreomsorg och kommunal hälso- och sjukvård", "aldreomsorg"),
    ("Öppna jämförelser – Vård och omsorg om äldre 2022", "aldreomsorg"),
    ("Hemtjänst, kommun, län, rike", "aldreomsorg"),
    ("Öppna jämförelser 2023 Kommunal hälso- och sjukvård", "halso-och-sjukvard"),
    ("Enhetsundersökning LSS 2022", "lss"),
    ("Öppna jämförelser 2020 – Stöd till personer med funktionsnedsättning", "lss"),
    ("Funktionsnedsättning: LSS och socialpsykiatri", "lss"),
    ("Öppna jämförelser 2016–2023 – Social barn- och ungdomsvård", "barn-och-unga"),
    ("Barn och unga", "barn-och-unga"),
]
NONE = [
    "Öppna jämförelser socialtjänst 2021",
    "Resultat för kommuner, län och riket",
    "Hemlöshet och missbruk",
    "Ekonomiskt bistånd, hemlöshet och våld i nära relationer",
    "Öppna jämförelser grundskola",
    "Öppna jämförelser folkhälsa – barn och unga i grundskolan",
    "",
]


def as_file(title: str) -> str:
    """Return a title as the name of a file, without letters that are not in everybody's keyboard."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace('- ', '-').replace(' ', '_')}.xlsx"


@pytest.mark.parametrize(("title", "domain"), TITLES)
def test_a_title_names_its_domain(title: str, domain: str) -> None:
    for written in (title, title.upper(), as_file(title), unicodedata.normalize("NFD", title)):
        assert domain_known_by([written], DATA) == domain, written


@pytest.mark.parametrize("title", NONE)
def test_what_names_none_or_several_is_not_guessed(title: str) -> None:
    assert domain_known_by([title], DATA) is None
    assert domain_known_by([as_file(title)], DATA) is None


def test_every_domain_is_known_by_its_own_name() -> None:
    assert {name: domain_known_by([domain_of(home).name], DATA) for name, home in domains(DATA).items()} == {
        name: name for name in domains(DATA)
    }


@pytest.mark.parametrize("domain", domains(DATA))
def test_a_question_is_never_taken_for_another_surveys_title_alone(domain: str) -> None:
    """A file with the domain's title and its questions' own is of the domain, or asked about, never of another."""
    name = domain_of(domain_folder(DATA, domain)).name
    for one in questions(domain_folder(DATA, domain)).values():
        assert domain_known_by([f"Öppna jämförelser – {name}", one.title], DATA) in (domain, None)


def test_texts_that_name_different_domains_are_not_guessed() -> None:
    assert domain_known_by(["Öppna jämförelser hemlöshet", "missbruk.xlsx"], DATA) is None
    assert domain_known_by(["Öppna jämförelser hemlöshet", "Resultat", "hemloshet.xlsx"], DATA) == "hemloshet"
    assert domain_known_by([], DATA) is None


@pytest.mark.parametrize("sheets", [("Barn",), ("Barn", "Vuxna"), ("Äldre", "Yngre")])
def test_a_wide_word_in_a_sheets_name_yields_to_columns_of_another_domain(sheets: Sequence[str], read: Any) -> None:
    """They were new questions of child care, under the name of a group."""
    asked = [one.title for one in questions(domain_folder(DATA, "missbruk")).values()][3:6]
    rows = [["Kommun", *asked], ["Malmö", "Ja", "Nej", "Ja"], ["Lund", "Nej", "Ja", "Ja"]]
    told = read({name: [[str(year)], *rows] for year, name in enumerate(sheets, start=2021)}, domain="")
    assert told["domain"] == "missbruk"


def test_a_sheets_name_says_the_domain_of_columns_that_nobody_knows(read: Any) -> None:
    rows = [["2022"], ["Kommun", "Något nytt"], ["Malmö", "Ja"], ["Lund", "Nej"]]
    assert read({"Barn och unga": rows}, domain="")["domain"] == DOMAIN
