"""What has changed for each municipality since the latest edition that each question may be compared with.

Only answers and numbers that are shown in both editions are compared; what is hidden or lacking in one is no change.
"""

from typing import Any

import pandas as pd

from oj.compare.against import gap, side
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.vocabulary import ANSWERS

NEW_YES, NEW_NO, BETTER, WORSE = "new-yes", "new-no", "better", "worse"
STILL_YES, STILL_PARTLY, STILL_NO = "still-yes", "still-partly", "still-no"
HIGHER, LOWER, NEAR = "higher", "lower", "near"
NOT_NOW, NOT_THEN, NEITHER = "not-now", "not-then", "neither"
STILL = dict(zip(ANSWERS, (STILL_YES, STILL_PARTLY, STILL_NO), strict=True))
CHANGED = (NEW_YES, NEW_NO, BETTER, WORSE)
LACKING = (NOT_NOW, NOT_THEN, NEITHER)
COLUMNS = ["measure", "place", "since", "kind", "change", "then", "now"]
NONE = -1  # the number of a row that there is not


def changes(figures: Figures) -> pd.DataFrame:
    """Return one row per municipality and measure that is beside an earlier edition's: what has changed.

    `kind` is new-yes, new-no, better and worse (a step to Delvis), still-yes, still-partly, still-no; of a number
    higher, lower or near, by the rule of `oj.compare.against`; and not-now, not-then or neither where a figure is not
    shown. `change` is how far a number is from the earlier one, as told (shares: percentage points); `then` and `now`
    are the rows, -1 where there is none. `figures` are those of `oj.since`.

    >>> import oj
    >>> len(changes(oj.since(oj.figures("Stockholm"))))
    0
    """
    rows = {(row.measure, row.place, row.period): row for row in each_row(figures.frame)}
    found = []
    for name, earlier in (figures.earlier or {}).items():
        if earlier.edition and name in figures.measures:
            for place in figures.municipalities():
                then, now = (rows.get((name, place, year)) for year in (earlier.edition, figures.edition))
                if now is not None and now.status != "not_applicable":
                    kind, change = _kind(figures.measures[name], then, now)
                    numbers = [NONE if row is None else int(row.Index) for row in (then, now)]
                    found.append([name, place, earlier.edition, kind, change, *numbers])
    return pd.DataFrame(found, columns=COLUMNS)


def of_answers(figures: Figures, found: pd.DataFrame, *, answers: bool = True) -> pd.DataFrame:
    """Return the changes of questions that are answered, or of numbers."""
    return found[found["measure"].map(lambda name: figures.measures[name].is_answer is answers).astype(bool)]


def is_any_compared(found: pd.DataFrame) -> bool:
    """Return whether any of the changes is between two figures that are both shown."""
    return not found["kind"].isin(LACKING).all()


def rows_behind(found: pd.DataFrame) -> tuple[int, ...]:
    """Return the numbers of the rows, of both editions, behind changes."""
    return tuple(sorted({int(at) for name in ("then", "now") for at in found[name] if at != NONE}))


def _kind(measure: Measure, then: Any, now: Any) -> tuple[str, float]:
    """Return what has happened to a figure, and how far a number is from the earlier one."""
    lacks_then, lacks_now = not _is_shown(then), not _is_shown(now)
    if lacks_then or lacks_now:
        return NEITHER if lacks_then and lacks_now else NOT_THEN if lacks_then else NOT_NOW, float("nan")
    if measure.is_answer:
        return _step(then.answer, now.answer), float("nan")
    way = side(measure, now.value, then.value)
    return (NEAR, HIGHER, LOWER)[way], gap(measure, now.value, then.value)


def _step(then: str, now: str) -> str:
    """Return what has happened to an answer.

    >>> _step("no", "yes"), _step("partly", "no"), _step("no", "partly"), _step("no", "no")
    ('new-yes', 'new-no', 'better', 'still-no')
    """
    if then == now:
        return STILL[now]
    return {"yes": NEW_YES, "no": NEW_NO}.get(now, BETTER if then == "no" else WORSE)


def _is_shown(row: Any) -> bool:
    """Return whether a figure is there to be seen, as a single answer or number."""
    return (
        row is not None and row.status == "observed" and not row.words and (bool(row.answer) or not pd.isna(row.value))
    )
