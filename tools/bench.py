"""Measure how long a report takes, against papermill with a kernel for each notebook: `make bench`.

Everything is measured in one run on one machine, so that the ratios can be compared between machines; medians of TIMES.
The table and the picture are written to `docs/`, with a row for each release that is measured.
"""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from oj.disk.folders import Folders, default_folders
from oj.facts.editions import root_of
from oj.facts.params import ReportParameters, params_folder, read_parameters
from oj.publish.build.contents import contents
from oj.publish.build.report import build_report, on_the_facts
from oj.publish.build.run import prepared
from oj.publish.execution.execute import execute
from oj.publish.store.ground import of_facts
from oj.publish.store.whole import Whole
from oj.words.progress import Progress
from oj.words.swedish import number

ROOT = Path(__file__).resolve().parents[1]
PAGE, PICTURE = ROOT / "docs" / "uppslag" / "matningar.md", ROOT / "docs" / "bilder" / "matningar.png"
TIMES = 3
START, END = "<!-- mätningar -->", "<!-- slut på mätningar -->"
STEPS = {
    "kernels": "papermill, en kärna (kernel) för varje notebook",
    "notebooks": "samma notebooks, så som rapporten kör dem",
    "cold": "hela rapporten, inget sparat",
    "one": "en notebook ändrad",
    "unchanged": "inget ändrat",
}


def seconds(do: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def median(do: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Return the median of how long something takes, each time after `before`, which is not counted."""
    found = []
    for _time in range(TIMES):
        before()
        found.append(seconds(do))
    return statistics.median(found)


def by_kernels(notebooks: list[tuple[Path, dict[str, object]]], folder: Path) -> None:
    """Run notebooks one after another as papermill does by itself: a kernel is started for each."""
    import papermill

    for path, values in notebooks:
        papermill.execute_notebook(path, folder / path.name, values, kernel_name="python3", progress_bar=False)


def measured(parameters: ReportParameters, room: Path) -> dict[str, float]:
    """Return how many seconds each of STEPS takes for a report."""
    source = Path(shutil.copytree(default_folders().notebooks, room / "notebooks"))
    folders = Folders(source, room / "build", room / "reports", room / "cache")
    found: dict[str, float] = {}
    with ExitStack() as ground:
        on_the_facts(parameters, replace(folders, cache=None), ground)
        plan = contents(parameters, source)
        own = {one.name: one.parameters for one in plan.listed}
        shared = plan.parameters.model_dump()
        paths = [*prepared(plan.listed, source, room / "made", plan.parameters, of_facts(root_of()))]
        (room / "kernels").mkdir()
        given = [(one, shared | own[one.name]) for one in paths]
        found["kernels"] = seconds(lambda: by_kernels(given, room / "kernels"))
        found["notebooks"] = median(lambda: execute(paths, room / "own", shared, own=own))
    whole = Whole([parameters.county], folders, params_folder(), root_of())

    def build() -> Path:
        return build_report(parameters, folders, Progress(), "embedded")

    found["cold"] = median(build, lambda: shutil.rmtree(room / "cache", ignore_errors=True))
    found["one"] = median(build, lambda: another_line(source / "tillganglig.ipynb"))
    key = whole.key()
    whole.note(key, build())
    found["unchanged"] = median(whole.built)
    return found


def another_line(notebook: Path) -> None:
    """Add a line of code that does nothing to a notebook's last cell of code."""
    content = nbformat.read(notebook, as_version=4)
    cell = [one for one in content.cells if one.cell_type == "code"][-1]
    cell.source += "\n# ännu en rad"
    nbformat.write(content, notebook)


def row(found: dict[str, float]) -> str:
    """Return a release's row of the page's table: each step as a share of what papermill by itself takes."""
    shares = [f"{number(found[name] / found['kernels'], 3)}" for name in STEPS if name != "kernels"]
    return f"| {version('oj')} | {number(found['kernels'], 1)} s | {' | '.join(shares)} |"


def write_page(found: dict[str, float]) -> None:
    """Put the release's row last in the page's table, in the place of an earlier one of the same release."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    table, after = rest.split(END)
    kept = [line for line in table.strip().splitlines() if not line.startswith(f"| {version('oj')} |")]
    PAGE.write_text("\n".join([f"{before}{START}", *kept, row(found), f"{END}{after}"]), encoding="utf-8")


def draw(found: dict[str, float]) -> None:
    """Draw how long each step takes, the longest first."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt
    import seaborn as sns

    names = sorted(STEPS, key=lambda name: -found[name])
    drawing, axes = plt.subplots(figsize=(7, 2.4), layout="constrained")
    sns.barplot(x=[found[name] for name in names], y=[STEPS[name] for name in names], color="#1f4e79", ax=axes)
    for at, name in enumerate(names):
        axes.text(found[name], at, f" {number(found[name], 1)} s", va="center")
    axes.set(xlabel="sekunder", ylabel="")
    sns.despine(drawing, left=True)
    drawing.savefig(PICTURE, dpi=110, metadata={"Software": None})


def main() -> None:
    """Measure the county that is named, else the one with a file of parameters, and write the page."""
    county = sys.argv[1] if len(sys.argv) > 1 else "Stockholm"
    with TemporaryDirectory() as room:
        found = measured(read_parameters(county), Path(room))
    for name, words in STEPS.items():
        share = number(found[name] / found["kernels"], 3)
        print(f"{words:<50}{number(found[name], 2):>9} s{share:>9}")
    print(f"{os.cpu_count()} kärnor, belastning {', '.join(number(one, 1) for one in os.getloadavg())}")
    write_page(found)
    draw(found)


if __name__ == "__main__":
    main()
