"""Kolada's answers kept as they came, so that the same files can be made of them without a network, months later.

Everything that is fetched at one time is a round: a folder with every page as it came and `index.json`, which
says from where and when, and each file's SHA-256. The index is written last, and the folder gets its name together
with the files that are made of it, so that a round is either all there or not there at all.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from oj.words.errors import UserError
from oj.words.models import Strict

Ask = Callable[[str], list[Any]]
INDEX, MEND = "index.json", "Ta bort mappen, eller hämta på nytt med --refresh."


class Kept(Strict):
    """One page: what was asked for, the file it is kept in and its hash."""

    asked: str
    file: str = Field(pattern=r"^\d+\.json$")
    sha256: str


class Round(Strict):
    """Everything that was fetched at one time: from where, the day (ISO date), the moment (ISO) and every page."""

    address: str
    date: str
    moment: str
    pages: list[Kept]


class UnaskedError(UserError):
    """What is kept does not hold an answer to what is asked now."""


def keep(folder: Path, asked: str, body: bytes, kept: list[Kept]) -> None:
    """Keep one page as it came in a round that is not finished, and add it to what is kept."""
    folder.mkdir(exist_ok=True)
    name = f"{len(kept) + 1:04}.json"
    (folder / name).write_bytes(body)
    kept.append(Kept(asked=asked, file=name, sha256=sha256(body).hexdigest()))


def finish(folder: Path, index: Round) -> str:
    """Write the index, last of all, and return the name of the round's own folder: that of its day and address."""
    (folder / INDEX).write_text(index.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return f"{index.date}-{sha256(index.address.encode()).hexdigest()[:8]}"


def cache_folder() -> Path:
    """Return the folder of all rounds, which Git ignores."""
    return Path(__file__).parents[4] / "cache" / "kolada"


def newest_round(folder: Path, address: str = "", date: str = "") -> Path | None:
    """Return the folder of the newest whole round, of an address and a day where they are given; None without one."""
    kept = [(read_index(path.parent), path.parent) for path in folder.glob(f"[0-9]*/{INDEX}")]
    found = [
        (index.date, index.moment, path)
        for index, path in kept
        if address in ("", index.address) and date in ("", index.date)
    ]
    return max(found)[2] if found else None


def read_index(folder: Path) -> Round:
    """Return a round's index; raise UserError when it cannot be read."""
    try:
        return Round.model_validate_json((folder / INDEX).read_bytes())
    except (OSError, ValidationError) as error:
        raise UserError(f"{folder / INDEX} är skadad. {MEND}") from error


def replay(folder: Path) -> Ask:
    """Return what answers out of a round; raises UserError for a changed file, UnaskedError for a new question."""
    index = read_index(folder)

    def ask(asked: str) -> list[Any]:
        pages = [page for page in index.pages if page.asked == asked]
        if not pages:
            raise UnaskedError(
                f"Det som hämtades {index.date} svarar inte på allt som katalogen frågar efter nu ({asked[:60]}…). "
                "Hämta på nytt, utan --offline."
            )
        return [item for page in pages for item in _items(folder / page.file, page.sha256)]

    return ask


def _items(path: Path, expected: str) -> list[Any]:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} saknas eller kan inte läsas. {MEND}") from error
    if sha256(body).hexdigest() != expected:
        raise UserError(f"{path} är inte som den var när den hämtades: kontrollsumman stämmer inte. {MEND}")
    items: list[Any] = json.loads(body)["values"]
    return items
