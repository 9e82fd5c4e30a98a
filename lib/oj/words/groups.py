"""Women and men of a measure: in the files of results they have ids of their own, made of the measure's.

Together they are all, so their counts add up to the measure's; whoever is neither is the rest.
"""

import pandas as pd

from oj.words.errors import UserError, nearest

TOTAL, REST = "total", "rest"  # the group of all, and who is left of all beside women and men
GROUPS = ("women", "men")
WORDS = {"women": "flickor eller kvinnor", "men": "pojkar eller män"}
SIGN = "@"


def id_of(measure: str, group: str) -> str:
    """Return the id that a measure has in the results of a group.

    >>> id_of("behoriga-alla", "women"), id_of("behoriga-alla", "total")
    ('behoriga-alla@women', 'behoriga-alla')
    """
    return measure if group == TOTAL else f"{measure}{SIGN}{group}"


def measure_and_group(name: str) -> tuple[str, str]:
    """Return the measure and the group of an id.

    >>> measure_and_group("behoriga-alla@women"), measure_and_group("behoriga-alla")
    (('behoriga-alla', 'women'), ('behoriga-alla', 'total'))
    """
    measure, _, group = name.partition(SIGN)
    return measure, group or TOTAL


def are_apart(rows: pd.DataFrame) -> pd.Series:
    """Return which rows of results are of women or of men alone."""
    names = rows["indicator"].astype(str)
    return names.isin([name for name in names.unique() if SIGN in name])


def of_all(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of results that are of all."""
    apart = are_apart(rows)
    return rows[~apart].reset_index(drop=True) if apart.any() else rows


def refuse_group(name: str) -> None:
    """Raise UserError for what is no group.

    >>> refuse_group("kvinnor")
    Traceback (most recent call last):
    oj.words.errors.UserError: Gruppen ”kvinnor” finns inte. Skriv total (alla), women eller men.
    """
    known = (TOTAL, *GROUPS)
    if name not in known:
        raise UserError(f"Gruppen ”{name}” finns inte.{nearest(name, known)} Skriv total (alla), women eller men.")


def whose(rows: pd.DataFrame) -> str:
    """Return how a caption ends that is of one group alone; nothing where rows of all are among them.

    >>> whose(pd.DataFrame({"group": ["women"]})), whose(pd.DataFrame({"group": ["women", "total"]}))
    (', flickor eller kvinnor', '')
    """
    found = rows["group"].unique().tolist()
    return f", {WORDS[found[0]]}" if found and found[0] in WORDS and TOTAL not in found else ""
