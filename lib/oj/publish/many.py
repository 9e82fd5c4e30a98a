"""Many reports in one go, side by side, of the same facts: one that cannot be built does not stop the others."""

import json
import shutil
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from oj.disk.changes import change
from oj.disk.folders import Folders
from oj.facts.editions import root_of
from oj.facts.params import ReportParameters, groups_of, read_parameters
from oj.facts.places import all_places, find_report_place, slug
from oj.facts.snapshot import snapshot
from oj.publish.build.report import build_report, disk_told
from oj.publish.execution.processes import Died, StuckError, cores, side_by_side
from oj.publish.store.whole import Whole
from oj.words.errors import UserError, nearest
from oj.words.progress import Progress

ALL = "alla"
BUILT, UNCHANGED, FAILED = "byggd", "oförändrad", "misslyckad"
COMMON, LIST, SHEETS = "report", "build.json", "kommunblad"
PATIENCE = 1800  # seconds without any report ending


@dataclass(frozen=True)
class Order:
    """One report that is wanted, as a command would name it; an empty word is the parameter file's."""

    county: str
    domain: str = ""
    edition: str = ""
    group: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one order: its report's folder, how it went, and of one that failed why."""

    order: Order
    report: str
    status: str
    message: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Batch:
    """How reports are built: where, by which parameter files and renderer, unchanged ones too, and how many at once."""

    folders: Folders
    params: Path
    renderer: str = ""
    force: bool = False
    jobs: int = 0

    def at_once(self, orders: Sequence[Order]) -> int:
        """How many reports to build at once."""
        return min(self.jobs or cores(), len(orders))


def orders_of(counties: Sequence[str], domains: Sequence[str], editions: Sequence[str], params: Path) -> list[Order]:
    """Return the reports that are wanted: of every county in every domain and edition.

    Without counties those that have a file of their own in `params`, and their groups; `alla` is every county. Raises
    UserError for a file that is no county's.

    >>> [one.county for one in orders_of(["Skåne"], [], ["2014", "2015"], Path("params"))]
    ['Skåne', 'Skåne']
    """
    known = {slug(one.short): one.short for one in all_places().values() if one.level in ("nation", "county")}
    every = [one.short for one in all_places().values() if one.level == "county"]
    named = _names(counties)
    own = [(one, "") for one in (every if ALL in named else named)] or [*_with_files(params, known)]
    of_all = [(domain, edition) for domain in _names(domains) or [""] for edition in _names(editions) or [""]]
    return [Order(county, *both, group) for both in of_all for county, group in own]


def _names(given: Sequence[str]) -> list[str]:
    """Return names once each, also those that stand in one text with commas between them."""
    return [*dict.fromkeys(name.strip() for text in given for name in text.split(",") if name.strip())]


def _with_files(params: Path, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the counties that have a file of parameters, each with the group that it is of or "".

    `known` are all places that may have one, by its name.
    """
    of_groups = {
        f"{name}-{group}": (short, group)
        for name, short in known.items()
        for group in groups_of(find_report_place(short), params)
    }
    for path in sorted(params.glob("*.yml")):
        if path.stem in known:
            yield known[path.stem], ""
        elif path.stem in of_groups:
            yield of_groups[path.stem]
        elif path.stem != COMMON:
            raise UserError(f"params/{path.name} hör inte till något län.{nearest(path.stem, known)}")


def build_many(orders: Sequence[Order], batch: Batch) -> Iterator[Outcome]:
    """Build the reports, of the facts as they are now, and yield what became of each as it is done."""
    live = root_of()
    with disk_told(batch.folders), snapshot(live, batch.folders.build):
        if batch.at_once(orders) < 2:
            yield from (build_one(one, batch, live) for one in orders)
            return
        tasks, waiting = [(one, batch, live) for one in orders], dict(enumerate(orders))
        try:
            for at, answer in side_by_side(build_one, tasks, batch.at_once(orders), PATIENCE):
                yield died(waiting.pop(at), answer) if isinstance(answer, Died) else answer
                waiting.pop(at, None)
        except StuckError:
            told = f"Inget hände på {PATIENCE} sekunder; bygget avbröts."
            yield from (Outcome(one, "", FAILED, told) for one in waiting.values())


def died(order: Order, how: Died) -> Outcome:
    """Return what became of an order whose process ended without an answer."""
    return Outcome(order, "", FAILED, f"Bygget avbröts (status {how.status}); minnet kan ha tagit slut.")


def build_one(order: Order, batch: Batch, live: Path) -> Outcome:
    """Build one report unless it is as it would be, and return what became of it; `live` are the facts themselves."""
    began = time.perf_counter()
    try:
        return unchanged(order, batch) or build(order, batch, live)
    except Exception as error:  # a fault of ours in one report must not stop the others
        return failed(order, error, time.perf_counter() - began)


def build(order: Order, batch: Batch, live: Path) -> Outcome:
    """Build one report and return what became of it; raise UserError where it cannot be built."""
    began = time.perf_counter()
    warned: list[str] = []
    whole, parameters = whole_of(order, batch), parameters_of(order, batch)
    key = whole.key()
    report = build_report(parameters, batch.folders, Progress(warn=warned.append), batch.renderer, memory=live)
    whole.note(key, report)
    return Outcome(order, report.name, BUILT, "\n".join(warned), time.perf_counter() - began)


def failed(order: Order, error: Exception, seconds: float = 0.0) -> Outcome:
    """Return what became of an order whose report could not be built: what is told, or all that is known of a fault."""
    told = str(error) if isinstance(error, UserError) else "".join(traceback.format_exception(error))
    return Outcome(order, "", FAILED, told, seconds)


def unchanged(order: Order, batch: Batch) -> Outcome | None:
    """Return what became of an order whose report is as it would be; None where it is to be built."""
    built = None if batch.force else whole_of(order, batch).built()
    return Outcome(order, built.name, UNCHANGED) if built else None


def whole_of(order: Order, batch: Batch) -> Whole:
    """Return the whole command that an order is."""
    return Whole([*asdict(order).values()], batch.folders, batch.params, root_of(), batch.renderer)


def parameters_of(order: Order, batch: Batch) -> ReportParameters:
    """Return the parameters of an order's report; raise UserError for an order that cannot be."""
    return read_parameters(order.county, batch.params, order.group, domain=order.domain, edition=order.edition)


def write_list(outcomes: Sequence[Outcome], reports: Path) -> Path:
    """Write what became of each order, in their order and without seconds, to `reports/build.json`."""
    listed = [
        asdict(one.order) | {"report": one.report, "status": one.status, "message": one.message} for one in outcomes
    ]
    with change(reports, LIST, "Listan över byggda rapporter skrivs", PATIENCE) as work:
        written = json.dumps(listed, ensure_ascii=False, indent=2)
        work.new(reports / LIST).write_text(f"{written}\n", encoding="utf-8", newline="\n")
    return reports / LIST


def gather_sheets(outcomes: Sequence[Outcome], reports: Path) -> Path:
    """Copy the municipalities' sheets of all these reports to `reports/kommunblad/`, a folder for each."""
    with change(reports, SHEETS, "Kommunbladen samlas", PATIENCE) as work:
        (target := work.new(reports / SHEETS)).mkdir()
        for name in sorted({one.report for one in outcomes if one.report}):
            if (sheets := reports / name / "kommuner").is_dir():
                shutil.copytree(sheets, target / name)
    return reports / SHEETS
