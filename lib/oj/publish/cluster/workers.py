"""The workers of a cluster as they are seen from home: which there are, and which may build."""

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oj.publish.cluster.worker import Answer, Kind, kind, work
from oj.publish.many import Order
from oj.words.errors import UserError, shortened

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 10  # seconds to wait for the scheduler
ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}")
SAME = "Hämta samma version av projektet dit, kör make cluster, och starta om."
ASK = "__import__('oj.publish.cluster.worker', fromlist=['kind']).kind()"  # a worker without it would die of a pickle
MANY = 4  # packages told of at once


@contextmanager
def connected(address: str) -> Iterator["Client"]:
    """Give a connection to a scheduler that has the same version of the project; raise UserError where there is none.

    What it does ends with it. Nothing is told by the package itself: what must be known is told in Swedish.
    """
    if not ADDRESS.fullmatch(address):
        hint = f" Menade du ”tcp://{address}”?" if ADDRESS.fullmatch(f"tcp://{address}") else ""
        raise UserError(
            f"--cluster ”{shortened(address)}” är ingen adress.{hint} Skriv schemaläggarens, som tcp://dator:8786."
        )
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError(
            "Paketet distributed saknas, som --cluster behöver. Hämta det med make cluster (på Windows: py "
            "tools/environment.py cluster), eller bygg här, utan --cluster."
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = Client(address, timeout=CONNECT)
        except (OSError, ValueError, RuntimeError) as error:
            raise UserError(_unreached(address)) from error
        with client:
            _check_scheduler(client, address)
            yield client


def _unreached(address: str) -> str:
    return (
        f"Ingen schemaläggare svarar på {address}. Se efter att den är igång (.venv/bin/dask scheduler), att adressen "
        "och porten är rätt och att brandväggen släpper fram. Inget har byggts; utan --cluster byggs rapporterna här."
    )


def _check_scheduler(client: "Client", address: str) -> None:
    """Raise UserError where the scheduler has another version of the project, and so could misread what is sent."""
    if difference := _difference(lambda: client.run_on_scheduler(kind)):
        raise UserError(f"Schemaläggaren på {address} kan inte användas: {difference}. {SAME}")


def _difference(there: Callable[[], Kind]) -> str:
    """Return how another computer differs from this one, or that it cannot say; nothing where both build the same."""
    try:
        return told_difference(there(), kind())
    except Exception as error:  # whatever it lacks: the project, or the way to do what is asked
        return f"den kan inte använda projektet ({type(error).__name__})"


def told_difference(there: Kind, here: Kind) -> str:
    """Return in Swedish how another computer differs from this one; nothing where both build the same bytes.

    >>> told_difference(Kind("a", ("pandas-2.2",), "Python 3.11.2"), Kind("b", ("pandas-3.0",), "Python 3.11.2"))
    'dess paket är andra: pandas-2.2 där, pandas-3.0 här'
    """
    if there.tools == here.tools:
        return ""
    if there.python != here.python:
        return f"den har {there.python}; här är det {here.python}"
    sides = [("där", set(there.packages) - set(here.packages)), ("här", set(here.packages) - set(there.packages))]
    found = sorted((name, side) for side, names in sides for name in names)
    more = f" och {len(found) - MANY} till" if len(found) > MANY else ""
    told = ", ".join(f"{name} {side}" for name, side in found[:MANY])
    return f"dess paket är andra: {told}{more}" if found else "den har en annan version av projektets kod"


@dataclass
class Workers:
    """The workers there are: `able` ones hold the parcel, `asked` ones have not said yet what they are.

    Of those that may not build `refused` has why; `warn` hears of each once.
    """

    client: "Client"
    parcel: bytes
    warn: Callable[[str], None]
    threads: dict[str, int] = field(default_factory=dict)
    asked: dict[str, "Future[Kind]"] = field(default_factory=dict)
    able: dict[str, "Future[bytes]"] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def look(self) -> None:
        """See which workers there are now, ask new ones what they are, and let those build that are as this one."""
        self.threads = self.client.nthreads()
        for known in (self.asked, self.able, self.refused):
            for gone in known.keys() - self.threads.keys():
                del known[gone]
        for address in self.threads.keys() - self.asked.keys() - self.able.keys() - self.refused.keys():
            self.asked[address] = self.client.submit(eval, ASK, workers=[address], pure=False)
        for address in [one for one, future in self.asked.items() if future.done()]:
            self._settle(address, self.asked.pop(address))

    def _settle(self, address: str, told: "Future[Kind]") -> None:
        if told.status not in ("finished", "error"):
            return  # it is gone, or is asked again
        if difference := _difference(told.result):
            self.refuse(address, f"{difference}. {SAME}")
        else:
            self.able[address] = self.client.submit(bytes, self.parcel, workers=[address], pure=False)

    def refuse(self, address: str, why: str) -> None:
        """Let a worker build no more, and tell why."""
        self.able.pop(address, None)
        self.refused[address] = f"Arbetaren på {address} används inte: {why}"
        self.warn(self.refused[address])

    def send(self, order: Order, renderer: str, address: str) -> "Future[Answer]":
        """Let a worker build a report."""
        given = (self.able[address], order, renderer, kind().tools)
        return self.client.submit(work, *given, workers=[address], pure=False)
