"""The method: what is measured, by which rules, from which sources, and what is uncertain."""

from collections.abc import Callable

from oj.figures.schema import Figures
from oj.present.findings.guide import guide_rules
from oj.present.method import continuity, current, origins, quality
from oj.present.method.quality import colophon as made
from oj.present.method.rules import rule_texts, worked_example
from oj.present.method.sheets import fact_sheet_appendix, fact_sheets
from oj.present.method.text import text as prose
from oj.present.output import Parts, Shown, Table, Text
from oj.present.table.current_municipality import current_cautions, current_definitions
from oj.words.errors import UserError, nearest

GUIDE = "analysguide"


def _year(figures: Figures) -> str:
    return "" if figures.is_over_time else figures.edition


def _references(figures: Figures) -> Text:
    native = figures.native_rows()
    if figures.is_over_time or figures.chosen:
        return quality.references(native, figures.folder)
    return quality.references(folder=figures.folder, results=native)


def _corrections(figures: Figures) -> Table | Text:
    made = origins.corrections_over_time if figures.is_over_time else origins.corrections
    return made(figures.folder)


TOPICS: dict[str, Callable[[Figures], Shown]] = {
    "tecken": lambda figures: quality.signs(figures.native_rows()),
    "kallor": _references,
    "rattelser": _corrections,
    "undersokning": lambda figures: quality.survey(figures.edition, figures.folder),
    "undersokningar": lambda figures: continuity.facts_over_time(_year(figures), figures.folder),
    "matdatum": lambda figures: quality.measuring_dates(figures.folder),
    "brott": lambda figures: continuity.breaks(figures.folder),
    "angivna-forandringar": lambda figures: continuity.stated_changes(figures.folder),
    "slaktskap": lambda figures: continuity.kinship(figures.folder),
    "motsagelser": lambda figures: quality.conflicts(figures.edition, figures.folder),
    "motsagelser-over-tid": lambda figures: continuity.conflicts_over_time(_year(figures), figures.folder),
    "inlasta": lambda figures: origins.imported_results(figures.native_rows(), figures.folder),
    "grupper": lambda figures: quality.peer_groups(figures.native_rows(), figures.folder),
    "kolada": lambda figures: current.current_source(figures.counties[0], figures.folder),
    "kommungrupper": lambda figures: current.current_groups(figures.counties[0], figures.folder),
    "stoppade": lambda figures: current.current_stopped(figures.counties[0], figures.folder),
}


def method(figures: Figures, topic: str) -> Shown:
    """Return what the method chapter tells of a topic, such as tecken, kallor, brott, inlasta; nothing where it is so.

    Raises UserError for a topic that there is not.

    >>> import oj
    >>> oj.method(oj.figures("Stockholm"), "tecken").label
    'tbl-tecken'
    """
    if topic not in TOPICS:
        raise UserError(f"Ämnet ”{topic}” finns inte.{nearest(topic, TOPICS)} De som finns: {', '.join(TOPICS)}.")
    return TOPICS[topic](figures)


def about(figures: Figures, *, folded: bool = True) -> Text | Parts:
    """Return what measures mean: the fact sheets of an area, folded for its chapter or open; of today definitions.

    >>> import oj
    >>> oj.about(oj.figures("Stockholm").of("tillganglig")).markdown.count("callout-note")
    1
    """
    if figures.is_current:
        return Parts([current_definitions(figures.folder), current_cautions(figures.folder)])
    return (fact_sheets if folded else fact_sheet_appendix)(figures.chosen, figures.folder)


def rules(figures: Figures, case: str = "") -> Text:
    """Return how answers become results: every rule, one worked case, or how the analysis guide is filled in.

    Raises UserError for a case that there is not.

    >>> import oj
    >>> oj.rules(oj.figures("Stockholm"), "04.01").markdown.splitlines()[-1].replace(chr(160), " ")
    'Resultat: **47 %**. 50 − 0,3 · 10 = 47; 22 / 47.'
    """
    if case == GUIDE:
        return guide_rules(figures.native_rows())
    edition, folder = figures.edition, figures.folder
    return worked_example(case, edition, folder) if case else rule_texts(edition, folder)


def text(figures: Figures, name: str) -> Text:
    """Return a text of the edition's own by its name in `texts.yml`; one that nobody has written is no text.

    `nyckelresultat` is the nation's key results, with their figures.

    >>> import oj
    >>> oj.text(oj.figures("Stockholm"), "finns-inte").markdown
    ''
    """
    if name == "nyckelresultat":
        return quality.national_statements(figures.edition, figures.folder)
    return prose(figures.native_rows(), name, figures.folder)


def colophon(figures: Figures, publisher: str = "", date: str = "") -> Text:
    """Return who made the report, when, from which data and with which versions; no clock is read.

    >>> import oj
    >>> oj.colophon(oj.figures("Kalmar", "over-tid"), "FoU", "2015-06-30").markdown.split(".")[0].replace(chr(160), " ")
    'Rapporten är gjord av FoU den 30 juni 2015'
    """
    county, *others = figures.counties
    return made(publisher, date, county, others, figures.folder)
