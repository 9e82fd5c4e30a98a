"""The files to hand over: the workbook and the table for Excel say what the report says, and nothing that it hides."""

import csv
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import oj
from oj.publish.build.downloads import ADDED, table_of, write_texts
from oj.publish.files.columns import heading
from oj.publish.files.sheets import sheet_name
from oj.publish.files.spreadsheet import COVER, LONG, NOTES, spreadsheet
from publish.building import Built
from publish.workbook import BESIDE, HEADS, long_misses, misses, read_rows

ABOUT = {"book": {"title": "Prov", "subtitle": "Solna"}, "document-date": "2015-01-01"}


@pytest.fixture(scope="module", params=["Stockholm", "Jönköping", "riket"])
def handed(request: pytest.FixtureRequest, built_once: Callable[[str], Built]) -> Path:
    """Return a finished report's folder: of municipalities, of a county, over the years."""
    return built_once(request.param).path


def test_every_cell_of_the_workbook_is_what_the_table_says(handed: Path) -> None:
    rows = read_rows(handed / "resultat.csv")
    shown = [row for row in rows if row.get("subarea") != "grupper"]  # a municipality's group is no measure
    assert len(shown) > 70
    assert misses(handed / "resultat.xlsx", shown) == []
    assert long_misses(handed / "resultat.xlsx", rows) == []


def test_every_row_of_the_workbook_says_where_it_comes_from_as_the_pages_do(handed: Path) -> None:
    heads, *body = openpyxl.load_workbook(handed / "resultat.xlsx", read_only=True)[LONG].iter_rows(
        min_row=HEADS, values_only=True
    )
    shown = {name: heads.index(heading(name)) for name in ADDED if heading(name) in heads}
    assert {"why", "source_title", "source_publisher"} <= {*shown}
    rows = {tuple(str(row[at] or "") for at in shown.values()) for row in body}
    editions = {row[heads.index("Utgåva")] for row in body}
    sources = {row[shown["source_title"]] for row in body}
    told = [row for row in read_rows(handed / "ursprung.csv") if row["period"] in editions and not row["how"]]
    told = [row for row in told if row["source_title"] in sources and (row["question"] or "question" not in shown)]
    lacking = [row for row in told if tuple(row.get(name, row["status"]) for name in shown) not in rows]
    assert len(told) > 50
    assert lacking == []


def test_a_wrong_cell_would_be_found(report: Built) -> None:
    """The control: another answer, another decimal, a number where a figure is hidden."""
    rows = [row for row in read_rows(report.path / "resultat.csv") if row["subarea"] != "grupper"]
    wrong = [row | {"answer": "no", "display": "Nej"} for row in rows if row["answer"] == "yes"][:5]
    wrong += [row | {"display": row["display"].replace("%", "")} for row in rows if row["display"].endswith("%")][:5]
    wrong += [row | {"display": "0"} for row in rows if row["status"] == "suppressed"][:5]
    assert len(misses(report.path / "resultat.xlsx", wrong)) == len(wrong) == 15


def test_what_is_hidden_is_a_sign_that_is_explained(report: Built) -> None:
    rows = [row for row in read_rows(report.path / "resultat.csv") if row["status"] != "observed"]
    notes = openpyxl.load_workbook(report.path / "resultat.xlsx")[NOTES]
    explained = {row[0]: row[1] for row in notes.iter_rows(min_row=HEADS + 1, values_only=True)}
    assert rows
    assert all(row["value"] == "" and explained[row["display"]] for row in rows)


def test_each_sheet_has_one_table_with_a_title_filters_and_heads_that_stay(handed: Path) -> None:
    for sheet in openpyxl.load_workbook(handed / "resultat.xlsx").worksheets:
        assert sheet["A1"].value, sheet.title
        assert not sheet.merged_cells.ranges
        if sheet.title == COVER:
            continue
        (table,) = sheet.tables.values()
        heads = [cell.value for cell in sheet[HEADS]]
        assert table.autoFilter is not None
        assert table.ref == sheet.dimensions.replace("A1:", f"A{HEADS}:")
        assert all(heads)
        assert len(set(heads)) == len(heads)
        assert sheet.freeze_panes in (f"A{HEADS + 1}", f"B{HEADS + 1}")


def test_the_contents_lead_to_every_other_sheet(handed: Path) -> None:
    book = openpyxl.load_workbook(handed / "resultat.xlsx")
    listed = [row[0] for row in book["Innehåll"].iter_rows(min_row=HEADS + 1)]
    assert [cell.value for cell in listed] == book.sheetnames[2:]
    assert [cell.hyperlink.location for cell in listed] == [f"'{name}'!A1" for name in book.sheetnames[2:]]
    assert len(set(book.sheetnames) - BESIDE) > 0


def test_nothing_in_the_workbook_computes_and_it_is_the_same_each_time(tmp_path: Path) -> None:
    figures = oj.figures("Stockholm").of("utanfor-kontorstid")
    rows = table_of(figures).assign(title="=HYPERLINK(1)", source="@x")
    first = spreadsheet(figures, rows, ABOUT)
    assert first == spreadsheet(figures, rows, ABOUT)
    path = tmp_path / "a.xlsx"
    path.write_bytes(first)
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(cell.value == "=HYPERLINK(1)" and cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in b"".join(map(parts.read, parts.namelist()))
        assert b"2015-01-01T00:00:00Z" in parts.read("docProps/core.xml")


@pytest.mark.parametrize(("title", "taken", "name"), [
    ("A/B: [c]?", [], "A B   c"),
    ("Ett mycket långt namn på ett område", [], "Ett mycket långt namn på ett"),
    ("Ett mycket långt namn på ett område", ["ett mycket långt namn på ett"], "Ett mycket långt namn på 2"),
    ("Ettmycketlångtnamnpåettområdeutanord", [], "Ettmycketlångtnamnpåettområdeut"),
    ("''", [], "Blad"),
])  # fmt: skip
def test_a_sheet_has_a_name_that_excel_takes(title: str, taken: list[str], name: str) -> None:
    assert sheet_name(title, taken) == name
    assert len(name) <= 31


def test_the_table_for_excel_opens_in_a_swedish_excel(handed: Path) -> None:
    """With its mark of UTF-8, semicolons and decimal commas, and the same figures; the researchers' has none."""
    content = (handed / "resultat-excel.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";", strict=True))
    others = read_rows(handed / "resultat.csv")
    numbers = {"value", "low", "high", "numerator", "denominator"}
    plain = [{name: text.replace(",", ".") if name in numbers else text for name, text in row.items()} for row in rows]
    assert plain == others
    assert not (handed / "resultat.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert any("," in row["value"] for row in rows)


def test_a_text_with_a_semicolon_is_one_cell(tmp_path: Path) -> None:
    frame = pd.DataFrame({"title": ["a; b, c", "=1"], "value": [0.5, float("nan")]})
    write_texts(frame, tmp_path / "a.csv", sep=";", decimal=",", encoding="utf-8-sig")
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [["title", "value"], ["a; b, c", "0,5"], ["'=1", ""]]


def test_each_municipality_has_its_files_in_one_that_leads_nowhere_else(report: Built) -> None:
    for path in sorted((report.path / "kommuner").glob("*.pdf")):
        name = path.stem
        with zipfile.ZipFile(path.with_suffix(".zip")) as parts:
            names = {one.removeprefix(f"{name}/") for one in parts.namelist()}
            page = parts.read(f"{name}/kommun-{name}.html").decode("utf-8")
            assert parts.read(f"{name}/resultat.xlsx") == (report.path / "resultat.xlsx").read_bytes()
            assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {f"kommuner/{name}.pdf", f"kommuner/{name}.pptx", f"kommun-{name}.html"} <= names
        assert any(one.startswith("bilder/") for one in names)
        linked = re.findall(r'\b(?:src|href)="([^"#][^"#]*)', page)
        assert {one for one in linked if one not in names} <= {f"kommuner/{name}.zip"}, name
        assert [one for one in names if one.startswith("kommun-")] == [f"kommun-{name}.html"]
