"""What to do next with a report: only what its figures leave to do, and only where somebody is named to be called."""

from oj.compare.improvement import improvements
from oj.compare.reached import comparable, reached
from oj.facts.places import slug
from oj.present.front.lines import has_answers, has_targets, is_anyone_named
from oj.present.output import Text
from oj.tidy.schema import Figures
from oj.words.swedish import capital

SHEET = "**Läs ert kommunblad**, i rapporten och i mappen *kommuner*: "
MISSED, WHO, ANSWERS = "varje mål som saknas", ", och vilka som når det", "era svar bredvid rikets"
CALLED = "**Ring** någon av dem, och "
CHOOSE = "**välj högst tre delområden**; "
GUIDE = "i [analysguiden](analysguide.ipynb) finns skäl och ett formulär."
IN_WORD = "skäl och ett formulär finns i kommunens Word-fil, i mappen *kommuner*."
NO_ANSWERS = "**Ta reda på varför svaren saknas**: ingen av kommunerna har något svar att visa."
OF_TODAY = (
    f"{SHEET}vad som skiljer sig från riket, och vad som har ändrats.",
    "**Välj högst tre tal** att arbeta med, och **fråga en liknande kommun** hur den har gjort.",
)
OF_ONE_TODAY = (
    "**Nästa steg:** välj högst tre av talen ovan. Ta reda på vad som ligger bakom dem hos er, och fråga en liknande "
    "kommun hur den har gjort."
)
OF_ONE = """::: {{.content-visible when-format="html"}}
**Nästa steg:** välj högst tre delområden. Skäl, andra underlag, jämförbarhet över tid och rutor att fylla i finns i \
[analysguiden för kommunen](kommuner/{file}-atgarder.docx), en fil i Word.
:::

::: {{.content-hidden when-format="html"}}
**Nästa steg:** välj högst tre delområden. Skäl, underlag och rutor att fylla i finns i kommunens Word-fil, i mappen \
kommuner.
:::"""
NO_ANSWER = "**Nästa steg:** ta reda på varför svaren saknas; kommunen har inget svar att visa."


def next_steps(figures: Figures, municipality: str = "") -> Text:
    """Return what to do next: for all under a heading, or for a municipality; nothing where there is nothing to do.

    Raises UserError for a municipality that is not in the figures.

    >>> from oj.tidy.door import figures
    >>> print(next_steps(figures("Jönköping")).markdown)
    1. **Välj högst tre delområden**; i [analysguiden](analysguide.ipynb) finns skäl och ett formulär.
    """
    if municipality:
        return Text(_of_one(figures, figures.place_of(municipality)))
    told = _of_today(figures) if figures.is_current else _of_all(figures) if has_targets(figures) else []
    name = f"sec-nasta-steg{'-aktuell' if figures.is_current else ''}"
    listed = "\n".join(f"{at}. {_begun(one)}" for at, one in enumerate(told, start=1))
    return Text(listed, before=f"## Nästa steg {{#{name} .unnumbered}}") if told else Text("")


def _begun(step: str) -> str:
    """Return a step with a capital, also where it begins in bold."""
    return f"**{capital(step.removeprefix('**'))}"


def _of_today(figures: Figures) -> list[str]:
    return [*OF_TODAY] if any(_has_value(figures, place) for place in figures.municipalities()) else []


def _has_value(figures: Figures, place: str) -> bool:
    """Return whether a municipality has any key figure."""
    rows = figures.frame
    return bool((rows["place"].eq(place) & rows["status"].eq("observed")).any())


def _of_all(figures: Figures) -> list[str]:
    """Return the steps of an edition's report: of its municipalities, or of the county where it has none."""
    own = [*figures.municipalities()]
    if own and not has_answers(figures):
        return [NO_ANSWERS]
    together, each = bool(improvements(figures)), any(improvements(figures, place) for place in own)
    choose = [CHOOSE + (GUIDE if together else IN_WORD)] if together or each else []
    if not own:
        return choose
    read = SHEET + (MISSED + (WHO if any(comparable(figures, place) for place in own) else "") if each else ANSWERS)
    return [f"{read}.", *(f"{CALLED if is_anyone_named(figures) else ''}{one}" for one in choose)]


def _of_one(figures: Figures, place: str) -> str:
    """Return the step of a municipality's sheet."""
    if figures.is_current:
        return OF_ONE_TODAY if _has_value(figures, place) else ""
    if not has_targets(figures):
        return ""
    if not reached(figures)["of"].get(place, 0):
        return NO_ANSWER
    return OF_ONE.format(file=slug(figures.name_of(place))) if improvements(figures, place) else ""
