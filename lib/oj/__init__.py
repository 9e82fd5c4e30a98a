"""County reports on the Open Comparisons (Öppna jämförelser) of social services.

In a notebook: `import oj`, then `figures = oj.figures("Stockholm")`, one tidy table, and with it one line for whatever
is wanted: `oj.table(figures.of("kompetens"))`, `oj.chart(figures.of("samordning"))`, `oj.map(figures)`,
`oj.findings(figures)`, `oj.sheet(figures, "Solna")`, `oj.guide(figures)` and so on. Each is imported when it is first
asked for: whoever only wants the command line waits for none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oj.compare.across import across
    from oj.compare.reached import targets
    from oj.present.chart.chart import chart
    from oj.present.findings.told import findings, guide, opening
    from oj.present.front.colophon import colophon
    from oj.present.front.summary import summary
    from oj.present.maps.map import map
    from oj.present.method.topics import about, method, text
    from oj.present.table.sheet import sheet
    from oj.present.table.tables import table
    from oj.tidy.door import figures
    from oj.tidy.earlier import since

WHERE = {
    "about": "oj.present.method.topics",
    "across": "oj.compare.across",
    "chart": "oj.present.chart.chart",
    "colophon": "oj.present.front.colophon",
    "figures": "oj.tidy.door",
    "findings": "oj.present.findings.told",
    "guide": "oj.present.findings.told",
    "map": "oj.present.maps.map",
    "method": "oj.present.method.topics",
    "opening": "oj.present.findings.told",
    "sheet": "oj.present.table.sheet",
    "since": "oj.tidy.earlier",
    "summary": "oj.present.front.summary",
    "table": "oj.present.table.tables",
    "targets": "oj.compare.reached",
    "text": "oj.present.method.topics",
}
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
    "sheet",
    "since",
    "summary",
    "table",
    "targets",
    "text",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Return what is asked for, imported now; raise AttributeError for what there is not."""
        if name not in WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found = getattr(import_module(WHERE[name]), name)
        return found

    def __dir__() -> list[str]:
        """Return the names, also those that nobody has asked for yet."""
        return sorted({*globals(), *WHERE})
