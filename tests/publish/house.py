"""A house of its own for a test: a copy of the facts, folders to build in, and the commands as they are given there."""

import re
import shutil
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
import yaml

from conftest import DATA, DOMAIN, PARAMS, small_copy
from oj.cli import run
from oj.disk.folders import Folders
from oj.facts.editions import domains, using
from publish.building import NOTEBOOKS, code, folders_in, said, small_book

SECONDS = re.compile(r" *\d+,\d s$", re.MULTILINE)
SHOWN = """import oj
from IPython.display import Markdown, display

figures = oj.figures(county, edition, municipalities, compare_with)
rows = figures.frame.loc[figures.frame["source"] != "fou-nordvast-2015"].drop(columns="title")
display(Markdown(f"```\\n{rows.to_csv()}\\n```"))
oj.method(figures, "inlasta")"""
EITHER = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")
HEADINGS = "kommun;indikator;värde;täljare;nämnare"


@dataclass(frozen=True)
class House:
    """Facts, parameters and folders under one root."""

    root: Path
    folders: Folders

    @property
    def data(self) -> Path:
        """The folder of the facts."""
        return self.root / "data"

    def oj(self, *arguments: str, ends: int = 0) -> str:
        """Give a command as at the command line; return all it tells, without seconds and without this house's name."""
        told = StringIO()
        with using(self.data), pytest.MonkeyPatch.context() as patch, redirect_stdout(told), redirect_stderr(told):
            for module in ("oj.disk.folders", "oj.publish.build.preliminary"):
                patch.setattr(f"{module}.default_folders", lambda: self.folders)
            patch.setattr("oj.facts.params.params_folder", lambda: self.root / "params")
            patch.setenv("RENDERER", "embedded")
            patch.chdir(self.root)
            ended = run(arguments)
        assert ended == ends, told.getvalue()
        return SECONDS.sub("", told.getvalue().replace(str(self.root), ""))

    def read_in(self, rows: Sequence[str], name: str = "egen", edition: str = "2015", *flags: str) -> str:
        """Read rows in as a CSV file of that name, what is right of them; return what the command tells."""
        path = self.root / f"{name}.csv"
        path.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
        return self.oj("import", str(path), "--edition", edition, "--name", name, "--accept-valid", *flags)

    def parameters(self, county: str, **values: object) -> None:
        """Write a county's file of parameters."""
        (self.root / "params" / f"{county}.yml").write_text(
            yaml.safe_dump(values, allow_unicode=True), encoding="utf-8"
        )

    def result(self, report: str) -> pd.DataFrame:
        """Return what a finished report says of persons in protected indicators: its `resultat.csv`."""
        rows = pd.read_csv(self.folders.reports / report / "resultat.csv", dtype={"place": str, "edition": str})
        return rows[(rows["status"] != "missing") & (rows["place"] != "00")].set_index(["indicator", "place"])

    def written(self) -> dict[str, str]:
        """Return the hash of every file that commands have written: reports, their projects, and what was shown."""
        folders = (self.folders.reports, self.folders.build, self.data / DOMAIN / "published")
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        return {path.relative_to(self.root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def house(root: Path, *, whole: bool, every: bool = False) -> House:
    """Make a house whose reports are whole, or else books of one chapter with the results and what was read in.

    The facts are then those of persons only, which are read faster, unless `every` indicator is to be there.
    """
    (root / "params").mkdir()
    shutil.copy(PARAMS / "report.yml", root / "params")
    if whole or every:
        shutil.copytree(DATA, root / "data")
    else:
        small_copy(root / "data", {"bakgrund", "utbildning"})
        for name in domains(root / "data"):
            shutil.rmtree(root / "data" / name) if name != DOMAIN else None
    chapter = code(SHOWN), said("Mer finns inte.")
    return House(root, folders_in(root, NOTEBOOKS) if whole else small_book(root, *chapter))


def in_world(row: str, world: str) -> str:
    """Return a row as it is in a world, a or b: of {2|3} the one or the other."""
    return EITHER.sub(lambda found: found["_ab".index(world)], row)
