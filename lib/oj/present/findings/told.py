"""Any figures in words: what stands out, by rules; each sentence knows its rows."""

from oj.compare.across import is_across
from oj.compare.reached import ALL, TARGETS, counted_from
from oj.facts.places import NATION
from oj.present import across, since
from oj.present.findings import opening as openings
from oj.present.findings import today
from oj.present.findings.answers import most_and_fewest
from oj.present.findings.guide import guide as edition_guide
from oj.present.findings.municipality import of_municipality
from oj.present.findings.news import years
from oj.present.findings.sentences import Sentence, aimed, as_list
from oj.present.findings.summary import of_a_table, of_all, of_an_area, of_targets
from oj.present.findings.trends import development
from oj.present.followed import followed
from oj.present.output import Parts, Text
from oj.tidy.as_it_is import refuse_apart
from oj.tidy.schema import Figures
from oj.words.errors import UserError


@followed
def opening(figures: Figures, group_name: str = "") -> Text:
    """Return what a report holds: whose figures, of which measures and periods, and what is lacking.

    Raises UserError where what was chosen has no figures.

    >>> import oj
    >>> print(oj.opening(oj.figures("Jönköping")).markdown.split(". ")[0])
    Rapporten visar resultat för Jönköpings län i utgåvan 2015
    """
    if figures.origin is not None and not figures.frame.empty:
        figures = figures.origin if is_across(figures) else counted_from(figures)
    refuse_apart(figures, of_today=True)
    if figures.frame.empty or (figures.is_current and not figures.latest_periods()):
        raise UserError("Det finns inga värden i det som är valt, så det går inte att säga vad rapporten innehåller.")
    if figures.places and not (figures.is_over_time or figures.municipalities()):
        raise UserError("Det som är valt har inga kommuner, så det går inte att säga vilka rapporten gäller.")
    if figures.earlier is not None:
        return since.opening(figures)
    if figures.is_over_time:
        return openings.of_the_years(figures)
    return openings.of_today(figures) if figures.is_current else openings.of_an_edition(figures, group_name)


@followed
def findings(figures: Figures, municipality: str = "", group_name: str = "") -> Text | Parts:
    """Return what stands out: in a table, over an area, over everything, in reached targets, or for a municipality.

    Nothing is ranked, and of what may not be compared no difference is told. Raises UserError for a municipality that
    is not in the figures.

    >>> import oj
    >>> print(oj.findings(oj.figures("Jönköping").of("utanfor-kontorstid")).markdown.replace(chr(160), " "))
    - Jönköpings län ligger minst 10 procentenheter under riket när det gäller heltäckande socialjour (42 mot 72 %).
    """
    place, nation_alone = figures.place_of(municipality) if municipality else "", figures.places == (NATION,)
    if figures.frame.empty:
        return Text("")
    refuse_apart(figures, of_today=True)
    if is_across(figures):
        return across.of_municipality(figures, place) if place else across.findings(figures)
    if figures.earlier is not None:
        return since.of_municipality(figures, place) if place else since.findings(figures)
    if figures.is_over_time:
        return development(figures) if nation_alone else years(figures.at(place) if place else figures)
    if figures.is_current:
        return as_list(today.of_municipality(figures.beside(place), place) if place else today.of_today(figures))
    return _of_an_edition(figures, place, group_name)


def _of_an_edition(figures: Figures, place: str, group_name: str) -> Text | Parts:
    """Return what stands out in an edition: for a municipality (its code), over everything, or in what is chosen."""
    if place:
        return as_list(of_municipality(figures.origin or figures, place))
    if not (figures.chosen or figures.places == (NATION,)):
        return of_all(figures, group_name)
    return as_list(_of_what_is_chosen(figures))


def _of_what_is_chosen(figures: Figures) -> list[Sentence]:
    """Return what stands out in reached targets, over an area, in a table, a part or a measure, or in the nation."""
    if figures.origin:
        whole = figures.chosen in (TARGETS, ALL)
        origin = counted_from(figures)
        return of_targets(origin if whole else origin.of(figures.chosen))
    if not figures.chosen:
        return most_and_fewest(aimed(figures))
    is_area = figures.chosen in {one.area for one in figures.measures.values()}
    return (of_an_area if is_area else of_a_table)(figures)


@followed
def guide(figures: Figures, group_name: str = "", municipality: str = "") -> Parts:
    """Return the analysis guide's four steps, filled in as far as the figures go, for all or for one municipality.

    >>> import oj
    >>> [part.label for part in oj.guide(oj.figures("Jönköping")) if hasattr(part, "label")]
    ['tbl-guide', 'tbl-plan']
    """
    refuse_apart(figures, of_today=True)
    return edition_guide(figures, group_name, figures.place_of(municipality) if municipality else "")
