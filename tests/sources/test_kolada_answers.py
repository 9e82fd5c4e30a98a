"""What Kolada answers is what the catalog says or is stopped and told of; a null is no zero and a zero is one."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA, refused
from kolada_server import item, questions, value
from oj.facts.key_figures import KeyFigure, key_figures
from oj.facts.places import all_places
from oj.sources.kolada.answers import (
    KEY,
    DataItem,
    KpiItem,
    PlaceItem,
    check_places,
    hide_derivable,
    read_items,
    read_values,
    why_stopped,
)

PLACES = all_places(DATA)
ALL = key_figures(DATA)
BY_KOLADA = {one.kolada: one for one in ALL.values()} | questions()
HVB, JOUR, INHABITANTS, FOLLOWED_UP = "N33816", "U31466", "N01951", "U33561"


def read(*items: dict[str, Any]) -> tuple[dict[tuple[str, int, str], tuple[Any, ...]], list[str]]:
    """Return value, status, count and told by place, year and gender, and the reasons that something is stopped."""
    shaped = read_items(list(items), DataItem, "data")
    table, stopped = read_values(shaped, BY_KOLADA, PLACES, range(2010, 2023))
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    return {tuple(row[1:4]): tuple(row[4:]) for row in rows}, list(stopped.values())  # type: ignore[misc]


def one(**changed: Any) -> dict[str, Any]:
    """Return an item for children's homes in Malmö 2021 with one value, changed."""
    return item(HVB, "1280", 2021, [{**value(2.5)[0], **changed}])


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({}, (2.5, "observed", 1, "")),
        ({"value": 0.0}, (0.0, "observed", 1, "")),
        ({"value": 0}, (0.0, "observed", 1, "")),
        ({"value": None}, (None, "missing", 1, "")),
        ({"value": None, "count": 0}, (None, "missing", 0, "")),
        ({"value": None, "count": None, "status": None}, (None, "missing", None, "")),
        ({"value": None, "status": "Not applicable"}, (None, "not_applicable", 1, "Not applicable")),
        ({"value": None, "status": "."}, (None, "not_applicable", 1, ".")),
        ({"value": None, "status": ".."}, (None, "suppressed", None, "..")),
        ({"value": 2.5, "status": "Sekretess"}, (None, "suppressed", None, "Sekretess")),
        ({"value": None, "status": "något nytt"}, (None, "missing", 1, "något nytt")),
        ({"value": 2.5, "status": "Preliminary"}, (2.5, "observed", 1, "Preliminary")),
        ({"isdeleted": None}, (2.5, "observed", 1, "")),
        ({"isdeleted": True}, (None, "missing", None, "borttaget i Kolada")),
    ],
)
def test_a_value_is_what_its_status_says(changed: dict[str, Any], cell: tuple[Any, ...]) -> None:
    assert read(one(**changed)) == ({("1280", 2021, "total"): cell}, [])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": -0.1}, "-0,1 är mindre än noll"),
        ({"value": 1000.5}, "1000,5 är mer än 1000"),
        ({"value": "2.5"}, "”2.5” är inget tal"),
        ({"value": True}, "”True” är inget tal"),
        ({"value": float("inf")}, "”inf” är inget tal"),
        ({"value": float("nan")}, "”nan” är inget tal"),
        ({"value": [2.5]}, "är inget tal"),
        ({"value": 2.5, "status": "Not applicable"}, "2,5 står fast det är märkt ”Not applicable”"),
        ({"count": -1}, "antalet ”-1” är inget antal"),
        ({"count": "många"}, "antalet ”många” är inget antal"),
        ({"count": True}, "antalet ”True” är inget antal"),
        ({"gender": "X"}, "könet ”X”"),
        ({"gender": None}, "könet ”None”"),
        ({"gender": "total"}, "könet ”total”"),
    ],
)
def test_a_value_that_cannot_be_stops_its_key_figure_only(changed: dict[str, Any], words: str) -> None:
    other = item(INHABITANTS, "1280", 2021, value(344_166.0))
    cells, stopped = read(one(**changed), other)
    assert cells == {("1280", 2021, "total"): (344_166.0, "observed", 1, "")}
    assert len(stopped) == 1
    assert words in stopped[0]
    assert "1280 år 2021" in stopped[0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (item("U31803", "1280", 2021, value(5.0, 4.0)), "könet ”K”"),
        (item("N01994", "1280", 2021, value(100.1)), "100,1 är mer än 100"),
        (item(INHABITANTS, "1280", 2021, value(3.5)), "inget helt antal"),
        (item(JOUR, "1280", 2021, value(2.0)), "2,0 är inget svar enligt kodningen"),
        (item(JOUR, "1280", 2021, value(0.5)), "0,5 är inget svar enligt kodningen"),
        (item(FOLLOWED_UP, "1280", 2021, value(3.0)), "3,0 är inget svar enligt kodningen"),
        (item(HVB, "9999", 2021, value(1.0)), "9999, som inte är någon kommun"),
        (item(HVB, "12", 2021, value(1.0)), "12, som inte är någon kommun"),
        (item(HVB, "018001", 2021, value(1.0)), "018001, som inte är någon kommun"),
        (item(HVB, "0099", 2021, value(1.0)), "0099, som inte är någon kommun"),
        (item(HVB, "1280", 2009, value(1.0)), "året 2009, som ingen frågade efter"),
        (item(HVB, "1280", 2021, value(1.0) * 2), "två värden för samma kön"),
    ],
)
def test_an_item_that_does_not_belong_stops_its_key_figure(wrong: dict[str, Any], words: str) -> None:
    cells, stopped = read(wrong)
    assert cells == {}
    assert len(stopped) == 1
    assert words in stopped[0]


def test_the_same_item_twice_stops_its_key_figure() -> None:
    assert read(one(), one())[1] == ["Kolada har för 1280 år 2021 två värden för samma kön."]


def test_a_deleted_value_yields_to_the_one_that_took_its_place() -> None:
    for items in ([one(isdeleted=True), one(value=3.0)], [one(value=3.0), one(isdeleted=True)]):
        assert read(*items) == ({("1280", 2021, "total"): (3.0, "observed", 1, "")}, [])
    both = {**one(), "values": [*one(isdeleted=True)["values"], *one(value=3.0)["values"]]}
    assert read(both) == ({("1280", 2021, "total"): (3.0, "observed", 1, "")}, [])


def test_an_answer_is_kept_as_its_code() -> None:
    assert read(item(FOLLOWED_UP, "1280", 2021, value(2.0)))[0] == {("1280", 2021, "total"): (2.0, "observed", 1, "")}


def test_koladas_own_means_are_used_only_where_they_are_no_means() -> None:
    places = ("0000", "0012", "1280", "G33621")
    cells, stopped = read(*(item(HVB, place, 2021, value(1.0)) for place in places))
    assert (sorted(place for place, _year, _gender in cells), stopped) == (["00", "1280"], [])
    cells, _stopped = read(*(item(INHABITANTS, place, 2021, value(1.0)) for place in places))
    assert sorted(place for place, _year, _gender in cells) == ["00", "12", "1280"]
    cells, _stopped = read(*(item(JOUR, place, 2021, value(1.0)) for place in places))
    assert sorted(place for place, _year, _gender in cells) == ["1280"]


def test_what_no_one_asked_for_stops_the_fetch() -> None:
    with refused("U33816", "ingen frågade efter", "Inget har ändrats"):
        read(item("U33816", "1280", 2021, value(1.0)))


@pytest.mark.parametrize("lacking", ["kpi", "municipality", "period", "values"])
def test_an_item_of_another_form_stops_the_fetch(lacking: str) -> None:
    with refused("data/kpi/N33816", "har inte den form", f"0.{lacking}"):
        read_items([{name: part for name, part in one().items() if name != lacking}], DataItem, "data/kpi/N33816")
    with refused("har inte den form"):
        read_items([{**one(), lacking: None}], DataItem, "data/kpi/N33816")
    with refused("har inte den form"):
        read_items(["en text"], DataItem, "data/kpi/N33816")


def told(wanted: KeyFigure, **changed: Any) -> KpiItem:
    """Return what Kolada says of a key figure when it agrees with the catalog, changed."""
    agreed = {
        "id": wanted.kolada,
        "title": wanted.title,
        "is_divided_by_gender": wanted.gendered,
        "municipality_type": "A" if wanted.regions else "K",
    }
    return KpiItem.model_validate({**agreed, **changed})


@pytest.mark.parametrize("wanted", ALL.values(), ids=lambda one: str(one.id))
def test_a_key_figure_that_is_what_the_catalog_says_is_used(wanted: KeyFigure) -> None:
    assert why_stopped(wanted, [told(wanted)]) == ""
    assert why_stopped(wanted, [told(wanted, title=wanted.title.replace(" ", "  "))]) == ""
    assert why_stopped(wanted, []) == "Kolada har dragit in nyckeltalet."
    assert why_stopped(wanted, [told(wanted, is_divided_by_gender=int(wanted.gendered))]) == ""
    assert "två gånger" in why_stopped(wanted, [told(wanted), told(wanted)])
    assert "”Något annat”" in why_stopped(wanted, [told(wanted, title="Något annat")])
    divided = why_stopped(wanted, [told(wanted, is_divided_by_gender=not wanted.gendered)])
    assert ("är inte uppdelat" if wanted.gendered else "är uppdelat") in divided
    assert "av typ " in why_stopped(wanted, [told(wanted, municipality_type="K" if wanted.regions else "A")])


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (JOUR, "Socialjour tillgänglig utanför kontorstid, (Ja=1, Nej=0, Delvis=2) (-2021)"),
        (JOUR, "Socialjour tillgänglig utanför kontorstid, (Ja=0, Nej=1) (-2021)"),
        (JOUR, "Socialjour tillgänglig utanför kontorstid"),
        (FOLLOWED_UP, BY_KOLADA[FOLLOWED_UP].title.replace("Ja=2, Delvis=1", "Ja=1, Delvis=2")),
    ],
)
def test_another_coding_is_told_as_such(name: str, title: str) -> None:
    wanted = BY_KOLADA[name]
    reason = why_stopped(wanted, [told(wanted, title=title)])
    assert reason == f"Kolada kodar svaren på ett annat sätt än katalogen: ”{title}”."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda them: them.pop("1280"), "1280 Malmö finns inte hos Kolada"),
        (lambda them: them.update({"1299": "Nystad"}), "1299 Nystad finns inte i data/places.csv"),
        (lambda them: them.update({"1280": "Lund"}), "1280 heter Lund hos Kolada men Malmö i data/places.csv"),
    ],
)
def test_other_municipalities_than_ours_stop_the_fetch(change: Callable[[dict[str, str]], object], words: str) -> None:
    them = {place.code: place.name for place in PLACES.values() if place.level == "municipality"}
    check_places([PlaceItem(id=code, title=name, type="K") for code, name in them.items()], PLACES)
    change(them)
    with refused(words, "Inget har ändrats"):
        check_places([PlaceItem(id=code, title=name, type="K") for code, name in them.items()], PLACES)


STATES = st.sampled_from(["observed", "missing", "suppressed", "not_applicable"])


@given(st.lists(st.tuples(STATES, STATES, STATES), min_size=1, max_size=5))
def test_no_lacking_gender_can_be_worked_out(cells: list[tuple[str, str, str]]) -> None:
    rows = [
        ("placerade-hvb", f"12{at:02}", 2021, gender, 1.0 + at if status == "observed" else None, status)
        for at, statuses in enumerate(cells)
        for gender, status in zip(("total", "women", "men"), statuses, strict=True)
    ]
    table = pd.DataFrame(rows, columns=[*KEY, "value", "status"]).assign(count=1)
    shown = hide_derivable(table)
    for at, (total, women, men) in enumerate(cells):
        found = shown[shown["place"] == f"12{at:02}"].set_index("gender")["status"]
        lone = total == "observed" and (women == "observed") != (men == "observed")
        expected = [total, "suppressed", "suppressed"] if lone else [total, women, men]
        assert found[["total", "women", "men"]].tolist() == expected
    assert (shown["value"].notna() == (shown["status"] == "observed")).all()
    assert (shown["count"].notna() | (shown["status"] == "suppressed")).all()


def test_a_year_before_a_key_figures_first_is_left_out() -> None:
    """Kolada has 300 per cent of 2018: asked for with others that begin earlier, and no reason to stop the rest."""
    rate = "U33901"
    told = read(item(rate, "1280", 2018, value(300.0)), item(rate, "1280", 2019, value(45.0)))
    assert told == ({("1280", 2019, "total"): (45.0, "observed", 1, "")}, [])


@pytest.mark.parametrize(("kolada", "given", "told"), [
    ("N33023", -0.1, ""),
    ("N33023", -101.0, "-101,0 är mindre än -100"),
    ("N33001", -1.0, "-1,0 är mindre än noll"),
    ("U33904", 8.5, "8,5 är inget helt antal"),
    ("N33001", 2588.79, ""),
])  # fmt: skip
def test_only_a_share_of_costs_may_be_below_nought(kolada: str, given: float, told: str) -> None:
    _cells, stopped = read(item(kolada, "1280", 2021, value(given)))
    assert [told in one for one in stopped] == ([True] if told else [])
