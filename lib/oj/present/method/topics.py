"""The method: what is measured, by which rules, from which sources, and what is uncertain."""

from collections.abc import Callable

from oj.compare.across import is_across
from oj.facts.texts import prose_of
from oj.present import across
from oj.present.findings.guide import guide_rules
from oj.present.method import continuity, current, origins, quality, sheets
from oj.present.method.rules import rule_texts, worked_example
from oj.present.output import Parts, Shown, Table, Text
from oj.tidy.schema import Figures
from oj.tidy.within import of_the_frame
from oj.words.errors import UserError, nearest

KEY_RESULTS = "nyckelresultat"
TOPICS: dict[str, Callable[[Figures], Shown]] = {
    "tecken": quality.signs,
    "kallor": quality.references,
    "rattelser": origins.corrections,
    "undersokning": quality.survey,
    "undersokningar": continuity.facts_over_time,
    "matdatum": quality.measuring_dates,
    "brott": continuity.breaks,
    "angivna-forandringar": continuity.stated_changes,
    "slaktskap": continuity.kinship,
    "motsagelser": quality.conflicts,
    "motsagelser-over-tid": continuity.conflicts_over_time,
    "beskrivningar": sheets.undescribed,
    "inlasta": origins.imported_results,
    "grupper": quality.peer_groups,
    "kolada": current.source,
    "kommungrupper": current.groups,
    "stoppade": current.stopped,
    "regler": rule_texts,
    "analysguide": guide_rules,
    "versioner": quality.versions,
}


@of_the_frame
def method(figures: Figures, topic: str) -> Shown:
    """Return what the method chapter tells of a topic, such as tecken, kallor, inlasta; nothing where it is so.

    The number of a worked case (04.01) is a topic too. Raises UserError for a topic that there is not.

    >>> import oj
    >>> oj.method(oj.figures("Stockholm"), "tecken").label
    'tbl-tecken'
    >>> oj.method(oj.figures("Stockholm"), "04.01").markdown.splitlines()[-1].replace(chr(160), " ")
    'Resultat: **47 %**. 50 − 0,3 · 10 = 47; 22 / 47.'
    """
    if topic[:1].isdecimal():
        return worked_example(figures, topic)
    if topic not in TOPICS:
        raise UserError(f"Ämnet ”{topic}” finns inte.{nearest(topic, TOPICS)} De som finns: {', '.join(TOPICS)}.")
    made = TOPICS[topic](figures)
    return Text("") if isinstance(made, Table) and "<tbody></tbody>" in made.html else made


@of_the_frame
def about(figures: Figures, *, linked: bool = False) -> Text | Parts:
    """Return what measures mean: the fact sheets of an area, or links to them; of today definitions.

    Of themes over domains what the questions of each are about.

    >>> import oj
    >>> oj.about(oj.figures("Stockholm").of("tillganglig")).markdown.count("**Varför det mäts.**")
    1
    """
    if is_across(figures):
        return across.about(figures)
    if figures.is_current:
        return Parts([current.definitions(figures), current.cautions(figures)])
    if figures.is_over_time:
        raise UserError("Faktablad finns för en utgåvas mått. Vad en serie är står i oj.table, med källornas ord.")
    figures = figures.origin or figures
    return (sheets.sheet_links if linked else sheets.open_sheets)(figures)


def text(figures: Figures, name: str) -> Text:
    """Return a text by its name in the edition's `texts.yml`, or in its domain's; one that nobody wrote is no text.

    One whose name begins with the edition (aktuell-unga) goes before. `nyckelresultat` is the nation's key results,
    with their figures.

    >>> import oj
    >>> oj.text(oj.figures("Stockholm"), "finns-inte").markdown
    ''
    """
    if name == KEY_RESULTS:
        return quality.national_statements(figures.edition, figures.folder)
    own = f"{figures.edition}-{name}"
    return Text(prose_of(own, figures.folder) or prose_of(name, figures.folder))
