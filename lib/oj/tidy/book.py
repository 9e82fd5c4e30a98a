"""Which book a report is, and the figures that it is about: an edition's, today's, or those over the years."""

from oj.doors.shown import read_others, read_reported
from oj.facts.editions import edition_folder
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters
from oj.facts.places import NATION, all_places, find_report_place
from oj.sources.kolada.values import is_fetched
from oj.tidy.door import figures
from oj.tidy.schema import Figures
from oj.tidy.years import places_with_history


def book_of(parameters: ReportParameters) -> str:
    """Return which book a report is: the edition's year, `aktuell` or `over-tid`; UserError for an unknown edition.

    >>> [book_of(ReportParameters(county=name)) for name in ("Riket", "Kalmar", "Stockholm")]
    ['over-tid', 'over-tid', '2015']
    """
    own = find_report_place(parameters.county)
    if parameters.edition in (CURRENT, OVER_TIME):
        return parameters.edition
    edition_folder(edition=parameters.edition)
    if own.code == NATION:
        return OVER_TIME
    places, others = all_places(), read_others([own.code])
    rows = read_reported(own.code)
    published = rows.loc[(rows["edition"] == parameters.edition) & ~rows["source"].isin(others), "place"].unique()
    if any(own.code in (code, places[code].county) for code in published):
        return parameters.edition
    if is_fetched(own):
        return CURRENT
    over_time = any(places[code].county == own.code for code in places_with_history())
    return OVER_TIME if over_time else parameters.edition


def figures_of(parameters: ReportParameters, book: str) -> Figures:
    """Return the figures of a report, which is such a book; raise UserError where there is nothing to show.

    >>> solna = ReportParameters(county="Stockholm", municipalities=["Solna"])
    >>> len(figures_of(solna, book_of(solna)).municipalities())
    1
    """
    return figures(
        parameters.county, book, parameters.municipalities, parameters.compare_with, parameters.domain,
        parameters.reference_source,
    )  # fmt: skip
