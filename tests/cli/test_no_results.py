"""A domain that has no results yet says so, in one sentence with what to do, whatever is asked of it."""

from pathlib import Path

import pytest

import oj
from conftest import DATA
from oj.cli import run
from oj.doors.fingerprints import data_version
from oj.facts.editions import domain_of, domains, editions
from oj.facts.questions import questions
from oj.words.errors import UserError

LACKING = [
    name for name, home in domains(DATA).items() if not editions(home) and not (home / "key_figures.yml").exists()
]
SOME = ["hemloshet", "missbruk"]


def said_of(domain: str) -> str:
    """Return what is said of a domain without results."""
    name = domain_of(domains(DATA)[domain]).name
    return f"Verksamhetsområdet {name} har inga resultat än. Läs in en arbetsbok: oj import FIL --domain {domain} "


def test_most_domains_of_the_survey_have_no_results() -> None:
    assert set(SOME) < set(LACKING)
    assert len(LACKING) == 7


@pytest.mark.parametrize("domain", SOME)
@pytest.mark.parametrize(
    "command",
    [
        ("report", "Skåne"), ("report", "Skåne", "--edition", "2021"), ("report", "Skåne", "--edition", "aktuell"),
        ("report", "Skåne", "--edition", "over-tid"), ("template", "Skåne"),
    ],
)  # fmt: skip
def test_a_command_says_it_and_what_to_do(
    command: tuple[str, ...], domain: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--domain", domain]) == 2
    out, err = capsys.readouterr()
    assert not out.strip()
    assert said_of(domain) in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("edition", ["", "2021", "over-tid"])
def test_a_notebook_is_told_the_same(edition: str) -> None:
    with pytest.raises(UserError) as told:
        oj.figures("Skåne", edition, domain="hemloshet")
    assert said_of("hemloshet") in str(told.value)


@pytest.mark.parametrize("domain", LACKING)
def test_a_check_finds_no_fault_and_says_that_there_are_no_results(
    domain: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", domain]) == 0
    told = capsys.readouterr().out
    assert (
        f"data/{domain}: inga fel. {len(questions(domains(DATA)[domain]))} frågor är kända. {said_of(domain)}" in told
    )


def test_a_check_of_a_year_is_of_the_domains_that_have_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "2015"]) == 0
    assert "hemloshet" not in capsys.readouterr().out


def test_a_known_question_is_no_other_version_of_what_a_report_is_made_of(data_copy: Path) -> None:
    before = data_version(data_copy)
    for home in domains(data_copy).values():
        with (home / "questions.csv").open("a", encoding="utf-8") as file:
            file.write("ny-fraga,,En ny fråga,Ja | Nej,1 | 0,saker,,,,,,Något finns.\n")
    assert data_version(data_copy) == before
