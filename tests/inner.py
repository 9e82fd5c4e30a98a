"""The functions behind the grammar, each by its own name, for the tests of each."""

from oj.doors.current import current
from oj.doors.observations import observations
from oj.doors.results import results
from oj.present.method.quality import national_statements

__all__ = ["current", "national_statements", "observations", "results"]
