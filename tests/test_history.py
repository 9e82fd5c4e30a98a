"""The figures of the summaries: all there, in the sources' words, and a row that breaks a rule is refused."""

from pathlib import Path

import pytest

from conftest import DATA, DOMAIN, append, refused_for, replace
from golden_over_time import BY_SOURCE, CHANGES, DIRECTIONS, FACTS
from oj.compare.steps import steps
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.sources.history import read_history, read_series, stated_decimals
from oj.tidy.door import figures
from oj.words.errors import Fault
from written import series_of

ALL = series_of(["0880"], DATA)
HISTORY = "data/barn-och-unga/history.csv"
SERIES = "data/barn-och-unga/series.csv"
LAST = len(read_table("history", DATA)) + 1


@pytest.mark.parametrize("source", BY_SOURCE)
def test_every_figure_of_a_source_is_there_and_no_other(source: str) -> None:
    rows = ALL[ALL["source"] == source]
    shown = [text.replace("\u00a0", " ") for text in rows["display"]]
    found = list(zip(rows["edition"], rows["place"], rows["series"], shown, strict=True))
    assert sorted(found) == sorted(BY_SOURCE[source])


def test_every_change_that_a_source_states_is_there_and_no_other() -> None:
    found = [
        (
            row.edition_from, row.edition_to, row.series,
            None if row.change != row.change else round(100 * row.change),
            None if row.value_from != row.value_from else (round(100 * row.value_from), round(100 * row.value_to)),
        )
        for row in read_table("changes", DATA).itertuples()
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(CHANGES, key=str)


@pytest.mark.parametrize(("edition", "series", "words"), DIRECTIONS)
def test_what_a_source_says_of_change_is_kept_in_its_words(edition: str, series: str, words: str) -> None:
    (row,) = ALL[(ALL["edition"] == edition) & (ALL["series"] == series) & (ALL["place"] == "00")].itertuples()
    assert row.direction == words


@pytest.mark.parametrize(("edition", "value"), FACTS)
def test_what_a_source_says_besides_results_is_kept(edition: str, value: str) -> None:
    facts = read_table("facts", DATA)
    assert value in set(facts.loc[facts["edition"] == edition, "value"])


def test_words_are_never_numbers() -> None:
    told = ALL[ALL["qualifier"] != ""]
    assert told["value"].isna().all()
    bounds = {row.qualifier: (row.low, row.high) for row in told.dropna(subset=["low"]).itertuples()}
    assert bounds == {
        "över 90 procent": (0.9, pytest.approx(float("nan"), nan_ok=True)),
        "drygt hälften": (0.5, pytest.approx(float("nan"), nan_ok=True)),
        "sex-sju procent": (0.06, 0.07),
        "44-64 procent": (0.44, 0.64),
    }
    assert told.loc[told["qualifier"] == "nästan 40 procent", ["low", "high"]].isna().to_numpy().tolist() == [
        [True, False]
    ]
    assert told.loc[told["qualifier"].isin(["cirka tre av fyra", "lika många"]), ["low", "high"]].isna().all(axis=None)


def test_a_series_of_the_catalogue_has_its_name_and_its_kin_is_told_apart() -> None:
    known = read_series(DATA)
    same = known[known["same_as"] != ""]
    assert (same["series"] == same["same_as"]).all()
    assert set(same["same_as"]) <= set(indicators(DATA))
    others = known[(known["same_as"] == "") & known["series"].isin(indicators(DATA))]
    assert others.empty
    grundskola = known.set_index("series").loc["overenskommelse-grundskola"]
    assert (grundskola["same_as"], grundskola["kin"]) == ("", "overenskommelse-skola")


def test_nothing_of_the_later_years_is_compared_with_what_may_have_been_another_question() -> None:
    found = steps(figures("Riket", "over-tid", folder=DATA))
    later = found[found["last"] >= "2020"]
    told = {(row.measure, row.first, row.last): row.change for row in later[later["why"] == ""].itertuples()}
    assert told == {
        ("grundskola-17-ar", "2021", "2022"): 0.02,
        ("gymnasium-20-ar-pojkar", "2021", "2022"): 0.13,
        ("utbildade-fem-ar", "2022", "2023"): -0.01,
        ("plan-familjehem", "2022", "2023"): 0.05,
        ("information-placerade-barn", "2022", "2023"): -0.03,
    }
    broken = later.loc[later["why"] == "break", ["measure", "first", "last"]].to_numpy().tolist()
    assert sorted(broken) == [["information-placerade-barn", "2019", "2022"], ["plan-familjehem", "2015", "2022"]]


def test_a_share_is_read_with_the_decimals_that_its_source_states() -> None:
    assert {name: most for name, most in stated_decimals(DATA).items() if most} == {
        "psykofarmaka": 1, "psykofarmaka-jamnariga": 1,
    }  # fmt: skip


NATIONS = "2019,bra-fam,00"
BROKEN = [
    (f"{NATIONS},0.4,,,,cirka 40 procent,observed,,,,,skl-2019,x,", "value", "0.4",
     "ett tal med förbehåll är inget exakt tal; skriv bara källans ord och deras gränser"),
    (f"{NATIONS},,,,yes,,observed,,,,,skl-2019,x,", "answer", "yes",
     "riket svarar inte; här ska stå ett tal eller källans ord"),
    (f"{NATIONS},,,,,,observed,,,,,skl-2019,x,", "status", "observed", "status säger att uppgift finns"),
    (f"{NATIONS},0.4,,,,,missing,,,,,skl-2019,x,", "status", "missing", "status säger att uppgift saknas"),
    (f"{NATIONS},,0.4,,,,withheld,,,,,skl-2019,x,", "low", "0.4", "gränser ska ha källans ord bredvid sig"),
    (f"{NATIONS},,0.7,0.6,,60-70 procent,observed,,,,,skl-2019,x,", "low", "0.7", "är större än den övre gränsen"),
    (f"{NATIONS},40,,,,,observed,,,,,skl-2019,x,", "value", "40.0", "är ingen andel: den ska ligga mellan 0 och 1"),
    ("2019,bra-fam,0880,0.4,,,,,observed,,,,,skl-2019,x,", "value", "0.4",
     "är ett tal, men kommunens svar ska vara Ja, Delvis eller Nej"),
    ("2019,bra-famm,00,0.4,,,,,observed,,,,,skl-2019,x,", "series", "bra-famm", "okänd serie. Menade du ”bra-fam”?"),
    ("2019,bra-fam,9999,0.4,,,,,observed,,,,,skl-2019,x,", "place", "9999", "okänd kod; se data/places.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "value", "rule"), BROKEN, ids=[rule for *_, rule in BROKEN])
def test_a_broken_row_is_told(data_copy: Path, row: str, column: str, value: str, rule: str) -> None:
    append(data_copy / DOMAIN / "history.csv", row)
    with refused_for(Fault(HISTORY, LAST + 1, column, value, rule)):
        read_history(data_copy)


def test_a_series_that_points_nowhere_is_told(data_copy: Path) -> None:
    replace(data_copy / DOMAIN / "series.csv", ",bbic-licens,,", ",bbic-licenz,,")
    at = read_table("series", DATA)["series"].tolist().index("bbic-licens") + 2
    with refused_for(Fault(SERIES, at, "same_as", "bbic-licenz", "finns inte. Menade du ”bbic-licens”?")):
        read_series(data_copy)


def test_an_indicator_is_one_series_and_its_line_is_told_whatever_the_order(data_copy: Path) -> None:
    replace(data_copy / DOMAIN / "series.csv", ",bbic-licens,,", ",behoriga-alla,,")
    path = data_copy / DOMAIN / "series.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *rest, first]) + "\n", encoding="utf-8")
    at = read_table("series", DATA)["series"].tolist().index("bbic-licens") + 1
    rule = "är samma som en annan serie före; en indikator är högst en serie"
    with refused_for(Fault(SERIES, at, "same_as", "behoriga-alla", rule)):
        read_series(data_copy)


def test_kin_without_a_reason_is_told(data_copy: Path) -> None:
    replace(data_copy / DOMAIN / "series.csv", ",sip-rutin,2016 gällde talet", ",,2016 gällde talet")
    at = read_table("series", DATA)["series"].tolist().index("sip-aktuell-rutin") + 2
    with refused_for(Fault(SERIES, at, "kinship", "", "ska säga varför det inte är samma serie")):
        read_series(data_copy)
