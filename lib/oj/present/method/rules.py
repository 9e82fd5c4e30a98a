"""How answers become results, for the method: every rule in two sentences and a formula."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from oj.facts.datapackage import read_table
from oj.present.output import Text
from oj.sources.survey.questions import Question, Rule, case_answers, questions, rules, worked_cases
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError, nearest
from oj.words.frames import as_records
from oj.words.swedish import capital, clear_listing, tied

YEAR = re.compile(r"\b20\d{2}\b")


def rule_texts(figures: Figures) -> Text:
    """Return every rule of an edition by area: its name, what it holds for, two sentences and a formula."""
    known, folder = figures.measures, figures.folder
    names = read_table("areas", folder).set_index("area")["name"]
    order = {name: at for at, name in enumerate(known)}
    listed = sorted(rules(figures.edition, folder), key=lambda rule: order[rule.indicators[0]])
    parts = []
    for area, members in groupby(listed, key=lambda rule: known[rule.indicators[0]].area):
        parts += [f"### {names[area]} {{.unnumbered}}", *(_told(rule, known) for rule in members)]
    return Text(tied("\n\n".join(parts)))


def _told(rule: Rule, known: Mapping[str, Measure]) -> str:
    holds = clear_listing([known[name].short for name in rule.indicators])
    whose = "" if len(rule.indicators) == 1 else f" Gäller: {holds}."
    return f"**{rule.name}.** {rule.says}{whose} *{capital(rule.formula)}.*"


def worked_example(figures: Figures, case: str) -> Text:
    """Return one of the worked cases, for a reader to follow: the answers, the result and why.

    Raises UserError for a case that is not there.
    """
    edition, folder = figures.edition, figures.folder
    cases = worked_cases(folder)
    if case not in set(cases["case"]):
        raise UserError(f"Det finns inget exempel ”{case}”.{nearest(case, cases['case'])}")
    row = next(one for one in as_records(cases) if one["case"] == case)
    rule = next(rule for rule in rules(edition, folder) if rule.name == row["rule"])
    indicator = row["indicator"] or rule.indicators[0]
    item, result = figures.measures[indicator], str(row["result"])
    given = [f"- {told}" for told in _answers(row["answers"], indicator, questions(edition, folder))]
    last_year = _answers(row["last_year"], indicator, questions(edition, folder))
    earlier = [f"- Året före: {YEAR.sub(lambda year: str(int(year[0]) - 1), told)}" for told in last_year]
    shown = result if item.is_answer else item.shown(float(result))
    lines = [f"*{item.title}*", "", *given, *earlier, "", f"Resultat: **{shown}**. {row['why']}"]
    return Text(tied("\n".join(lines)))


def _answers(text: str, indicator: str, asked: Mapping[str, Question]) -> Iterator[str]:
    """Yield a case's answers in words, each after its question."""
    for name, answer in case_answers(text, indicator).items():
        yield f"{asked[name].text} **{asked[name].alternatives.get(answer, answer.replace('.', ','))}**"
