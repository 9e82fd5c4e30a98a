"""`oj report` and `oj reports`: build one county's report, or that of every county in `params/`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from oj.cli.parsing import Commands, add_common, add_help, tell, tell_aside, tell_seconds
from oj.words.errors import UserError, nearest

if TYPE_CHECKING:
    from oj.facts.params import ReportParameters

FILES = ("index.html", "rapport.pdf", "rapport.docx", "resultat.csv", "manifest.json")


def add_parsers(commands: Commands) -> None:
    """Add the two commands to the command line."""
    one = commands.add_parser("report", help="bygg ett läns rapport: webbsidor, PDF, Word och data", add_help=False)
    one.add_argument("county", metavar="LÄN", help="Stockholm, ”Stockholms län” eller 01; Riket för hela landet")
    one.add_argument("--edition", default="", metavar="ÅR", help="utgåva, till exempel 2015; annars parameterfilens")
    one.add_argument("--date", default="", metavar="DATUM", help="rapportens datum, ÅÅÅÅ-MM-DD; annars parameterfilens")
    one.set_defaults(run=_report)
    every = commands.add_parser("reports", help="bygg rapporten för varje län som har en fil i params/", add_help=False)
    every.set_defaults(run=lambda given: reports(given.renderer, quiet=given.quiet))
    for command in (one, every):
        add_common(command)
        add_help(command)


def _report(given: argparse.Namespace) -> None:
    from oj.facts.params import read_parameters

    parameters = read_parameters(given.county, edition=given.edition, date=given.date)
    report(parameters, given.renderer, quiet=given.quiet)


def report(parameters: "ReportParameters", renderer: str, *, quiet: bool, memory: Path | None = None) -> None:
    """Build one county's report and tell where it is; `memory` as `build_report` has it."""
    from oj.publish.build.report import Progress, build_report, default_folders

    progress = Progress(tell=(lambda _text: None) if quiet else tell, warn=tell_aside)
    finished = build_report(parameters, default_folders(), progress, renderer, memory=memory)
    if not quiet:
        tell_seconds(progress.seconds)
        for name in FILES:
            tell(str(finished / name))


def reports(renderer: str, *, quiet: bool) -> None:
    """Build the report of every county with a file of its own in `params/`, all of the same facts."""
    from oj.facts.editions import root_of
    from oj.facts.params import params_folder, read_parameters
    from oj.facts.places import all_places, slug
    from oj.facts.snapshot import snapshot
    from oj.publish.build.report import default_folders, disk_told

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
            report(read_parameters(counties[path.stem]), renderer, quiet=quiet, memory=facts)
