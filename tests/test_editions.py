"""A domain is a folder, an edition a folder in it: found, and told in Swedish where one is wrong."""

from pathlib import Path

import pytest

from conftest import DATA, EDITION, refused, replace
from oj.facts.editions import domain_folder, edition_folder, edition_of, editions, root_of
from oj.words.errors import DataError

OWN = f"{EDITION}/edition.yml"
SHARE, NUMBER, DAY = "ska vara en andel mellan 0 och 1", "ska vara ett tal", "ska vara ett datum"


def test_the_editions_say_what_they_are() -> None:
    told = {year: edition_of(path) for year, path in editions(DATA).items()}
    assert {year: one.response_rate for year, one in told.items() if one.response_rate} == {"2015": 0.9, "2016": 0.91}
    assert str(told["2015"].refers_to) == "2014-11-01"


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        *(("0.90", rate, "response_rate", NUMBER) for rate in ('"0,90"', "90 %", "nio")),
        *(("0.90", rate, "response_rate", SHARE) for rate in ("1.5", "-0.1")),
        *(
            ('"2014-11-01"', f'"{day}"', "refers_to", DAY)
            for day in ("1 november 2014", "2014-11", "2014-13-45", "2014-02-30", "14-11-01", "2014/11/01")
        ),
        ('"2014-10"', '"2014-13"', "collected", "ska vara två månader"),
        ("name:", "namn:", "name", "saknas"),
    ],
)
def test_a_wrong_value_is_told(data_copy: Path, old: str, new: str, key: str, rule: str) -> None:
    replace(data_copy / OWN, old, new)
    with pytest.raises(DataError) as caught:
        edition_of(data_copy)
    assert f"data/{OWN}" in str(caught.value)
    assert key in str(caught.value)
    assert rule in str(caught.value)


def test_a_folder_of_any_level_leads_to_the_edition() -> None:
    home = DATA / EDITION
    assert {edition_folder(folder) for folder in (None, DATA, home.parent, home)} == {home}
    assert edition_folder(home, "2014") == home.parent / "2014"
    assert {root_of(folder) for folder in (DATA, home.parent, home)} == {DATA}


def test_what_is_not_there_is_told_with_the_nearest() -> None:
    with refused("Utgåvan ”2105” finns inte. Menade du ”2015”?"):
        edition_folder(DATA, "2105")
    with refused("Verksamhetsområdet ”barn-och-ungdom” finns inte. Menade du ”barn-och-unga”?"):
        domain_folder(DATA, "barn-och-ungdom")
