"""Women and men of a measure: in the files of results they have ids of their own, made of the measure's.

Together they are all, so their counts add up to the measure's; whoever is neither is the rest.
"""

import pandas as pd

TOTAL, REST = "total", "rest"  # the group of all, and who is left of all beside women and men
GROUPS = ("women", "men")
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
