"""The first two pages, whole or a part of them, in the language that is asked for."""

from oj.present.front.english import in_english
from oj.present.front.language import ENGLISH, SWEDISH, one_of
from oj.present.front.pages import each, together
from oj.present.front.steps import next_steps
from oj.present.output import Parts, as_parts
from oj.tidy.as_it_is import refuse_apart
from oj.tidy.schema import Figures
from oj.tidy.within import of_the_frame
from oj.words.errors import UserError, nearest
from oj.words.swedish import listing

EACH, TOGETHER, NEXT = "rad för rad", "tillsammans", "nästa steg"
PARTS = [EACH, TOGETHER, NEXT]


@of_the_frame
def summary(
    figures: Figures, group_name: str = "", part: str = "", language: str = SWEDISH, municipality: str = ""
) -> Parts:
    """Return a line for each municipality, what stands out with names, and the answers part by part.

    With a `part`, only the lines (`rad för rad`), what is told of all (`tillsammans`), or what to do next (`nästa
    steg`), for a `municipality` where one is said. In English (`en`) a name that has no words in it is in Swedish, in
    quotation marks. Raises UserError for another part or language, a municipality that is not in the figures, and for
    the years and statistics, which have none.

    >>> import oj
    >>> [part.label for part in oj.summary(oj.figures("Stockholm")) if hasattr(part, "label")]
    ['tbl-sammanfattning', 'tbl-svaren']
    >>> [part.label for part in oj.summary(oj.figures("Stockholm"), language="en") if hasattr(part, "label")]
    ['tbl-sammanfattning-en', 'tbl-svaren-en']
    """
    if figures.is_over_time or figures.origin is not None or figures.earlier is not None:
        raise UserError("De första sidorna görs av en utgåvas resultat eller av aktuella nyckeltal: oj.figures(…).")
    refuse_apart(figures, of_today=True)
    if part and part not in PARTS:
        raise UserError(f"Delen ”{part}” finns inte.{nearest(part, PARTS)} Välj {listing(PARTS)}.")
    if part == NEXT:
        return as_parts(next_steps(figures, municipality))
    shown = [each(figures)] if part != TOGETHER else []
    shown += [together(figures, group_name)] if part != EACH else []
    return in_english(as_parts(*shown), figures) if one_of(language) == ENGLISH else as_parts(*shown)
