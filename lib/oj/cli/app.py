"""`oj app`: the coordinator's pages, in a browser on this computer."""

import argparse
from importlib.util import find_spec

from oj.cli.parsing import tell
from oj.words.errors import UserError

NEEDED = ("starlette", "uvicorn", "python_multipart")
HIGHEST = 65_535


def app(given: argparse.Namespace) -> None:
    """Serve the pages until they are stopped."""
    if any(find_spec(one) is None for one in NEEDED):
        raise UserError(
            "Sidorna behöver några paket till. Dubbelklicka på starta.cmd (Windows) eller starta.command, så hämtas "
            "de. make app gör detsamma."
        )
    if given.port and not (given.port.isdecimal() and 0 < int(given.port) <= HIGHEST):
        raise UserError(f"--port ska vara ett tal från 1 till {HIGHEST}.")
    from oj.app.server import serve

    serve(int(given.port or 0), tell, is_shown=not given.no_browser)
