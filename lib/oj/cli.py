"""The command line, `oj …`, which the Makefile calls. It speaks Swedish and ends with 2 for a user's error."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from oj.errors import UserError, nearest

COMMANDS = ("report", "reports")
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
    if "invalid choice" in message:
        wrong = message.split("'")[1]
        return f"Kommandot ”{wrong}” finns inte.{nearest(wrong, COMMANDS)} Kommandon: {', '.join(COMMANDS)}."
    if message.startswith("argument "):
        return f"{message.split()[1].rstrip(':')} behöver ett värde, eller får inget."
    return "Kommandoraden förstås inte."


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser, its help in Swedish."""
    main = _Parser(
        prog="oj", description="Länsrapporter om Öppna jämförelser av social barn- och ungdomsvård.", add_help=False
    )
    _help(main)
    commands = main.add_subparsers(dest="command", metavar="kommando", required=True, parser_class=_Parser)
    one = commands.add_parser("report", help="bygg ett läns rapport: webbsidor, PDF, Word och data", add_help=False)
    one.add_argument("county", metavar="LÄN", help="Stockholm, ”Stockholms län” eller 01; Riket för hela landet")
    one.add_argument("--edition", default="", metavar="ÅR", help="utgåva, till exempel 2015; annars parameterfilens")
    one.add_argument("--date", default="", metavar="DATUM", help="rapportens datum, ÅÅÅÅ-MM-DD; annars parameterfilens")
    every = commands.add_parser("reports", help="bygg rapporten för varje län som har en fil i params/", add_help=False)
    for command in (one, every):
        _help(command)
        renderer = os.environ.get("RENDERER", "")
        command.add_argument("--renderer", default=renderer, help="quarto eller embedded; annars Quarto om det finns")
        command.add_argument("-q", "--quiet", action="store_true", help="skriv bara fel")
    for command in (main, one, every):
        command._positionals.title, command._optionals.title = "Argument", "Flaggor"
    return main


def _help(command: argparse.ArgumentParser) -> None:
    command.add_argument("-h", "--help", action="help", help="visa den här hjälpen")


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


def _tell(text: str) -> None:
    print(text, flush=True)


def _summary(seconds: dict[str, float]) -> None:
    from oj.swedish import number

    lines = [f"{name:<40}{number(spent, 1):>6} s" for name, spent in seconds.items()]
    _tell("\n".join(["", *lines, f"{'Sammanlagt':<40}{number(sum(seconds.values()), 1):>6} s", ""]))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, or 2 with a Swedish message on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        given = parser().parse_args(arguments)
        if given.command == "report":
            report(given.county, given.renderer, quiet=given.quiet, edition=given.edition, date=given.date)
        else:
            reports(given.renderer, quiet=given.quiet)
    except UserError as error:
        print(f"Fel: {error}", file=sys.stderr)
        return 2
    return 0


def entry() -> None:
    """Run as the program `oj`."""
    sys.exit(run())
