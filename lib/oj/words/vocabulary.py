"""The terms of the field: what a result can be, why one is lacking, and what readers are told of it.

Code speaks English, readers Swedish; this module is where the two meet. Öppna jämförelser (ÖJ)
publish an answer (Ja, Delvis, Nej) or a number per indicator and place. Where a figure is lacking,
a status tells why, with one sign for table cells and one sentence for notes, the same everywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

Level = Literal["nation", "county", "municipality", "district"]
Answer = Literal["yes", "partly", "no"]
Scale = Literal["yes-no", "yes-partly-no", "share", "hours-per-week", "ratio"]
Kind = Literal["struktur", "process", "resultat", "bakgrund"]
Polarity = Literal["higher-better", "lower-better", "none"]
PublishedLevel = Literal["district", "municipality", "county", "nation"]

PRELIMINARY = "preliminar"  # how the ids of sources that are not published yet begin
HIDDEN = ("suppressed", "secret", "small_base", "secondary")  # there is a figure, but it is not to be seen
UNITS = ("municipality", "district")  # those that answer the survey; a city with districts answers by them
LEVELS: tuple[str, ...] = get_args(Level)
ANSWERS: tuple[str, ...] = get_args(Answer)
ANSWER_SCALES: dict[Scale, tuple[str, ...]] = {
    "yes-no": ("yes", "no"),
    "yes-partly-no": ("yes", "partly", "no"),
}  # each scale's steps
ANSWER_WORDS = {"yes": "Ja", "partly": "Delvis", "no": "Nej"}  # where a measure says no others
ANSWER = re.compile(r"(?=.{2,30}$)[^\W\d_]+(?:(?:,? |-)[^\W\d_]+)*")  # fits a cell: "Nej, men fattat beslut"
KIND_WORDS = {"struktur": "struktur", "process": "process", "resultat": "resultat", "bakgrund": "bakgrundsmått"}


@dataclass(frozen=True)
class Status:
    """Why a cell has a figure or has none: the sign in its cell and the sentence under its table."""

    sign: str
    sentence: str


@cache
def statuses(persons: int = 3, base: int = 20, lacking: float = 0.20, *, nobody: bool = False) -> dict[str, Status]:
    """Return what each status is called, where so few persons, smaller bases and more that lack are not shown.

    With `nobody` the source hides it too when there is nobody in the numerator.

    >>> statuses(base=21)["small_base"].sentence
    'x (<21): dold, underlaget är mindre än 21.'
    """
    few, small = f"1–{persons}" if persons > 1 else "1", f"x (<{base})"
    hidden = f"0–{persons}" if nobody else few
    return {
        "observed": Status("", "Uppgiften är publicerad."),
        "suppressed": Status(
            "x",
            f"x: källan döljer uppgiften, antingen av sekretess ({hidden} personer) eller för att kvoten är "
            f"statistiskt osäker (underlaget är mindre än {base}). Källan säger inte vilket.",
        ),
        "secret": Status(f"x ({few})", f"x ({few}): dold av sekretess, {few} personer."),
        "small_base": Status(small, f"{small}: dold, underlaget är mindre än {base}."),
        "secondary": Status("x (skydd)", "x (skydd): dold för att en annan dold uppgift inte ska gå att räkna ut."),
        "missing": Status("bortfall", "Bortfall: uppgiften saknas i källan."),
        "not_applicable": Status(
            "ej aktuellt", "Ej aktuellt: frågan gäller inte kommunen; den ingår inte i underlaget."
        ),
        "withheld": Status(
            "redovisas ej",
            f"Redovisas ej: mer än {100 * lacking:.0f} procent av kommunerna svarade inte, därför finns inget värde "
            "för län eller rike.",
        ),
    }


STATUSES = statuses()  # as they are called where no edition says otherwise
# of a place that answers itself
WITHHELD_BY_SOURCE = Status("redovisas ej", "Redovisas ej: källan redovisar inte uppgiften.")


def answer_words(steps: Sequence[str], words: Sequence[str] = ()) -> dict[str, str]:
    """Return how each step of a scale is read: in a measure's own `words`, where it has any, or the usual.

    >>> answer_words(["yes", "partly", "no"], ["Ja", "Till viss del", "Nej"])["partly"]
    'Till viss del'
    """
    return dict(zip(steps, words or [ANSWER_WORDS[step] for step in steps], strict=True))


def refuse_answers(words: Sequence[str], steps: Sequence[str]) -> None:
    """Raise ValueError for words that are not one for each step, or that could be taken for another's."""
    usual = [ANSWER_WORDS[step] for step in steps]
    if len(words) != len(steps) or len({one.casefold() for one in words}) != len(words):
        wanted = f"{len(steps)} olika ord, som [{', '.join(usual)}]" if steps else "tom: måttet är inget svar"
        raise ValueError(f"answers ska vara {wanted}")
    if words[0] != usual[0]:
        raise ValueError("answers ska börja med Ja: det är andelen med Ja som länet och riket har")
    for step, word in zip(steps, words, strict=True):
        signs = {status.sign for status in STATUSES.values()}
        taken = {other.casefold() for other in signs | {word for code, word in ANSWER_WORDS.items() if code != step}}
        if word.casefold() in taken or not ANSWER.fullmatch(word):
            rule = "det ska vara ord av bokstäver, 2–30 tecken, och inget tecken eller annat svars ord"
            raise ValueError(f"answers: ”{word}” kan inte betyda {ANSWER_WORDS[step]}: {rule}")
