"""County reports on the Open Comparisons (Öppna jämförelser) of social services.

In a notebook: `import oj`, then `figures = oj.figures("Stockholm")`, one tidy table, and with it one line for whatever
is wanted: `oj.table(figures.of("kompetens"))`, `oj.chart(figures.of("samordning"))`, `oj.map(figures)`,
`oj.findings(figures)`, `oj.sheet(figures, "Solna")`, `oj.guide(figures)` and so on.
"""

from oj.compare.across import across
from oj.compare.reached import targets
from oj.figures.door import figures
from oj.figures.earlier import since
from oj.present.chart.chart import chart
from oj.present.findings.told import findings, guide, opening
from oj.present.maps.map import map
from oj.present.method.quality import colophon
from oj.present.method.topics import about, method, rules, text
from oj.present.table.sheet import sheet
from oj.present.table.tables import table

__all__ = [
    "about",
    "across",
    "chart",
    "colophon",
    "figures",
    "findings",
    "guide",
    "map",
    "method",
    "opening",
    "rules",
    "sheet",
    "since",
    "table",
    "targets",
    "text",
]
