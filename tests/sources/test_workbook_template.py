"""Our own workbook: what is filled in comes back exactly; it is the same each time, and fits screen and paper."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import few, refused
from oj.facts.places import all_places, find_county, units
from oj.forms.guide import LACKING
from oj.forms.template import rows_of, template, write_template
from oj.sources.workbook.intake import Wanted, read_file
from oj.words.vocabulary import ANSWER_WORDS, STATUSES
from workbooks import KNOWN, PLACES, Key, Said, is_unit, said_by

FIRST_ROW, IDS = 7, 6
COUNTIES = [place.short for place in all_places().values() if place.level == "county"]


@pytest.fixture(autouse=True)
def no_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of Blekinge's empty workbook: five municipalities."""
    target = tmp_path_factory.mktemp("mall") / "mall.xlsx"
    write_template(find_county("Blekinge"), target)
    return target.read_bytes()


OPEN = [  # the cells of Blekinge's workbook
    (name, place.code)
    for name, item in KNOWN.items()
    for place in rows_of(find_county("Blekinge"))
    if place.level in item.levels
]


def filled(blank: bytes, path: Path, results: dict[Key, Said]) -> Path:
    """Write the workbook with results filled in, as a person does, to `path`."""
    book = load_workbook(BytesIO(blank))
    for sheet in book.worksheets[1:]:
        columns = {cell.value: cell.column for cell in sheet[IDS] if cell.value}
        for row in range(FIRST_ROW, sheet.max_row + 1):
            for name, column in columns.items():
                said = results.get((name, str(sheet.cell(row, 1).value)))
                if said is not None:
                    sheet.cell(row, column).value = shown(said)
    book.save(path)
    return path


def shown(said: Said) -> Any:
    """Return what a person writes in a cell."""
    if isinstance(said, str):
        return ANSWER_WORDS.get(said) or STATUSES[said].sign
    return said


@st.composite
def results(draw: st.DrawFn) -> dict[Key, Said]:
    """Return lawful results for some cells of Blekinge's workbook; sums of theirs are not looked at here."""
    found: dict[Key, Said] = {}
    for key in draw(st.lists(st.sampled_from(OPEN), min_size=1, max_size=60, unique=True)):
        item = KNOWN[key[0]]
        if item.parts or item.id == "socionomer-fem-ar":
            continue
        if draw(st.integers(0, 4)) == 0:
            found[key] = draw(st.sampled_from(LACKING))
        elif item.is_answer and is_unit(key[1]):
            found[key] = draw(st.sampled_from(["yes", "no"] + ["partly"] * (item.scale == "yes-partly-no")))
        elif item.scale in ("hours-per-week", "ratio"):
            found[key] = draw(st.integers(0, 168)) / (10 if item.scale == "hours-per-week" else 1)
        else:  # as precise as the workbook shows it: what is seen is what is read
            found[key] = draw(st.integers(0, 100)) / (1000 if item.decimals else 100)
    return found or {("socialjour", "1080"): "yes"}


@few(5)
@given(results())
def test_what_is_filled_in_comes_back(
    blank: bytes, tmp_path_factory: pytest.TempPathFactory, results: dict[Key, Said]
) -> None:
    path = filled(blank, tmp_path_factory.mktemp("ifylld") / "blekinge.xlsx", results)
    reading = read_file(path, Wanted())
    assert [str(fault) for fault in reading.faults if "kommunernas svar" not in str(fault)] == []
    found = said_by(reading)
    sums = {key for key in results if PLACES[key[1]].level == "county"}
    assert {key: found.get(key) for key in results if key not in sums} == {
        key: one for key, one in results.items() if key not in sums
    }
    assert {found[key] for key in set(found) - set(results)} <= {"missing"}  # empty cells of rows that have values
    assert reading.origin.title == "Mallen för Öppna jämförelser 2015, ifylld för Blekinge län"


def test_another_countys_municipality_is_told(blank: bytes, tmp_path: Path) -> None:
    book = load_workbook(BytesIO(blank))
    sheet = book.worksheets[1]
    sheet["A7"], sheet["B7"], sheet["C7"] = "1280", "Malmö", "Ja"
    book.save(tmp_path / "a.xlsx")
    (fault,) = read_file(tmp_path / "a.xlsx", Wanted()).faults
    assert "Individanpassad vård och omsorg A7: ”Malmö” ligger i Skåne län, men filen gäller Blekinge län" in str(fault)


def test_the_same_workbook_each_time(blank: bytes, tmp_path: Path) -> None:
    write_template(find_county("Blekinge"), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == blank


@pytest.mark.parametrize("county", ["Gotland", "Stockholm"])
def test_all_that_answer_have_a_row(county: str) -> None:
    place = find_county(county)
    codes = [one.code for one in rows_of(place)]
    assert {one.code for one in units(place.code)} <= set(codes)
    assert codes[-2:] == [place.code, "00"]
    assert len(codes) == len(set(codes))
    cities = [code for code in codes if code[:4] == "0180"]
    assert cities == sorted(cities)


def test_every_indicator_has_its_column_and_what_it_means(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    found = {}
    for sheet in book.worksheets[1:]:
        for cell in sheet[IDS]:
            if cell.value:
                found[cell.value] = (sheet.cell(4, cell.column).value, sheet.cell(5, cell.column).value)
    assert list(found) == list(KNOWN)
    for name, (title, unit) in found.items():
        assert title.endswith(KNOWN[name].title)
        assert unit
    guide = " ".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value)
    assert [STATUSES[name].sign for name in LACKING if STATUSES[name].sign not in guide] == []
    assert "{" not in guide


def test_every_open_cell_has_a_rule_and_a_format(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    opened = set()
    for sheet in book.worksheets[1:]:
        ruled = {
            cell for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges for cell in area.cells
        }
        for row in sheet.iter_rows(min_row=FIRST_ROW):
            for cell in row[2:]:
                if not cell.protection.locked:
                    item, place = KNOWN[sheet.cell(IDS, cell.column).value], str(row[0].value)
                    opened.add((item.id, place))
                    assert (cell.row, cell.column) in ruled
                    share = item.scale == "share" or (item.is_answer and not is_unit(place))
                    assert ("%" in cell.number_format) == share
        for rule in sheet.data_validations.dataValidation:
            assert len(str(rule.formula1)) <= 255
    assert opened == set(OPEN)


def test_the_headings_stay_on_screen_and_paper(blank: bytes) -> None:
    for sheet in load_workbook(BytesIO(blank)).worksheets[1:]:
        assert sheet.freeze_panes == f"C{FIRST_ROW}"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$6", "$A:$B")


def test_a_name_that_is_taken_and_an_edition_without_indicators_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("mitt")
    with refused("finns redan", "--output"):
        write_template(find_county("Gotland"), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_text() == "mitt"
    with refused("Utgåvan ”2019” kan inte fyllas i", "2015"):
        write_template(find_county("Gotland"), tmp_path / "b.xlsx", "2019")
    with refused("ska sluta på .xlsx"):
        write_template(find_county("Gotland"), tmp_path / "b.csv")


def test_a_city_whose_districts_answer_is_told_of() -> None:
    texts = {
        county: " ".join(str(cell.value) for row in template(find_county(county)).worksheets[0] for cell in row)
        for county in ("Skåne", "Gotland")
    }
    assert "I Malmö svarade stadsdelarna var för sig" in texts["Skåne"]
    assert "stadsdelarna" not in texts["Gotland"]
