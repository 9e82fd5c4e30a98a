"""`oj template`, `oj import` and `oj data`, as a coordinator meets them: in Swedish, and never a traceback."""

from pathlib import Path

import pytest

from conftest import DOMAIN
from oj.cli import run
from oj.facts.files import hashes
from workbooks import SHIPPED, every_quirk, published

pytestmark = pytest.mark.usefixtures("own_folders")
IMPORT = ("import", "--edition", "2015")  # of files that say no year
GOOD = "Kommunkod;Kommun;Social jourverksamhet\n1280;Malmö;Ja\n1281;Lund;Nej\n1282;Landskrona;\n;;\nx = dold;;\n"
WRONG = GOOD.replace("Nej", "Kanske")


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """Run a command and return what it prints."""
    assert run(arguments) == status
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert bool(err) == bool(status) or (status and "--dry-run" in arguments)
    return err or out


def test_a_template_is_written_and_an_empty_one_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert told(capsys, "template", "gotland").strip() == str(tmp_path / "gotland-oj-2015.xlsx")
    assert "har inga ifyllda värden" in told(capsys, "import", "gotland-oj-2015.xlsx", status=2)
    assert "finns redan" in told(capsys, "template", "gotland", status=2)
    assert "Menade du ”Skåne”?" in told(capsys, "template", "Skone", status=2)
    assert "Utgåvan ”2016” kan inte" in told(capsys, "template", "Skåne", "--edition", "2016", status=2)


def test_a_file_is_looked_at_imported_listed_and_removed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data_copy: Path
) -> None:
    Path("Våra svar.csv").write_text(GOOD, encoding="utf-8")
    before = hashes(data_copy)
    dry = told(capsys, *IMPORT, "Våra svar.csv", "--dry-run")
    assert "skulle läsas in som ”vara-svar”" in dry
    assert "C  Social jourverksamhet                         socialjour (svar): 2 värden" in dry
    assert "rad 4 läses inte: utan värden: 1282 Landskrona" in dry
    assert "rad 6 läses inte: x = dold" in dry
    assert "Sammanlagt 2 uppgifter för 2 platser: 2 med värde." in dry
    assert "Inga fel." in dry
    assert hashes(data_copy) == before
    assert (tmp_path / "params" / "workbooks" / "vara-svar.yml").exists()
    done = told(
        capsys, *IMPORT, "Våra svar.csv", "--source", "Egen enkät", "--publisher", "FoU Skåne", "--date", "2015-06-30"
    )
    assert "2 uppgifter för 2 platser, inlästa som ”vara-svar”" in done
    listed = told(capsys, "data", "list")
    assert "vara-svar  ÖJ 2015  Våra svar.csv  2015-06-30" in listed
    assert "Egen enkät. FoU Skåne, 2015." in listed
    assert "Menade du ”vara-svar”?" in told(capsys, "data", "remove", "vara-svat", status=2)
    assert "”vara-svar” är borttagen" in told(capsys, "data", "remove", "vara-svar")
    assert hashes(data_copy) == before
    assert "Inget är inläst" in told(capsys, "data", "list")


def test_nothing_is_imported_in_part_unless_asked(capsys: pytest.CaptureFixture[str], data_copy: Path) -> None:
    Path("svar.csv").write_text(WRONG, encoding="utf-8")
    before = hashes(data_copy)
    fault = "svar.csv rad 3, fält 3: cellens text ska vara Ja, Delvis, Nej eller ett av tecknen"
    assert fault in told(capsys, *IMPORT, "svar.csv", "--dry-run", status=2)
    assert fault in told(capsys, *IMPORT, "svar.csv", status=2)
    assert hashes(data_copy) == before
    done = told(capsys, *IMPORT, "svar.csv", "--accept-valid")
    assert "1 uppgift för 1 plats, inlästa" in done
    assert "Ett fel utelämnades och redovisas i rapportens metodkapitel" in done
    assert fault in done
    assert "1 utelämnade" in told(capsys, "data", "list")


@pytest.mark.parametrize(("counts", "which"), [("3;", "En uppgift har"), (";40", "En uppgift har"), ("12;40", "")])
def test_counts_without_their_other_half_are_told_without_the_figure(
    capsys: pytest.CaptureFixture[str], data_copy: Path, counts: str, which: str
) -> None:
    row = f"Landskrona;behoriga-alla;30 %;{counts}"
    Path("svar.csv").write_text(f"kommun;indikator;värde;täljare;nämnare\n{row}\n", encoding="utf-8")
    for flags in (["--dry-run"], []):
        said = told(capsys, *IMPORT, "svar.csv", *flags)
        assert ("bara täljare eller bara nämnare" in said) == bool(which)
        assert which in said
        assert "redan visats" not in said


@pytest.mark.parametrize(
    ("indicator", "value", "is_told"), [("behoriga-alla", "30 %", True), ("socialjour", "Ja", False)]
)
def test_an_import_of_persons_is_told_of_the_reports_that_have_shown_some(
    capsys: pytest.CaptureFixture[str], data_copy: Path, indicator: str, value: str, *, is_told: bool
) -> None:
    shown = data_copy / DOMAIN / "published/skane-2015.csv"
    shown.parent.mkdir()
    row = "2015,behoriga-alla,1283,observed,0.5,20,40"
    shown.write_text(f"edition,indicator,place,status,value,numerator,denominator\n{row}\n", encoding="utf-8")
    Path("svar.csv").write_text(f"kommun;indikator;värde\nLandskrona;{indicator};{value}\n", encoding="utf-8")
    for flags in (["--dry-run"], []):
        said = told(capsys, *IMPORT, "svar.csv", *flags)
        assert ("redan visats i skane-2015" in said) == is_told


def test_a_layout_that_is_found_is_corrected_and_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Path("svar.csv").write_text(GOOD.replace("Social jourverksamhet", "Jour dygnet runt"), encoding="utf-8")
    dry = told(capsys, *IMPORT, "--domain", DOMAIN, "svar.csv", "--dry-run", status=2)
    assert "OKÄND" in dry
    assert "är ingen entydig indikator" in dry
    path = tmp_path / "params" / "workbooks" / "svar.yml"
    assert "Läst enligt" not in dry
    assert f"Layouten står i {path}. Rätta den om något är fel, och kör igen." in dry
    path.write_text(
        path.read_text(encoding="utf-8").replace("indicator: '?'", "indicator: socialjour"), encoding="utf-8"
    )
    assert f"Läst enligt {path}." in told(capsys, *IMPORT, "--domain", DOMAIN, "svar.csv", "--dry-run")
    assert "2 uppgifter för 2 platser" in told(capsys, *IMPORT, "--domain", DOMAIN, "svar.csv")


def test_a_workbook_of_socialstyrelsens_kind_is_imported(capsys: pytest.CaptureFixture[str]) -> None:
    results = published(SHIPPED)
    Path("bok.xlsx").write_bytes(every_quirk(results, SHIPPED))
    dry = told(capsys, *IMPORT, "bok.xlsx", "--dry-run")
    assert "Bladet ”Tabell 1”: rubrik på rad 4–6, kod i kolumn A, namn i kolumn B; 8 kommuner, 2 län och 1 riket" in dry
    assert "Bladet ”Om tabellerna” har ingen tabell och läses inte." in dry
    sums = "545 med värde, 2 bortfall och 25 dolda eller ej redovisade"
    assert f"Sammanlagt {len(results)} uppgifter för 11 platser: {sums}." in dry
    assert max(map(len, dry.splitlines())) < 160
    assert f"{len(results)} uppgifter för 11 platser, inlästa som ”bok”" in told(capsys, *IMPORT, "bok.xlsx")


MISTAKES = {
    "no file": (["import"], ["FIL saknas"]),
    "a file that is not there": ([*IMPORT, "qqq.xlsx"], ["Filen qqq.xlsx finns inte"]),
    "a name that is none": ([*IMPORT, "a.csv", "--name", "Å Ä"], ["”Å Ä”", "små bokstäver"]),
    "a name that leads elsewhere": ([*IMPORT, "a.csv", "--dry-run", "--name", "../a"], ["namn ”../a” ska bestå av"]),
    "a name that is taken": ([*IMPORT, "a.csv", "--name", "fou-nordvast-2015"], ["fou-nordvast-2015", "följer med"]),
    "no date": ([*IMPORT, "a.csv", "--date", "i går"], ["”i går”", "ÅÅÅÅ-MM-DD"]),
    "a day to come": ([*IMPORT, "a.csv", "--date", "2099-01-01"], ["”2099-01-01” har inte varit än", "i dag eller"]),
    "a layout that is not there": ([*IMPORT, "a.csv", "--layout", "q.yml"], ["Layouten q.yml finns inte"]),
    "an unknown flag": ([*IMPORT, "a.csv", "--acept-valid"], ["”--acept-valid” förstås inte"]),
    "no step": (["data"], ["kommando saknas"]),
    "an unknown step": (["data", "lista"], ["”lista” finns inte", "Menade du ”list”?"]),
    "what is shipped": (["data", "remove", "fou-nordvast-2015"], ["följer med projektet och tas inte bort"]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_and_changes_nothing(name: str, capsys: pytest.CaptureFixture[str], data_copy: Path) -> None:
    arguments, words = MISTAKES[name]
    Path("a.csv").write_text(GOOD, encoding="utf-8")
    before = hashes(data_copy)
    message = told(capsys, *arguments, status=2)
    assert [word for word in words if word not in message] == [], message
    assert not Path("params").exists()
    assert hashes(data_copy) == before


@pytest.mark.parametrize("arguments", [["template", "-h"], ["import", "-h"], ["data", "-h"], ["data", "remove", "-h"]])
def test_the_help_is_in_swedish(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(arguments)
    help_text = capsys.readouterr().out
    assert help_text.startswith("Användning:")
    assert [word for word in ("usage", "show this", "options", "positional") if word in help_text] == []
