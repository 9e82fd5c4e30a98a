"""One municipality's own page: its figures beside the county's and the nation's."""

from oj.doors.results import place_of
from oj.figures.schema import Figures
from oj.present.chart.chart import chart
from oj.present.output import Parts, as_parts
from oj.present.table.current_municipality import municipality_key_figures
from oj.present.table.municipality import key_facts, targets_and_peers


def sheet(figures: Figures, municipality: str) -> Parts:
    """Return a municipality's tables and chart; raise UserError for one that is not in the figures.

    Of an edition its conditions, its targets part by part with whom to ask, and its barometer; of today its key figures
    by gender beside others' and year by year.

    >>> import oj
    >>> [part.label for part in oj.sheet(oj.figures("Stockholm"), "Solna")]
    ['tbl-nyckelfakta-0184', 'tbl-delomraden-0184', 'fig-barometer-0184']
    """
    folder = figures.folder
    if figures.is_current:
        own = figures.beside(place_of(figures.frame, municipality))
        table = municipality_key_figures(own.native_rows(), municipality, figures.counties[0], folder)
        return as_parts(table, chart(own, municipality=municipality))
    native = figures.native_rows()
    tables = [key_facts(native, municipality, folder), targets_and_peers(native, municipality, folder)]
    return as_parts(*tables, chart(figures, municipality=municipality))
