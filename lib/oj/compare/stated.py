"""What the sources themselves say of change: kept as their words, and set beside what may be compared."""

import pandas as pd


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
