"""Many reports built by the workers of a cluster, of the facts as they are here: each whole, or as it was.

A worker that dies, is slow or has a full disk costs time only: what it had is built by another. A report that cannot
be built is told in the same words as at home, and stops no other.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oj.disclosure.door import refuse_overtaken
from oj.disclosure.ledger import remember
from oj.disk.changes import change
from oj.disk.zipped import unzip, zipped_folders
from oj.facts.editions import domain_folder, root_of
from oj.facts.snapshot import snapshot
from oj.publish.build.report import disk_told, move_into_place
from oj.publish.cluster.process import OF_WORKER
from oj.publish.cluster.worker import Answer
from oj.publish.cluster.workers import Workers, connected
from oj.publish.many import FAILED, PATIENCE, Batch, Order, Outcome, failed, parameters_of, unchanged, whole_of
from oj.words.errors import UserError

if TYPE_CHECKING:
    from distributed import Future

TRIES = 3  # times that a report is not built for a worker's own reasons
LOSSES = 10  # workers that may die while they build it
WAIT, GRACE = 300.0, 30.0  # seconds to wait for a worker that may build; where some are refused
NOBODY = (
    "Ingen arbetare kan bygga. Starta en på varje dator, i samma version av projektet: .venv/bin/dask worker, och "
    "schemaläggarens adress."
)
FETCH = 300.0  # seconds that a report may take on its way home
LOOK = 0.2  # seconds between two looks
SLOW, LEAST = 2, 60.0  # times the slowest report so far, and seconds where there is none, before another may try


@dataclass(eq=False)
class Task:
    """A report that is wanted, and what has gone wrong with it so far."""

    order: Order
    domain: str
    key: str
    lost: int = 0
    faults: list[str] = field(default_factory=list)  # the workers that could not, for reasons of their own


@dataclass(eq=False, frozen=True)
class Run:
    """A worker that builds a report, since when."""

    task: Task
    address: str
    since: float
    answer: "Future[Answer]"


def build_on_cluster(
    orders: Sequence[Order], batch: Batch, address: str, warn: Callable[[str], None]
) -> Iterator[Outcome]:
    """Build the reports on a cluster, of the facts as they are now, and yield what became of each as it is done.

    Raises UserError where there is no such cluster, or nobody in it that may build.
    """
    if batch.renderer == "quarto":
        raise UserError("Quarto kan inte användas med --cluster. Välj RENDERER=embedded, eller bygg utan --cluster.")
    live, wanted = root_of(), deque[Task]()
    with disk_told(batch.folders), snapshot(live, batch.folders.build) as data, connected(address) as client:
        for order in orders:
            try:
                if known := unchanged(order, batch):
                    yield known
                else:
                    domain = parameters_of(order, batch).domain
                    wanted.append(Task(order, domain, whole_of(order, batch).key()))
            except UserError as error:
                yield failed(order, error)
        parcel = zipped_folders({"data": data, "notebooks": batch.folders.notebooks, "params": batch.params})
        yield from Work(wanted, Workers(client, parcel, warn), batch, live).done()


@dataclass
class Work:
    """The reports that wait for a worker and those that are built; `live` are the facts themselves."""

    waiting: deque[Task]
    workers: Workers
    batch: Batch
    live: Path
    running: list[Run] = field(default_factory=list)
    begun: bool = False
    slowest: float = 0.0
    moved: float = field(default_factory=time.monotonic)  # when somebody last could build
    ended: float = field(default_factory=time.monotonic)  # when a report last was done

    def done(self) -> Iterator[Outcome]:
        """Yield what became of each report as it is done; raise UserError where nobody ever could build."""
        while self.waiting or self.running:
            if why := self._look():
                if not self.begun:
                    raise UserError(why)
                yield from (Outcome(one.order, "", FAILED, why) for one in self._left())
                return
            self._hand_out()
            there = self.workers.able.keys() | self.workers.refused.keys()
            for run in [one for one in self.running if one.answer.done() or one.address not in there]:
                if run in self.running and (outcome := self._settled(run)):
                    self.ended = time.monotonic()
                    yield outcome
            time.sleep(LOOK)

    def _look(self) -> str:
        """See who there is; return why nothing more can be built, "" where it can."""
        try:
            self.workers.look()
        except (OSError, RuntimeError):
            return "Förbindelsen med schemaläggaren bröts. Det som är byggt är klart; bygg resten med samma kommando."
        now = time.monotonic()
        if now - self.ended > PATIENCE:
            return f"Inget hände på {PATIENCE} sekunder; bygget avbröts."
        if self.workers.able or self.running:
            self.moved = now
        refused, asked = self.workers.refused, self.workers.asked
        if now - self.moved < (GRACE if refused and not asked else WAIT):
            return ""
        return "\n".join([NOBODY, *refused.values()])

    def _left(self) -> list[Task]:
        """Return every report that is not done, once, and stop all that is running."""
        left = dict.fromkeys([*self.waiting, *(run.task for run in self.running)])
        for run in list(self.running):
            self._stop(run)
        return list(left)

    def _hand_out(self) -> None:
        for task in list(self.waiting):
            if address := self._free(task):
                self.waiting.remove(task)
                self._start(task, address)
        late = time.monotonic() - SLOW * (self.slowest or LEAST)
        for run in [one for one in self.running if one.since < late] if not self.waiting else ():
            alone = sum(one.task is run.task for one in self.running) == 1
            if alone and (address := self._free(run.task)):
                self._start(run.task, address)

    def _free(self, task: Task) -> str:
        """Return the worker with most to spare that is not building a report, "" for none.

        One that has failed at it builds it again only where there is no other.
        """
        busy = Counter(one.address for one in self.running)
        able = self.workers.able.keys()
        having = {one.address for one in self.running if one.task is task}
        fit = ((able - task.faults) or able) - having
        spare = {one: self.workers.threads[one] - busy[one] for one in sorted(fit)}
        best = max(spare, key=lambda one: spare[one], default="")
        return best if best and spare[best] > 0 else ""

    def _start(self, task: Task, address: str) -> None:
        self.begun = True
        answer = self.workers.send(task.order, self.batch.renderer, address)
        self.running.append(Run(task, address, time.monotonic(), answer))

    def _stop(self, run: Run) -> None:
        self.running.remove(run)
        self.workers.client.cancel([run.answer])

    def _settled(self, run: Run) -> Outcome | None:
        """Return what became of a report that a worker is done with, nothing where it is to be built again."""
        copies = [one for one in self.running if one.task is run.task and one is not run]
        answer, task = self._answer(run), run.task
        if answer is None:
            task.lost += 1
            last = Outcome(task.order, "", FAILED, f"Arbetarna försvann {LOSSES} gånger medan rapporten byggdes.")
        elif answer.fault:
            task.faults.append(run.address)
            last = answer.outcome
            if answer.fault == OF_WORKER:
                self.workers.refuse(run.address, last.message)
        else:
            for other in copies:
                self._stop(other)
            self.slowest = max(self.slowest, time.monotonic() - run.since)
            return self._at_home(task, answer)
        if not copies and task.lost < LOSSES and len(task.faults) < TRIES:
            self.waiting.append(task)
        return None if copies or task in self.waiting else last

    def _answer(self, run: Run) -> Answer | None:
        """Return what a worker says of a report; None where it died, or what it had made went with it."""
        try:
            return run.answer.result(timeout=FETCH) if run.answer.done() else None
        except Exception:  # whatever the package says of it
            return None
        finally:
            self._stop(run)

    def _at_home(self, task: Task, answer: Answer) -> Outcome:
        """Move a report into its place, whole, and return what became of it."""
        outcome, folders = answer.outcome, self.batch.folders
        if outcome.status == FAILED:
            return outcome
        target = folders.reports / outcome.report
        try:
            with disk_told(folders), change(folders.reports, target.name, f"Rapporten {target.name} byggs") as work:
                unzip(answer.files, (report := work.new(target)).parent)
                live = domain_folder(self.live, task.domain)
                remember(report, live, lambda rows: refuse_overtaken(rows, {}, live, live))  # before it is seen
                move_into_place(work, target)
            whole_of(task.order, self.batch).note(task.key, target)
        except Exception as error:
            return failed(task.order, error)
        return outcome
