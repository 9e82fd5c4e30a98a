"""No workbook and no CSV that the project writes computes anything, whatever texts stand in what it is made from."""

import csv
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import DATA, DOMAIN, replace
from filling import filled
from oj.disclosure.ledger import remember
from oj.facts.editions import using
from oj.facts.params import ReportParameters
from oj.publish.build.contents import contents
from oj.publish.build.downloads import table_of, write_texts
from oj.publish.build.preliminary import from_form
from oj.publish.build.review import write_review
from oj.sources.survey.read import read_form
from publish.building import NOTEBOOKS
from publish.house import House, house

LIB = Path(__file__).parents[2] / "lib" / "oj"
WRITERS = {  # every module that writes one, and whether free text can stand in it
    "forms/survey.py": True, "forms/template.py": True,
    "publish/build/downloads.py": True, "publish/build/review.py": True,
    "publish/files/spreadsheet.py": True,  # tests/publish/test_files.py
    "sources/imported.py": False, "disclosure/ledger.py": False, "sources/kolada/values.py": False,  # codes, numbers
    "publish/build/preliminary.py": False,  # a copy of the facts for as long as a report is built
    "sources/published.py": False,  # a form's codes and numbers, in such a copy
    "doors/fingerprints.py": False,  # no file, only a hash
    "sources/draft/draft.py": True, "forms/questions.py": True,  # tests/sources/test_draft.py, tests/forms
    "sources/asking/converted.py": False,  # codes and numbers of an import
}  # fmt: skip
WRITES = re.compile(r"\.to_csv\(|\.to_excel\(|(?<!def )\bsaved\(|csv\.writer|DictWriter|write_only=")
TEXTS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","klicka")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C'!A0",
)
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


def test_every_writer_is_known() -> None:
    found = {path.relative_to(LIB).as_posix() for path in LIB.rglob("*.py") if WRITES.search(path.read_text("utf-8"))}
    assert found == set(WRITERS)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Let every writer write, of facts, a file and a form full of such texts."""
    made = house(tmp_path_factory.mktemp("formler"), whole=False, every=True)
    replace(made.data / "places.csv", "1080,Karlskrona,Karlskrona", "1080,=1+1,=1+1")
    replace(made.data / "places.csv", "1082,Karlshamn,Karlshamn", "1082,@SUM(1),@SUM(1)")
    made.read_in([f"{place};andel-familjehemsvard;50 %;40;80" for place in ("1080", "1081", "1082")], "egen", "2015",
                 "--source", TEXTS[0], "--publisher", TEXTS[1])  # fmt: skip
    made.oj("survey", "form", "Blekinge", "--output", str(made.root / "enkat.xlsx"))
    made.oj("template", "Blekinge", "--output", str(made.root / "mall.xlsx"))
    with using(made.data):
        write_texts(
            table_of(contents(ReportParameters(county="Blekinge"), NOTEBOOKS).figures), made.root / "resultat.csv"
        )
        remember(made.root, made.data)
    of_form(made.root)
    return made


def of_form(root: Path) -> None:
    """Write the review of a form with such a text in every answer in words, and in every comment."""
    path = filled(root / "ifylld.xlsx", {code: {"socialjour.hela-aret": "ja"} for code in ("1080", "1081", "1082")})
    book, texts = load_workbook(path), iter(TEXTS * 100)
    for sheet in (book[name] for name in ("Karlskrona", "Ronneby", "Karlshamn")):
        for row in sheet.iter_rows():
            if row[0].value in ("socialjour.hela-aret", "socialjour.tider", "socialjour.nagon"):
                for cell in (row[4], *([row[2]] if row[0].value == "socialjour.tider" else [])):
                    cell.value, cell.data_type = next(texts), "s"
    book.save(path)
    found = from_form(read_form(path, DATA), DATA)
    write_review(found.review, found.differences, root / "granskning.xlsx", "2015")


def files(made: House, *endings: str) -> list[Path]:
    """Return what was written: every workbook or CSV that is no input."""
    inputs = {"egen.csv", "ifylld.xlsx"}
    own = [path for path in made.root.glob("*") if path.name not in inputs]
    own += [made.data / "results" / "egen.csv", *(made.data / DOMAIN / "published").glob("*.csv")]
    return sorted(path for path in own if path.suffix in endings)


def test_no_workbook_computes(written: House) -> None:
    found = files(written, ".xlsx")
    assert [path.name for path in found] == ["enkat.xlsx", "granskning.xlsx", "mall.xlsx"]
    for path in found:
        with zipfile.ZipFile(path) as parts:
            sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
        assert [one for one in sheets if b"<f>" in one or b"<f " in one] == [], path.name
        cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
        started = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@\t\r"))]
        assert started, path.name
        assert {cell.data_type for cell in started} == {"s"}, path.name
        assert path.name != "granskning.xlsx" or all(cell.quotePrefix for cell in started)  # also when it is edited


def test_no_csv_computes(written: House) -> None:
    found = files(written, ".csv")
    assert len(found) == 3
    for path in found:
        with path.open(encoding="utf-8", newline="") as lines:
            texts = [text for row in csv.reader(lines) for text in row]
        assert len(texts) > 20
        wrong = [one for one in texts if one.startswith(tuple("=+-@\t\r")) and not NUMBER.fullmatch(one)]
        assert wrong == [], path.name
    table = (written.root / "resultat.csv").read_text(encoding="utf-8")
    assert "'=1+1" in table
    assert "'@SUM(1)" in table
