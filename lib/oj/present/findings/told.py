"""Any figures in words: what stands out, by rules; each sentence knows its rows."""

from oj.compare.reached import TARGETS
from oj.doors.results import place_of
from oj.facts.places import NATION
from oj.figures.schema import Figures
from oj.present.findings.current import current_findings, current_key_results, current_opening
from oj.present.findings.current_municipality import municipality_current_findings
from oj.present.findings.guide import guide as edition_guide
from oj.present.findings.municipality import municipality_findings
from oj.present.findings.overview import lead, targets_findings
from oj.present.findings.results import findings as table_findings
from oj.present.findings.summary import key_results, nation_summary
from oj.present.findings.summary import opening as edition_opening
from oj.present.findings.trends import development
from oj.present.method.origins import regions_told
from oj.present.output import Parts, Text
from oj.present.table.years import opening_over_time, years


def opening(figures: Figures, group_name: str = "") -> Text:
    """Return what a report holds: whose figures, of which measures and periods, and what is lacking.

    >>> import oj
    >>> print(oj.opening(oj.figures("Jönköping")).markdown.split(". ")[0])
    Rapporten visar resultat för Jönköpings län i utgåvan 2015
    """
    native, folder = figures.native_rows(), figures.folder
    if figures.is_over_time:
        return opening_over_time(native)
    if figures.is_current:
        return current_opening(native, figures.counties[0], folder)
    return edition_opening(native, group_name, folder, regions_told(figures))


def findings(figures: Figures, municipality: str = "", group_name: str = "") -> Text | Parts:
    """Return what stands out: in a table, over an area, over everything, in reached targets, or for a municipality.

    Nothing is ranked, and of what may not be compared no difference is told. Raises UserError for a municipality that
    is not in the figures.

    >>> import oj
    >>> print(oj.findings(oj.figures("Jönköping").of("utanfor-kontorstid")).markdown.replace(chr(160), " "))
    - Jönköpings län ligger minst 10 procentenheter under riket när det gäller socialjour (42 mot 72 %).
    """
    if figures.is_current:
        return _of_today(figures, municipality)
    native, folder, name = figures.native_rows(), figures.folder, figures.chosen
    nation_alone = figures.places == (NATION,)
    if figures.is_over_time:
        return development(native, folder) if nation_alone else years(native, folder)
    if name == TARGETS:
        return targets_findings(native, folder)
    if municipality:
        return municipality_findings(native, municipality, folder)
    if name:
        is_area = name in {one.area for one in figures.measures.values()}
        return (lead if is_area else table_findings)(native, name, folder)
    return nation_summary(native, folder=folder) if nation_alone else key_results(native, group_name, folder)


def _of_today(figures: Figures, municipality: str) -> Text:
    if municipality:
        own = figures.beside(place_of(figures.frame, municipality))
        return municipality_current_findings(own.native_rows(), municipality, figures.folder)
    native = figures.native_rows()
    if figures.chosen:
        return current_findings(native, figures.chosen, figures.folder)
    return current_key_results(native, figures.folder)


def guide(figures: Figures, group_name: str = "") -> Parts:
    """Return the analysis guide's four steps, filled in as far as the figures go, for all and for each municipality.

    >>> import oj
    >>> [part.label for part in oj.guide(oj.figures("Jönköping")) if hasattr(part, "label")]
    ['tbl-guide', 'tbl-plan']
    """
    return edition_guide(figures.native_rows(), group_name, figures.folder)
