"""The languages of the first pages."""

from oj.words.errors import UserError, nearest
from oj.words.swedish import listing

SWEDISH, ENGLISH = "sv", "en"
LANGUAGES = [SWEDISH, ENGLISH]


def one_of(language: str) -> str:
    """Return a language that the first pages are written in. Raises UserError for another.

    >>> one_of("en")
    'en'
    """
    if language not in LANGUAGES:
        raise UserError(f"Språket ”{language}” finns inte.{nearest(language, LANGUAGES)} Välj {listing(LANGUAGES)}.")
    return language
