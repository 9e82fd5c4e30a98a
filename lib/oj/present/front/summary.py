"""The first two pages in the language that is asked for."""

from oj.present.front.english import in_english
from oj.present.front.pages import first_pages
from oj.present.output import Parts
from oj.tidy.schema import Figures
from oj.words.errors import UserError, nearest
from oj.words.swedish import listing

SWEDISH, ENGLISH = "sv", "en"
LANGUAGES = [SWEDISH, ENGLISH]


def summary(figures: Figures, group_name: str = "", language: str = SWEDISH) -> Parts:
    """Return a line for each municipality, what stands out with names, and the answers part by part.

    In English (`en`) there is nothing for an edition that has no words for it. Raises UserError for another language.

    >>> import oj
    >>> [part.label for part in oj.summary(oj.figures("Stockholm")) if hasattr(part, "label")]
    ['tbl-sammanfattning', 'tbl-svaren']
    >>> [part.label for part in oj.summary(oj.figures("Stockholm"), language="en") if hasattr(part, "label")]
    ['tbl-sammanfattning-en', 'tbl-svaren-en']
    """
    if language not in LANGUAGES:
        raise UserError(f"Språket ”{language}” finns inte.{nearest(language, LANGUAGES)} Välj {listing(LANGUAGES)}.")
    parts = first_pages(figures, group_name)
    return in_english(parts, figures) if language == ENGLISH else parts
