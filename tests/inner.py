"""The functions behind the grammar, each by its own name, for the tests of each."""

from oj.doors.current import current
from oj.doors.observations import observations
from oj.doors.results import results
from oj.present.findings.overview import targets
from oj.present.findings.trends import observed
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
    "current_overview",
    "current_table",
    "key_facts",
    "municipality_key_figures",
    "national_statements",
    "observations",
    "observed",
    "opening_over_time",
    "own_years",
    "results",
    "table",
    "targets",
    "targets_and_peers",
    "years",
]
