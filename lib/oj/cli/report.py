"""`oj report`, `oj reports` and `oj survey`: reports built, and the form that municipalities answer the survey in."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from oj.cli.parsing import tell, tell_aside, tell_seconds
from oj.words.errors import UserError, nearest

if TYPE_CHECKING:
    from oj.facts.params import ReportParameters
    from oj.publish.build.progress import Progress

FILES = ("index.html", "rapport.pdf", "rapport.docx", "resultat.csv", "manifest.json")


def one(given: argparse.Namespace) -> None:
    """Build the report of the county that is named."""
    from oj.facts.params import read_parameters

    report(read_parameters(given.county, domain=given.domain, edition=given.edition, date=given.date), given)


def report(parameters: "ReportParameters", given: argparse.Namespace, memory: Path | None = None) -> None:
    """Build one county's report and tell where it is; `memory` as `build_report` has it."""
    from oj.publish.build.progress import default_folders
    from oj.publish.build.report import build_report

    progress = _progress(given)
    finished = build_report(parameters, default_folders(), progress, given.renderer, memory=memory)
    if not given.quiet:
        tell_seconds(progress.seconds, progress.total)
        for name in FILES:
            tell(str(finished / name))


def _progress(given: argparse.Namespace) -> "Progress":
    from oj.publish.build.progress import Progress

    return Progress(tell=(lambda _text: None) if given.quiet else tell, warn=tell_aside)


def every(given: argparse.Namespace) -> None:
    """Build the report of every county with a file of its own in `params/`, all of the same facts."""
    from oj.facts.editions import root_of
    from oj.facts.params import params_folder, read_parameters
    from oj.facts.places import all_places, slug
    from oj.facts.snapshot import snapshot
    from oj.publish.build.progress import default_folders
    from oj.publish.build.report import disk_told

    counties = {
        slug(place.short): place.short for place in all_places().values() if place.level in ("nation", "county")
    }
    folders, facts = default_folders(), root_of()
    with disk_told(folders), snapshot(facts, folders.build):
        for path in sorted(params_folder().glob("*.yml")):
            if path.stem == "report":
                continue
            if path.stem not in counties:
                raise UserError(f"params/{path.name} hör inte till något län.{nearest(path.stem, counties)}")
            report(read_parameters(counties[path.stem]), given, facts)


def survey_form(given: argparse.Namespace) -> None:
    """Write the workbook that a county's municipalities, those of its parameter file or all, answer the survey in."""
    from oj.facts.params import read_parameters
    from oj.facts.places import city_of, find_county, find_municipality, slug, units
    from oj.forms.survey import write_form

    parameters, place = read_parameters(given.county, edition=given.edition), find_county(given.county)
    asked = {find_municipality(name, place).code for name in parameters.municipalities}
    chosen = [unit for unit in units(place.code) if not asked or {unit.code, city_of(unit.code)} & asked]
    target = Path(given.output or f"{slug(place.short)}-enkat-{parameters.edition}.xlsx")
    write_form(chosen, target, parameters.edition)
    tell(str(target.resolve()))


def survey_results(given: argparse.Namespace) -> None:
    """Build the preliminary report of a filled-in workbook and tell where it is."""
    from oj.publish.build.preliminary import build_preliminary

    progress = _progress(given)
    finished = build_preliminary(Path(given.file), given.date, given.renderer, progress)
    if not given.quiet:
        tell_seconds(progress.seconds, progress.total)
        tell(str(finished))
