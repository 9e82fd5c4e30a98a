"""The known questions of the municipal survey, domain by domain: what a workbook's columns can be."""

from pathlib import Path

import pytest

from conftest import DATA
from oj.facts.catalog import indicators
from oj.facts.editions import domain_folder, domain_of, domains
from oj.facts.questions import Question, questions
from oj.words.errors import DataError
from oj.words.swedish import letters

COUNTS = {
    "aldreomsorg": 24, "barn-och-unga": 44, "ekonomiskt-bistand": 26, "halso-och-sjukvard": 56, "hemloshet": 17,
    "krisberedskap": 43, "lss": 67, "missbruk": 32, "vald-i-nara-relationer": 44,
}  # fmt: skip
HOME = "hemloshet"


def of(domain: str, folder: Path = DATA) -> dict[str, Question]:
    """Return the questions of a domain."""
    return questions(domain_folder(folder, domain))


def test_every_domain_has_its_questions() -> None:
    counted = {domain: len(of(domain)) for domain in domains(DATA)}
    assert {domain: size for domain, size in counted.items() if size} == COUNTS  # one may have key figures alone


def test_no_key_figure_is_two_questions() -> None:
    known = [one.kolada for domain in domains(DATA) for one in of(domain).values()]
    assert len(set(known)) == len(known) == sum(COUNTS.values())


@pytest.mark.parametrize("domain", COUNTS)
def test_a_question_has_what_reads_its_column(domain: str) -> None:
    for one in of(domain).values():
        assert one.answers[0] == "Ja"
        assert one.answers[-1] == "Nej"
        assert one.codes == {str(code): answer for code, answer in enumerate(reversed(one.answers))}
        assert one.area in domain_of(domain_folder(DATA, domain)).areas
        assert not any(sign in one.title for sign in ("=", "(-20", "Källa", "  "))
        assert letters(one.description) != letters(one.title)


def test_a_middle_answer_keeps_its_own_words() -> None:
    codes = of(HOME)["overenskommelse-hyresvardar-enskilda"].codes
    assert codes == {"2": "Ja", "1": "Ja, med vissa", "0": "Nej"}


def test_a_number_is_read_by_the_coding_of_its_own_edition() -> None:
    """A 1 was Ja to 2017 and is Delvis since: read by the newer coding, every older Ja would be a Delvis."""
    changed = of("lss")["uppfoljning-anvant"], of("ekonomiskt-bistand")["konsperspektiv-anvant"]
    for one in changed:
        assert [one.codes_in(year)["1"] for year in (2016, 2017, 2018, 2023)] == ["Ja", "Ja", "Delvis", "Delvis"]
        assert "2" not in one.codes_in(2017)
    others = [one for domain in COUNTS for one in of(domain).values() if one.codes_before]
    assert sorted(one.kolada for one in others) == ["U28462", "U31490"]
    assert of("lss")["habiliteringsersattning"].codes_in(2016) == {"1": "Ja", "0": "Nej"}  # only its definition changed


def test_an_indicator_of_an_edition_has_the_same_answers_where_the_question_is_the_same() -> None:
    """Ids are shared only where the question is word for word the same, so that a series is not of two things."""
    shared = {name: one for name, one in of("barn-och-unga").items() if name in indicators(DATA)}
    assert sorted(shared) == [
        "overenskommelse-barnhalsovard", "overenskommelse-barnmedicin", "overenskommelse-bup",
        "overenskommelse-forskola", "overenskommelse-habilitering", "overenskommelse-modravard",
        "overenskommelse-polis", "overenskommelse-primarvard", "overenskommelse-skola", "overenskommelse-tandvard",
        "rutin-ekonomiskt-bistand", "rutin-missbruk", "rutin-socialpsykiatri",
    ]  # fmt: skip
    for name, one in shared.items():
        assert list(one.answers) == list(indicators(DATA)[name].answer_words.values())
        assert one.comparable_from == 2016  # the first common survey may not be compared with those before


def test_a_domain_without_the_file_has_no_questions(data_copy: Path) -> None:
    (data_copy / HOME / "questions.csv").unlink()
    assert of(HOME, data_copy) == {}


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("question", "uppsokande-akut-hemlosa", "raden finns redan tidigare"),
        ("question", "Talad information", "ska ha formen"),
        ("kolada", "N30425", "ska ha formen"),
        ("kolada", "U30426", "står redan på rad 2"),
        ("title", "Uppsökande verksamhet för akut hem\u00adlösa", "står redan på rad 2"),
        ("title", "", "får inte vara tom"),
        ("answers", "Ja", "ska ha formen"),
        ("answers", "Ja | Delvis | Nej", "ska vara ett tal för vart och ett av svaren"),
        ("answers", "Ja | ja", "har samma svar två gånger"),
        ("codes", "0 | 1", "det högsta först"),
        ("codes", "1 | 1", "ska vara olika tal"),
        ("codes", "1", "ska ha formen"),
        ("area", "sakar", "Menade du ”saker”?"),
        ("first_edition", "2o16", "ska vara ett heltal"),
        ("last_edition", "1999", "ska vara minst 2010"),
        ("comparable_from", "2090", "inte efter den sista"),
        ("codes_before", "1 | 0", "ska vara ett tal för vart och ett av svaren (inga)"),
        ("description", "", "får inte vara tom"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(column: str, value: str, rule: str, data_copy: Path) -> None:
    file = data_copy / HOME / "questions.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    cells |= {"last_edition": "2021"} if column == "comparable_from" else {}
    cells[column] = value
    file.write_text("\n".join([header, ",".join(cells.values()), *rest, ""]), encoding="utf-8")
    with pytest.raises(DataError) as found:
        of(HOME, data_copy)
    faults = {one.column: one for one in found.value.faults}
    told = faults["codes" if rule.startswith("ska vara ett tal för") and column == "answers" else column]
    assert rule in told.rule
    assert told.file == f"data/{HOME}/questions.csv"
    assert told.row in (2, 3)


def test_two_with_the_same_title_are_told_on_the_second(data_copy: Path) -> None:
    file = data_copy / HOME / "questions.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    again = lines[1].replace("talad-information", "talad-information-igen").replace("U30425", "")
    file.write_text("\n".join([*lines, again.upper().replace("TALAD-INFORMATION-IGEN", "igen"), ""]), encoding="utf-8")
    with pytest.raises(DataError) as found:
        of(HOME, data_copy)
    assert len(lines) + 1 in {one.row for one in found.value.faults}
