"""The command line, `oj …`, which the Makefile calls. It speaks Swedish and ends with 2 for a user's error."""

import sys
from typing import Annotated

import click
import typer

from oj.errors import UserError, nearest

app = typer.Typer(
    help="Länsrapporter om Öppna jämförelser av social barn- och ungdomsvård.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Skriv bara fel.")]
Renderer = Annotated[str, typer.Option(envvar="RENDERER", help="quarto eller embedded; tomt = Quarto om det finns.")]
Edition = Annotated[str, typer.Option(help="Utgåva, till exempel 2015; tomt = parameterfilens.")]
Date = Annotated[str, typer.Option(help="Rapportens datum, ÅÅÅÅ-MM-DD; tomt = parameterfilens.")]


@app.callback()
def main() -> None:
    """Länsrapporter om Öppna jämförelser av social barn- och ungdomsvård."""


@app.command()
def report(
    county: Annotated[str, typer.Argument(help="Län: Stockholm, ”Stockholms län” eller 01.")],
    edition: Edition = "",
    date: Date = "",
    renderer: Renderer = "",
    quiet: Quiet = False,
) -> None:
    """Bygg ett läns rapport: webbsidor, PDF, Word och data."""
    from oj.params import read_parameters
    from oj.publish.report import Progress, build_report, default_folders

    parameters = read_parameters(county, edition=edition, date=date)
    progress = Progress(tell=(lambda _text: None) if quiet else _tell)
    finished = build_report(parameters, default_folders(), progress, renderer)
    if not quiet:
        _summary(progress.seconds)
        for name in ("index.html", "rapport.pdf", "rapport.docx", "resultat.csv", "manifest.json"):
            _tell(str(finished / name))


@app.command()
def reports(renderer: Renderer = "", quiet: Quiet = False) -> None:
    """Bygg rapporten för varje län som har en egen fil i params/."""
    from oj.params import params_folder

    for path in sorted(params_folder().glob("*.yml")):
        if path.stem != "report":
            report(_county_of(path.stem), renderer=renderer, quiet=quiet)


def _county_of(stem: str) -> str:
    from oj.places import all_places, slug

    counties = {slug(place.short): place.short for place in all_places().values() if place.level == "county"}
    if stem not in counties:
        raise UserError(f"params/{stem}.yml hör inte till något län.{nearest(stem, counties)}")
    return counties[stem]


def _tell(text: str) -> None:
    print(text, flush=True)


def _summary(seconds: dict[str, float]) -> None:
    from oj.swedish import number

    _tell("")
    for name, spent in [*seconds.items(), ("Sammanlagt", sum(seconds.values()))]:
        _tell(f"{name:<40}{number(spent, 1):>6} s")
    _tell("")


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, or 2 with a Swedish message on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app(arguments, standalone_mode=False)
    except UserError as error:
        print(f"Fel: {error}", file=sys.stderr)
        return 2
    except click.UsageError as error:
        print(f"Fel: {_usage(error)} Skriv oj --help för hjälp.", file=sys.stderr)
        return 2
    except click.exceptions.Exit as error:
        return error.exit_code
    return 0


def _usage(error: click.UsageError) -> str:
    """Return what was wrong with the command line, in Swedish."""
    match error:
        case click.NoSuchOption():
            return f"okänd flagga {error.option_name}.{nearest(error.option_name, error.possibilities or [])}"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"{name.upper()} saknas."
        case _:
            return f"{error.format_message()}"


def entry() -> None:
    """Run as the program `oj`."""
    sys.exit(run())
