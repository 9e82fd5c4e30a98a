"""The frame as it is when a call begins: plain pandas, which a researcher may have filtered, changed or put together.

What is shown is of it and of nothing else. `display` is made anew of the other columns, what is without a figure is
lacking and never 0, a row that is hidden has none, and a frame that cannot be one table is refused with what to do.
"""

import weakref
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from math import isinf, isnan
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype, is_numeric_dtype

from oj.words.errors import UserError
from oj.words.frames import cells_of
from oj.words.groups import GROUPS, TOTAL, WORDS
from oj.words.swedish import listing
from oj.words.vocabulary import ANSWERS, STATUSES

Of = TypeVar("Of")
COLUMNS = [
    "measure", "title", "place", "place_name", "level", "period", "group", "value", "low", "high", "words", "answer",
    "status", "numerator", "denominator", "of", "method", "source", "passage", "note", "population", "direction",
    "trend", "improve", "segment", "display",
]  # fmt: skip
NUMBERS = ["value", "low", "high", "numerator", "denominator", "of"]
FIGURES = [name for name in NUMBERS if name != "of"]
KEYS = ["measure", "place", "place_name", "level", "period", "group", "status", "source"]
TEXTS = ["title", "words", "answer", "method", "passage", "note", "population", "direction", "trend", "improve"]
ONE = ["measure", "place", "period", "group"]  # of an edition, or today, there is one row of each
ALLOWED = {
    "level": ("nation", "county", "municipality", "group"),
    "group": (TOTAL, *GROUPS),
    "status": (*STATUSES,),
    "answer": ("", *ANSWERS),
}
_known: dict[int, tuple[Any, ...]] = {}  # frames that are as they should, each with what it was then


def as_it_is(figures: Of) -> Of:
    """Return figures whose frame is all that there is, where it has been changed since it was chosen, and whole.

    Raises UserError for a frame that cannot be shown.
    """
    known: Any = figures
    if known.origin is not None or _is_untouched(known):
        return figures
    frame, whole = known.frame, known.whole
    _refuse_columns(frame)
    if whole is not None and not whole[whole["measure"].isin([*known.measures])].equals(frame):
        known = replace(known, whole=None, root=None)
    shown = frame if _is_sound(frame, known) else _mended(frame, known)
    if known is figures and shown is frame:
        return remembered(figures)
    return replace(known, frame=shown, whole=None, root=None)  # type: ignore[no-any-return]


def remembered(figures: Of) -> Of:
    """Return figures whose frame is known as it should be, until somebody changes it."""
    known: Any = figures
    here, frame = id(known.frame), known.frame
    about = (frame.copy(deep=False), known.whole, [*known.measures])
    _known[here] = (weakref.ref(frame, lambda _: _known.pop(here, None)), *about)
    return figures


def _is_untouched(known: Any) -> bool:
    """Return whether a frame has the very columns that it had when it was known: what is changed is a copy."""
    frame = known.frame
    seen, before, whole, measures = _known.get(id(frame), (None, frame, None, []))
    if seen is None or seen() is not frame or whole is not known.whole or measures != [*known.measures]:
        return False
    if [*frame] != [*before] or not frame.index.equals(before.index):
        return False
    return all(np.may_share_memory(frame[name].to_numpy(), before[name].to_numpy()) for name in frame)


def _is_sound(frame: pd.DataFrame, known: Any) -> bool:
    """Return whether nothing in a frame has to be mended or refused, which is told in one look at each row."""
    if not _is_typed(frame) or not {*frame["measure"].unique()} <= {*known.measures}:
        return False
    keys, cells = cells_of(frame, *_once(known)), cells_of(frame, "measure", "status", "answer", "words", *FIGURES)
    shares = {name for name, one in known.measures.items() if one.is_share}
    return (
        len({*keys}) == len(keys)
        and all({*frame[name].unique()} <= {*allowed} for name, allowed in ALLOWED.items())
        and all(_holds(cell, is_share=cell[0] in shares) for cell in cells)
        and not any(_unasked(frame, known))
        and _told(frame, known) == frame["display"].tolist()
    )


def _is_typed(frame: pd.DataFrame) -> bool:
    are_texts = all(frame[name].dtype == "str" for name in (*KEYS, *TEXTS, "display"))
    return are_texts and all(frame[name].dtype == "float64" for name in NUMBERS)


def _holds(cell: tuple[Any, ...], *, is_share: bool) -> bool:
    """Return whether a row has a figure exactly where it is said to have one, and a share is one."""
    _, status, answer, words, value, *more = cell
    if status != "observed":
        return isnan(value) and not (answer or words) and all(map(isnan, more))
    return bool(answer or words) if isnan(value) else not isinf(value) and (not is_share or 0 <= value <= 1)


def _once(known: Any) -> list[str]:
    """Return of what there is one row each; sources may say different things of a year."""
    return [*ONE, "source"] if known.is_over_time else ONE


def _unasked(rows: pd.DataFrame, known: Any) -> list[bool]:
    """Return for each row whether its answer is none of those to its question."""
    steps = {name: {"", *one.answer_words} for name, one in known.measures.items() if one.is_answer}
    return [name in steps and answer not in steps[name] for name, answer in cells_of(rows, "measure", "answer")]


def _told(rows: pd.DataFrame, known: Any) -> list[str]:
    """Return what a reader sees in each row; an earlier edition's has its own words."""
    if known.earlier is None:
        return displays(rows, known.measures)
    own = (rows["period"] == known.edition).to_numpy()
    anew = iter(displays(rows[own], known.measures))
    return [next(anew) if is_own else told for is_own, told in zip(own, rows["display"].tolist(), strict=True)]


def refuse_apart(figures: Any, *, of_today: bool = False) -> None:
    """Raise UserError for figures of women or men alone, where what is asked for is of all.

    Of an edition; also those of today where that is said, else they can be shown apart.
    """
    rows = figures.frame
    if len(rows) and not rows["group"].eq(TOTAL).any() and (of_today or not figures.is_current):
        raise UserError(
            f"Det som är valt gäller {WORDS[rows['group'].iloc[0]]}. Det går att visa med oj.table, oj.chart och "
            "oj.map. Resten görs av uppgifterna om alla: figures utan by, eller figures.by(”total”)."
        )


def displays(rows: pd.DataFrame, known: Mapping[str, Any]) -> list[str]:
    """Return what a reader sees in each row; one of what is lacking is as another."""

    @cache
    def shown(cell: tuple[str, float, str, str, str, str]) -> str:
        name, value, answer, status, words, method = cell
        return str(known[name].shown(value, answer, status, words=words, is_mean=method == "mean"))

    there = rows["value"].where((rows["status"] == "observed") & rows["value"].notna(), 0.0)
    cells = cells_of(rows.assign(there=there), "measure", "there", "answer", "status", "words", "method")
    return [shown(cell) for cell in cells]


def _mended(frame: pd.DataFrame, known: Any) -> pd.DataFrame:
    """Return rows as they can be shown; raise UserError for the first kind of fault in them."""
    rows = _typed(frame)
    _refuse_rows(rows, known)
    lacks = rows["value"].isna() & (rows["answer"] == "") & (rows["words"] == "") & (rows["status"] == "observed")
    rows.loc[lacks, "status"] = "missing"
    hidden = rows["status"] != "observed"
    rows.loc[hidden, FIGURES] = float("nan")
    rows.loc[hidden, ["answer", "words"]] = ""
    return rows.assign(display=pd.Series(_told(rows, known), rows.index, dtype=str))[[*frame]]


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the types that the table has."""
    rows = frame.copy()
    for name in (*KEYS, *TEXTS):
        if is_numeric_dtype(rows[name]) and len(rows):
            raise UserError(f"Kolumnen {name} i figures.frame har tal. Den ska ha text: frame[”{name}”].astype(str).")
        text = rows[name].astype(str).where(rows[name].notna(), "")
        rows[name] = rows[name] if rows[name].dtype == text.dtype and text.equals(rows[name]) else text
    for name in NUMBERS:
        if not is_numeric_dtype(rows[name]):
            raise UserError(
                f"Kolumnen {name} i figures.frame har text. Den ska ha tal: pandas.to_numeric(frame[”{name}”])."
            )
        rows[name] = rows[name].astype("float64")
    return rows


def _refuse_columns(frame: pd.DataFrame) -> None:
    lacking = [name for name in COLUMNS if name not in frame]
    if lacking:
        word = "Kolumnen" if len(lacking) == 1 else "Kolumnerna"
        raise UserError(
            f"{word} {listing(lacking)} saknas i figures.frame. Välj rader i den, och behåll alla kolumner; en egen "
            "tabell gör man av en kopia, som figures.frame[[”place_name”, ”display”]]."
        )
    twice = frame.index[frame.index.duplicated()]
    if len(twice) or not is_integer_dtype(frame.index.dtype):
        told = f"{twice[0]} står flera gånger" if len(twice) else "de är inga heltal"
        raise UserError(f"Radnumren i figures.frame ska vara olika heltal; {told}. Skriv frame.reset_index(drop=True).")


def _refuse_rows(rows: pd.DataFrame, known: Any) -> None:
    """Raise UserError for a row of an unknown measure, a cell that nothing is, and a figure that stands twice."""
    strange = ~rows["measure"].isin([*known.measures])
    _refuse(rows, strange, "measure", "finns inte i uppgifterna.")
    for column, allowed in ALLOWED.items():
        told = f"ska vara {listing([f'”{one}”' for one in allowed if one], 'eller')}."
        _refuse(rows, ~rows[column].isin(allowed), column, told)
    shares = rows["measure"].map({name: one.is_share for name, one in known.measures.items()}).astype(bool)
    outside = ~rows["value"].fillna(0).between(0, 1) & shares
    _refuse(rows, outside, "value", "är ingen andel. Andelar är 0–1: 59 procent är 0,59.")
    _refuse(rows, np.isinf(rows["value"]), "value", "är inget tal.")
    _refuse(rows, _unasked(rows, known), "answer", "är inget av svaren på frågan.")
    twice, once = rows.duplicated(_once(known)), _once(known)
    _refuse(rows, twice, "place_name", f"har måttet två gånger. Skriv frame.drop_duplicates({once}).")


def _refuse(rows: pd.DataFrame, wrong: Iterable[bool], column: str, why: str) -> None:
    """Raise UserError with the first row that is wrong: where it stands, the value, and what is allowed."""
    first = rows[np.asarray(wrong, dtype=bool)].head(1)
    for at, place, name, value in zip(first.index, first["place_name"], first["measure"], first[column], strict=True):
        raise UserError(f"Rad {at} i figures.frame ({place}, {name}): {column} ”{value}” {why}")
