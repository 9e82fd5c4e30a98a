"""Reached targets: how many, where a municipality stands alone, and who like it reaches what it misses.

A municipality reaches the target of an answer measure when it answers Ja; Delvis and Nej do not. One without a
direction has no target. The sum of a region's
shares is the number of targets that a municipality there reaches on average. It is exact where the shares are (see
`oj.compare.exact`); else it may be as far off as its `width`.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from math import fsum, isnan
from pathlib import Path

import pandas as pd

from oj.compare.exact import HALF_PERCENT, exact_shares
from oj.facts.datapackage import read_table
from oj.facts.kept import kept
from oj.tidy.as_it_is import COLUMNS, refuse_apart
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.within import of_the_frame, once_a_call
from oj.words.errors import UserError
from oj.words.frames import cells_of
from oj.words.groups import TOTAL
from oj.words.swedish import number

TARGETS, ALL = "mal", "alla"
FEWEST_FOR_ALONE = 3  # municipalities; of two, one always differs
Known = dict[str, tuple[float, float]]  # what a place reached of each measure that it has a figure for, and its width
DISTINCT = 1.0  # targets: less than a whole one is no difference to tell of


@of_the_frame
def targets(figures: Figures) -> Figures:
    """Return how many targets each place reaches: one row per place and area, and one of `alla`, of an edition.

    A municipality reaches a target when it answers Ja; a region's is the mean of those who answer there. `of` is how
    many targets have a figure; `low` and `high` are the bounds where it is a sum of rounded shares. Raises UserError
    for figures without targets.

    >>> import oj
    >>> oj.targets(oj.figures("Stockholm")).of("samordning").at("Solna").frame[["value", "of"]].to_numpy().tolist()
    [[9.0, 19.0]]
    """
    refuse_apart(figures)
    if (
        figures.is_current
        or figures.is_over_time
        or figures.earlier is not None
        or not any(one.is_target for one in figures.measures.values())
    ):
        raise UserError("Mål finns bara för en utgåvas Ja- och Nej-frågor.")
    sums = [reached(figures, "area").reset_index(), reached(figures).reset_index().assign(area=ALL)]
    rows = pd.concat(sums, ignore_index=True)
    names = {name: figures.headings[name] for name in rows["area"].unique() if name != ALL} | {ALL: "Alla områden"}
    places = figures.frame.drop_duplicates("place").set_index("place")[["place_name", "level", "source", "method"]]
    rows = rows.join(places, on="place").assign(
        measure=rows["area"], title=rows["area"].map(names), period=figures.edition, group=TOTAL, segment=0,
        value=rows["reached"], low=rows["reached"] - rows["width"], high=rows["reached"] + rows["width"], answer="",
        status="observed", display=[_shown(value, of) for value, of in zip(rows["reached"], rows["of"], strict=True)],
    )  # fmt: skip
    known = {name: Measure(name, title, title, title, name, name, name, TARGETS, 1) for name, title in names.items()}
    return replace(
        figures, frame=rows.reindex(columns=COLUMNS), measures=known, chosen=TARGETS, whole=None, origin=figures
    )


def counted_from(figures: Figures) -> Figures:
    """Return the figures that reached targets were counted from, at the places that are left of them.

    Raises UserError where those have been changed since: then what is counted is another thing.
    """
    origin = figures.origin or figures
    keys, counts = ["measure", "place"], ["value", "of"]
    anew = targets(origin).frame.set_index(keys)[counts]
    rows = figures.frame.set_index(keys)[counts]
    if not rows.equals(anew.reindex(rows.index)):
        raise UserError("Svaren, eller det som är räknat ur dem, har ändrats. Räkna om: oj.targets(figures).")
    places = [*dict.fromkeys(figures.frame["place"])]
    return origin if {*places} == {*anew.index.get_level_values("place")} else origin.at(*places)


def _shown(value: float, of: float) -> str:
    return f"{number(value, 0 if float(value).is_integer() else 1)} av {number(of)}"


@once_a_call  # of the same figures, to be shown in several ways
def answers(figures: Figures, *, targets_alone: bool = True) -> pd.DataFrame:
    """Return the rows of the answer measures, with `area`, `table`, `reached` and `width`; those with a target alone.

    `reached` is 1 or 0, for regions a share, NaN where there is no figure; `width` is how far a rounded share may be
    from the true one.
    """
    known = {
        name: one for name, one in figures.measures.items() if one.is_target or (one.is_answer and not targets_alone)
    }
    rows = figures.frame[figures.frame["measure"].isin([*known])]
    own, observed, exact = rows["level"] == "municipality", rows["status"] == "observed", exact_shares(figures, rows)
    value = (rows["answer"] == "yes").astype(float).where(own, exact.fillna(rows["value"]))
    return rows.assign(
        area=rows["measure"].map({name: one.area for name, one in known.items()}),
        table=rows["measure"].map({name: one.table for name, one in known.items()}),
        reached=value.where(observed),
        width=(~own & exact.isna() & observed) * HALF_PERCENT,
    )


@once_a_call
def reached(figures: Figures, by: str = "") -> pd.DataFrame:
    """Return one row per place, and `by` (area or table): `reached`, `of` those with a figure, and `width`."""
    grouped = answers(figures).groupby(["place", *([by] if by else [])], sort=False)
    sums = grouped[["reached", "width"]].sum().round(6)
    return sums.assign(of=grouped["reached"].count().astype(float))[["reached", "of", "width"]]


def rows_counted(figures: Figures, table: str, place: str, others: Collection[str] = ()) -> tuple[int, ...]:
    """Return the rows of the targets of a table that a place has a figure for, or those of `others` for the same."""
    counted = _counted(figures)
    own = counted.get((table, place), {})
    if not others:
        return tuple(own.values())
    beside = (counted.get((table, other), {}) for other in others)
    return tuple(sorted(at for rows in beside for name, at in rows.items() if name in own))


@once_a_call
def _counted(figures: Figures) -> dict[tuple[str, str], dict[str, int]]:
    """Return the rows of the targets that have a figure, by table and place, and in each by measure."""
    rows, counted = answers(figures), defaultdict[tuple[str, str], dict[str, int]](dict)
    rows = rows[rows["reached"].notna()]
    for at, table, place, name in zip(rows.index, rows["table"], rows["place"], rows["measure"], strict=True):
        counted[table, place][name] = at
    return dict(counted)


@once_a_call
def against(figures: Figures, place: str, other: str, by: str = "") -> pd.DataFrame:
    """Return one row per `by` (or one): targets `place` reached, `of` how many, `other`'s with `width`, the difference.

    Only measures with a figure for both count, so that the two numbers are about the same targets.
    """
    places, about = by_place(figures)
    own, there, sums = places.get(place, {}), places.get(other, {}), dict[str, list[tuple[float, ...]]]()
    for name, groups in about.items():
        if name in own and name in there:
            sums.setdefault(groups[by], []).append((own[name][0], 1.0, *there[name]))
    rows = [[fsum(column) for column in zip(*found, strict=True)] for found in sums.values()]
    columns = ["reached", "of", "other", "width"]
    found = pd.DataFrame(rows, pd.Index([*sums], dtype=str, name=by), columns, dtype=float)
    return found.assign(difference=found["reached"] - found["other"]).round(6)


@once_a_call
def by_place(figures: Figures) -> tuple[dict[str, Known], dict[str, dict[str, str]]]:
    """Return what each place reached and its width, by measure; and each measure's area and table, in their order."""
    places: dict[str, Known] = {}
    about: dict[str, dict[str, str]] = {}
    cells = cells_of(answers(figures), "place", "measure", "area", "table", "reached", "width")
    for place, name, area, table, value, width in cells:
        about.setdefault(name, {"": "", "area": area, "table": table})
        if not isnan(value):
            places.setdefault(place, {})[name] = (value, width)
    return places, about


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is reached as a table: a row per measure, in the rows' order, and a column per place."""
    return rows.pivot(index="measure", columns="place", values="reached").reindex(rows["measure"].unique())


def alone(figures: Figures, place: str) -> pd.Series:
    """Return the measures where only `place` of all the report's municipalities reaches the target, or misses it.

    The values are yes (alone in reaching it) or no; every municipality must have answered. At least three.
    """
    rows = answers(figures)
    wide = _wide(rows[rows["level"] == "municipality"]).dropna()
    if place not in wide or wide.shape[1] < FEWEST_FOR_ALONE:
        return pd.Series(dtype=object)
    yes = wide.sum(axis=1)
    only = wide[((yes == 1) & (wide[place] == 1)) | ((yes == wide.shape[1] - 1) & (wide[place] == 0))]
    return only[place].map({1.0: "yes", 0.0: "no"})


def missed(figures: Figures, place: str) -> pd.DataFrame:
    """Return the rows of the targets that `place` answered and did not reach."""
    rows = answers(figures)
    return rows[(rows["place"] == place) & (rows["reached"] == 0)]


def comparable(figures: Figures, place: str) -> list[str]:
    """Return the report's municipalities of the same population group or municipality group as `place`."""
    classes = _classes(figures.folder, figures.edition)
    mine = classes.get(place, frozenset())
    return [other for other in figures.municipalities() if other != place and mine & classes.get(other, frozenset())]


@kept
def _classes(folder: Path, edition: str) -> dict[str, frozenset[tuple[str, int]]]:
    """Return the groups of every municipality in an edition, as (classification, class)."""
    groups = read_table("groups", folder)
    groups = groups[groups["edition"] == edition]
    pairs = zip(groups["classification"], groups["class"], strict=True)
    together = pd.Series(list(pairs), index=groups["place"], dtype=object)
    return {str(place): frozenset(group) for place, group in together.groupby(level=0)}


def differs_most(figures: Figures) -> str | None:
    """Return the measure where the municipalities differ most, None where they have no figures.

    Of answers, the one whose Ja are nearest half; else, of numbers, the one that most municipalities have,
    and then the widest relative to its median. The first of equals.
    """
    rows = figures.frame
    own = rows[(rows["level"] == "municipality") & (rows["status"] == "observed")]
    counts = own.groupby("measure", sort=False).size()
    if counts.empty:
        return None
    yes = answers(replace(figures, frame=own), targets_alone=False).groupby("measure", sort=False)["reached"].mean()
    if len(yes):
        return str((yes - 0.5).abs().round(6).idxmin())
    values = own.groupby("measure", sort=False)["value"]
    spread = (values.max() - values.min()) / values.median().abs().clip(lower=1e-9)
    ordered = pd.DataFrame({"counts": counts, "spread": spread.round(9)})
    return str(ordered.sort_values(["counts", "spread"], ascending=False, kind="stable").index[0])
