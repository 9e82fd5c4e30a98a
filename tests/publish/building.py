"""Build whole reports, and small books of one notebook for what need not be the whole report."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import nbformat
import yaml

from oj.disk.folders import Folders
from oj.facts.editions import using
from oj.facts.params import ReportParameters, read_parameters
from oj.publish.build.report import build_report
from oj.words.progress import Progress

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
MUNICIPALITIES = {
    "0114": "upplands-vasby", "0123": "jarfalla", "0125": "ekero", "0139": "upplands-bro", "0163": "sollentuna",
    "0183": "sundbyberg", "0184": "solna", "0191": "sigtuna",
}  # fmt: skip
SHEETS = [f"kommun-{slug}" for slug in MUNICIPALITIES.values()]
COUNTY_FIGURES = [
    "individanpassad", "samordning", "behorighet-gymnasium", "genomfort-gymnasium", "saker", "kunskapsbaserad",
    "handlaggarnas-kompetens", "handlaggarnas-kompetensutveckling", "tillganglig", "bakgrundsmatt", "over-tid",
]  # fmt: skip
FIGURES = ["karta-mal", "svar", "kartor", *COUNTY_FIGURES, *(f"barometer-{code}" for code in MUNICIPALITIES)]
PARAMETERS = ["county", "domain", "edition", "municipalities", "group_name", "compare_with",
              "reference_source", "publisher", "date", "contact", "accessibility"]  # fmt: skip
LISTS = ("municipalities", "compare_with")
DEFAULTS = "\n".join(f"{name} = []" if name in LISTS else f'{name} = ""' for name in PARAMETERS)
RESULTS = "import oj\n\nfigures = oj.figures(county, edition, municipalities, compare_with)"
NUMBER = """class Shown:
    def _repr_mimebundle_(self, **_):
        return {"text/markdown": "Ett svar."}

Shown()"""


@dataclass(frozen=True)
class Built:
    """A finished report: where it lies, the project that it was rendered from and what it cost."""

    parameters: ReportParameters
    folders: Folders
    path: Path
    seconds: dict[str, float]

    @property
    def project(self) -> Path:
        """The laid-out book in build/."""
        return self.folders.build / self.parameters.name


def build(county: str, folders: Folders, renderer: str = "embedded") -> Built:
    """Build a county's report with its file in params/."""
    parameters, progress = read_parameters(county), Progress()
    return Built(parameters, folders, build_report(parameters, folders, progress, renderer), progress.seconds)


def of_two() -> ReportParameters:
    """Return the parameters of a report of two municipalities, for what is the same of two as of eight."""
    return read_parameters("Stockholm").model_copy(update={"municipalities": ["Ekerö", "Solna"]})


def build_on(data: Path, parameters: ReportParameters, root: Path) -> Path:
    """Build a report on the facts in `data`, under `root`, and return its folder."""
    with using(data):
        return build_report(parameters, folders_in(root), Progress(), "embedded")


def folders_in(root: Path, notebooks: Path = NOTEBOOKS) -> Folders:
    """Return folders to build in under `root`."""
    return Folders(notebooks, root / "build", root / "reports")


def said(text: str) -> tuple[str, str]:
    """Return a Markdown cell for `write_notebook`."""
    return "markdown", text


def code(text: str) -> tuple[str, str]:
    """Return a code cell for `write_notebook`."""
    return "code", text


def write_notebook(path: Path, *cells: tuple[str, str]) -> Path:
    """Write a notebook with a cell of parameters first, and the given cells after it."""
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    parameters = nbformat.v4.new_code_cell(DEFAULTS, metadata={"tags": ["parameters"]}, id="parameters")
    make = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    notebook.cells = [parameters, *(make[kind](text, id=f"cell-{at}") for at, (kind, text) in enumerate(cells))]
    nbformat.write(notebook, path)
    return path


def small_book(root: Path, *cells: tuple[str, str]) -> Folders:
    """Write a book of one chapter, index.ipynb, that holds a heading and the given cells."""
    notebooks = root / "notebooks"
    shutil.copytree(NOTEBOOKS / "_extensions", notebooks / "_extensions")
    config = yaml.safe_load((NOTEBOOKS / "_quarto.yml").read_text(encoding="utf-8"))
    config["book"]["chapters"] = ["index.ipynb"]
    (notebooks / "_quarto.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    write_notebook(notebooks / "index.ipynb", said("# Prov {#sec-prov}\n\nEn mening om provet."), *cells)
    return folders_in(root, notebooks)


def part_of_book(root: Path, left_out: Callable[[str], bool]) -> Folders:
    """Write the book without some chapters, by the stems of their files, for what stands in the others alone."""
    notebooks = Path(shutil.copytree(NOTEBOOKS, root / "notebooks"))
    config = yaml.safe_load((notebooks / "_quarto.yml").read_text(encoding="utf-8"))
    before = [*config["book"]["chapters"]]
    for part, name in ((config["book"], "chapters"), (config, "appendix")):
        part[name] = [one for one in part[name] if not left_out(Path(one).stem)]
    assert config["book"]["chapters"] != before, "nothing is left out"
    (notebooks / "_quarto.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return folders_in(root, notebooks)


def everything_in(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder, and of every folder a sign that it is there."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def stand_in(folder: Path, version: str = "1.10.18") -> Path:
    """Write a program that does with this book what a Quarto of that version does, and return its path."""
    program, script = folder / "quarto", Path(__file__).with_name("stand_in.py")
    compiler = "0.14.2" if version.startswith("1.9.") else "0.15.1"
    versions = f'case "$*" in --version) echo {version}; exit;; "typst --version") echo "typst {compiler}"; exit;; esac'
    call = f'STAND_IN_VERSION={version} exec "{sys.executable}" "{script}" "$@"'
    program.write_text(f"#!/bin/sh\n{versions}\n{call}\n", encoding="utf-8")
    program.chmod(0o755)
    return program
