"""Where a report comes from: its sources, what it can be compared with, who sent it and whom to ask."""

import re
from collections.abc import Mapping

from oj.facts.editions import edition_of
from oj.present.front.language import ENGLISH, SWEDISH, one_of
from oj.present.output import Text
from oj.sources.kolada.values import read_fetched
from oj.sources.origins import NOT_SAID, sources
from oj.tidy.earlier import has_earlier
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.plain_text import as_linked_markdown, as_markdown
from oj.words.swedish import MONTHS, day, listing, tied

NO_EARLIER = "okänt, för underlaget har ingen tidigare utgåva"
FOLLOWED, METHOD = "Följ en siffra", "[Metod och kvalitet](metod.ipynb)"
METHOD_TODAY = "[Metod och källor](metod.ipynb)"
FOLLOWED_OUT = ("Kontakt", "Tillgänglighet")  # whose addresses are links
ENGLISH_WORDS = {
    "Källa": "Source", "Enkätsvaren gäller": "Answers as of", "Ändrat": "Changed",
    "Kontakt": "Contact", "Avsändare": "Sender", "Datum": "Date", "Tillgänglighet": "Accessibility",
    FOLLOWED: "Follow a figure",
    NO_EARLIER: "not known, since there is no earlier edition", "hämtat den": "fetched on",
}  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def colophon(  # noqa: PLR0913, PLR0917
    figures: Figures,
    publisher: str = "",
    date: str = "",
    contact: str = "",
    accessibility: str = "",
    language: str = SWEDISH,
) -> Text:
    """Return the sources, since when nothing can be compared, whom to contact, who sent it, when, how accessible it is.

    What is not given is left out, and that nothing is told of what has changed is told, where there is no earlier
    edition. In Swedish (`sv`) or English (`en`); what is typed in stands as it is. Raises UserError for another.

    >>> import oj
    >>> print(oj.colophon(oj.figures("Stockholm"), "FoU", contact="08-123").markdown.partition(" **Kontakt")[2])
    :** 08-123. **Avsändare:** FoU.
    >>> print(oj.colophon(oj.figures("Stockholm"), language="en").markdown.partition("** ")[2].partition(" **")[0])
    FoU-Nordväst (2015).
    """
    words = ENGLISH_WORDS if one_of(language) == ENGLISH else {}
    alone = figures.municipalities() and not figures.is_current and not has_earlier(figures.folder)
    refers_to = "" if figures.is_current else str(edition_of(figures.folder).refers_to or "")
    given = {
        "Källa": listing(list(dict.fromkeys(_sources(figures, words)))),
        "Enkätsvaren gäller": _day(refers_to, words),
        "Ändrat": words.get(NO_EARLIER, NO_EARLIER) if alone else "",
        "Kontakt": contact,
        "Avsändare": publisher,
        "Datum": _day(date, words),
        "Tillgänglighet": accessibility,
    }
    told = [
        f"**{words.get(key, key)}:** {(as_linked_markdown if key in FOLLOWED_OUT else as_markdown)(text)}."
        for key, text in given.items()
        if text
    ]
    method = METHOD_TODAY if figures.is_current else METHOD
    told.insert(1, f"**{words.get(FOLLOWED, FOLLOWED)}:** {words.get(method, method)}.")
    return Text(tied(" ".join(told)))


def _sources(figures: Figures, words: Mapping[str, str]) -> list[str]:
    """Return who has published what the figures come from, and when."""
    known = sources(figures.folder).set_index("source")
    met = known.reindex([name for name in figures.frame["source"].unique() if name in known.index])
    titles = [row.title if row.publisher == NOT_SAID else f"{row.publisher} ({row.year})" for row in each_row(met)]
    if figures.is_current:
        fetched, said = read_fetched(figures.counties[0], figures.folder).fetched, "hämtat den"
        titles.append(f"Kolada, RKA, {words.get(said, said)} {_day(fetched, words)}")
    return titles


def _day(iso: str, words: Mapping[str, str]) -> str:
    """Return a day, or nothing where none is given, with its month in English where there are words for that."""
    told = day(iso)
    for swedish, english in zip(MONTHS, ENGLISH_MONTHS, strict=True) if words else ():
        told = re.sub(rf"\b{swedish}\b", english, told)
    return told
