"""What is told of a file, or rows of it, of which nothing is read: no table, no values, only other counties."""

from collections import Counter
from collections.abc import Sequence

from oj.facts.places import NATION
from oj.sources.tables.model import Facts, TableRead
from oj.words.errors import DataError, Fault, UserError
from oj.words.swedish import listing, number

MOST = 6  # counties that are named


def refuse_nothing(file: str, tables: Sequence[TableRead], facts: Facts) -> None:
    """Raise UserError, with the true reason, where nothing of a file is about what it was asked for."""
    others = _others(tables)
    own = any(place.code != NATION for table in tables for place in table.places)
    if any(table.problems for table in tables) or own:
        return
    if others:
        county = facts.names.places[facts.county].name
        where = f"den har kommuner i {listing(_named(list(others)))}"
        raise UserError(f"{file} har inga kommuner i {county}; {where}. Är det rätt fil, och rätt län?")
    if not any(table.places for table in tables):
        raise UserError(f"{file} {_empty(found=bool(tables))}")


def _empty(*, found: bool) -> str:
    if found:
        return "har inga ifyllda värden. Fyll i något på en kommuns rad, spara filen och försök igen."
    return (
        "har ingen tabell som kan läsas: inget blad har en rubrik Kommunkod, Kod eller Kommun med kommuner under. "
        "Skriv en sådan rubrik över kommunerna, eller ange var de står med --layout."
    )


def told_others(tables: Sequence[TableRead], facts: Facts) -> list[str]:
    """Return how many rows of which other counties are not read, as a sentence; none where there are none."""
    others = _others(tables)
    if not others:
        return []
    count, county = others.total(), facts.names.places[facts.county].name
    rows = "En rad" if count == 1 else f"{number(count)} rader"
    each = listing(_named([f"{name} ({rows})" for name, rows in others.items()]))
    return [f"{rows} om andra län än {county} läses inte: {each}."]


def _named(names: list[str]) -> list[str]:
    """Return names, when they are many the first of them and how many more there are."""
    return names if len(names) <= MOST else [*names[: MOST - 1], f"{len(names) - MOST + 1} län till"]


def _others(tables: Sequence[TableRead]) -> Counter[str]:
    """Return how many rows each county has that was not asked for, in the order of the file."""
    found = Counter[str]()
    for table in tables:
        found.update(table.others)
    return found


def nothing_right(file: str, faults: Sequence[Fault]) -> UserError:
    """Return that nothing in a file can be imported: with every fault, where there are any."""
    told = f"{file} har inga uppgifter att läsa in."
    return DataError(faults, told) if faults else UserError(told)
