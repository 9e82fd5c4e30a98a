"""The functions behind the grammar, each by its own name, for the tests of each."""

from oj.doors.current import current
from oj.doors.observations import observations
from oj.doors.results import results
from oj.present.findings.current import current_findings, current_key_results, current_opening
from oj.present.findings.current_municipality import municipality_current_findings
from oj.present.findings.guide import guide, guide_rules, municipality_guide
from oj.present.findings.municipality import municipality_findings
from oj.present.findings.overview import lead, targets, targets_findings
from oj.present.findings.results import findings
from oj.present.findings.summary import key_results, nation_summary, opening
from oj.present.findings.trends import development, observed
from oj.present.method.quality import (
    national_statements,
)
from oj.present.table.current import current_overview, current_table
from oj.present.table.current_municipality import current_cautions, current_definitions, municipality_key_figures
from oj.present.table.municipality import key_facts, targets_and_peers
from oj.present.table.results import table
from oj.present.table.years import opening_over_time, own_years, years

__all__ = [
    "current",
    "current_cautions",
    "current_definitions",
    "current_findings",
    "current_key_results",
    "current_opening",
    "current_overview",
    "current_table",
    "development",
    "findings",
    "guide",
    "guide_rules",
    "key_facts",
    "key_results",
    "lead",
    "municipality_current_findings",
    "municipality_findings",
    "municipality_guide",
    "municipality_key_figures",
    "nation_summary",
    "national_statements",
    "observations",
    "observed",
    "opening",
    "opening_over_time",
    "own_years",
    "results",
    "table",
    "targets",
    "targets_and_peers",
    "targets_findings",
    "years",
]
