"""`oj check` tells every fault of an edition at once, each with its file and row, and changes nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from conftest import DATA
from made_domain import DOMAIN, SOURCE, YEAR, add_domain
from made_edition import rows_of, write_rows
from oj.cli import run
from oj.disk.folders import Folders
from oj.facts.editions import using
from oj.facts.files import hashes

HERE = f"data/{DOMAIN}/{YEAR}"
RESULTS = f"{HERE}/results/{SOURCE}.csv"
Change = Callable[[Path], None]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Return a made edition's folder, alone in a copy of what all domains share."""
    data = tmp_path / "data"
    data.mkdir()
    for path in DATA.iterdir():
        if path.is_file():
            shutil.copy(path, data)
    description = (data / "datapackage.json").read_text(encoding="utf-8")
    (data / "datapackage.json").write_text(description.replace('"domain": "barn-och-unga"', f'"domain": "{DOMAIN}"'))
    made = add_domain(data)
    with using(data):
        yield made


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """Return what the command ends with, and what it says."""
    status = run(["check", *(words or (DOMAIN, YEAR))])
    told = capsys.readouterr()
    return status, (told.out + told.err).splitlines()


def cell(name: str, row: int, **values: str) -> Change:
    """Return what changes cells of a table's row, counted as in the file."""

    def change(home: Path) -> None:
        rows = rows_of(home / name)
        rows[row - 2] |= values
        write_rows(home / name, rows)

    return change


def added(name: str, **values: str) -> Change:
    """Return what adds a row, like the last one but for some values; the file's first where it is not there."""

    def change(home: Path) -> None:
        rows = rows_of(home / name) if (home / name).exists() else []
        write_rows(home / name, [*rows, {**(rows[-1] if rows else {}), **values}])

    return change


def text(name: str, content: object) -> Change:
    """Return what writes a file of YAML, or of text."""

    def change(home: Path) -> None:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        path.write_text(written, encoding="utf-8")

    return change


def measure(**values: object) -> Change:
    """Return what changes the family of the edition's first area."""

    def change(home: Path) -> None:
        path = home / "indicators" / "inflytande.yml"
        families = yaml.safe_load(path.read_text(encoding="utf-8"))
        families[0]["indicators"][0] |= values
        text("indicators/inflytande.yml", families)(home)

    return change


def without(name: str) -> Change:
    """Return what takes away a file or a folder."""
    return lambda home: shutil.rmtree(home / name) if (home / name).is_dir() else (home / name).unlink()


ABOUT = {"name": "ÖJ", "published_first": 2012, "source": SOURCE}
STATEMENT = {
    "statement": "plan", "order": "1", "edition": YEAR, "indicator": "egen-plan", "population": "alla",
    "measure": "value",
    "value": "0.5", "unit": "share", "qualifier": "", "source": SOURCE, "passage": "Sammanfattning",
}  # fmt: skip
FAULTS: list[tuple[Change, str]] = [
    # lacking folders and files
    (without("edition.yml"), f"{HERE}/edition.yml: saknas"),
    (without("areas.csv"), f"{HERE}/areas.csv: saknas"),
    (without("subareas.csv"), f"{HERE}/subareas.csv: saknas"),
    (without("results"), f"{HERE}/results/: saknas eller har ingen fil *.csv"),
    (without("indicators"), f"{HERE}/indicators/: saknas eller har ingen fil *.yml"),
    (without("../domain.yml"), f"data/{DOMAIN}/domain.yml: saknas"),
    # files that nothing reads
    (text("text.yml", {}), f"{HERE}/text.yml: läses inte; ingenting"),
    (text("indicator/a.yml", []), f"{HERE}/indicator: läses inte"),
    (text("indicators/a.yaml", []), f"{HERE}/indicators/a.yaml: läses inte; mappen har filer som slutar på .yml"),
    (text("results/a.xlsx", ""), f"{HERE}/results/a.xlsx: läses inte"),
    (text("../texter.yml", {}), f"data/{DOMAIN}/texter.yml: läses inte"),
    # files that cannot be read, and keys of other files
    (text("../domain.yml", {"namn": "Stöd"}), f"data/{DOMAIN}/domain.yml, namn: ”Stöd” okänd nyckel."),
    (text("edition.yml", ABOUT | {"numbers": "Tal"}), f"{HERE}/edition.yml, numbers: ”Tal” okänd nyckel."),
    (text("edition.yml", "name: [\n"), f"{HERE}/edition.yml:"),
    (text("texts.yml", {"prosa": {}}), f"{HERE}/texts.yml, prosa:"),
    (text("areas.csv", "area,order\n"), f"{HERE}/areas.csv rad 1, name: kolumnen saknas"),
    (text("../corrections.yml", [{"table": "x"}]), f"data/{DOMAIN}/corrections.yml, 1: row: nyckeln saknas"),
    # unknown places, measures, areas, tables and sources
    (cell(f"results/{SOURCE}.csv", 3, place="9999"), f"{RESULTS} rad 3, place: ”9999” okänd kod"),
    (cell(f"results/{SOURCE}.csv", 4, indicator="egen-plna"), f"{RESULTS} rad 4, indicator: ”egen-plna” okänd"),
    (cell(f"results/{SOURCE}.csv", 5, source="annan"), f"{RESULTS} rad 5, source: ”annan” okänd källa; lägg"),
    (text("edition.yml", ABOUT | {"source": "annan"}), f"{HERE}/edition.yml, source: ”annan” okänd källa; lägg"),
    (cell("tables.csv", 2, area="inflytand"), f"{HERE}/tables.csv rad 2, area: ”inflytand” finns inte. Menade du"),
    (cell("subareas.csv", 3, table="tabell-9"), f"{HERE}/subareas.csv rad 3, table: ”tabell-9” finns inte."),
    (cell("subareas.csv", 3, area="inflytande"), f"{HERE}/subareas.csv rad 3, area: ”inflytande” är inte det"),
    (cell("subareas.csv", 2, table="bostad"), f"{HERE}/subareas.csv rad 2, table: ”bostad” är också"),
    # results of what was not asked, and what was asked without results
    (added(f"results/{SOURCE}.csv", indicator="bbic-licens"), f"{RESULTS} rad 32, indicator: ”bbic-licens” okänd"),
    (added(f"results/{SOURCE}.csv"), f"{RESULTS} rad 32, edition+indicator+place"),
    (measure(id="ny-fraga"), f"{HERE}/indicators/, id: ”ny-fraga” har inget resultat i results/"),
    # bounds, words and sums
    (cell(f"results/{SOURCE}.csv", 6, value="1.5"), f"{RESULTS} rad 6, value: ”1.5” är ingen andel"),
    (cell(f"results/{SOURCE}.csv", 2, answer="kanske"), f"{RESULTS} rad 2, answer: ”kanske” ska vara en av"),
    (cell(f"results/{SOURCE}.csv", 9, answer="partly"), f"{RESULTS} rad 9, answer: ”partly” delvis är inget svar"),
    (cell(f"results/{SOURCE}.csv", 6, numerator="3", denominator="4"), f"{RESULTS} rad 6,"),
    (measure(answers=["Ja", "Nej"]), f"{HERE}/indicators/inflytande.yml, egen-plan: answers ska vara 3"),
    (measure(measured_on=["våren 2015"]), f"{HERE}/indicators/inflytande.yml, egen-plan: measured_on: ”våren 2015”"),
    (measure(measured_on=["2015-02-30"]), f"{HERE}/indicators/inflytande.yml, egen-plan: measured_on: ”2015-02-30”"),
    (measure(measured_on=["2015/2014"]), f"{HERE}/indicators/inflytande.yml, egen-plan: measured_on: ”2015/2014” s"),
    (measure(comparable_since="i fjol"), f"{HERE}/indicators/inflytande.yml, egen-plan: comparable_since: ”i fjol”"),
    (measure(scale="ja-nej"), f"{HERE}/indicators/inflytande.yml, egen-plan: scale: ”ja-nej”"),
    # texts that name what there is not, and chapters that point nowhere
    (added("statements.csv", **STATEMENT | {"indicator": "egen-plna"}), f"{HERE}/statements.csv rad 2, indicator:"),
    (added("statements.csv", **STATEMENT), f"{HERE}/texts.yml, statements: ”plan” har ingen text under statements."),
    (text("texts.yml", {"statements": {"plan": "{0}"}}), f"{HERE}/texts.yml, statements: plan: har ingen rad i"),
    (text("texts.yml", {"prose": {"svaren": "Ja."}}), f"{HERE}/texts.yml, prose: ”svaren” visas inte"),
    (text("texts.yml", {"prose": {"svar": "Se @tbl-tabell-7."}}), f"{HERE}/texts.yml, svar: ”@tbl-tabell-7” är"),
    (cell("areas.csv", 2, notebook="inflytande"), f"{HERE}/areas.csv rad 2, notebook: ”inflytande” finns inte"),
    (added("areas.csv", area="mat", order="3"), f"{HERE}/areas.csv rad 4, area: ”mat” har inget mått i indicators/"),
    (added("tables.csv", table="mat", order="3", short="Mat"), f"{HERE}/tables.csv rad 4, table: ”mat” har inget mått"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), FAULTS, ids=[told for _change, told in FAULTS])
def test_each_fault_is_told_with_its_file_and_row(
    home: Path, capsys: pytest.CaptureFixture[str], change: Change, told: str
) -> None:
    change(home)
    before = hashes(home.parent)
    status, lines = checked(capsys)
    assert [line for line in lines if line.startswith(told)], "\n".join(lines)
    assert status == 1
    assert hashes(home.parent) == before


def test_all_faults_are_told_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of each kind, in files that are read by different rooms, and in one file faults that hide each other."""
    parts = """/text.yml|corrections.yml|rad 3, place|rad 5, source|rad 2, answer|rad 6, value|rad 32, indicator|
        tables.csv rad 2, area|statements.csv rad 2, indicator|notebook:|svar:""".replace("\n", "").split("|")
    chosen = [one for one in FAULTS if any(part.strip() in one[1] for part in parts)]
    assert len(chosen) == len(parts)
    for change, _told in chosen:
        change(home)
    status, lines = checked(capsys)
    assert [told for _change, told in chosen if not any(line.startswith(told) for line in lines)] == []
    assert lines[-1] == f"{len(lines) - 1} fel. Rätta dem och kör samma kommando igen."
    assert len(lines) == len(set(lines))
    assert status == 1


def test_many_faults_of_a_kind_are_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where an edition's results were copied from another, or a source is not told yet."""
    folders = Folders(tmp_path / "notebooks", tmp_path / "build", tmp_path / "reports")
    monkeypatch.setattr("oj.cli.fault_list.default_folders", lambda: folders)
    for row in range(2, 32):
        cell(f"results/{SOURCE}.csv", row, source="annan", edition="2031")(home)
    status, lines = checked(capsys)
    rule = f"30 fel: ”annan” okänd källa; lägg till den i {HERE}/sources.csv: rad 2–31"
    assert f"{RESULTS}, source, {rule}" in lines
    assert lines[-2] == f"Hela listan, med en rad för varje fel: {folders.build / 'fel' / SOURCE}.txt"
    assert (status, len(lines) < 10) == (1, True)


def test_a_domain_that_says_nothing_of_itself_is_one_fault(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That none of its results could be read is no fault of theirs."""
    without("../domain.yml")(home)
    status, lines = checked(capsys)
    assert (status, len(lines), lines[0].partition(":")[0]) == (1, 2, f"data/{DOMAIN}/domain.yml")


def test_a_key_is_held_against_those_of_its_own_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text("../domain.yml", {"namn": "Stöd"})(home)
    told = next(line for line in checked(capsys)[1] if "okänd nyckel" in line)
    assert "answering" in told
    assert "published_first" not in told


def test_a_domain_whose_folder_is_no_name_of_a_file_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.parent.rename(home.parent.parent / "Stöd och service")
    status, lines = checked(capsys, "Stöd och service")
    rule = f"mappen ska heta med små bokstäver a–z, siffror och bindestreck, som {DOMAIN}"
    assert (status, lines[0]) == (1, f"data/Stöd och service/: {rule}")


def test_sums_of_parts_are_the_whole(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "indicators" / "bostad.yml"
    families = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = families[0]["indicators"][1]
    more = [{**kept, "id": name} for name in ("unga", "aldre")]
    families[0]["indicators"] += more
    kept["parts"] = ["unga", "aldre"]
    text("indicators/bostad.yml", families)(home)
    rows = [row for row in rows_of(home / "results" / f"{SOURCE}.csv") if row["indicator"] == "egen-lagenhet"]
    others = [row for row in rows_of(home / "results" / f"{SOURCE}.csv") if row["indicator"] != "egen-lagenhet"]
    counts = {"egen-lagenhet": ("50", "101"), "unga": ("20", "40"), "aldre": ("30", "60")}
    told = [
        {**row, "indicator": name, "value": f"{int(above) / int(below):.4f}", "numerator": above, "denominator": below}
        for name, (above, below) in counts.items()
        for row in rows
    ]
    write_rows(home / "results" / f"{SOURCE}.csv", [*others, *told])
    status, lines = checked(capsys)
    first = len(others) + 2
    assert lines[0] == (
        f"{RESULTS} rad {first}, denominator: ”101” är inte summan av delarna (40 + 60 = 100): unga, aldre"
    )
    assert status == 1
    assert len(lines) == len(rows) + 1


def test_an_edition_without_a_fault_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"{HERE}: inga fel. 5 mått i 2 tabeller och 2 områden, 30 resultat ur 1 källa."
    assert checked(capsys) == (0, [line])
    assert checked(capsys, DOMAIN) == (0, [line])
    (home.parent / "2013").mkdir()
    text("../2013/edition.yml", {"name": "ÖJ 2013", "published_first": 2012, "source": "skl-2016"})(home)
    assert checked(capsys, "2013") == (
        0,
        [f"data/{DOMAIN}/2013: inga fel. Utgåvan är känd ur sammandrag och har inga egna frågor."],
    )


def test_what_is_shipped_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = checked(capsys, "2015")
    assert (status, len(lines)) == (0, 1)


@pytest.mark.parametrize("words", [["stod-och-servis"], ["stod"], ["lss", YEAR]])
def test_a_domain_that_there_is_not_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    status, lines = checked(capsys, *words)
    assert status == 2
    assert lines[0].startswith(f"Fel: Mappen data/{words[0]}/ finns inte.")
    assert home.exists()


def test_an_edition_without_a_folder_is_a_fault(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = checked(capsys, DOMAIN, "2031")
    assert (status, lines[0]) == (1, f"data/{DOMAIN}/2031/: mappen saknas")
    assert home.exists()
