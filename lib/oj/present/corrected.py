"""What is told of a corrected figure: what its source has, what it is corrected to, why and by whom."""

import re
from pathlib import Path

from oj.doors.shown import read_shown_corrections
from oj.facts.catalog import known_indicators
from oj.facts.kept import kept
from oj.sources.history import SHARES, read_series
from oj.sources.limits import limits_of
from oj.tidy.measures import of_indicator
from oj.words.frames import as_records
from oj.words.swedish import day, percent, tied
from oj.words.vocabulary import ANSWER_WORDS

EMPTY = "tomt"
NUMBER = re.compile(r"\d+(\.\d+)?")
COLUMN_NAMES = {"value": "värde", "answer": "svar", "numerator": "täljare", "denominator": "nämnare"}


@kept
def corrections_told(folder: Path) -> dict[tuple[str, str, str], str]:
    """Return what is corrected in a figure, why and by whom, by its edition, its measure (or series) and its place."""
    told: dict[tuple[str, str, str], str] = {}
    for row in as_records(read_shown_corrections(folder)):
        key, (old, new, decided) = (row["edition"], row["about"], row["place"]), told_of(row, folder)
        one = f"Källan har {old}. Rättat till {new}. {decided}.".replace("\n", " ").replace("..", ".")
        told[key] = f"{told[key]} {one}" if key in told else one
    return told


def told_of(row: dict[str, str], folder: Path) -> tuple[str, str, str]:
    """Return what the source has, what it is corrected to, and why and by whom."""
    old, new = ("dold uppgift" if row["hidden"] else _figure(row, key, folder) for key in ("old", "new"))
    column = COLUMN_NAMES.get(row["column"], row["column"])
    decided = f"{row['reason']}\nBeslutat av {row['decided_by']} den {day(row['date'])}"
    return f"{column}: {old}", f"{column}: {new}", tied(decided)


def _figure(row: dict[str, str], key: str, folder: Path | None) -> str:
    """Return a corrected text as a reader sees it; as it stands where old and new would then look the same."""
    texts = {one: _shown(row, row[one], folder) for one in ("old", "new")}
    same = texts["old"] == texts["new"]
    return row[key].replace(".", ",") if same and NUMBER.fullmatch(row[key]) else texts[key]


def _shown(row: dict[str, str], text: str, folder: Path | None) -> str:
    """Return a cell's text in Swedish: Ja, 59 %, bortfall; any other text as it is."""
    words = {"": EMPTY}
    if row["column"] == "answer":
        asked = known_indicators(folder).get(row["about"])
        words |= ANSWER_WORDS | (asked.answer_words if asked else {})
    elif row["column"] == "status":
        of_edition = limits_of(folder, row["edition"]).statuses
        words |= {name: one.sign or "uppgift finns" for name, one in of_edition.items()}
    elif row["column"] in ("value", "low", "high"):
        words |= {text: _number(row, text, folder)} if NUMBER.fullmatch(text) else {}
    return words.get(text, text)


def _number(row: dict[str, str], text: str, folder: Path | None) -> str:
    """Return a number as a reader sees it: 59 %, 4,8."""
    if row["table"] != "history":
        return of_indicator(known_indicators(folder)[row["about"]]).shown(float(text))
    unit = read_series(folder).set_index("series")["unit"].get(row["about"])
    return percent(float(text)) if unit in SHARES else text.replace(".", ",")
