"""`oj report`, `oj reports` and `oj survey`: reports built, and the form that municipalities answer the survey in."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oj.cli.parsing import ON_PAGES, tell, tell_aside, tell_seconds
from oj.words.days import A_YEAR, given_day
from oj.words.errors import UserError, shortened
from oj.words.plain_text import for_terminal
from oj.words.swedish import number

if TYPE_CHECKING:
    from tqdm import tqdm

    from oj.facts.params import ReportParameters
    from oj.publish.build.explained import Explained
    from oj.publish.many import Batch, Order, Outcome
    from oj.publish.store.whole import Whole
    from oj.words.progress import Progress

MOST_JOBS = 256
FILES = (
    "index.html", "rapport.pdf", "rapport.docx", "presentation.pptx", "resultat.xlsx", "resultat.csv", "manifest.json",
)  # fmt: skip


def one(given: argparse.Namespace) -> None:
    """Build the report of the county that is named, unless it is as it would be; or only tell what would be built."""
    from oj.disk.folders import default_folders
    from oj.facts.editions import root_of
    from oj.facts.params import params_folder
    from oj.publish.store.whole import Whole

    words = [given.county, given.domain, given.edition, given.date, given.group]
    whole = Whole(words, default_folders(), params_folder(), root_of(), given.renderer)
    built = None if given.force else whole.built()
    if given.explain:
        explain(given, built)
    elif not built:
        report(given, whole)
    elif not given.quiet:
        tell("Rapporten är som den skulle bli: inget har ändrats sedan den byggdes. Bygg ändå med --force (FORCE=1).")
        _tell_files(built)


def report(given: argparse.Namespace, whole: "Whole") -> None:
    """Build one county's report and tell where it is."""
    from oj.publish.build.report import build_report

    parameters = _parameters(given)
    key, progress = whole.key(), _progress(given)
    finished = build_report(parameters, whole.folders, progress, given.renderer)
    from oj.publish.site.start import write_start  # half a second, which the notebooks' processes need not wait for

    write_start(whole.folders)
    whole.note(key, finished)
    if not given.quiet:
        tell_seconds(progress.seconds, progress.total)
        _tell_files(finished)


def _parameters(given: argparse.Namespace) -> "ReportParameters":
    from oj.facts.params import read_parameters

    given_day(given.date, ahead=A_YEAR)
    said = {name: getattr(given, name) for name in ("group", "domain", "edition", "date")}
    return read_parameters(given.county, **said)


def _tell_files(finished: Path) -> None:
    for name in FILES:
        tell(str(finished / name))


def explain(given: argparse.Namespace, built: Path | None) -> None:
    """Tell what a build would do with each chapter, and why."""
    from oj.disk.folders import default_folders
    from oj.publish.build.explained import explained

    parameters = _parameters(given)
    found = explained(parameters, default_folders())
    for line in by_reason(found) if os.environ.get(ON_PAGES) else [f"{one.file:<40} {one.told}" for one in found]:
        tell(line)
    run = sum(one.is_run for one in found)
    end = "Rapporten är som den skulle bli: inget byggs." if built else f"{run} av {len(found)} kapitel skulle köras."
    tell(end)


def by_reason(found: "Sequence[Explained]") -> list[str]:
    """Return the chapters by their titles, those with the same reason on one line, those that would be run first.

    >>> from oj.publish.build.explained import Explained
    >>> by_reason([Explained(f"{one}.ipynb", one, "som förut") for one in ("Inledning", "Kommunblad: Solna")])
    ['Som förut. Det gäller Inledning; Kommunblad: Solna.']
    """
    titles: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: not one.is_run):
        titles.setdefault(one.told, []).append(one.title)
    return [f"{told[:1].upper()}{told[1:]}. Det gäller {'; '.join(own)}." for told, own in titles.items()]


def _progress(given: argparse.Namespace) -> "Progress":
    from oj.words.progress import Progress

    return Progress(tell=(lambda _text: None) if given.quiet else tell, warn=tell_aside)


def every(given: argparse.Namespace) -> int:
    """Build many reports of the same facts, tell what became of each, and return 1 where any of them failed."""
    from oj.disk.folders import default_folders
    from oj.facts.params import params_folder
    from oj.publish.build.rendering import choose_renderer
    from oj.publish.many import FAILED, Batch, gather_sheets, orders_of, write_list
    from oj.publish.site.start import write_start

    choose_renderer(given.renderer)
    batch = Batch(default_folders(), params_folder(), given.renderer, given.force, jobs_of(given.jobs))
    orders, done = orders_of(given.counties, given.domains, given.editions, batch.params), dict[Any, Any]()
    with _bar(len(orders), given) as bar:
        for one in _built(orders, batch, given):
            done[one.order] = one
            if not given.quiet:
                bar.write(for_terminal(told_outcome(one, len(done), len(orders))), file=sys.stdout)
            bar.update()
    outcomes = [done[one] for one in orders]
    failed = [one for one in outcomes if one.status == FAILED]
    listed = [write_list(outcomes, batch.folders.reports), write_start(batch.folders, [called(one) for one in failed])]
    listed += [gather_sheets(outcomes, batch.folders.reports)] if given.municipality_sheets else []
    if not given.quiet:
        tell("\n".join(["", *told_outcomes(outcomes), *map(str, listed)]))
    for one in failed:
        tell_aside(f"Fel: {called(one)}: {one.message}")
    return 1 if failed else 0


def _built(orders: "Sequence[Order]", batch: "Batch", given: argparse.Namespace) -> "Iterator[Outcome]":
    """Yield what became of each order as it is done, here or on a cluster."""
    from oj.publish.many import build_many

    if not given.cluster:
        return build_many(orders, batch)
    if given.jobs:
        raise UserError("--jobs gäller bara här; med --cluster bygger varje arbetare så många som den har trådar.")
    from oj.publish.cluster.home import build_on_cluster

    return build_on_cluster(orders, batch, given.cluster, tell_aside)


def jobs_of(text: str) -> int:
    """Return how many reports to build at once; 0 is as many as there are cores. Raises UserError for no such number.

    >>> jobs_of(""), jobs_of("4")
    (0, 4)
    """
    if text and not (text.isdecimal() and 0 < int(text) <= MOST_JOBS):
        raise UserError(f"--jobs ”{shortened(text)}” är inget antal; skriv ett tal från 1 till {MOST_JOBS}.")
    return int(text or 0)


def _bar(total: int, given: argparse.Namespace) -> "tqdm[Any]":
    from tqdm import tqdm

    line = "{desc}: {n_fmt} av {total_fmt}, {elapsed}, {remaining} kvar"
    hidden = given.quiet or not sys.stderr.isatty()
    return tqdm(total=total, desc="Bygger rapporter", bar_format=line, disable=hidden, leave=False)


def called(one: "Outcome") -> str:
    """Return what an order is called: its county and what else it named."""
    own = one.order
    return " ".join(text for text in (own.county, own.group, own.domain, own.edition) if text)


def told_outcome(one: "Outcome", at: int, of: int) -> str:
    """Return one report's line as it is done."""
    seconds = f" ({number(one.seconds, 1)} s)" if one.seconds else ""
    return f"{at} av {of}  {called(one)}: {one.status}{seconds}"


def told_outcomes(outcomes: "Sequence[Outcome]") -> list[str]:
    """Return the lines of what became of all: how many of each kind, and each with its report."""
    counts = Counter(one.status for one in outcomes)
    lines = [f"{one.status:<12}{one.report or called(one)}" for one in outcomes]
    return [*lines, "", ", ".join(f"{count} {status}" for status, count in counts.items()) or "Inget att bygga."]


def survey_form(given: argparse.Namespace) -> None:
    """Write the workbook that a county's municipalities, those of its parameter file or all, answer the survey in."""
    from oj.facts.params import read_parameters
    from oj.facts.places import city_of, find_county, find_municipality, units
    from oj.forms.survey import form_name, write_form

    parameters, place = read_parameters(given.county, edition=given.edition), find_county(given.county)
    asked = {find_municipality(name, place).code for name in parameters.municipalities}
    chosen = [unit for unit in units(place.code) if not asked or {unit.code, city_of(unit.code)} & asked]
    target = Path(given.output or form_name(place, parameters.edition))
    write_form(chosen, target, parameters.edition)
    tell(str(target.resolve()))


def survey_results(given: argparse.Namespace) -> None:
    """Build the preliminary report of a filled-in workbook and tell where it is."""
    from oj.disk.folders import default_folders
    from oj.publish.build.preliminary import build_preliminary
    from oj.publish.site.start import write_start

    given_day(given.date, ahead=A_YEAR)
    progress = _progress(given)
    finished = build_preliminary(Path(given.file), given.date, given.renderer, progress)
    write_start(replace(default_folders(), reports=finished.parent))
    if not given.quiet:
        tell_seconds(progress.seconds, progress.total)
        tell(str(finished))
