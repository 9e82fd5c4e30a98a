"""The start page of all reports: what there is, and what is new since the page was written before."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2

from oj.disk.changes import Change, change
from oj.disk.folders import Folders
from oj.facts.editions import root_of
from oj.facts.kept import still
from oj.facts.places import all_places, slug
from oj.present.output import ASSETS
from oj.publish.render.html import write_look
from oj.publish.site.reports import Report, Sheet, read_reports
from oj.words.errors import UserError, why
from oj.words.swedish import alphabetical, count

PAGE, LOOK, PATIENCE = "index.html", Path(__file__).with_name("look"), 60
OWN_LOOK = ("start.css", "sok.js")
REMEMBERED = re.compile(r'<script type="application/json" id="minne">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Memory:
    """What a start page remembers: each report's hash, what was new in it, and what could not be built."""

    reports: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def write_start(folders: Folders, failed: Sequence[str] | None = None) -> Path:
    """Write the start page of the reports, where it would be another; `failed` are those that could not be built now.

    With None nothing is known of that, and what was told last stands. Raises UserError where it cannot be written.
    """
    try:
        with still(root_of()), change(folders.reports, "startsida", "Startsidan skrivs", PATIENCE) as work:
            _write(folders, failed, work)
    except OSError as error:
        raise UserError(
            f"Rapporterna är byggda, men startsidan i {folders.reports} kunde inte skrivas: {why(error)}. Den skrivs "
            "nästa gång en rapport byggs."
        ) from error
    return folders.reports / PAGE


def _write(folders: Folders, failed: Sequence[str] | None, work: Change) -> None:
    target = folders.reports / PAGE
    reports, others = read_reports(folders.reports)
    memory = remembered(target, reports, failed)
    written = start_page(reports, memory, others).encode()
    if not target.is_file() or target.read_bytes() != written:
        work.new(target).write_bytes(written)
    look = work.beside(folders.reports) / "look"
    look.mkdir()
    write_start_look(folders.notebooks, look)
    if contents(look / ASSETS) != contents(folders.reports / ASSETS):
        work.move(look / ASSETS, folders.reports / ASSETS)


def contents(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold; nothing where there is none."""
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}


def write_start_look(notebooks: Path, target: Path) -> None:
    """Write what the start page looks like beside it: the reports' own look, and what only that page has."""
    write_look(notebooks, target)
    for name in OWN_LOOK:
        (target / ASSETS / name).write_bytes((LOOK / name).read_bytes())


def remembered(page: Path, reports: Sequence[Report], failed: Sequence[str] | None = None) -> Memory:
    """Return what the start page is to remember: the difference from the page before, or what that told, if none."""
    before, now = read_memory(page), {one.name: one.digest for one in reports}
    told = before.failed if failed is None else [*failed]
    if before.reports == now:
        return Memory(now, before.new, before.changed, before.gone, told)
    new = [name for name in now if name not in before.reports]
    changed = [name for name in now if before.reports.get(name, now[name]) != now[name]]
    return Memory(now, new, changed, [name for name in before.reports if name not in now], told)


def read_memory(page: Path) -> Memory:
    """Return what a start page remembers; nothing where there is none, or somebody has written in it."""
    try:
        found = REMEMBERED.search(page.read_text(encoding="utf-8"))
        said = json.loads(found[1]) if found else {}
        lists = {name: [str(one) for one in said[name]] for name in ("new", "changed", "gone", "failed")}
        return Memory({str(name): str(one) for name, one in said["reports"].items()}, **lists)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory()


@cache
def template(name: str) -> jinja2.Template:
    """Return a template of this room."""
    loader = jinja2.PackageLoader("oj.publish.site", "templates")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(name)


def start_page(
    reports: Sequence[Report], memory: Memory, others: Mapping[str, str] | None = None, publication: Any = None
) -> str:
    """Return the start page; `others` are folders that are no report, and `publication` how it is put on the web."""
    counties = [(place, list(own)) for place, own in groupby(reports, lambda one: one.county)]
    return template("start.html.j2").render(
        reports={one.name: one for one in reports}, counties=counties, shapes=shapes(), slug=slug, count=count,
        assets=ASSETS,
        domains=by_domain(reports), municipalities=municipalities(reports),
        memory=memory, remembered=asdict(memory), others=others or {}, publication=publication,
        known={place.short: place for place in all_places().values() if place.level == "county"},
    )  # fmt: skip


def by_domain(reports: Sequence[Report]) -> dict[str, list[tuple[str, list[Report]]]]:
    """Return the reports of each edition of each domain."""
    ordered = sorted(reports, key=lambda one: (alphabetical(one.domain), one.domain, one.edition))
    return {
        domain: [(edition, list(own)) for edition, own in groupby(of_domain, lambda one: one.edition)]
        for domain, of_domain in groupby(ordered, lambda one: one.domain)
    }


@cache
def shapes() -> dict[str, str]:
    """Return the outline of each county by its code, as `tools/county_map.py` makes them."""
    found: dict[str, str] = json.loads((LOOK / "counties.json").read_text(encoding="utf-8"))
    return found


def municipalities(reports: Sequence[Report]) -> list[tuple[str, str, list[tuple[Report, Sheet]]]]:
    """Return every municipality by name, with its county's and where it is: the reports with its page in each."""
    found: dict[tuple[str, str], list[tuple[Report, Sheet]]] = {}
    for one in reports:
        for sheet in one.sheets:
            found.setdefault((sheet.place, one.county.name), []).append((one, sheet))
    return [(*key, found[key]) for key in sorted(found, key=lambda key: alphabetical(key[0]))]
