"""The opening's sentences: places and sizes, what all answered, and where the county lies furthest from the nation."""

import re
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import oj
from conftest import few, refused
from frames import JONKOPING, KNOWN, MUNICIPALITIES, PLACES, REGIONS, REPORTS, SOLNA, STOCKHOLM, Cells, figures_of, made
from oj.present.findings.answers import against_region, unanimous
from oj.present.findings.sentences import as_list, asked, by_table
from oj.present.output import Text
from oj.tidy.schema import Figures
from oj.words.swedish import sentences, shortened

NBSP = "\u00a0"
ANSWERED = [item for item in KNOWN.values() if item.is_answer]
TOTAL = re.compile(
    r"Andelen kommuner och stadsdelar som når målet är högre i (.+) än i (.+) för (\d+) av (\d+) Ja- och Nej-frågor"
    r"(?: och|,) lägre för (\d+)(?: och lika för (.+))?\."
)
FURTHEST = re.compile(r"Längst (över|under) (.+) ligger (.+) när det gäller (.+)\.")
NAMED = re.compile(
    r"(?:^|, | och |\. Det gäller (?:också|även) )"
    r"([^()]+?) \((\d+)(?: procentenheter)?, (\d+) mot (\d+) %, @tbl-([a-z-]+)\)"
)


def listed(names: list[str]) -> str:
    """Return names with och before the last."""
    return " och ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def group_summary(frame: pd.DataFrame) -> Text:
    """Return what all municipalities answered, over all areas."""
    return as_list(unanimous(asked(figures_of(frame)), partial(by_table, refer=True)))


def county_summary(frame: pd.DataFrame, other: str = "00", most: int = 5) -> Text:
    """Return where the county lies over all areas."""
    return as_list(against_region(asked(figures_of(frame)), other, most))


def lines_of(markdown: str) -> list[str]:
    """Return the sentences of a list, with ordinary spaces."""
    lines = markdown.replace(NBSP, " ").splitlines()
    assert all(line.startswith("- ") for line in lines)
    return [line[2:] for line in lines]


def test_targets_that_are_some_of_the_questions_are_not_told_as_all_of_them() -> None:
    whole = asked(figures_of(STOCKHOLM))
    first, *rest = whole.measures.values()
    some = replace(whole, measures={first.id: replace(first, polarity="none")} | {one.id: one for one in rest})
    assert " av 39 Ja- och Nej-frågor " in as_list(against_region(whole)).markdown
    assert " av 38 mål " in as_list(against_region(some)).markdown


def test_the_opening_of_the_report() -> None:
    names = STOCKHOLM.loc[STOCKHOLM["level"] == "municipality", "place_name"].unique().tolist()
    assert oj.opening(figures_of(STOCKHOLM), "Nordväst").markdown == (
        f"Rapporten visar resultat för åtta kommuner i Stockholms län i utgåvan 2015 (Nordväst: {listed(names)})."
        " De jämförs med riket, Stockholms län och Jönköpings län."
        " Rapporten omfattar 48 indikatorer och fyra bakgrundsmått."
    )


def test_the_opening_without_a_name_for_the_group() -> None:
    assert "i utgåvan 2015 (Upplands Väsby, Järfälla, Ekerö," in oj.opening(figures_of(STOCKHOLM)).markdown


def test_the_opening_of_one_municipality() -> None:
    assert oj.opening(figures_of(SOLNA)).markdown == (
        "Rapporten visar resultat för en kommun i Stockholms län i utgåvan 2015 (Solna). Den jämförs med riket och "
        "Stockholms län. Rapporten omfattar 48 indikatorer och fyra bakgrundsmått."
    )


def test_the_opening_of_a_report_of_its_county_only() -> None:
    text = oj.opening(figures_of(JONKOPING), "Gruppen").markdown
    assert text.startswith(
        "Rapporten visar resultat för Jönköpings län i utgåvan 2015. För länets kommuner finns inga "
    )
    assert text.endswith(" Rapporten omfattar 48 indikatorer och fyra bakgrundsmått.")
    assert "Gruppen" not in text


def test_the_opening_counts_what_there_is() -> None:
    cells: Cells = {("socialjour", place): "yes" for place in MUNICIPALITIES[:13]}
    cells |= {(name, "01"): 0.4 for name in ("bbic-licens", "andel-barn", "langvarigt-bistand")}
    text = oj.opening(figures_of(made(cells))).markdown
    assert "för 13 kommuner i Stockholms län" in text
    assert text.endswith("De jämförs med Stockholms län. Rapporten omfattar 2 indikatorer och två bakgrundsmått.")


def test_the_opening_of_municipalities_without_their_countys_results() -> None:
    """As where a source has no row for the county; the results frame then has none."""
    frame = made({("socialjour", place): "yes" for place in MUNICIPALITIES[:2]} | {("socialjour", "00"): 0.7})
    assert "Stockholms län" in oj.opening(figures_of(frame)).markdown


def expected_group(frame: pd.DataFrame) -> list[str]:
    """Return what has to be said of what all municipalities answered."""
    own = frame[frame["level"] == "municipality"]
    size = own["place"].nunique()
    words = ["", "", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"]
    subjects = {
        "yes": "Båda kommunerna" if size == 2 else f"Alla {words[size]} kommuner",
        "no": f"Ingen av de {words[size]} kommunerna",
    }
    found = []
    for answer, subject in subjects.items():
        same = [
            item for item in ANSWERED if (own.loc[own["indicator"] == item.id, "answer"] == answer).sum() == size > 1
        ]
        if same:
            tables = {item.table: [other.phrase for other in same if other.table == item.table] for item in same}
            told = [f"{shortened(phrases)} (@tbl-{table})" for table, phrases in tables.items()]
            found.append(sentences(f"{subject} når målet för", told, listed if len(told) == len(same) else "; ".join))
    return found


def test_what_all_municipalities_of_the_report_answered() -> None:
    found = group_summary(STOCKHOLM)
    assert lines_of(found.markdown) == expected_group(STOCKHOLM)
    assert len(found.rows) == 2


@pytest.mark.parametrize("report", ["jonkoping", "solna"])
def test_one_or_no_municipality_is_no_group(report: str) -> None:
    assert group_summary(REPORTS[report]).markdown == ""


SOME = ["socialjour", "bbic-licens", "plan-familjehem", "utbildning-familjehem"]


@st.composite
def group_frames(draw: st.DrawFn) -> pd.DataFrame:
    """Return a frame of four answers of two to ten municipalities, each with at least one answer."""
    places = MUNICIPALITIES[: draw(st.integers(min_value=2, max_value=10))]
    answers = st.sampled_from(["yes", "yes", "no", "no", "missing"])
    common = {name: draw(answers) for name in SOME}
    cells: Cells = {(name, place): common[name] for name in SOME for place in places}
    for place in draw(st.lists(st.sampled_from(places), max_size=2)):
        cells[draw(st.sampled_from(SOME)), place] = draw(answers)
    cells |= {("arbetsledning", place): 2.0 for place in places}
    return made(cells, places)


@few(15)
@given(group_frames())
def test_what_any_group_answered(frame: pd.DataFrame) -> None:
    assert lines_of(group_summary(frame).markdown) == expected_group(frame)


def pairs_of(frame: pd.DataFrame, other: str = "00") -> dict[str, tuple[int, int]]:
    """Return the county's and the other's whole percents for every answer indicator that has both."""
    county = next(iter(frame.loc[frame["level"] == "county", "place"]))
    values = {(row.indicator, row.place): row.value for row in frame.itertuples() if row.status == "observed"}
    return {
        item.id: (round(values[item.id, county] * 100), round(values[item.id, other] * 100))
        for item in ANSWERED
        if (item.id, county) in values and (item.id, other) in values
    }


def counted(size: int) -> str:
    """Return a count in words up to twelve."""
    words = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
    return words[size] if size < len(words) else str(size)


def check_county(frame: pd.DataFrame, most: int = 5, other: str = "00") -> None:
    """Compare the county's summary with the shares."""
    pairs = pairs_of(frame, other)
    other_name = "riket" if other == "00" else PLACES[other].name
    county = next(iter(frame.loc[frame["level"] == "county", "place_name"]))
    lines = lines_of(county_summary(frame, other, most).markdown)
    if not pairs:
        assert lines == []
        return
    total, *rest = lines
    above = {name: own - nation for name, (own, nation) in pairs.items() if own > nation}
    below = {name: nation - own for name, (own, nation) in pairs.items() if own < nation}
    sizes = TOTAL.fullmatch(total)
    assert sizes, total
    equal = len(pairs) - len(above) - len(below)
    words = counted(equal) if equal else None
    assert sizes.groups() == (county, other_name, str(len(above)), str(len(pairs)), str(len(below)), words)
    told = {}
    for line in rest:
        match = FURTHEST.fullmatch(line)
        assert match, line
        assert (match[2], match[3]) == (other_name, county)
        told[match[1]] = NAMED.findall(match[4])
        units = [" procentenheter", *[""] * len(told[match[1]])]
        parts = [
            f"{a} ({step}{unit}, {b} mot {c} %, @tbl-{d})"
            for (a, step, b, c, d), unit in zip(told[match[1]], units, strict=False)
        ]
        assert line == sentences(f"Längst {match[1]} {other_name} ligger {county} när det gäller", parts)
    for side, distances in (("över", above), ("under", below)):
        furthest = sorted(distances.values(), reverse=True)
        least = max(10, furthest[min(most, len(furthest)) - 1]) if furthest else 10
        named = {name for name, distance in distances.items() if distance >= least}
        expected = {
            (KNOWN[name].phrase, str(distances[name]), *map(str, pairs[name]), KNOWN[name].table) for name in named
        }
        parts = told.get(side, [])
        assert set(parts) == expected
        assert len(parts) == len(expected)
        steps = [int(step) for _, step, _, _, _ in parts]
        assert steps == sorted(steps, reverse=True)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("most", [1, 5, 40])
def test_where_the_county_lies_furthest_from_the_nation(report: str, most: int) -> None:
    check_county(REPORTS[report], most)


@pytest.mark.parametrize("most", [1, 3, 40])
def test_where_the_county_lies_furthest_from_the_other_county(most: int) -> None:
    check_county(STOCKHOLM, most, "06")


@few(10)
@given(st.dictionaries(
    st.sampled_from([item.id for item in ANSWERED]),
    st.tuples(*[st.one_of(st.integers(0, 20).map(lambda steps: steps * 5), st.none())] * 2),
    min_size=1, max_size=14,
))  # fmt: skip
def test_where_any_county_lies(shares: dict[str, tuple[int | None, int | None]]) -> None:
    """Many with the same distance, some hidden: those as far as the last one named are named with it."""
    cells: Cells = {
        (name, place): "withheld" if share is None else share / 100
        for name, pair in shares.items()
        for place, share in zip(("01", "00"), pair, strict=True)
    }
    check_county(made(cells, REGIONS), 3)


def test_the_county_compared_with_is_not_the_reports_own() -> None:
    assert "Jönköpings län" not in county_summary(STOCKHOLM).markdown


@pytest.mark.parametrize(
    ("report", "headings"),
    [
        ("stockholm", ["Nordväst", "Stockholms län", "Jämförelsen med Jönköpings län"]),
        ("solna", ["Nordväst", "Stockholms län"]),
        ("jonkoping", ["Jönköpings län"]),
    ],
)
def test_the_key_results_have_a_heading_for_each_part(report: str, headings: list[str]) -> None:
    parts = oj.findings(figures_of(REPORTS[report]), group_name="Nordväst")
    assert [part.before for part in parts] == [f"### {name} {{.unnumbered}}" for name in headings]
    assert all(part.markdown.count("- ", 0, 2) and len(part.markdown.splitlines()) == len(part.rows) for part in parts)


def test_a_group_without_a_name_is_the_municipalities() -> None:
    assert oj.findings(figures_of(STOCKHOLM))[0].before == "### Kommunerna {.unnumbered}"
    assert oj.findings(figures_of(SOLNA))[0].before == "### Solna {.unnumbered}"


@pytest.mark.parametrize("report", REPORTS)
def test_each_sentence_knows_its_rows(report: str) -> None:
    frame = REPORTS[report]
    for rows in (rows for part in oj.findings(figures_of(frame)) for rows in part.rows):
        assert rows
        assert set(rows) <= set(frame.index)
        kinds = frame.loc[list(rows), "indicator"].map(lambda name: KNOWN[name].is_answer)
        assert kinds.all() or not kinds.any()  # answers, or for a single municipality its staff's figures


def test_results_of_nothing_in_common_say_nothing() -> None:
    frame = made({("socialjour", place): "partly" for place in MUNICIPALITIES[:3]})
    assert list(oj.findings(figures_of(frame))) == []


def test_every_place_of_the_reports_is_known() -> None:
    assert {PLACES[code].name for code in STOCKHOLM["place"]} == set(STOCKHOLM["place_name"])


def test_what_most_and_fewest_in_the_nation_reach() -> None:
    nation = STOCKHOLM[(STOCKHOLM["place"] == "00") & STOCKHOLM["indicator"].isin([item.id for item in ANSWERED])]
    shares = sorted(zip(nation["value"], nation["indicator"], strict=True))
    low, high = lines_of(oj.findings(figures_of(STOCKHOLM).at("riket")).markdown)
    low, high = high, low
    for sentence, pairs, word in ((high, shares[::-1], "störst"), (low, shares, "minst")):
        least = abs(pairs[2][0])
        named = [name for share, name in pairs if (share >= least if word == "störst" else share <= least)]
        assert sentence.startswith(f"Målen som {word} andel av kommunerna och stadsdelarna i riket når är ")
        shown = {name: round(share * 100) for share, name in pairs}
        assert all(f"{KNOWN[name].phrase} ({shown[name]} %)" in sentence for name in named)
        assert sentence.count("%") == len(named)


def test_few_indicators_have_no_most_and_fewest() -> None:
    frame = made({("socialjour", "00"): 0.5, ("bbic-licens", "00"): 0.7})
    assert oj.findings(figures_of(frame).at("riket")).markdown == ""


@pytest.mark.parametrize("chosen", ["arbetsledning", "bakgrundsmatt", "utbildningsniva"])
def test_a_guide_without_answers_is_refused(chosen: str) -> None:
    with refused("Analysguiden finns bara för en utgåvas Ja- och Nej-frågor"):
        oj.guide(oj.figures("Stockholm").of(chosen))


@pytest.mark.parametrize(
    "figures",
    [oj.figures("Kalmar", "over-tid"), oj.targets(oj.figures("Stockholm")), oj.figures("Stockholm").at("riket"),
     oj.figures("Stockholm").by("women")],
    ids=["years", "targets", "nation", "nothing"],
)  # fmt: skip
def test_a_guide_of_what_is_no_edition_is_refused(figures: Figures) -> None:
    with refused("Analysguiden finns bara"):
        oj.guide(figures)


def test_an_opening_of_nothing_is_refused() -> None:
    nothing = (oj.figures("Stockholm").by("women"), oj.figures("Stockholm").during("2010"))
    for figures in (*nothing, oj.figures("Kalmar", "over-tid").during("1999")):
        with refused("Det finns inga värden i det som är valt"):
            oj.opening(figures)
        assert str(oj.findings(figures)) == ""
    assert str(oj.findings(oj.figures("Riket", "over-tid").at("riket").during("1999"))) == ""


def test_targets_are_told_for_all_for_an_area_and_for_a_municipality() -> None:
    figures = oj.figures("Stockholm")
    reached = oj.targets(figures)
    assert "av 39 mål" in str(oj.findings(reached).markdown)
    assert "av 19 mål" in str(oj.findings(reached.of("samordning")).markdown)
    assert str(oj.findings(reached, "Solna")) == str(oj.findings(figures, "Solna"))


def test_a_municipality_of_the_years_is_told_alone_and_another_is_refused() -> None:
    figures = oj.figures("Kalmar", "over-tid")
    assert oj.findings(figures, "Kalmar") == oj.findings(figures)
    with refused("Kommunen ”Kalmr” finns inte i resultaten.", "Menade du ”Kalmar”?"):
        oj.findings(figures, "Kalmr")
