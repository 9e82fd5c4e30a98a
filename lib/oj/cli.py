"""The command line, `oj …`, which the Makefile calls. It speaks Swedish and ends with 2 for a user's error."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from oj.errors import UserError, nearest

COMMANDS = ("report", "reports", "survey")
FILES = ("index.html", "rapport.pdf", "rapport.docx", "resultat.csv", "manifest.json")


class _Parser(argparse.ArgumentParser):
    """argparse that raises UserError, in Swedish, instead of printing English and ending."""

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Användning:", 1)

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{_in_swedish(message)} Skriv oj --help för hjälp.")


def _in_swedish(message: str) -> str:
    """Return argparse's message in Swedish.

    >>> _in_swedish("the following arguments are required: LÄN")
    'LÄN saknas.'
    """
    kind, _, what = message.rpartition(": ")
    if "required" in kind:
        return f"{what} saknas."
    if "unrecognized" in kind:
        return f"”{what}” förstås inte."
    if choice := re.search(r"invalid choice: (.*) \(choose from (.*)\)$", message):
        wrong, allowed = choice[1].strip("'\""), re.findall(r"\w+", choice[2])
        return f"Kommandot ”{wrong}” finns inte.{nearest(wrong, allowed)} Kommandon: {', '.join(allowed)}."
    if message.startswith("argument "):
        return f"{message.split()[1].rstrip(':')} behöver ett värde, eller får inget."
    return "Kommandoraden förstås inte."


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser, its help in Swedish."""
    main = _Parser(
        prog="oj", description="Länsrapporter om Öppna jämförelser av social barn- och ungdomsvård.", add_help=False
    )
    commands = main.add_subparsers(dest="command", metavar="kommando", required=True, parser_class=_Parser)
    one = commands.add_parser("report", help="bygg ett läns rapport: webbsidor, PDF, Word och data", add_help=False)
    one.add_argument("county", metavar="LÄN", help="Stockholm, ”Stockholms län” eller 01; Riket för hela landet")
    one.add_argument("--edition", default="", metavar="ÅR", help="utgåva, till exempel 2015; annars parameterfilens")
    one.add_argument("--date", default="", metavar="DATUM", help="rapportens datum, ÅÅÅÅ-MM-DD; annars parameterfilens")
    every = commands.add_parser("reports", help="bygg rapporten för varje län som har en fil i params/", add_help=False)
    for command in (one, every):
        _common(command)
    survey = commands.add_parser("survey", help="kommunernas egna svar: enkät och preliminär rapport", add_help=False)
    _survey_parsers(survey)
    for command in (main, one, every, survey):
        _help(command)
    return main


def _survey_parsers(survey: argparse.ArgumentParser) -> None:
    """Add the commands of the survey: its form, and the results of a filled-in one."""
    commands = survey.add_subparsers(dest="step", metavar="kommando", required=True, parser_class=_Parser)
    form = commands.add_parser("form", help="gör Excelfilen som kommunerna fyller i", add_help=False)
    form.add_argument("county", metavar="LÄN", help="Stockholm, ”Stockholms län” eller 01")
    form.add_argument("--output", default="", metavar="FIL", help="filens namn; annars <län>-enkat-<utgåva>.xlsx här")
    form.add_argument("--edition", default="", metavar="ÅR", help="utgåva, till exempel 2015; annars parameterfilens")
    results = commands.add_parser("results", help="bygg den preliminära rapporten ur en ifylld fil", add_help=False)
    results.add_argument("file", metavar="FIL", help="den ifyllda Excelfilen")
    results.add_argument("--date", default="", metavar="DATUM", help="rapportens datum, ÅÅÅÅ-MM-DD; annars inget")
    _common(results)
    for command in (form, results):
        _help(command)


def _common(command: argparse.ArgumentParser) -> None:
    renderer = os.environ.get("RENDERER", "")
    command.add_argument("--renderer", default=renderer, help="quarto eller embedded; annars Quarto om det finns")
    command.add_argument("-q", "--quiet", action="store_true", help="skriv bara fel")


def _help(command: argparse.ArgumentParser) -> None:
    command.add_argument("-h", "--help", action="help", help="visa den här hjälpen")
    command._positionals.title, command._optionals.title = "Argument", "Flaggor"


def report(county: str, renderer: str, *, quiet: bool, edition: str = "", date: str = "") -> None:
    """Build one county's report and tell where it is."""
    from oj.params import read_parameters
    from oj.publish.report import Progress, build_report, default_folders

    parameters = read_parameters(county, edition=edition, date=date)
    progress = Progress(tell=(lambda _text: None) if quiet else _tell)
    finished = build_report(parameters, default_folders(), progress, renderer)
    if not quiet:
        _summary(progress.seconds)
        for name in FILES:
            _tell(str(finished / name))


def reports(renderer: str, *, quiet: bool) -> None:
    """Build the report of every county with a file of its own in `params/`."""
    from oj.params import params_folder
    from oj.places import all_places, slug

    counties = {slug(place.short): place.short for place in all_places().values() if place.level != "municipality"}
    for path in sorted(params_folder().glob("*.yml")):
        if path.stem == "report":
            continue
        if path.stem not in counties:
            raise UserError(f"params/{path.name} hör inte till något län.{nearest(path.stem, counties)}")
        report(counties[path.stem], renderer, quiet=quiet)


def survey_form(county: str, output: str = "", edition: str = "") -> None:
    """Write the workbook that a county's municipalities, those of its parameter file or all, answer the survey in."""
    from oj.params import read_parameters
    from oj.places import find_county, find_municipality, slug, units
    from oj.sources.survey_form import write_form

    parameters, place = read_parameters(county, edition=edition), find_county(county)
    asked = {find_municipality(name, place).code for name in parameters.municipalities}
    chosen = [unit for unit in units(place.code) if not asked or unit.code[:4] in asked]  # a district's city is asked
    target = Path(output or f"{slug(place.short)}-enkat-{parameters.edition}.xlsx")
    write_form(chosen, target, parameters.edition)
    _tell(str(target.resolve()))


def survey_results(file: str, date: str, renderer: str, *, quiet: bool) -> None:
    """Build the preliminary report of a filled-in workbook and tell where it is."""
    from oj.publish.preliminary import build_preliminary
    from oj.publish.report import Progress

    progress = Progress(tell=(lambda _text: None) if quiet else _tell)
    finished = build_preliminary(Path(file), date, renderer, progress)
    if not quiet:
        _summary(progress.seconds)
        _tell(str(finished))


def _tell(text: str) -> None:
    print(text, flush=True)


def _summary(seconds: dict[str, float]) -> None:
    from oj.swedish import number

    lines = [f"{name:<40}{number(spent, 1):>6} s" for name, spent in seconds.items()]
    _tell("\n".join(["", *lines, f"{'Sammanlagt':<40}{number(sum(seconds.values()), 1):>6} s", ""]))


def _dispatch(given: argparse.Namespace) -> None:
    match given.command, getattr(given, "step", ""):
        case "report", _:
            report(given.county, given.renderer, quiet=given.quiet, edition=given.edition, date=given.date)
        case "reports", _:
            reports(given.renderer, quiet=given.quiet)
        case _, "form":
            survey_form(given.county, given.output, given.edition)
        case _, "results":
            survey_results(given.file, given.date, given.renderer, quiet=given.quiet)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, or 2 with a Swedish message on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        given = parser().parse_args(arguments)
        _dispatch(given)
    except UserError as error:
        print(f"Fel: {error}", file=sys.stderr)
        return 2
    return 0


def entry() -> None:
    """Run as the program `oj`."""
    sys.exit(run())
