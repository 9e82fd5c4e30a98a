"""The command line: Swedish throughout, 2 for what the user can mend, and never a traceback."""

import os
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest

from oj.cli import COMMANDS, run
from oj.cli.report import FILES
from oj.sources.survey.read import read_form
from publish.building import ROOT, said, small_book

ENGLISH = re.compile(
    r"\b(?:usage|options?|arguments|positional|optional|show|help message|exit|error|invalid|choice|expected|required|"
    r"ignored|explicit|ambiguous|unrecognized|the following|choose from)\b",
    re.IGNORECASE,
)
SURVEY_HELP = [["survey", "-h"], ["survey", "form", "--help"], ["survey", "results", "-h"]]
MISTAKES = {
    "an unknown county": (["report", "Stokholm"], ["heter ”Stokholm”", "Menade du ”Stockholm”?", "01–25"]),
    "a county nothing is like": (["report", "qqq"], ["inget län som heter ”qqq”", "Länen är: Stockholm"]),
    "a municipality": (["report", "Solna"], ["kommun i Stockholms län", "COUNTY=Stockholm", "params/stockholm.yml"]),
    "a county without results": (["report", "Skåne"], ["inga resultat för Skåne län", "Stockholm, Jönköping"]),
    "an unknown command": (["rapport", "Stockholm"], ["Kommandot ”rapport” finns inte", "Menade du ”report”?"]),
    "no command": ([], ["kommando saknas", "oj --help"]),
    "no county": (["report"], ["LÄN saknas", "oj --help"]),
    "an unknown county for a form": (["survey", "form", "Stokholm"], ["heter ”Stokholm”", "Menade du ”Stockholm”?"]),
    "an unknown step of the survey": (["survey", "from"], ["”from” finns inte", "Menade du ”form”?", "results"]),
    "no step of the survey": (["survey"], ["kommando saknas"]),
    "a form without a county": (["survey", "form"], ["LÄN saknas"]),
    "an edition without a survey": (
        ["survey", "form", "Stockholm", "--edition", "2019"], ["ingen enkät för utgåvan 2019", "2015"]),
    "a form of another kind": (["survey", "form", "01", "--output", "a.csv"], ["”a.csv” ska sluta på .xlsx"]),
    "a form in no folder": (["survey", "form", "09", "--output", "qqq/a.xlsx"], ["Mappen qqq finns inte", "--output"]),
    "results of no file": (["survey", "results"], ["FIL saknas"]),
    "one word too many": (["report", "Stockholm", "Solna"], ["”Solna” förstås inte"]),
    "an unknown flag": (["report", "Stockholm", "--fort"], ["”--fort” förstås inte"]),
    "a flag without its value": (["report", "Stockholm", "--edition"], ["--edition"]),
    "a value for a flag that has none": (["report", "Stockholm", "--quiet=ja"], ["--quiet"]),
    "an unknown edition": (["report", "Stockholm", "--edition", "2030"], ["Utgåvan ”2030” finns inte", "2015"]),
    "no year": (["report", "Stockholm", "--edition", "i år"], ["”i år” är inget årtal", "kommandoraden"]),
    "no date": (["report", "Stockholm", "--date", "i dag"], ["”i dag” är inget datum", "ÅÅÅÅ-MM-DD"]),
    "a date far ahead": (["report", "Stockholm", "--date", "2099-01-01"], ["”2099-01-01” har inte varit än; datumet"]),
    "a date that there is not": (["report", "Stockholm", "--date", "2015-02-30"], ["”2015-02-30” är inget datum"]),
    "another renderer": (["report", "Stockholm", "--renderer", "word"], ["RENDERER=”word” finns inte", "embedded"]),
    "another renderer for all": (["reports", "--renderer", "word"], ["RENDERER=”word” finns inte"]),
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, few_facts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build a small book of few facts in a temporary folder instead of the project's reports."""
    monkeypatch.setenv("OJ_DATA", str(few_facts))
    folders = small_book(tmp_path, said("Text."))
    monkeypatch.setattr("oj.disk.folders.default_folders", lambda: folders)
    monkeypatch.setenv("RENDERER", "embedded")
    return tmp_path


@pytest.mark.parametrize("name", list(MISTAKES))
def test_a_mistake_is_told_in_swedish(own_folders: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    arguments, words = MISTAKES[name]
    assert run(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("Fel: ")
    assert "Traceback" not in err
    assert [word for word in words if word not in err] == [], err
    assert ENGLISH.findall(err) == [], err
    assert not (own_folders / "reports").exists()


def test_the_variable_renderer_is_heeded(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RENDERER", "pandoc")
    assert run(["report", "Stockholm"]) == 2
    assert "RENDERER=”pandoc” finns inte" in capfd.readouterr().err


def test_a_flag_goes_before_the_variable(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RENDERER", "embedded")
    assert run(["report", "Stockholm", "--renderer", "pandoc"]) == 2
    assert "RENDERER=”pandoc” finns inte" in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["report", "--help"], ["reports", "-h"], *SURVEY_HELP])
def test_help_is_in_swedish(capfd: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    out, err = capfd.readouterr()
    assert (ended.value.code, err) == (0, "")
    assert out.startswith("Användning: oj")
    assert "visa den här hjälpen" in out
    assert ENGLISH.findall(out) == [], out


def test_help_lists_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--help"])
    out = capfd.readouterr().out
    listed = re.findall(r"^ {4}(\w+) +\S", out, re.MULTILINE)
    assert listed == list(COMMANDS)


def test_quiet_prints_nothing(own_folders: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "Stockholm", "--quiet"]) == 0
    assert tuple(capfd.readouterr()) == ("", "")
    assert (own_folders / "reports" / "stockholm-2015" / "rapport.pdf").is_file()


def test_letters_that_the_pdf_cannot_show_are_told_also_when_it_is_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folders = small_book(tmp_path / "tecken", said("Ett möte i 漢 om Łódź och ☺."))
    monkeypatch.setattr("oj.disk.folders.default_folders", lambda: folders)
    assert run(["report", "Stockholm", "--quiet"]) == 0
    out, err = capfd.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert "”漢” (U+6F22) i ”Ett möte i 漢 om Łódź och ☺." in line
    assert line.count("U+") == 1


def test_a_report_tells_its_steps_and_its_files(own_folders: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "01", "--date", "2015-06-30"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    finished = own_folders / "reports" / "stockholm-2015"
    assert out.splitlines()[0] == "Kör notebookerna"
    assert out.splitlines()[-len(FILES) :] == [str(finished / name) for name in FILES]
    assert re.search(r"^Sammanlagt +\d+,\d s$", out, re.MULTILINE)
    assert [name for name in FILES if not (finished / name).is_file()] == []
    assert "30 juni 2015" in (finished / "index.html").read_text(encoding="utf-8")


def test_reports_builds_every_county_with_a_file(own_folders: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["reports", "-q"]) == 0
    assert tuple(capfd.readouterr()) == ("", "")
    wanted = sorted(f"{path.stem}-2015" for path in (ROOT / "params").glob("*.yml") if path.stem != "report")
    assert sorted(path.name for path in (own_folders / "reports").iterdir()) == [
        "build.json", "index.html", *wanted, "utseende",
    ]  # fmt: skip


def test_a_form_is_written_once_for_the_countys_own_municipalities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["survey", "form", "01"]) == 0
    written = tmp_path / "stockholm-enkat-2015.xlsx"
    assert capfd.readouterr().out == f"{written}\n"
    assert read_form(written).places == ("0114", "0123", "0125", "0139", "0163", "0183", "0184", "0191")
    before = written.read_bytes()
    assert run(["survey", "form", "01"]) == 2
    assert "stockholm-enkat-2015.xlsx finns redan och skrivs inte över" in capfd.readouterr().err
    assert written.read_bytes() == before


def test_a_form_has_a_citys_districts_where_the_city_is_named(
    params_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (params_copy / "skane.yml").write_text("county: Skåne\nmunicipalities: [Malmö, Lund]\n", encoding="utf-8")
    monkeypatch.setattr("oj.facts.params.params_folder", lambda: params_copy)
    assert run(["survey", "form", "Skåne", "--output", str(tmp_path / "a.xlsx")]) == 0
    cities = [code[:4] for code in read_form(tmp_path / "a.xlsx").places]
    assert (set(cities), cities.count("1281"), cities.count("1280") > 1) == ({"1280", "1281"}, 1, True)


def test_a_form_may_be_of_one_district(params_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (params_copy / "skane.yml").write_text("county: Skåne\nmunicipalities: [Innerstaden]\n", encoding="utf-8")
    monkeypatch.setattr("oj.facts.params.params_folder", lambda: params_copy)
    assert run(["survey", "form", "Skåne", "--output", str(tmp_path / "a.xlsx")]) == 0
    assert read_form(tmp_path / "a.xlsx").places == ("128001",)


def test_a_districts_file_is_no_countys(
    params_copy: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (params_copy / "bromma.yml").write_text("county: Stockholm\n", encoding="utf-8")
    monkeypatch.setattr("oj.facts.params.params_folder", lambda: params_copy)
    assert run(["reports", "-q"]) == 2
    assert "params/bromma.yml hör inte till något län" in capfd.readouterr().err


def test_a_filled_in_form_is_handed_on(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    asked = []

    def build(path: Path, date: str, renderer: str, progress: object) -> Path:
        asked.append((path, date, renderer))
        return Path("reports") / "preliminart"

    made = types.SimpleNamespace(build_preliminary=build)
    monkeypatch.setitem(sys.modules, "oj.publish.build.preliminary", made)
    assert run(["survey", "results", "a.xlsx", "--date", "2015-06-30", "--renderer", "quarto"]) == 0
    assert asked == [(Path("a.xlsx"), "2015-06-30", "quarto")]
    assert capfd.readouterr().out.splitlines()[-1] == str(Path("reports") / "preliminart")


def test_reports_refuses_a_file_of_no_county(
    params_copy: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (params_copy / "stockholm.yml").rename(params_copy / "stokholm.yml")
    monkeypatch.setattr("oj.facts.params.params_folder", lambda: params_copy)
    assert run(["reports", "-q"]) == 2
    assert "params/stokholm.yml hör inte till något län. Menade du ”stockholm”?" in capfd.readouterr().err


def test_an_unexpected_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program's own shows where it is; only what the user can mend is put in one sentence."""
    monkeypatch.setattr("oj.cli.report.report", lambda *_args, **_rest: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(["report", "Stockholm"])


def test_stopping_it_is_no_fault(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def stopped(*_args: object, **_rest: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("oj.cli.report.report", stopped)
    assert run(["report", "Stockholm"]) == 130
    assert tuple(capfd.readouterr()) == ("", "Avbrutet.\n")


def test_the_program_ends_with_2_whatever_the_terminals_encoding() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from oj.cli import entry; entry()", "report", "Stokholm"], capture_output=True,
        timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "lib"), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").startswith(
        "Fel: Det finns inget län som heter ”Stokholm”. Menade du ”Stockholm”?"
    )
    assert done.stderr.count(b"\n") == 1


def test_the_program_is_installed_under_its_name() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"oj": "oj_start:entry"}


def test_what_is_only_asked_of_the_command_line_imports_nothing_heavy() -> None:
    """Whoever asks for help, or builds what has not changed, waits for no table to be read."""
    asked = (
        "import sys; sys.path.insert(0, 'lib'); import oj.cli; import oj.facts.params; import oj.publish.store.whole"
    )
    heavy = "print([name for name in ('pandas', 'matplotlib', 'papermill') if name in sys.modules], 'text' in dir(oj))"
    done = subprocess.run([sys.executable, "-c", f"{asked}; {heavy}"], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["[]", "True"]
