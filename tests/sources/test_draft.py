"""A workbook of editions that nobody has written makes them itself: its questions, its results, a report at once."""

import csv
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook

import oj
from conftest import DOMAIN
from oj.cli import run
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import edition_folder, using
from oj.facts.files import hashes
from oj.facts.params import ReportParameters
from oj.present.followed import origins_of
from oj.present.output import Table
from oj.publish.build.report import build_report
from oj.words.progress import Progress
from publish.building import build_on, part_of_book
from sources.sheet_books import book as sheets_book
from sources.sheet_books import read_once
from written import results

YEARS = (2022, 2023)
JOUR, PLAN = ["Social jourverksamhet"], ["Aktuell plan för familjehem"]
AREAS = {"Säker vård och omsorg": ["Aktuell plan för familjehem", "Andel handläggare med lång erfarenhet, procent"],
         "Tillgänglig vård och omsorg": ["Social jourverksamhet"]}  # fmt: skip
WITHOUT = [
    "kommun",
    "over-omraden",
    "analysguide",
    "utveckling",
    "regler",
    "summary-en",
    "faktablad",
]  # tell of no change
PLACES = {"00": "Riket", "12": "Skåne län", "1280": "Malmö", "1281": "Lund", "0180": "Stockholm"}


def workbook(path: Path, planted: str = "Nej") -> Path:
    """Write a workbook of two years in one sheet, three questions; `planted` is what Lund answers first."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Resultat"
    heads: list[list[object]] = [
        ["Öppna jämförelser 2022–2023, barn- och ungdomsvård"],
        ["", ""],
        ["", ""],
        ["Kod", "Kommun"],
    ]
    for area, titles in AREAS.items():
        for title in titles:
            for year in YEARS:
                for row, text in zip(heads[1:], (area, title, year), strict=True):
                    row.append(text)
    for head in heads:
        sheet.append(head)
    for code, name in PLACES.items():
        region = len(code) == 2
        share = [55.5, 60.5] if region else [40.5, 45.5]
        answers = ["61 %", "72 %"] if region else ["Ja", planted if code == "1281" else "Ja"]
        sheet.append([code, name, *answers, *share, *answers])
    made.save(path)
    return path


def do(data: Path, *arguments: str) -> int:
    """Run a command on a folder of facts."""
    with using(data):
        return run(arguments)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the workbook and data/ where it is read in, both to be copied."""
    home = tmp_path_factory.mktemp("once")
    return read_once(home, workbook(home / "oj.xlsx"))


@pytest.fixture
def read(once: Path, tmp_path: Path) -> Path:
    """Return a copy of data/ with the workbook read in, and have that beside it."""
    return shutil.copytree(once, tmp_path, dirs_exist_ok=True) / "data"


def test_each_year_becomes_an_edition_with_its_questions_and_results(read: Path) -> None:
    for year in map(str, YEARS):
        known = indicators(edition_folder(read, year))
        assert list(known) == [
            "aktuell-plan-for-familjehem",
            "andel-handlaggare-med-lang-erfarenhet-procent",
            "socialjour",
        ]
        assert {one.area for one in known.values()} == {"saker", "tillganglig"}
        assert known["socialjour"].phrase == "heltäckande socialjour"  # as in 2015, where it is asked word for word
        assert known["socialjour"].rule == ""  # what Ja means there is not known here
        assert do(read, "check", DOMAIN, year) == 0
    shown = results("Skåne", "2023", folder=read).set_index(["indicator", "place"])
    assert shown.loc[("aktuell-plan-for-familjehem", "1281"), "answer"] == "no"
    assert shown.loc[("andel-handlaggare-med-lang-erfarenhet-procent", "1280"), "value"] == 0.455
    assert shown.loc[("socialjour", "12"), "value"] == 0.72


@pytest.mark.parametrize(
    ("sheets", "area"),
    [
        ({"Säker": JOUR, "Samordning": PLAN}, "Säker vård och omsorg"),  # the words of the workbook
        ({"Effektiv och jämlik": JOUR, "Samordning": PLAN}, "Effektiv och jämlik"),
        ({"Trygghet": [*JOUR, *PLAN]}, "Tillgänglig vård och omsorg"),  # parts no questions, so as in 2015
        ({"Resultat 2023": JOUR, "Samordning": PLAN}, "Tillgänglig vård och omsorg"),
        ({"Kommunenkät, kommun och län": JOUR, "Samordning": PLAN}, "Tillgänglig vård och omsorg"),
    ],
)
def test_a_known_question_stands_where_the_workbook_puts_it_where_it_says_an_area(
    sheets: Mapping[str, list[str]], area: str, data_copy: Path, tmp_path: Path
) -> None:
    rows = {
        name: [["Kod", "Kommun", *titles], ["1280", "Malmö", *("Ja" for _ in titles)]]
        for name, titles in sheets.items()
    }
    path = sheets_book(tmp_path / "oj.xlsx", rows)
    assert do(data_copy, "import", str(path), "--domain", DOMAIN, "--edition", "2023") == 0
    home = edition_folder(data_copy, "2023")
    areas = dict(read_table("areas", home)[["area", "name"]].to_numpy().tolist())
    assert areas[indicators(home)["socialjour"].area] == area


def test_a_fault_stops_everything_unless_the_rest_is_accepted(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, path = hashes(data_copy), workbook(tmp_path / "oj.xlsx", "Kanske")
    assert do(data_copy, "import", str(path), "--domain", DOMAIN) == 2
    assert "Resultat D8" in capsys.readouterr().err
    assert hashes(data_copy) == before
    assert do(data_copy, "import", str(path), "--domain", DOMAIN, "--accept-valid") == 0
    told = yaml.safe_load((data_copy / "results" / "oj-2022.yml").read_text(encoding="utf-8"))
    assert {one["where"] for one in told["left_out"]} == {"Resultat!D8", "Resultat!H8"}


def test_the_same_workbook_again_changes_nothing_and_a_corrected_one_its_cell(read: Path, tmp_path: Path) -> None:
    before = hashes(read)
    assert do(read, "import", str(tmp_path / "oj.xlsx"), "--domain", DOMAIN) == 0
    assert hashes(read) == before
    assert do(read, "import", str(workbook(tmp_path / "oj.xlsx", "Ja")), "--domain", DOMAIN) == 0
    changed = {name for name, one in hashes(read).items() if before.get(name) != one}
    assert changed == {"results/oj-2022.yml", "results/oj-2023.csv", "results/oj-2023.yml"}  # the file's own hash


def test_the_report_of_an_edition_that_made_itself(read: Path, tmp_path: Path) -> None:
    report = build_on(read, ReportParameters(county="Skåne", edition="2023"), tmp_path / "report")
    with (report / "resultat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["edition"] for row in rows} == {"2023"}
    assert {row["place"] for row in rows} == {"00", "12", "1280", "1281"}
    assert "Ändrat" in (report / "index.html").read_text(encoding="utf-8")
    page = (report / "inledning.html").read_text(encoding="utf-8")
    assert "2023" in page
    assert "Ändrat sedan utgåvan 2022" in page
    assert "Ändrat sedan utgåvan 2022" in (report / "kommun-lund.html").read_text(encoding="utf-8")
    assert "Nytt Nej i Lund" in (report / "andrat.html").read_text(encoding="utf-8")
    for name in ("rapport.pdf", "rapport.docx", "kommuner/lund.pdf"):
        assert (report / name).stat().st_size > 1000


def test_each_figure_leads_to_the_cell_of_the_workbook_that_says_it(read: Path, tmp_path: Path) -> None:
    (sheet,) = load_workbook(tmp_path / "oj.xlsx").worksheets
    with using(read):
        figures = oj.figures("Skåne", "2023")
        made = origins_of(figures, figures.frame.index)
    seen = set()
    for one in made["rows"].values():
        said = re.fullmatch(r"Bladet ”Resultat”, ruta ([A-Z]+\d+)", one["passage"])
        assert said, one
        cell = sheet[said[1]]
        assert (sheet.cell(cell.row, 1).value, sheet.cell(4, cell.column).value) == (one["place"], 2023)
        shown = {60.5: "61 %", 45.5: "46 %"}.get(cell.value, cell.value)
        assert one["display"].replace("\u00a0", " ") == shown
        seen.add(said[1])
    assert len(seen) == len(made["rows"]) == 12
    (source,) = made["sources"].values()
    assert (source["file"], source["title"]) == ("oj.xlsx", "oj.xlsx")


def test_nothing_is_said_that_the_workbook_does_not_tell(read: Path) -> None:
    figures = oj.figures("Skåne", "2023", folder=read)
    assert oj.method(figures, "matdatum").markdown == ""
    sheets = oj.about(figures).markdown
    assert "**Nivå.** Redovisas för kommun, län och riket." in sheets
    assert "Process" not in sheets
    assert "**Indikator i tabellen:** Aktuell plan för familjehem" not in sheets  # it is the heading
    guide = " ".join(one.html for one in oj.guide(figures, municipality="Lund") if isinstance(one, Table))
    assert "Frågades också i utgåvan 2022." in guide
    assert "frågan var en annan" not in guide
    assert "ej angiven" not in str(oj.opening(figures))
    assert "Källa: oj.xlsx, efter Socialstyrelsens" in str(oj.table(figures.of("saker-fragor")))
    references = oj.method(figures, "kallor").markdown
    assert [line for line in references.splitlines() if "oj.xlsx" in line] == [
        "- *oj.xlsx*. Inläst ur oj.xlsx. 15 uppgifter."
    ]


def test_what_the_file_hides_for_persons_is_hidden_and_what_it_leaves_out_is_told_as_that(
    data_copy: Path, tmp_path: Path
) -> None:
    book = load_workbook(workbook(tmp_path / "oj.xlsx"))
    told = book.create_sheet("Information")
    told.append(["x", "Redovisas inte, bygger på färre än 4 personer"])
    first = book["Resultat"]
    first["F7"], first["F8"] = "x", "redovisas ej"  # Malmö's and Lund's share of 2023
    book.save(tmp_path / "oj.xlsx")
    assert do(data_copy, "import", str(tmp_path / "oj.xlsx"), "--domain", DOMAIN) == 0
    share = oj.figures("Skåne", "2023", folder=data_copy).of("andel-handlaggare-med-lang-erfarenhet-procent")
    shown = share.frame.set_index("place")["status"]
    assert (shown["1280"], shown["1281"]) == ("suppressed", "withheld")
    assert "Redovisas ej: källan redovisar inte uppgiften." in str(oj.table(share))
    assert "svarade inte" not in str(oj.table(share))  # that is said of counties and the nation


def test_a_county_reads_its_own_rows_of_a_national_workbook(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where another county's cell has a fault; in its own it stops the import."""
    path = workbook(tmp_path / "oj.xlsx", "Kanske")
    assert do(data_copy, "import", str(path), "--domain", DOMAIN, "--county", "Skåne") == 2
    assert do(data_copy, "import", str(path), "--domain", DOMAIN, "--county", "Stockholm") == 0
    assert "3 rader om 1 andra län läses inte." in capsys.readouterr().out
    shown = results("Stockholm", "2023", folder=data_copy)
    assert set(shown.loc[shown["status"] == "observed", "place"]) == {"00", "0180"}


def test_no_file_of_the_edition_computes(data_copy: Path, tmp_path: Path) -> None:
    made = Workbook()
    for row in [["Öppna jämförelser 2023 barn"], ["", "", "@SUM(1)", "-2+3"], ["Kod", "Kommun", "Plan", "Rutin"]]:
        made.worksheets[0].append(row)
    made.worksheets[0].append(["1280", "Malmö", "Ja", "Nej"])
    made.save(tmp_path / "formel.xlsx")
    assert do(data_copy, "import", str(tmp_path / "formel.xlsx"), "--domain", DOMAIN, "--source", "=1+1") == 0
    texts = [cell for path in (data_copy / DOMAIN / "2023").glob("*.csv")
             for row in csv.reader(path.read_text("utf-8").splitlines()) for cell in row]  # fmt: skip
    assert "SUM(1)" in texts
    assert [one for one in texts if one.startswith(tuple("=+-@"))] == []


def test_the_first_of_them_has_nothing_to_be_compared_with(read: Path, tmp_path: Path) -> None:
    folders = part_of_book(tmp_path / "report", WITHOUT.__contains__)
    with using(read):
        report = build_report(ReportParameters(county="Skåne", edition="2022"), folders, Progress(), "embedded")
    assert not (report / "andrat.html").exists()
    assert "Ändrat sedan" not in (report / "index.html").read_text(encoding="utf-8")


def test_a_domain_without_any_results_takes_its_first_workbook(data_copy: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "oj.xlsx")
    assert do(data_copy, "import", str(path), "--domain", "hemloshet", "--dry-run") == 0
    assert do(data_copy, "import", str(path), "--domain", "hemloshet") == 0
    with using(data_copy):
        shown = oj.figures("Skåne", "2023", domain="hemloshet")
        assert shown.at("Lund").frame["display"].tolist()[:1] == ["Nej"]
        assert set(oj.since(shown).frame["period"]) == {"2022", "2023"}
