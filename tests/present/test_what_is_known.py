"""Nothing is said, or asked to be done, that the figures do not say: of nobody's answers, of whom nobody has named."""

from dataclasses import replace

import pytest

import oj
from oj.compare.improvement import improvements
from oj.present.front.steps import next_steps
from oj.present.output import Figure, Parts, Table, Text, as_parts
from oj.tidy.schema import Figures

NORTHWEST = oj.figures("Stockholm")
GUIDE = "i [analysguiden](analysguide.ipynb) finns skäl och ett formulär."


def without_answers(figures: Figures, *places: str) -> Figures:
    """Return figures where some municipalities, or all of them, have no answer and no number."""
    rows = figures.frame
    own = rows["level"].eq("municipality") & (rows["place_name"].isin(places) if places else True)
    left = rows.assign(value=rows["value"].mask(own), answer=rows["answer"].mask(own, ""))
    left["status"] = left["status"].mask(own, "missing")
    return replace(figures, frame=left.assign(display=left["display"].mask(own, "bortfall")))


NOBODY = without_answers(NORTHWEST)


def said(shown: Text | Parts, before: str = "") -> str:
    """Return what is told, with plain spaces; of several the one under a heading."""
    texts = [one for one in as_parts(shown) if isinstance(one, Text) and one.before.startswith(before)]
    return "\n".join(one.markdown for one in texts).replace("\u00a0", " ")


def test_nothing_is_said_of_the_municipalities_where_none_has_answered() -> None:
    """The county's own share was told as their average."""
    none = (
        "- Ingen av kommunerna har något svar att visa. Källans genomsnitt för Stockholms län är 20,8 av 39 mål, "
        "och för riket cirka 19,1."
    )
    for shown in (oj.summary(NOBODY), oj.findings(oj.targets(NOBODY))):
        assert said(shown) == none
    assert none in said(oj.findings(NOBODY), "### Kommunerna")
    area = said(oj.findings(NOBODY.of("samordning")))
    assert area.startswith("- Ingen av kommunerna har något svar att visa på områdets frågor. Källans genomsnitt")
    for text in (area, said(oj.summary(NOBODY))):
        assert "ommunerna i Stockholms län når" not in text
        assert "kommuner och stadsdelar i Stockholms län når" not in text.lower()
    english = said(oj.summary(NOBODY, language="en"))
    assert english.startswith("- None of the municipalities has an answer to show. The source's average is 20.8")


def test_where_there_is_a_single_target_its_share_is_told_as_the_sources() -> None:
    answers = [name for name, one in NOBODY.measures.items() if one.is_target]
    one = NOBODY.where(lambda measure: measure.id == answers[0])
    assert "Källans andel som når målet för " in said(oj.summary(one))
    assert "The source's share that reaches the target for " in said(oj.summary(one, language="en"))


def test_where_some_have_not_answered_the_county_is_that_of_those_who_have() -> None:
    some = without_answers(NORTHWEST, "Solna")
    assert "- Svarande kommuner och stadsdelar i Stockholms län når i genomsnitt 20,8 av 39" in said(oj.summary(some))
    assert "- Those that have answered reach on average" in said(oj.summary(some, language="en"))
    assert "varande" not in said(oj.summary(NORTHWEST))


def test_there_is_no_table_and_no_map_of_dashes_alone() -> None:
    labels = [part.label for part in oj.summary(NOBODY) if not isinstance(part, Text)]
    assert labels == ["tbl-sammanfattning"]
    assert oj.map(oj.targets(NOBODY)) == ()
    (table,) = as_parts(oj.table(oj.targets(NOBODY)))
    assert isinstance(table, Table)
    assert "Streck: inget svar att visa." in table.notes
    (whole,) = as_parts(oj.table(oj.targets(NORTHWEST)))
    assert isinstance(whole, Table)
    assert not any("Streck" in note for note in whole.notes)


def test_what_a_picture_says_that_it_shows_is_there() -> None:
    def caption(shown: Figure | Parts) -> str:
        return next(one.caption for one in as_parts(shown) if isinstance(one, Figure))

    answers = NORTHWEST.where(lambda one: one.is_answer)
    assert "Tal har färger" in caption(oj.map(NORTHWEST))
    assert "Tal har färger" not in caption(oj.map(answers))
    assert "kommunens svar och tal" in caption(oj.chart(NORTHWEST, municipality="Solna"))
    assert "tal" not in caption(oj.chart(answers, municipality="Solna"))
    assert "nås först" not in caption(oj.chart(NOBODY, "heat"))
    drawn = {name: oj.chart(one, municipality="Solna").svg for name, one in (("all", NORTHWEST), ("none", NOBODY))}
    assert ">Solna<" in drawn["all"]
    assert ">Solna<" not in drawn["none"]  # the legend's mark
    some = next(iter(oj.map(oj.targets(without_answers(NORTHWEST, "Solna")))))
    assert ">Ingen uppgift<" in some.svg
    assert "visas inte" not in some.svg


def test_only_what_can_be_done_is_asked_for() -> None:
    sheet = "**Läs ert kommunblad**, i rapporten och i mappen *kommuner*: varje mål som saknas, och vilka som når det."
    whole = f"1. {sheet}\n2. **Ring** någon av dem, och **välj högst tre delområden**; {GUIDE}"
    assert said(next_steps(NORTHWEST)) == said(oj.summary(NORTHWEST, part="nästa steg")[0]) == whole
    assert said(next_steps(NOBODY)).startswith("1. **Ta reda på varför svaren saknas**")
    assert said(next_steps(oj.figures("Jönköping"))) == f"1. **Välj högst tre delområden**; {GUIDE}"
    alone = said(next_steps(oj.figures("Stockholm", municipalities=["Solna"])))
    assert "Ring" not in alone
    assert "vilka som når" not in alone
    assert "**Välj högst tre delområden**" in alone


def test_a_sheet_asks_for_what_its_municipality_can_do() -> None:
    own = said(next_steps(NORTHWEST, "Solna"))
    assert "(kommuner/solna-atgarder.docx)" in own
    assert own.count("välj högst tre delområden") == 2
    silent = without_answers(NORTHWEST, "Solna")
    assert said(next_steps(silent, "Solna")).startswith("**Nästa steg:** ta reda på varför svaren saknas")
    rows = NORTHWEST.frame
    reaching = replace(NORTHWEST, frame=rows.assign(answer=rows["answer"].replace({"no": "yes", "partly": "yes"})))
    assert not improvements(reaching, "0184")
    assert said(next_steps(reaching, "Solna")) == ""


def test_the_guide_says_that_nobody_has_answered() -> None:
    assert said(oj.guide(NOBODY)).startswith("Det finns inga svar att räkna på")
    assert said(oj.guide(without_answers(NORTHWEST, "Solna"), municipality="Solna")).startswith("Det finns inga svar")


@pytest.mark.parametrize("known", [True, False])
def test_numbers_are_the_staffs_only_where_that_is_known(known: bool) -> None:
    """A workbook does not say what its numbers are about."""
    solna = oj.figures("Stockholm", municipalities=["Solna"])
    one = solna.measures["arbetsledning"]
    asked = solna.measures if known else {
        name: replace(each, about=each.about.model_copy(update={"kind": []})) if name == one.id else each
        for name, each in solna.measures.items()
    }  # fmt: skip
    told = said(oj.findings(replace(solna, measures=asked)))
    staff = next(line for line in told.split("\n") if line.startswith("- Personalens tal mot rikets: "))
    assert (one.phrase in staff) is known
    assert any(line.startswith(f"- Andra tal mot rikets: {one.phrase} ") for line in told.split("\n")) is not known
