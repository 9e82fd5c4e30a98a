"""The command line, `oj …`, which the Makefile calls. It speaks Swedish and ends with 2 for a user's error."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from oj.cli import app, data, fetch, importing, publish, report
from oj.cli.parsing import Parser, described, fill
from oj.disk.changes import clear
from oj.facts.editions import data_folder
from oj.words.errors import DataError, UserError
from oj.words.plain_text import for_terminal

COMMANDS = tuple(described())
RUN = {
    "app": app.app,
    "report": report.one,
    "reports": report.every,
    "publish": publish.publish,
    "survey form": report.survey_form,
    "survey results": report.survey_results,
    "template": data.template,
    "import": importing.read_in,
    "check": data.check,
    "data list": data.list_imported,
    "data remove": data.remove,
    "data correct": data.correct,
    "data forget": data.forget_shown,
    "fetch": fetch.fetch,
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser, its help in Swedish; `run` of what it parses does what was asked."""
    main = Parser(prog="oj", description="Länsrapporter om Öppna jämförelser.", add_help=False)
    fill(main, {"steps": described()}, RUN)
    return main


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    0, 1 where what was checked has faults, 2 with a Swedish message on stderr, or 130 when stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        given = parser().parse_args(arguments)
        clear_after_the_dead()
        return given.run(given) or 0
    except UserError as error:
        from oj.cli.fault_list import whole_list

        further = whole_list(error.faults) if isinstance(error, DataError) else []
        print(for_terminal("\n".join([f"Fel: {error}", *further])), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Avbrutet.", file=sys.stderr)
        return 130  # as shells say it


def clear_after_the_dead() -> None:
    """Finish or clear whatever commands that were killed left behind, in every folder that one writes in."""
    from oj.disk.folders import default_folders
    from oj.facts.params import WORKBOOKS, params_folder
    from oj.sources.kolada.cache import cache_folder

    folders = default_folders()
    rooms = (data_folder(), folders.reports, folders.build, cache_folder(), params_folder() / WORKBOOKS, Path())
    for room in (*rooms, Path(tempfile.gettempdir())):
        clear(room)


def entry() -> None:
    """Run as the program `oj`."""
    sys.exit(run())
