"""Workbooks as other people make them come back cell for cell, whatever they look like."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA, few
from oj.facts.places import is_district
from oj.sources.files.cells import CellError
from oj.sources.published import is_share
from oj.sources.tables.layout import layout_text, read_layout
from oj.sources.terms.cells import said, unit_of
from oj.sources.terms.match import catalog, match
from oj.sources.workbook.about import Wanted
from oj.sources.workbook.intake import import_file, read_book, read_file
from workbooks import (
    ASKED,
    GROUPS,
    KNOWN,
    PLACES,
    SHIPPED,
    SIGNS,
    Key,
    Made,
    Plan,
    Said,
    every_quirk,
    headings,
    is_unit,
    looked,
    made,
    opened,
    published,
    said_by,
    workbook,
    write,
)

LOOKS = ("plain", "no-break", "lines", "hyphens", "soft", "footnote", "capitals")


@pytest.fixture(autouse=True)
def no_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")


def test_every_quirk_at_once_is_read_as_what_is_published(tmp_path: Path) -> None:
    results = published(SHIPPED)
    reading = read_file(write(tmp_path / "socialstyrelsen.xlsx", every_quirk(results, SHIPPED)), ASKED)
    assert [str(fault) for fault in reading.faults] == []
    assert said_by(reading) == results
    assert reading.origin.edition == "2015"
    assert reading.origin.title == "Öppna jämförelser 2015, social barn- och ungdomsvård"
    assert [table.sheet for table in reading.layout.sheets if table.ignore] == ["Om tabellerna"]  # type: ignore[union-attr]


def test_a_districts_code_of_another_kind_is_known_by_its_name(tmp_path: Path) -> None:
    districts = [code for code in PLACES if code.startswith("0180") and len(code) > 4][:3]
    answers: dict[Key, Said] = {
        (name, code): "yes"
        for name, item in KNOWN.items()
        for code in districts
        if item.is_answer and "district" in item.levels
    }
    results = published(SHIPPED) | answers
    reading = read_file(write(tmp_path / "a.xlsx", every_quirk(results, SHIPPED, districts)), ASKED)
    found = said_by(reading)
    assert [str(fault) for fault in reading.faults] == []
    assert {key: found[key] for key in results} == results
    assert {found[key] for key in set(found) - set(results)} == {"missing"}  # what a district's row lacks


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("levels", [1, 2, 3])
def test_every_indicator_is_known_by_its_headings(levels: int, look: str) -> None:
    known = catalog(DATA)
    found = {name: match(headings(item, levels, look), [], known).indicator for name, item in KNOWN.items()}
    assert {name: one for name, one in found.items() if one != name} == {}


def test_a_letter_or_a_short_name_is_enough_under_the_name_of_its_group() -> None:
    known = catalog(DATA)
    for name, item in KNOWN.items():
        siblings = [one for one in KNOWN.values() if (one.subarea, one.letter) == (item.subarea, item.letter)]
        if item.letter and len(siblings) == 1:
            assert match([GROUPS["subarea"][item.subarea], item.letter], [], known).indicator == name
            assert match([f"{item.letter}) {item.title}"], [], known).indicator == name
            assert match([item.short], [GROUPS["subarea"][item.subarea]], known).indicator == name


@pytest.mark.parametrize("heading", ["Alla", "Samlad plan", "Missbruk", "a", "K", "Antal barn", "Procent"])
def test_what_several_are_called_is_not_guessed(heading: str) -> None:
    assert match([heading], ["Tabell 1"], catalog(DATA)).indicator == ""


def test_the_nearest_is_shown_for_a_title_that_is_nearly_right() -> None:
    found = match(["Ordinarie licenser för Barns behov i centrum"], [], catalog(DATA))
    assert (found.indicator, found.nearest[0]) == ("", "bbic-licens")


# ---- any workbook

POOL = [name for name, item in KNOWN.items() if not item.parts and name != "socionomer-fem-ar"]
SOME = [code for code in PLACES if PLACES[code].level != "nation"]
UNIT_LOOKS = ("sign", "percent", "comma", "share", "text", "format")


def decided(look: str, values: list[float]) -> bool:
    """Return whether a column's numbers, written so, say which unit they have."""
    if look in ("sign", "format"):
        return True
    item = KNOWN["andel-barn"]
    cells = [f"{value * 100:.10g}" if look in ("percent", "comma") else f"{value:.10g}" for value in values]
    try:
        unit = unit_of([one for cell in cells if (one := said(cell, item, answers=False))], "")
    except CellError:
        return False
    return unit in ("", "percent" if look in ("percent", "comma") else "share")


@st.composite
def cells(draw: st.DrawFn, columns: list[str], places: list[str]) -> dict[Key, Said]:
    """Return lawful results of some indicators and places, some of them lacking."""
    results: dict[Key, Said] = {}
    for name in columns:
        item = KNOWN[name]
        for place in places:
            if PLACES[place].level not in item.levels:
                continue
            lacking = draw(st.sampled_from([*[""] * 8, *SIGNS]))
            if lacking:
                results[name, place] = lacking
            elif item.is_answer and is_unit(place):
                words = ["yes", "no"] if item.scale == "yes-no" else ["yes", "partly", "no"]
                results[name, place] = draw(st.sampled_from(words))
            elif is_share(item):
                results[name, place] = draw(st.integers(0, 1000)) / 1000
            else:
                results[name, place] = draw(st.integers(0, 1600)) / 10
    return results


def stand_alone(places: list[str]) -> bool:
    """Return whether codes or names alone tell the places: no district's own code, not only codes of two figures."""
    return not any(map(is_district, places)) and any(PLACES[code].level == "municipality" for code in places)


@st.composite
def books(draw: st.DrawFn) -> tuple[dict[str, Made], dict[Key, Said]]:
    """Return a random lawful workbook and what it says."""
    columns = draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=6, unique=True))
    places = draw(st.lists(st.sampled_from(SOME), min_size=2, max_size=5, unique=True))
    places += draw(st.sampled_from([[], ["00"]]))
    results, sheets = draw(cells(columns, places)), dict[str, Made]()
    split = draw(st.integers(0, len(columns)))
    for number, some in enumerate(part for part in (columns[:split], columns[split:]) if part):
        looks = {}
        for name in some:
            look = draw(st.sampled_from(UNIT_LOOKS))
            values = [one for key, one in results.items() if key[0] == name and isinstance(one, float)]
            looks[name] = look if not is_share(KNOWN[name]) or decided(look, values) else "format"
        both = [("Kommunkod", "Kommun"), ("Kod", "Namn")]
        heads = draw(st.sampled_from([*both, *([("K-kod", ""), ("", "Kommun")] if stand_alone(places) else [])]))
        plan = Plan(
            f"Blad {number}",
            some,
            places,
            titles=draw(st.lists(st.sampled_from(["Tabell 1", "Öppna jämförelser 2015"]), max_size=2)),
            levels=draw(st.integers(1, 3)),
            code=heads[0],
            called=heads[1],
            units=looks,
            look=draw(st.sampled_from(LOOKS)),
            lost_zero=draw(st.booleans()) and all(heads),
            footnotes=draw(st.lists(st.just("x: uppgiften är dold"), max_size=2)),
            gap=draw(st.integers(0, 2)),
            merged=draw(st.booleans()),
            places_lowest=draw(st.booleans()),
        )
        sheets[plan.name] = made(plan, results)
    return sheets, results


@settings(max_examples=60)
@given(books())
def test_any_workbook_comes_back_cell_for_cell(book: tuple[dict[str, Made], dict[Key, Said]]) -> None:
    sheets, results = book
    reading = read_book(opened(sheets), ASKED)
    assert [str(fault) for fault in reading.faults] == []
    assert said_by(reading) == results


@settings(max_examples=6)
@given(books())
def test_a_file_is_read_as_its_cells_are(
    tmp_path_factory: pytest.TempPathFactory, book: tuple[dict[str, Made], dict[Key, Said]]
) -> None:
    sheets, results = book
    path = write(tmp_path_factory.mktemp("bok") / "bok.xlsx", workbook(sheets))
    assert said_by(read_file(path, ASKED)) == results


@few(6)
@given(books())
def test_a_layout_that_was_found_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, book: tuple[dict[str, Made], dict[Key, Said]]
) -> None:
    sheets, results = book
    path = tmp_path_factory.mktemp("layout") / "bok.yml"
    first = read_book(opened(sheets), ASKED)
    assert first.layout is not None
    path.write_text(layout_text(first.layout), encoding="utf-8")
    assert read_layout(path) == first.layout
    assert said_by(read_book(opened(sheets), Wanted(layout=str(path), edition="2015"))) == results


def test_what_is_imported_is_what_was_read(tmp_path: Path, data_copy: Path) -> None:
    from oj.sources.published import read_all

    results = published(SHIPPED)
    path = write(tmp_path / "bok.xlsx", every_quirk(results, SHIPPED))
    import_file(read_file(path, Wanted(name="egen"), data_copy), accept_valid=False, folder=data_copy)
    rows = read_all(data_copy)
    shipped = rows[rows["source"] == "fou-nordvast-2015"].drop(columns="source").set_index(["indicator", "place"])
    own = rows[rows["source"] == "egen"].drop(columns="source").set_index(["indicator", "place"])
    pd.testing.assert_frame_equal(own.sort_index(), shipped.sort_index())


def test_looks_differ() -> None:
    text = "Genomfört grundläggande utbildning"
    assert len({looked(text, look) for look in LOOKS}) == len(LOOKS)
