"""Whatever command is killed: the earlier or the new is there, nothing is left after the next, and it works."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, PARAMS
from filling import as_published
from killing import tree
from kolada_server import Kolada, read_small_catalog, serving, small_catalog
from publish.building import code, said, small_book

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")

KEPT = ("data", "reports", "build", "cache", "params")
SVAR = "Kommunkod;Social jourverksamhet\n1280;{}\n1281;Nej\n"
QUIET = ["-q", "--renderer", "embedded"]
MOMENT = re.compile(rb'"moment": "[^"]*"')
Tree = dict[str, bytes | None]


@dataclass
class Project:
    """A project in a folder of its own, and the process that runs commands on it."""

    root: Path
    driver: "subprocess.Popen[str]"
    earlier: dict[str, Path] = field(default_factory=dict)

    def run(self, *arguments: str, **killed: Any) -> dict[str, Any]:
        """Run a command, killed `after` some seconds or before a `step` on the disk, and return how it ended."""
        assert self.driver.stdin is not None
        assert self.driver.stdout is not None
        self.driver.stdin.write(json.dumps({"arguments": arguments, **killed}) + "\n")
        self.driver.stdin.flush()
        found: dict[str, Any] = json.loads(self.driver.stdout.readline())
        return found

    def done(self, *arguments: str) -> str:
        """Run a command that comes through, and return what it says."""
        found = self.run(*arguments)
        assert found["status"] == 0, self.said()
        return self.said()

    def said(self, other: str = "") -> str:
        """Return what the last command said, or one that was begun meanwhile."""
        return self.root.with_suffix(f"{other}.log").read_text("utf-8")

    def state(self) -> Tree:
        """Return all that commands write, hidden files too; the moment of a fetch is the clock's."""
        found = tree(*(self.root / name for name in (*KEPT, "here", "tmp")))
        return {
            name: MOMENT.sub(b"", one) if name.endswith("index.json") and one else one for name, one in found.items()
        }

    def keep(self, name: str) -> None:
        """Keep what is there now under a name."""
        self.earlier[name] = self.root.with_name(f"{self.root.name}-{name}")
        for folder in KEPT:
            shutil.copytree(self.root / folder, self.earlier[name] / folder)

    def restore(self, name: str) -> None:
        """Let everything be as when it was kept."""
        for folder in (*KEPT, "here", "tmp"):
            shutil.rmtree(self.root / folder)
            kept = self.earlier[name] / folder
            shutil.copytree(kept, self.root / folder) if kept.exists() else (self.root / folder).mkdir()

    def processes(self) -> list[int]:
        """Return the numbers of the project's processes, besides the one that runs commands."""
        mark, found = f"OJ_KILLED={self.root}".encode(), []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return [number for number in found if number != self.driver.pid]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project with two reports, an import and fetched key figures, each of which a command makes anew."""
    root = tmp_path_factory.mktemp("prov")
    small_book(
        root, said("Text."), code("import oj\n\noj.table(oj.figures(county, edition, municipalities).of('trygghet'))")
    )
    shutil.copytree(DATA, root / "data")
    small_catalog(root / "data")
    shutil.copytree(PARAMS, root / "params")
    (root / "params" / "stockholm.yml").write_text("municipalities: [Solna, Sigtuna]\n", encoding="utf-8")
    for name in ("cache", "here", "tmp", "files", "build", "reports"):
        (root / name).mkdir()
    made = Kolada(read_small_catalog(root / "data"))
    (root / "files" / "ny").mkdir()
    for name, answer in (("svar", "Ja"), ("ny/svar", "Nej"), ("annan", "Nej")):
        text = SVAR if name != "annan" else SVAR.replace("1280", "1262").replace("1281", "1263")
        (root / "files" / f"{name}.csv").write_text(text.format(answer), encoding="utf-8")
    as_published(root / "files" / "enkat.xlsx", ["0184", "0191"])
    with serving(made) as address:
        paths = [Path(__file__).parent, Path(__file__).parents[1] / "lib"]
        environment = os.environ | {"OJ_KOLADA_URL": address, "PYTHONPATH": os.pathsep.join(map(str, paths))}
        environment |= {"OJ_KILLED": str(root)}
        driver = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("kill_driver.py")), str(root)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        with driver:
            yield prepared(Project(root, driver), made)
            assert driver.stdin is not None
            driver.stdin.close()


def prepared(project: Project, kolada: Kolada) -> Project:
    """Make what is there before: of another date, with other answers, other values."""
    project.done("report", "Stockholm", "--date", "2015-01-01", *QUIET)
    project.done("survey", "results", str(project.root / "files" / "enkat.xlsx"), "--date", "2015-01-01", *QUIET)
    project.done("import", str(project.root / "files" / "svar.csv"), "--edition", "2015")
    kept = list(kolada.data)
    kolada.data[:] = [one for one in kept if one["period"] == 2021 or one["municipality"] == "0000"]
    project.done("fetch", "Skåne", "Gotland", "--date", "2022-03-04", "-q")
    kolada.data[:] = kept
    project.keep("before")
    return project


def commands(project: Project) -> dict[str, list[str]]:
    """Return the commands that are killed, by what they are."""
    files = project.root / "files"
    return {
        "import over": ["import", str(files / "ny" / "svar.csv"), "--edition", "2015", "--source", "En ny källa " * 24],
        "import": ["import", str(files / "annan.csv"), "--edition", "2015"],
        "remove": ["data", "remove", "svar"],
        "fetch": ["fetch", "Skåne", "Gotland", "--refresh", "--date", "2022-03-04", "-q"],
        "report": ["report", "Stockholm", "--date", "2015-06-30", *QUIET],
        "survey": ["survey", "results", str(files / "enkat.xlsx"), "--date", "2015-06-30", *QUIET],
    }


def apart(project: Project, state: Tree) -> tuple[Tree, Tree]:
    """Return a state without the start page of the reports, and that alone: it is written after the report, by itself.

    One that is killed between them leaves the new report and the earlier page, which the next build writes.
    """
    own = [name for name in state if name == f"{project.root / 'reports' / 'index.html'}"]
    return {name: one for name, one in state.items() if name not in own}, {name: state[name] for name in own}


def is_whole(project: Project, states: tuple[Tree, Tree]) -> bool:
    """Return whether each report that can be seen is one of the two, just after a kill."""
    reports = f"{project.root / 'reports'}/"

    def seen(state: Tree) -> Tree:
        return {name: one for name, one in state.items() if name.startswith(reports) and "/.oj-" not in name}

    (now, page), *both = (apart(project, seen(one)) for one in (project.state(), *states))
    return now in [one for one, _page in both] and page in [one for _report, one in both]


def states_of(project: Project, command: list[str]) -> tuple[Tree, Tree, float]:
    """Return what is there before and after a command, and its seconds."""
    project.restore("before")
    before, began = project.state(), time.monotonic()
    project.done(*command)
    after, seconds = project.state(), time.monotonic() - began
    assert after != before
    return before, after, seconds


def check(project: Project, command: list[str], states: tuple[Tree, Tree]) -> bool:
    """Look after a kill, run the next command, look again, and return whether the new is there."""
    assert is_whole(project, states)
    project.done("data", "list")
    (now, page), (before, earlier), (after, later) = (apart(project, one) for one in (project.state(), *states))
    assert now in (before, after), sorted(set(now) ^ set(before)) or [name for name in now if now[name] != before[name]]
    assert page in (earlier, later)
    return now == after


@pytest.mark.parametrize("name", ["import over", "remove", "fetch"])
def test_a_command_that_is_killed_at_a_step_leaves_the_earlier_or_the_new(project: Project, name: str) -> None:
    """Each step of `data remove`, and of the others those where what is new is moved into place, and some before."""
    command = commands(project)[name]
    before, after, _seconds = states_of(project, command)
    step, found = 1, []
    while True:
        project.restore("before")
        if project.run(*command, step=step)["status"] is not None:
            break
        found.append(check(project, command, (before, after)))
        step += {"remove": 1, "import over": 6, "fetch": 17}[name]
    assert len(found) >= 4
    assert found == sorted(found)
    assert set(found) == {True, False}


@pytest.mark.long
def test_a_report_that_is_killed_leaves_the_earlier_or_the_new_and_no_processes(project: Project) -> None:
    command = commands(project)["report"]
    before, after, seconds = states_of(project, command)
    project.restore("before")
    project.run(*command, after=seconds * 0.7)
    gone(project)
    check(project, command, (before, after))
    project.done(*command)
    assert project.state() == after


def gone(project: Project) -> None:
    """Fail where a killed command's notebooks, or the server of their processes, still run after some seconds."""
    until = time.monotonic() + 10  # half a second, where nobody else wants the processor
    while project.processes() and sys.platform == "linux":
        assert time.monotonic() < until, project.processes()
        time.sleep(0.1)


def report_of(project: Project) -> Tree:
    """Return the report of Stockholm."""
    return tree(project.root / "reports" / "stockholm-2015")


def test_a_report_is_of_one_state_whatever_is_imported_meanwhile_and_only_one_builds_it(project: Project) -> None:
    project.restore("before")
    wanted, own = project.root / "files" / "solna.csv", commands(project)["report"]
    wanted.write_text("Kommunkod;Social jourverksamhet\n0184;Nej\n", encoding="utf-8")
    project.done(*own)
    before = report_of(project)
    meanwhile = [
        {"arguments": own, "begun": 0.1},
        {"arguments": ["import", str(wanted), "--edition", "2015"], "begun": 0.1},
    ]
    found = project.run(*own, meanwhile=meanwhile)
    ends = [found["status"], *found["others"]]
    assert (sorted(ends[:2]), ends[2]) == ([0, 2], 0), project.said() + project.said(".1")
    built = report_of(project)
    told = project.said(".0" if ends[1] else "")  # on a busy machine the second may come first
    assert told.startswith("Fel: Rapporten stockholm-2015 byggs redan av ")
    assert ("Traceback" in told, told.count("\n")) == (False, 1)
    project.done(*own)
    assert report_of(project) != before
    assert built in (before, report_of(project))


def test_two_that_fetch_and_import_at_once_are_told_apart(project: Project) -> None:
    project.restore("before")
    orders = commands(project)
    begun = {"arguments": orders["fetch"], "begun": 0.1}
    assert project.run(*orders["fetch"], meanwhile=[begun])["others"] in ([0], [2])
    if "Fel" in project.said(".0"):
        assert project.said(".0").startswith("Fel: Nyckeltal hämtas från Kolada redan av ")
    found = project.run(*orders["import"], meanwhile=[{"arguments": orders["import over"], "begun": 0}])
    assert (found["status"], found["others"]) == (0, [0])
    assert "annan " in project.done("data", "list")


@pytest.mark.parametrize(
    ("name", "limit"), [("import over", 400), ("fetch", 1000), ("report", 3000), ("report", 40_000)]
)
def test_a_disk_that_takes_no_more_leaves_the_earlier_whole(project: Project, name: str, limit: int) -> None:
    project.restore("before")
    before = project.state()
    assert project.run(*commands(project)[name], limit=limit)["status"] == 2, project.said()
    told = project.said()
    assert told.startswith("Fel: "), told
    assert ("Traceback" in told, told.count("\n")) == (False, 1), told
    assert "filen blir större än vad som är tillåtet här" in told
    assert project.state() == before


@pytest.mark.parametrize("name", ["import", "remove", "fetch", "report", "survey"])
def test_a_disk_that_cannot_lock_is_told_of_in_a_sentence(project: Project, name: str) -> None:
    project.restore("before")
    before = project.state()
    assert project.run(*commands(project)[name], lock=False)["status"] == 2, project.said()
    told = project.said()
    assert told.startswith("Fel: "), told
    assert ("Traceback" in told, told.count("\n")) == (False, 1), told
    assert "disken kan inte låsa filer" in told
    project.done("data", "list")
    assert project.state() == before


KILLS = {"import over": 4, "import": 4, "remove": 8, "fetch": 8, "report": 8, "survey": 8}  # 40 in each of five parts


@pytest.mark.long
@pytest.mark.parametrize("part", range(5))
@pytest.mark.parametrize("name", KILLS)
def test_200_kills_at_random_moments(project: Project, name: str, part: int) -> None:
    """The earlier or the new, nothing left after the next command, the same bytes when it is run again.

    The figures of each part are written beside the project, in `prov-*.json` of pytest's temporary folder.
    """
    chance, command, tries = random.Random(f"{name} {part}"), commands(project)[name], 0
    before, after, seconds = states_of(project, command)
    counts = {"killed": 0, "earlier": 0, "new": 0, "left something": 0, "run again": 0}
    while counts["killed"] < KILLS[name]:
        tries += 1
        assert tries < 10 * KILLS[name], "it is not killed"
        project.restore("before")
        if project.run(*command, after=chance.uniform(0, seconds))["status"] is not None:
            continue
        gone(project)
        counts["killed"] += 1
        counts["left something"] += any("/.oj-" in one for one in project.state())
        new = check(project, command, (before, after))
        counts["new" if new else "earlier"] += 1
        if counts["killed"] % 4 == 0 and not (new and name == "remove"):
            project.done(*command)
            assert project.state() == after
            counts["run again"] += 1
        part_of = project.root.with_name(f"prov-{name.replace(' ', '-')}-{part}.json")
        part_of.write_text(json.dumps(counts, indent=1), encoding="utf-8")
