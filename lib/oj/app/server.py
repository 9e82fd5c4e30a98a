"""The pages at work: on this computer alone, once for each project, with the browser opened on them."""

import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from oj.app.asking.ground import HOME, HOST, Ground, default_ground, read_session, uploads_of, write_session
from oj.app.site import site
from oj.app.work.jobs import SPACE, running
from oj.app.work.undo import settle
from oj.disk.folders import default_folders
from oj.disk.locks import Lock, signed, take
from oj.words.errors import UserError, why

if TYPE_CHECKING:
    from uvicorn import Server


def serve(wanted: int, tell: Callable[[str], None], *, is_shown: bool) -> None:
    """Serve the pages until they are stopped; where they are served already only open the browser on them."""
    import uvicorn

    home = default_folders().build / HOME
    with _written(home):
        home.mkdir(parents=True, exist_ok=True)
        lock = take(home / "app.lock")
    port, token = read_session(home)
    if lock is None:
        _show(f"http://{HOST}:{port}/start?token={token}", "Sidorna är redan igång", tell, is_shown=is_shown)
        return
    door = _door(wanted or port, is_wanted=bool(wanted))
    with _written(home):
        ground = default_ground(door.getsockname()[1], token, uploads_of(home))
    try:
        _sign(home, lock, ground)
        config = uvicorn.Config(site(ground), log_level="error", access_log=False, server_header=False, lifespan="off")
        _show(ground.start, "Sidorna finns på", tell, is_shown=is_shown)
        tell("Låt fönstret vara öppet så länge du använder dem. Stäng med Ctrl+C; det som byggs fortsätter ändå.")
        _run(uvicorn.Server(config), door)
    finally:
        if not running(home):  # which may be reading a file there
            rmtree(ground.uploads, ignore_errors=True)
        lock.empty()
        lock.release()


def _sign(home: Path, lock: Lock, ground: Ground) -> None:
    """Write down that the pages are here, and do what jobs that were killed could not."""
    with _written(home):
        lock.write(signed("Sidorna visas"))
        write_session(home, ground)
        settle(home)


@contextmanager
def _written(home: Path) -> Iterator[None]:
    """Tell what to do where nothing can be written, such as on a full disk."""
    try:
        yield
    except OSError as error:
        where = f"{home.parent.name}/{home.name}"
        told = f"Sidorna kan inte startas: det går inte att skriva i {where}: {why(error)}. {SPACE}"
        raise UserError(told) from error


def _run(server: "Server", door: socket.socket) -> None:
    """Answer until Ctrl+C, also one that comes before the server listens to it."""

    def end(*_: object) -> None:
        server.should_exit = True

    before = signal.signal(signal.SIGINT, end)
    try:
        server.run([door])
    finally:
        signal.signal(signal.SIGINT, before)


def _door(port: int, *, is_wanted: bool) -> socket.socket:
    """Return a socket that listens on this computer alone, at the port wanted or, unless somebody said it, another."""
    for one in (port, 0):
        door = socket.socket(proto=socket.IPPROTO_TCP)  # said, or each answer waits 40 ms for the browser's receipt
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, one))
            door.listen()  # a browser that comes before anybody answers waits, and is not refused
        except OSError as error:
            door.close()
            if is_wanted:
                raise UserError(f"Porten {port} är upptagen av ett annat program. Välj en annan med --port.") from error
            continue
        return door
    raise UserError("Ingen port är ledig på datorn. Stäng något annat program och försök igen.")


def _show(address: str, told: str, tell: Callable[[str], None], *, is_shown: bool) -> None:
    tell(f"{told}: {address}")
    if is_shown and not webbrowser.open(address):
        tell("Ingen webbläsare kunde öppnas. Kopiera adressen till den du använder.")
