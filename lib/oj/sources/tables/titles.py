"""What a sheet's titles and headings say against reading it: a part, another edition or survey, or none at all."""

from collections.abc import Sequence

from oj.sources.terms.edition import another_edition, another_survey, is_ours
from oj.sources.terms.match import ALONE, match
from oj.sources.terms.model import Facts
from oj.sources.terms.part import part, scale

WHICH_SURVEY = (
    "finns i flera undersökningar, och inget säger vilken det är. Skriv undersökningens namn ovanför tabellen. "
    "Bladet läses inte"
)


def title_doubt(texts: Sequence[tuple[str, str]], facts: Facts) -> tuple[str, str] | None:
    """Return the title that says that a sheet is of a part, another edition or another survey, and the rule."""
    told = [text for _where, text in texts]
    own = [word for item in facts.indicators.values() for word in (item.title, item.name, item.short)]
    own += [word for words in facts.known.groups for word in words]
    for text in told:
        if found := part(text, own):
            return text, f"säger att tabellen bara gäller {found}. Bladet läses inte"
        if found := scale(text, own):
            return text, f"säger att talen är i en annan enhet ({found}) än indikatorernas. Bladet läses inte"
    if other := another_survey([*told, facts.file_text], [word.casefold() for word in own]):
        return other, "säger att tabellen är ur en annan undersökning än barn- och ungdomsvårdens. Bladet läses inte"
    if year := another_edition(told, facts.edition, others=facts.says_edition):
        return year, f"är det år som bladet säger, och inte utgåvan {facts.edition}. Bladet läses inte"
    return None


def only_names(headings: Sequence[Sequence[str]], above: Sequence[str], facts: Facts) -> bool:
    """Return whether all that is read is known by short names alone, and nothing says which survey they are of."""
    by = {match(told, above, facts.known).by for told in headings}
    return by == {ALONE} and not is_ours([*above, facts.file_text, *facts.told])
