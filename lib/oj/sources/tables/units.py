"""The unit of the numbers in a table with a row for each result: what its rows say, or else its columns."""

from collections.abc import Mapping

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.xlsx import Sheet
from oj.sources.survey.answers import CellError, is_empty, shown
from oj.sources.tables.find import column_unit, numeric_rows, titles_above
from oj.sources.tables.head import cell
from oj.sources.terms.cells import Unit, is_share
from oj.sources.terms.model import Problem, Spot
from oj.sources.terms.words import plain
from oj.words.errors import nearest
from oj.words.vocabulary import UNITS

WORDS: Mapping[str, Unit] = {
    "procent": "percent", "%": "percent", "percent": "percent", "andel 0-1": "share", "0-1": "share", "share": "share",
    "kvot 0-1": "share", "antal": "number", "tal": "number", "number": "number", "timmar": "number", "kvot": "number",
    "timmar/vecka": "number", "timmar per vecka": "number", "timmar i veckan": "number",
    "barn per handläggare": "number",
}  # fmt: skip
MEND = "Skriv procenttecken i cellerna, eller lägg till kolumnen enhet med procent eller andel 0–1 på varje rad"


def units_of(
    sheet: Sheet, title: str, found: tuple[int, Mapping[str, int]], rows: Mapping[int, tuple[Indicator, Place]]
) -> tuple[dict[str, Unit | None], list[Problem]]:
    """Return the unit of every indicator's numbers, None where it is unsure, and a problem for each of those.

    `found` are the row of headings and the columns. Under `value`, as in resultat.csv, shares are 0-1; under ”värde”
    the numbers of each indicator decide, but for those whose row says its unit.
    """
    head, columns = found
    at = columns.get("value")
    of_each: dict[str, list[int]] = {}
    for row, (item, place) in rows.items():
        silent = is_empty(cell(sheet, row, columns.get("unit")))
        of_each.setdefault(item.id, []).extend(numeric_rows({row: place.level}, item) if silent else [])
    items = {item.id: item for item, _place in rows.values()}
    heading = plain(shown(cell(sheet, head, at)))
    if heading.casefold() == "value":
        return {name: "share" if is_share(items[name]) else "number" for name in of_each}, []
    above = [title, *titles_above(sheet, head)]
    units: dict[str, Unit | None] = {}
    problems = []
    for name, own in of_each.items():
        try:
            units[name] = column_unit([cell(sheet, row, at) for row in own], items[name], heading, above)
        except CellError as error:
            units[name] = None
            problems.append(Problem(Spot(title, own[0], at), items[name].title, f"{error.rule}. {MEND}", name))
    return units, problems


def unit_of_row(told: str, item: Indicator, place: Place) -> Unit:
    """Return the unit that a row says, "" where it says none; raise CellError for one that does not go with it."""
    if not told:
        return ""
    unit = WORDS.get(" ".join(told.replace("–", "-").casefold().split()), "")
    if item.is_answer and place.level in UNITS:
        return unit
    if not unit:
        raise CellError(told, f"är ingen enhet som kan läsas.{nearest(told, WORDS)} Skriv procent, andel 0–1 eller tal")
    if is_share(item) != (unit != "number"):
        right = "procent eller andel 0–1" if is_share(item) else "tal"
        raise CellError(told, f"är inte indikatorns enhet, som är {right}")
    return unit
