"""County reports on the Open Comparisons (Öppna jämförelser) of social child and youth care.

In a notebook: `import oj`, then `results = oj.results("Stockholm")`, a tidy pandas table, and with it
`oj.table(results, "kompetens")`, `oj.chart(results, "handlaggarnas-kompetens")` and so on.
"""

from oj.present.figures import chart
from oj.present.prose import findings
from oj.present.quality import (
    colophon,
    conflicts,
    measuring_dates,
    national_statements,
    peer_groups,
    references,
    signs,
    survey,
)
from oj.present.sheets import fact_sheet_appendix, fact_sheets
from oj.present.summary import key_results, opening
from oj.present.tables import table
from oj.results import results

__all__ = [
    "chart",
    "colophon",
    "conflicts",
    "fact_sheet_appendix",
    "fact_sheets",
    "findings",
    "key_results",
    "measuring_dates",
    "national_statements",
    "opening",
    "peer_groups",
    "references",
    "results",
    "signs",
    "survey",
    "table",
]
