"""What the sources themselves say of change: kept as their words, and set beside what may be compared."""

import pandas as pd

DERIVED = ["place", "series", "edition", "value"]


def across_break(rows: pd.DataFrame, changes: pd.DataFrame, breaks: dict[str, set[str]]) -> pd.Series:
    """Return, for each observation, whether the change that its source tells of would cross a break.

    It does where the edition is the first after a break, and where a stated change from an earlier edition to
    it passes one. `changes` is changes.csv, `breaks` the first editions after a break by series.
    """
    spans = changes.groupby(["series", "edition_to", "source"])["edition_from"].min().to_dict()
    return pd.Series(
        [
            any(
                spans.get((row.series, row.edition, row.source), str(int(str(row.edition)) - 1)) < start <= row.edition
                for start in breaks.get(str(row.series), set())
            )
            for row in rows.itertuples()
        ],
        index=rows.index,
        dtype=bool,
    )


def derived(rows: pd.DataFrame, changes: pd.DataFrame, breaks: dict[str, set[str]]) -> pd.DataFrame:
    """Return the values that a stated change implies for its first edition, one row per place, series and edition.

    Only from one exact value at its last edition, where the first has none and no break is between. Rounded
    shares: the value may be wrong by one percentage point.

    >>> rows = pd.DataFrame([{"series": "a", "place": "00", "edition": "2014", "value": 0.81, "qualifier": ""}])
    >>> told = [{"series": "a", "place": "00", "edition_from": "2010", "edition_to": "2014", "change": 0.53}]
    >>> derived(rows, pd.DataFrame(told), {}).to_dict("records")
    [{'place': '00', 'series': 'a', 'edition': '2010', 'value': 0.28}]
    """
    exact = rows[rows["value"].notna() & (rows["qualifier"] == "")]
    values = exact.groupby(["series", "place", "edition"])["value"].unique().to_dict()
    found = []
    for row in changes[changes["change"].notna()].itertuples():
        last = values.get((row.series, row.place, row.edition_to), [])
        first = values.get((row.series, row.place, row.edition_from), [])
        crossed = any(str(row.edition_from) < start <= str(row.edition_to) for start in breaks.get(str(row.series), ()))
        if len(last) == 1 and not len(first) and not crossed:
            found.append([row.place, row.series, row.edition_from, round(last[0] - float(str(row.change)), 4)])
    return pd.DataFrame(found, columns=DERIVED).drop_duplicates(ignore_index=True)
