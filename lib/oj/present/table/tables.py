"""Any figures as tables: those of a table or an area, of today, of the years, of reached targets."""

from oj.compare.reached import TARGETS
from oj.facts.places import NATION
from oj.figures.schema import Figures
from oj.present.findings.overview import targets as targets_table
from oj.present.findings.trends import observed
from oj.present.output import Parts, Shown
from oj.present.table.current import current_overview, current_table
from oj.present.table.results import table as edition_table
from oj.present.table.years import own_years


def table(figures: Figures) -> Shown:
    """Return figures as a table: places as rows, measures as columns, with signs and sources in its notes.

    Of an area or a whole edition one table after another; of all key figures of today an overview; of the years each
    municipality's own, beside the nation's, and of the nation alone all that is known with its sources.

    >>> import oj
    >>> "Arbetsledning" in oj.table(oj.figures("Stockholm").of("kompetens")).html
    False
    """
    native, folder = figures.native_rows(), figures.folder
    if figures.chosen == TARGETS:
        return targets_table(native, folder)
    if figures.is_over_time:
        of_nation = figures.places == (NATION,)
        return observed(native, folder) if of_nation else own_years(figures.with_nation().native_rows())
    if figures.is_current:
        return current_table(native, figures.chosen, folder) if figures.chosen else current_overview(native, folder)
    names = dict.fromkeys(one.table for one in figures.measures.values())
    made = Parts(edition_table(native, name, folder) for name in names)
    return made[0] if len(made) == 1 else made
