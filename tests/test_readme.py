"""The README is short, and says what it is, the two commands and where the rest is; the rest says what there is."""

import re
import tomllib
from pathlib import Path

import oj
import written
from oj.cli import COMMANDS
from oj.cli.report import FILES
from oj.facts.params import ReportParameters
from oj.words.vocabulary import STATUSES

ROOT = Path(__file__).parents[1]
LONGEST_README = 8_000  # bytes


def page(name: str) -> str:
    """Return the text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


README = page("README.md")


def test_the_readme_is_short() -> None:
    assert len(README.encode()) <= LONGEST_README


def test_the_two_commands_of_the_gate_are_the_readmes_own() -> None:
    assert "make check test" in page(".ci/run")
    assert "\nmake check test\n" in README
    assert "\nmake report COUNTY=Stockholm\n" in README


def test_the_workflow_and_the_hook_do_what_make_does() -> None:
    """What a change is checked by is the same everywhere; no server's address stands in it."""
    workflow, hook = page(".github/workflows/check.yml"), page(".pre-commit-config.yaml")
    assert re.findall(r"run: (.+)", workflow) == ["./.ci/run", "make test-long"]
    assert re.findall(r"entry: (.+)", hook) == ["make check"]
    assert "://" not in workflow + hook


def test_every_parameter_is_described() -> None:
    text = page("docs/samordnare/andra-kommuner.md")
    described = re.findall(r"^\| `([a-z_]+)` \|", text.partition("| nyckel |")[2].partition("\n\n")[0], re.MULTILINE)
    assert described == list(ReportParameters.model_fields)


def test_every_command_and_file_is_named() -> None:
    told = "".join(page(f"docs/samordnare/{path.name}") for path in (ROOT / "docs" / "samordnare").glob("*.md"))
    assert {name for name in COMMANDS if f"oj {name}" not in told} == set()
    assert {name for name in FILES if f"`{name}`" not in page("docs/samordnare/det-du-far.md")} == set()


def test_every_status_is_in_the_glossary() -> None:
    glossary = page("docs/uppslag/ordlista.md")
    assert {name for name in STATUSES if name != "observed" and f"`{name}`" not in glossary} == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(page("pyproject.toml"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    wanted = [*project["dependencies"], *extras]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in wanted} - {"types-pyyaml"}
    table = page("docs/uppslag/paket.md").lower()
    assert {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", table)} == set()


def test_every_folder_is_shown() -> None:
    shown = page("docs/uppslag/mapparna.md")
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {name for name in folders if f"{name}/" not in shown} == set()


def test_every_floor_is_shown_in_order() -> None:
    shown = page("docs/uppslag/mapparna.md").partition("i våningar")[2].partition("notebooks/")[0]
    floors = ["words", "disk", "facts", "sources", "doors", "tidy", "compare", "present", "publish", "cli"]
    assert [shown.index(name) for name in floors] == sorted(shown.index(name) for name in floors)


def test_the_example_gives_what_it_says() -> None:
    figures = oj.figures("Stockholm", municipalities=["Solna", "Sigtuna"], compare_with=["Jönköping"])
    assert len(figures.of("socialjour").frame[["place_name", "display"]]) == 5
    table, file = page("docs/forskare/tabellen.md").split("`resultat.csv`", 1)
    told = [name for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]
    assert told == list(figures.frame.columns)
    columns = re.search(r"kolumnerna `([^`]+)`", file)
    assert columns is not None
    assert columns[1].split(", ") == list(written.results("Stockholm"))[:-1]
