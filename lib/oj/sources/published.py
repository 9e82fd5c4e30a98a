"""Results as published, shipped (an edition's `results/`) and imported (`data/results/`).

One row per edition, indicator, place and source.

A row that breaks the field's own rules is refused with its file and row: an answer where a number
belongs, a figure beside a status that says there is none, a share over 100 percent, an unknown id.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from oj.facts.catalog import Indicator, indicators_by_edition
from oj.facts.datapackage import read_text, typed
from oj.facts.editions import domain_folder, label_of
from oj.facts.kept import kept, kept_by_content
from oj.facts.places import all_places
from oj.sources.corrections import read_corrected, results_schema, table_paths
from oj.sources.origins import Origin, imported, shipped_sources
from oj.sources.which import KEY, clashing, counties_of, counting
from oj.words.errors import DataError, Fault, nearest
from oj.words.groups import GROUPS, TOTAL, id_of, measure_and_group, of_all
from oj.words.swedish import listing, percent
from oj.words.vocabulary import ANSWER_WORDS, UNITS

NO_SHARE = "är ingen andel: den ska ligga mellan 0 och 1"
OUTSIDE = "är ingen andel: den ska ligga mellan 0 och 100 procent (som decimaltal: 0 till 1)"  # as a file may have it
MOST = 100_000_000  # more than there are persons, and than any ratio of them
WHOLE = (
    "är ett antal och ska vara ett heltal. Är talet omräknat och antalet okänt: lämna täljare och nämnare tomma, så "
    "gäller andelen"
)
FILLED_IN = "preliminart.csv"  # where the form's results are, only in the facts that its report is built on
NEARLY = 1e-9  # what a share may be wrong by as a binary number


def read_published(folder: Path | None = None) -> pd.DataFrame:
    """Return the published results that count, one row per edition, indicator and place: shipped and imported ones.

    `value` is in the indicator's unit (shares 0-1, hours per week), NaN where there is none;
    `answer` is yes, partly or no. Raises DataError with every fault.
    """
    folder = domain_folder(folder)
    return counting(read_all(folder), imported(folder))


def read_all(folder: Path | None = None, *, apart: bool = False) -> pd.DataFrame:
    """Return all results of all sources, shipped ones first, with their corrections; a figure here may be hidden.

    At most one row per edition, indicator and place is shipped, and one of a municipality imported. With `apart` those
    of women and men alone too. Raises DataError with every fault.
    """
    rows = _read(domain_folder(folder))
    return rows.copy() if apart else of_all(rows).copy()


@kept
def _read(folder: Path) -> pd.DataFrame:
    own = imported(folder)
    names = [name for name in table_paths(folder) if name.startswith("results-")]
    tables = {name: checked(read_corrected(name, folder), name, folder) for name in names}
    together = pd.concat([*tables.values()] or [_no_rows(folder)], ignore_index=True)
    is_own = together["source"].isin(list(own))
    shipped, read = together[~is_own], together[is_own]
    about = counties_of(read, {name: one.county for name, one in own.items()}, all_places(folder))
    faults = [
        Fault(f"data/results/{row.source}.csv", None, "+".join(KEY), f"{row.edition}, {row.indicator}, {row.place}",
              f"finns redan från {words}")
        for rows, words in (
            (shipped[shipped.duplicated(KEY)], "en annan källa"),
            (read.loc[clashing(read, about, persons(folder)).index], "en annan inläst fil"),
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    if faults:
        raise DataError(faults)
    return _joined(together, folder)


def persons(folder: Path) -> set[tuple[str, str]]:
    """Return the editions with their measures of persons in registers, and those of women and men alone."""
    every = [(year, one) for year, own in indicators_by_edition(folder).items() for one in own.values()]
    return {(year, id_of(one.id, group)) for year, one in every if one.protected for group in (TOTAL, *GROUPS)}


def _joined(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return all results, a filled-in form's preliminary ones in the place of what is published of the same."""
    made = read_filled_in(folder)
    if made.empty:
        return rows
    replaced = pd.MultiIndex.from_frame(rows[KEY]).isin(pd.MultiIndex.from_frame(made[KEY]))
    return pd.concat([rows[~replaced], made], ignore_index=True)


def read_filled_in(folder: Path | None = None) -> pd.DataFrame:
    """Return the preliminary results of the form that a report is built of; no rows in any other."""
    folder = domain_folder(folder)
    path, schema = folder / FILLED_IN, results_schema(folder)
    if not path.exists():
        return _no_rows(folder)
    return typed(read_text(path, label_of(path)), schema, label_of(path))


def write_filled_in(rows: pd.DataFrame, folder: Path) -> None:
    """Write preliminary results to the facts that one report is built on, in the form of the files of results."""
    columns = [field["name"] for field in results_schema(folder)["fields"]]
    rows[columns].to_csv(domain_folder(folder) / FILLED_IN, index=False, lineterminator="\n")


def _no_rows(folder: Path) -> pd.DataFrame:
    """Return the results of a domain that has none yet."""
    schema = results_schema(folder)
    return typed(pd.DataFrame(columns=[field["name"] for field in schema["fields"]], dtype=str), schema, "")


def checked(table: pd.DataFrame, name: str, folder: Path, origin: Origin | None = None) -> pd.DataFrame:
    """Return a typed table of results; raise DataError with every rule of the field that a row breaks.

    `name` is that of the table. An imported one has the edition and the source that its `origin` tells.
    """
    origin = origin or imported(folder).get(name.removeprefix("results-"))
    where = f"data/results/{origin.name}.csv" if origin else f"data/{table_paths(folder)[name]}"
    asked, places = indicators_by_edition(folder), all_places(folder)
    allowed = _allowed(origin, Path(where).parent.parent.name, folder)
    levels = {code: places[code].level for code in table["place"].unique() if code in places}
    if faults := _faults_of(table, where, asked, levels, allowed):
        raise DataError(faults)
    return table


@kept_by_content
def _faults_of(
    table: pd.DataFrame,
    where: str,
    asked: Mapping[str, Mapping[str, Indicator]],
    levels: Mapping[str, str],
    allowed: Mapping[str, tuple[Collection[str], str]],
) -> list[Fault]:
    """Return every fault of a table; `levels` are those of its known places, `allowed` what its columns may have."""
    faults = list[Fault]()
    for row_number, row in enumerate(table.fillna({"answer": ""}).to_dict("records"), start=2):
        known = asked.get(row["edition"], {})
        name, group = measure_and_group(row["indicator"])
        indicator = known.get(name) if group in (TOTAL, *GROUPS) else None
        wrong = [(column, rule) for column, (values, rule) in allowed.items() if row[column] not in values]
        if indicator is None and row["edition"] in allowed["edition"][0]:
            wrong = [("indicator", f"okänd indikator.{nearest(row['indicator'], known)}"), *wrong]
        if wrong:
            faults += [Fault(where, row_number, column, row[column], rule) for column, rule in wrong]
        elif indicator:
            faults += _broken(row, indicator, levels[row["place"]], where, row_number)
    return faults


def _allowed(origin: Origin | None, edition: str, folder: Path) -> dict[str, tuple[Collection[str], str]]:
    """Return for each column the values that a row may have, and the Swedish rule; `edition` is a shipped file's."""
    places = (all_places(folder), "okänd kod; se data/places.csv")
    if origin:
        own = ([origin.edition], f"inläsningen gäller utgåvan {origin.edition}")
        return {"place": places, "edition": own, "source": ([origin.name], f"ska vara ”{origin.name}”")}
    home = domain_folder(folder) / edition
    sources = shipped_sources(domain_folder(folder))["source"].tolist()
    return {
        "place": places,
        "edition": ([edition], f"ska vara {edition}, som mappen heter"),
        "source": (sources, f"okänd källa; lägg till den i {label_of(home / 'sources.csv')}"),
    }


def _broken(row: dict[Any, Any], indicator: Indicator, level: str, where: str, row_number: int) -> Iterator[Fault]:
    """Yield a fault for every rule of the field that one row breaks."""
    found = broken_rules(indicator, level, row["value"], row["answer"], row["status"])
    found += counts_broken(indicator, row["value"], row["numerator"], row["denominator"], row["status"])
    for column, rule in found:
        yield Fault(where, row_number, column, "" if pd.isna(row[column]) else str(row[column]), rule)


def broken_rules(indicator: Indicator, level: str, value: float, answer: str, status: str) -> list[tuple[str, str]]:
    """Return (column, Swedish rule) for every rule of the field that one result breaks."""
    has_value, has_answer = not pd.isna(value), bool(answer)
    answers, words = indicator.is_answer and level in UNITS, indicator.answer_words
    wanted = listing([*words.values()], "eller")
    rules = [
        ("status", has_value and has_answer, "en uppgift kan inte vara både svar och tal"),
        ("status", status != "observed" and (has_value or has_answer), "status säger att uppgift saknas"),
        ("status", status == "observed" and not (has_value or has_answer), "status säger att uppgift finns"),
        ("value", has_value and answers, f"är ett tal, men kommunens svar ska vara {wanted}"),
        ("answer", has_answer and not answers, "är ett svar, men här ska stå ett tal"),
        ("answer", answers and has_answer and answer not in words,
         f"{ANSWER_WORDS.get(answer, answer).lower()} är inget svar på den här indikatorn"),
        ("value", has_value and is_share(indicator) and not 0 <= value <= 1, NO_SHARE),
        ("value", has_value and value < 0, "kan inte vara negativt"),
        ("value", has_value and indicator.scale == "hours-per-week" and value > 168, "är mer än en veckas 168 timmar"),
        ("value", has_value and value > MOST, "är orimligt stort"),
    ]  # fmt: skip
    return [(column, rule) for column, broken, rule in rules if broken]


def counts_broken(
    indicator: Indicator, value: float, numerator: float, denominator: float, status: str
) -> list[tuple[str, str]]:
    """Return (column, Swedish rule) for every rule that a result of an indicator and its counts break."""
    share = is_share(indicator)
    found = broken_counts(numerator, denominator, status, share=share, fractions=indicator.fractions)
    return [*found, *(unlike_counts(value, numerator, denominator) if share else ())]


def broken_counts(
    numerator: float, denominator: float, status: str, *, share: bool = True, fractions: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Return (column, Swedish rule) for every rule that a result's numerator and denominator break.

    Only a share's numerator is a part of its denominator; hours and ratios may be larger. Persons are whole, and so
    are those who answer; `fractions` are the columns that count full-time equivalents or hours.

    A hidden figure's counts would give it away, so they may not stand beside it.
    """
    pair = {"numerator": numerator, "denominator": denominator}
    told = {name: count for name, count in pair.items() if not pd.isna(count)}
    hidden = status not in ("observed", "missing", "not_applicable")
    words = {"numerator": "täljare", "denominator": "nämnare"}
    rules = [(name, hidden, f"en dold uppgift får inte ha {words[name]}") for name in told]
    rules += [("numerator", share and len(told) == 2 and numerator > denominator, "är större än nämnaren")]
    rules += [(name, count > MOST, "är orimligt stort") for name, count in told.items()]
    rules += [(name, count <= MOST and count % 1 != 0, WHOLE) for name, count in told.items() if name not in fractions]
    return [(column, rule) for column, broken, rule in rules if broken]


def unlike_counts(value: float, numerator: float, denominator: float) -> list[tuple[str, str]]:
    """Return (column, Swedish rule) where a share is not that of its counts, as rounded as it is written."""
    if pd.isna([value, numerator, denominator]).any() or not denominator or numerator > denominator:
        return []
    decimals = max(-int(Decimal(repr(float(value))).as_tuple().exponent), len("00"))
    if abs(value - numerator / denominator) <= 0.5 * 10.0**-decimals + NEARLY:
        return []
    rule = f"stämmer inte med antalen: {numerator:g} av {denominator:g} är {percent(numerator / denominator, 1)}"
    return [("value", f"{rule}, men värdet är {percent(value, 1)}. Rätta värdet eller antalen")]


def is_share(indicator: Indicator) -> bool:
    """Return whether the indicator's numbers are shares, so that 59 and 0,59 may mean the same."""
    return indicator.is_answer or indicator.scale == "share"
