"""The catalogue of Enhetsundersökning LSS is whole: titles, areas, directions, and words of its own."""

import re

import pytest

from conftest import DATA
from oj.facts.editions import domain_folder, editions
from oj.facts.key_figures import catalogue, key_figures
from oj.facts.params import CURRENT, usual_edition
from oj.facts.texts import prose_of
from oj.publish.checking.check import faults_of_domain

LSS = domain_folder(DATA, "lss")
ALL = {one.kolada: one for one in key_figures(LSS).values()}
IDS = ["U28112", "U28113", "U28116", *(f"U281{at}" for at in range(18, 47))]
PERSONS = {"U28129", "U28130", "U28131", "U28143", "U28144", "U28145"}
TITLES = {
    "U28112": "Enheterna har aktuella genomförandeplaner för de boende",
    "U28118": "Metoder för inflytande - Enheterna har regelbundna, gemensamma möten för de boende",
    "U28124": "Kontinuerlig handledning har erbjudits till personalen på enheterna",
    "U28129": "Andel personer med en aktuell genomförandeplan.",
    "U28136": "Individuella kompetensutvecklingsplaner finns för samtliga i personalgruppen i den dagliga "
    "verksamheten.",
    "U28142": "Den dagliga verksamheten har rutin för personalens agerande vid misstanke/upptäckt av att den enskilde "
    "är beroende av/missbrukar alkohol eller andra beroendeframkallande medel (ej läkemedel)",
}
AREAS = {"individanpassad": 14, "samordning": 2, "kunskapsbaserad": 10, "saker": 6}


def test_all_measures_are_there_with_koladas_titles() -> None:
    assert sorted(ALL) == IDS
    assert len(ALL) == 32
    assert {name: ALL[name].title for name in TITLES} == TITLES


def test_every_measure_stands_in_an_area_and_a_table() -> None:
    file = catalogue(LSS)
    assert {area: sum(one.area == area for one in ALL.values()) for area in file.areas} == AREAS
    assert {one.table for one in ALL.values()} == {*file.tables} == {*file.charts}
    names = [(one.table, one.name) for one in ALL.values()]
    assert len({*names}) == len(names)  # none stands twice over one table
    assert len({f"{one.asked}: {one.name}" for one in ALL.values()}) == len(ALL)


def test_more_is_better_of_all_and_a_nought_is_an_answer() -> None:
    assert {(one.unit, one.decimals, one.polarity) for one in ALL.values()} == {("percent", 0, "higher-better")}
    assert all(one.nought_is_real and not one.gendered and not one.regions for one in ALL.values())
    assert {one.first_year for one in ALL.values()} == {2018}


def test_shares_of_persons_are_not_told_as_shares_of_units() -> None:
    of_units = re.compile(r"^andelen (boendeenheter|dagliga verksamheter) ")
    assert {name for name, one in ALL.items() if not of_units.match(one.phrase)} == PERSONS
    assert {name for name, one in ALL.items() if one.caution.startswith("Talet gäller personer")} == PERSONS


@pytest.mark.parametrize("name", ["aktuell", "viktiga", "lasa", "oversikt", "berakning", *AREAS])
def test_the_chapters_have_texts_of_the_domain(name: str) -> None:
    own = name if name == CURRENT else f"{CURRENT}-{name}"
    assert prose_of(own, LSS)


def test_the_domain_has_no_edition_and_no_fault() -> None:
    assert editions(LSS) == {}
    assert usual_edition(LSS) == CURRENT
    assert [str(fault) for fault in faults_of_domain(LSS)] == []


def test_the_files_say_nothing_of_another_domain() -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in LSS.glob("*.yml") if path.name != "domain.yml")
    assert (
        re.findall(r"(?i)\b(?:barn|unga|ungdom|flick|pojk|placera|vårdnadshav|familjehem|socialsekret)\w*", text) == []
    )
