"""How a question's title resembles another's, and the words that differ between the two."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from oj.sources.terms.match import LIKE, likeness
from oj.sources.terms.words import plain, squeezed

SAME_WORDS = "Samma ord, skrivna på annat sätt."


def like(one: str, other: str) -> float:
    """Return how a title resembles another, 0-1: nothing where they are less alike than is worth showing.

    >>> like("Plan för familjehem", "Plan för familjehemmen") > LIKE, like("Plan för familjehem", "Socialjour")
    (True, 0.0)
    """
    found = likeness(squeezed(one), squeezed(other))
    return found if found >= LIKE else 0.0


def differing(earlier: str, now: str) -> str:
    """Return in Swedish the words that only one of two titles has.

    >>> differing("Föräldrars uppfattning om planen", "Barns och vårdnadshavares uppfattning om planen")
    'Förr: ”Föräldrars”. Nu: ”Barns och vårdnadshavares”.'
    >>> differing("Plan", "Plan för barnet")
    'Nu också: ”för barnet”.'
    """
    before, after = plain(earlier).split(), plain(now).split()
    first, last = ([squeezed(word) for word in words] for words in (before, after))
    steps = SequenceMatcher(None, first, last, autojunk=False)
    parts = [(before[a:b], after[c:d]) for tag, a, b, c, d in steps.get_opcodes() if tag != "equal"]
    earlier, now = (_told([part[side] for part in parts]) for side in (0, 1))
    if earlier and now:
        return f"Förr: {earlier}. Nu: {now}."
    if earlier:
        return f"Bara förr: {earlier}."
    return f"Nu också: {now}." if now else SAME_WORDS


def _told(parts: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"”{' '.join(words).strip(' ,.;:')}”" for words in parts if any(map(squeezed, words)))
