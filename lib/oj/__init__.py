"""County reports on the Open Comparisons (Öppna jämförelser) of social child and youth care.

In a notebook: `import oj`, then `results = oj.results("Stockholm")`, a tidy pandas table, and with it one line
for whatever is wanted: `oj.table(results, "kompetens")`, `oj.chart(results, "samordning")`, `oj.answers(results)`,
`oj.barometer(results, "Solna")`, `oj.guide(results)` and so on.
"""

from oj.measures.trends import observations
from oj.present.barometer import barometer
from oj.present.continuity import breaks, conflicts_over_time, facts_over_time, kinship, stated_changes
from oj.present.figures import chart
from oj.present.glance import answers
from oj.present.guide import guide, guide_rules, municipality_guide
from oj.present.map_figures import area_map, area_maps, indicator_map, targets_map
from oj.present.municipality import municipality_findings
from oj.present.municipality_tables import key_facts, targets_and_peers
from oj.present.origins import corrections, corrections_over_time, imported_results
from oj.present.overview import lead, targets, targets_findings
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
from oj.present.rules import rule_texts, worked_example
from oj.present.sheets import fact_sheet_appendix, fact_sheets
from oj.present.summary import key_results, nation_summary, opening
from oj.present.tables import table
from oj.present.trend_charts import trends
from oj.present.trends import development, observed
from oj.present.years import opening_over_time, own_years, years
from oj.results import results

__all__ = [
    "answers",
    "area_map",
    "area_maps",
    "barometer",
    "breaks",
    "chart",
    "colophon",
    "conflicts",
    "conflicts_over_time",
    "corrections",
    "corrections_over_time",
    "development",
    "fact_sheet_appendix",
    "fact_sheets",
    "facts_over_time",
    "findings",
    "guide",
    "guide_rules",
    "imported_results",
    "indicator_map",
    "key_facts",
    "key_results",
    "kinship",
    "lead",
    "measuring_dates",
    "municipality_findings",
    "municipality_guide",
    "nation_summary",
    "national_statements",
    "observations",
    "observed",
    "opening",
    "opening_over_time",
    "own_years",
    "peer_groups",
    "references",
    "results",
    "rule_texts",
    "signs",
    "stated_changes",
    "survey",
    "table",
    "targets",
    "targets_and_peers",
    "targets_findings",
    "targets_map",
    "trends",
    "worked_example",
    "years",
]
