"""The README says what there is: every command, parameter, call, status, folder and dependency."""

import re
import tomllib
from pathlib import Path

import oj
from oj.cli import COMMANDS
from oj.cli.report import FILES
from oj.facts.params import ReportParameters
from oj.words.vocabulary import STATUSES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_make_target_is_described() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)) - {"help"}
    assert targets == set(re.findall(r"^\| `make ([a-z-]+)", README, re.MULTILINE))


def test_the_two_commands_of_the_gate_are_the_readmes_own() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check test" in gate
    assert "\nmake check test\n" in README
    assert "\nmake report COUNTY=Stockholm\n" in README


def test_every_parameter_is_described() -> None:
    described = re.findall(r"^\| `([a-z_]+)` \|", README.partition("| nyckel |")[2].partition("\n\n")[0], re.MULTILINE)
    assert described == list(ReportParameters.model_fields)


def test_every_call_is_shown() -> None:
    assert {name for name in oj.__all__ if f"oj.{name}" not in README} == set()


def test_every_command_and_file_is_named() -> None:
    assert {name for name in COMMANDS if f"oj {name}" not in README} == set()
    assert {name for name in FILES if f"`{name}`" not in README} == set()


def test_every_status_is_in_the_glossary() -> None:
    assert {name for name in STATUSES if name != "observed" and f"`{name}`" not in README} == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    wanted = [*project["dependencies"], *extras]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in wanted} - {"types-pyyaml"}
    table = README.partition("| paket | varför |")[2].partition("\n\n")[0].lower()
    assert {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", table)} == set()


def test_every_folder_is_shown() -> None:
    shown = README.partition("## Mapparna")[2].partition("## ")[0]
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {name for name in folders - {"docs", "requirements"} if f"{name}/" not in shown} == set()


def test_every_floor_is_shown_in_order() -> None:
    shown = README.partition("i våningar")[2].partition("notebooks/")[0]
    floors = ["words", "disk", "facts", "sources", "compare", "doors", "present", "publish", "cli"]
    assert [shown.index(name) for name in floors] == sorted(shown.index(name) for name in floors)


def test_the_example_runs() -> None:
    results = oj.results("Stockholm", municipalities=["Solna", "Sigtuna"], compare_with=["Jönköping"])
    assert len(results.query("indicator == 'socialjour'")[["place_name", "display"]]) == 5
    assert list(results.columns) == re.search(r"resultat\.csv`: `([^`]+)`", README)[1].split(", ")  # type: ignore[index]


def test_the_example_parameters_are_valid() -> None:
    import yaml

    example = README.partition("```yaml\n")[2].partition("```")[0]
    assert ReportParameters.model_validate(yaml.safe_load(example)).group_name == "Solna och Sundbyberg"


def test_pictures_exist() -> None:
    assert all((ROOT / name).exists() for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
