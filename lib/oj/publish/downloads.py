"""The results behind the report, for those who want to count on: one row per indicator and place."""

from pathlib import Path

import pandas as pd


def write_csv(results: pd.DataFrame, target: Path) -> None:
    """Write `resultat.csv`, tidy and in UTF-8; a figure that is hidden or lacking is an empty cell."""
    results.to_csv(target, index=False, encoding="utf-8", lineterminator="\n")
