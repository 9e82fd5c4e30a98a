"""Which domain `oj import` takes a file to be of: what it says, and what is asked where it says none, or several."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import DOMAIN
from oj.cli import run
from oj.facts.editions import domain_folder, domains
from oj.facts.files import hashes
from oj.facts.key_figures import key_figures
from oj.facts.questions import questions
from sources.sheet_books import Rows, book

pytestmark = pytest.mark.usefixtures("own_folders")
ASKED = "säger inte vilket verksamhetsområde den gäller"
HOMELESS = next(iter(questions(domain_folder(domain="hemloshet")).values())).title
ADDICTS = next(iter(questions(domain_folder(domain="missbruk")).values())).title
LSS = next(iter(key_figures(domain_folder(domain="lss")).values())).title
OF_2015 = "Social jourverksamhet"


def sheets(*columns: str, title: str = "", sheet: str = "2021") -> dict[str, Rows]:
    """Return a sheet with a title and columns that all answer Ja."""
    rows = [["Kommun", *columns], *([name, *["Ja"] * len(columns)] for name in ("Malmö", "Lund"))]
    return {sheet: [[title], *rows] if title else rows}


def asked_of(made: dict[str, Rows], capsys: pytest.CaptureFixture[str], *flags: str, file: str = "bok.xlsx") -> Any:
    """Return what is told of a file to a program."""
    status = run(["import", str(book(Path(file), made)), "--dry-run", "--json", *flags])
    told = json.loads(capsys.readouterr().out)
    assert status == (2 if told["faults"] else 0)
    return told


@pytest.mark.parametrize(
    ("made", "domain"),
    [
        (sheets("Plan", title="Öppna jämförelser 2021 – Hemlöshet"), "hemloshet"),
        (sheets("Plan", title="Äldreomsorg"), "aldreomsorg"),
        (sheets("Plan", sheet="Missbruk 2021"), "missbruk"),
        (sheets(HOMELESS, "Plan"), "hemloshet"),
        (sheets(f"{ADDICTS}, 2021", "Plan"), "missbruk"),
        (sheets(OF_2015, sheet="2015"), DOMAIN),
        (sheets("socialjour", "Polis", sheet="2015"), DOMAIN),
        (sheets(LSS), "lss"),
    ],
)
def test_a_file_says_its_domain_by_its_titles_or_by_its_questions(
    made: dict[str, Rows], domain: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked_of(made, capsys)
    assert (told["domain"], "domains" in told) == (domain, False)
    assert not [one for one in told["faults"] if ASKED in one["rule"]]


@pytest.mark.parametrize(
    ("made", "possible"),
    [
        (sheets("Plan"), sorted(domains())),
        (sheets(HOMELESS, ADDICTS), ["hemloshet", "missbruk"]),
        (sheets("Plan", title="Resultat 2021: hemlöshet och missbruk"), sorted(domains())),
        (
            {**sheets("Plan", sheet="Hemlöshet 2021"), **sheets("Plan", sheet="Missbruk 2021")},
            ["hemloshet", "missbruk"],
        ),
    ],
)
def test_what_says_no_domain_or_several_is_asked_about_and_nothing_is_done(
    made: dict[str, Rows], possible: list[str], data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked_of(made, capsys)
    assert told["domains"] == possible
    assert [one["cell"] for one in told["faults"] if ASKED in one["rule"]] == ["A1"]
    assert {one["answer"] for one in told["cells"]} == {"yes"}, "all cells are told, under a guess"
    before = hashes(data_copy)
    for flags in ([], ["--accept-valid"], ["--dry-run"]):
        assert run(["import", "bok.xlsx", *flags]) == 2
        text = capsys.readouterr().err
        assert ASKED in text
        assert "--domain (DOMAIN=)" in text
        assert all(name in text for name in possible)
    assert hashes(data_copy) == before


def test_what_is_said_of_the_file_settles_it(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also the year before: a question that a domain has got is known the next time."""
    assert asked_of(sheets("Plan mot allt"), capsys, "--domain", "hemloshet")["domain"] == "hemloshet"
    assert run(["import", "bok.xlsx", "--domain", "hemloshet"]) == 0
    capsys.readouterr()
    assert asked_of(sheets("Plan mot allt", "Plan för allt", sheet="2022"), capsys)["domain"] == "hemloshet"
    assert (data_copy / "hemloshet/2021/areas.csv").exists()


def test_the_year_and_the_domain_are_asked_for_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(book(Path("bok.xlsx"), sheets("Plan", sheet="Blad1")))]) == 2
    text = capsys.readouterr().err
    assert ASKED in text
    assert "säger inte vilket år siffrorna gäller" in text
