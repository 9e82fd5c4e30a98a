"""Every sentence of the findings, taken apart and compared with what the results say, worked out here once more."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import oj
from conftest import DATA, few, refused
from frames import JONKOPING, KNOWN, LACKING, MUNICIPALITIES, REGIONS, REPORTS, Cells, figures_of, frames, full, made
from oj.facts.catalog import in_table
from oj.facts.datapackage import read_table
from oj.present.output import Text
from oj.words.swedish import clear_listing
from oj.words.swedish import sentences as in_sentences
from oj.words.vocabulary import STATUSES

TABLES = read_table("tables", DATA)["table"].tolist()
COUNTED = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
NBSP = "\u00a0"
ALL_SAME = re.compile(
    r"(?:Alla (?P<all>\S+) kommuner|(?P<both>Båda) kommunerna|Ingen av de (?P<none>\S+) kommunerna) "
    r"når målet för (?P<what>.+)\."
)
ALL_OF_TABLE = re.compile(
    r"(?P<who>.+) når (?:målet för alla (?P<yes>\S+) indikatorer|"
    r"inte målet för någon av de (?P<none>\S+) indikatorerna)\."
)
COMPARED = re.compile(
    r"(?P<county>.+) ligger (?P<side>minst 10 procentenheter över|minst 10 procentenheter under|"
    r"mindre än 10 procentenheter från) riket när det gäller (?P<what>.+)\."
)
SPREAD = re.compile(
    r"(?P<what>.+): kommunerna (?:ligger mellan (?P<low>[^ ]+) och|med uppgift har alla) "
    r"(?P<high>[^;]+?)(?:\. (?P<sides>Riket.+))?\."
)
SIDES = re.compile(
    r"Riket har (?P<nation>.+), och (?:(?P<both>båda) kommunerna|(?P<all>av|alla) (?P<of>\S+) kommuner) "
    r"med uppgift ligger (?P<parts>.+)"
)
REGIONS_ONLY = re.compile(r"(?P<what>[^:]+): (?P<regions>(?:riket|för riket|.+ län) .+)\.")
HIDDEN = re.compile(
    r"(?:Uppgift saknas \((?P<missing>bortfall)\)|Uppgift visas inte \((?P<sign>.+?)\)): (?P<what>.+)\."
)
KINDS = {
    "same": ALL_SAME, "whole": ALL_OF_TABLE, "compared": COMPARED, "spread": SPREAD, "hidden": HIDDEN,
    "regions": REGIONS_ONLY,
}  # fmt: skip


def findings(frame: pd.DataFrame, table: str) -> Text:
    """Return what is told of a table in some results."""
    found = oj.findings(figures_of(frame).of(table))
    assert isinstance(found, Text)
    return found


def sentences(text: Text) -> list[tuple[str, re.Match[str], tuple[int, ...]]]:
    """Return each sentence's kind, its parts and the rows behind it; fail where one is of no known kind."""
    lines = text.markdown.splitlines()
    assert len(lines) == len(text.rows)
    found = []
    for line, rows in zip(lines, text.rows, strict=True):
        assert line.startswith("- "), line
        matches = [(kind, form.fullmatch(line[2:])) for kind, form in KINDS.items()]
        kind, match = next(((kind, match) for kind, match in matches if match), ("", None))
        assert match, f"no rule makes {line!r}"
        found.append((kind, match, rows))
    return found


def of_kind(text: Text, kind: str) -> list[re.Match[str]]:
    """Return the parts of each sentence of one kind."""
    return [match for other, match, _ in sentences(text) if other == kind]


def listed(names: Iterable[str]) -> str:
    """Return names with och before the last."""
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last


def counted(size: int) -> str:
    """Return a count in words up to twelve."""
    return COUNTED[size] if size < len(COUNTED) else str(size)


def swedish(value: float, decimals: int) -> str:
    """Return a number with a comma, rounded half up from its decimal form."""
    step = Decimal(1).scaleb(-decimals)
    text = str((Decimal(repr(value)) / step).to_integral_value("ROUND_HALF_UP") * step)
    whole, _, rest = text.partition(".")
    groups = re.sub(r"(?<=\d)(?=(\d{3})+$)", NBSP, whole)
    return f"{groups},{rest}" if rest else groups


def amount(name: str, value: float) -> str:
    """Return a figure with its unit."""
    item = KNOWN[name]
    if item.scale == "share":
        return f"{swedish(float(Decimal(repr(value)) * 100), item.decimals)}{NBSP}%"
    return swedish(value, item.decimals) + (" timmar per vecka" if item.scale == "hours-per-week" else "")


def answers_of(frame: pd.DataFrame, table: str) -> dict[str, dict[str, str | None]]:
    """Return each municipality's answers to the indicators of a table, None where it has none."""
    names = [item.id for item in in_table(table) if item.is_answer]
    own = frame[(frame["level"] == "municipality") & frame["indicator"].isin(names)]
    found: dict[str, dict[str, str | None]] = {place: {} for place in dict.fromkeys(own["place_name"])}
    for row in own.itertuples():
        found[row.place_name][row.indicator] = row.answer if row.status == "observed" else None
    return found


def shares_of(frame: pd.DataFrame, table: str) -> dict[str, tuple[int, int]]:
    """Return the county's and the nation's whole percents for each answer indicator that has both."""
    county = next(iter(frame.loc[frame["level"] == "county", "place"]), "")
    known = {(row.indicator, row.place): row.value for row in frame.itertuples() if row.status == "observed"}
    names = [item.id for item in in_table(table) if item.is_answer]
    return {
        name: (round(known[name, county] * 100), round(known[name, "00"] * 100))
        for name in names
        if (name, county) in known and (name, "00") in known
    }


def check_answers(found: Text, frame: pd.DataFrame, table: str) -> None:
    """Compare the sentences about Ja and Nej with the answers."""
    answers = answers_of(frame, table)
    names = [item.id for item in in_table(table) if item.is_answer]
    expected = []
    size = counted(len(answers))
    for subject, answer in (({"all": size} if len(answers) != 2 else {"both": "Båda"}, "yes"), ({"none": size}, "no")):
        same = [name for name in names if {own[name] for own in answers.values()} == {answer}]
        if len(answers) > 1 and same:
            every = "Båda kommunerna" if len(answers) == 2 else f"Alla {size} kommuner"
            start = every if answer == "yes" else f"Ingen av de {size} kommunerna"
            told_same = in_sentences(f"{start} når målet för", [KNOWN[name].phrase for name in same])
            expected.append((subject, told_same.partition(" målet för ")[2].removesuffix(".")))
    told = [({key: match[key] for key in ("all", "both", "none") if match[key]}, match["what"])
            for match in of_kind(found, "same")]  # fmt: skip
    assert told == expected

    expected_whole = []
    if len(names) >= 3 and len(answers) > 1:
        whole = {place: list(own.values()) for place, own in answers.items() if None not in own.values()}
        yes = [place for place, own in whole.items() if set(own) == {"yes"}]
        none = [place for place, own in whole.items() if "yes" not in own]
        expected_whole = [
            (listed(places), counted(len(names))) for places in (yes, none) if places and len(places) < len(answers)
        ]
    told_whole = [(match["who"], match["yes"] or match["none"]) for match in of_kind(found, "whole")]
    assert told_whole == expected_whole


def check_county(found: Text, frame: pd.DataFrame, table: str) -> None:
    """Compare the sentences about the county and the nation with their shares."""
    shares = shares_of(frame, table)
    county = next(iter(frame.loc[frame["level"] == "county", "place_name"]))
    told = of_kind(found, "compared")
    assert {match["county"] for match in told} <= {county}
    sides = {
        "minst 10 procentenheter över": {name: pair for name, pair in shares.items() if pair[0] - pair[1] >= 10},
        "minst 10 procentenheter under": {name: pair for name, pair in shares.items() if pair[1] - pair[0] >= 10},
    }
    sides["mindre än 10 procentenheter från"] = {} if any(sides.values()) else shares
    assert [match["side"] for match in told] == [side for side, pairs in sides.items() if pairs]
    for match in told:
        said = match["what"].replace(NBSP, " ")
        parts = re.findall(r"(?:^|, | och |\. Det gäller (?:också|även) )([^()]+?) \((\d+) mot (\d+) %\)", said)
        pairs = {KNOWN[name].phrase: pair for name, pair in sides[match["side"]].items()}
        assert {phrase: (int(own), int(other)) for phrase, own, other in parts} == pairs
        start = f"{county} ligger {match['side']} riket när det gäller"
        assert f"{start} {said}." == in_sentences(start, [f"{a} ({own} mot {other} %)" for a, own, other in parts])
        distances = [abs(int(own) - int(other)) for _, own, other in parts]
        assert "mindre" in match["side"] or all(first >= second for first, second in pairwise(distances))


def check_values(found: Text, frame: pd.DataFrame, table: str) -> None:
    """Compare the sentences about numbers with the figures."""
    names = [item.id for item in in_table(table) if not item.is_answer]
    expected = []
    for name in names:
        own = frame[(frame["indicator"] == name) & (frame["status"] == "observed")]
        values = own.loc[own["level"] == "municipality", "value"].tolist()
        nation = own.loc[own["place"] == "00", "value"].tolist()
        if len(values) > 1:
            low = amount(name, min(values)).split(NBSP + "%")[0].split(" timmar")[0] if len(set(values)) > 1 else None
            told = (capital(KNOWN[name].phrase), low, amount(name, max(values)))
            few = "resultat" in KNOWN[name].kind  # of children: one more or less would move it to the other side
            expected.append((*told, *(sides(name, values, nation[0]) if nation and not few else (None,))))
    assert [spread_parts(match) for match in of_kind(found, "spread")] == expected


def spread_parts(match: re.Match[str]) -> tuple[object, ...]:
    """Return what a sentence about a span says: what, lowest, highest, the nation and the sides."""
    if match["sides"] is None:
        return match["what"], match["low"], match["high"], None
    inner = SIDES.fullmatch(match["sides"])
    assert inner, match["sides"]
    assert (inner["all"] == "av") == bool(re.search(r", | och ", inner["parts"]))
    of = "två" if inner["both"] else inner["of"]
    return match["what"], match["low"], match["high"], inner["nation"], of, inner["parts"]


def sides(name: str, values: list[float], nation: float) -> tuple[str, str, str]:
    """Return the nation's figure, of how many municipalities, and how many lie on each side of it."""
    above, below = sum(value > nation for value in values), sum(value < nation for value in values)
    sizes = {
        "över riket": above,
        "under" if above else "under riket": below,
        "på samma nivå": len(values) - above - below,
    }
    present = {side: size for side, size in sizes.items() if size}
    parts = listed(f"{counted(size)} {side}" for side, size in present.items()) if len(present) > 1 else min(present)
    return amount(name, nation), counted(len(values)), parts


def capital(text: str) -> str:
    """Return text with a capital first."""
    return text[0].upper() + text[1:]


def of_all(size: int, of: int) -> str:
    """Return how many municipalities of all, where there are several."""
    return "" if of == 1 else " (alla kommuner)" if size == of else f" ({counted(size)} av {counted(of)} kommuner)"


def check_hidden(found: Text, frame: pd.DataFrame, table: str) -> None:
    """Compare the sentences about lacking figures with the statuses."""
    own = frame[frame["level"] == "municipality"]
    of = own["place"].nunique()
    names = [item.id for item in in_table(table) if not item.is_answer]
    expected = {}
    for status in LACKING:
        sizes = {name: len(own[(own["indicator"] == name) & (own["status"] == status)]) for name in names}
        sign = STATUSES[status].sign
        if any(sizes.values()):
            parts = [f"{KNOWN[name].phrase}{of_all(size, of)}" for name, size in sizes.items() if size]
            start = "Uppgift saknas (bortfall):" if status == "missing" else f"Uppgift visas inte ({sign}):"
            told_so = in_sentences(start, parts, clear_listing)
            expected[sign] = told_so.removeprefix(f"{start} ").removesuffix(".")
    told = of_kind(found, "hidden")
    assert len(told) == len(expected)
    assert {match["missing"] or match["sign"]: match["what"] for match in told} == expected


def check_regions(found: Text, frame: pd.DataFrame, table: str) -> None:
    """Compare the sentences of a report without municipalities with the regions' figures."""
    told = {match["what"]: match["regions"] for match in of_kind(found, "regions")}
    if (frame["level"] == "municipality").any():
        assert told == {}
        return
    expected = {}
    for item in in_table(table):
        own = list(frame[frame["indicator"] == item.id].itertuples())
        names = {row.place: "riket" if row.place == "00" else row.place_name for row in own}
        figures = {row.place: amount(item.id, row.value) for row in own if row.status == "observed"}
        shown = [f"{names[place]} {text.removesuffix(' timmar per vecka')}" for place, text in figures.items()]
        hidden = [names[row.place] for row in own if row.status != "observed"]
        rest = [f"för {listed(hidden)} visas ingen uppgift"] if hidden else []
        if not item.is_answer and own:
            expected[capital(item.phrase)] = "; ".join([*([listed(shown)] if shown else []), *rest])
    assert told == expected


def check(frame: pd.DataFrame, table: str) -> Text:
    """Compare every sentence of a table's findings with the results, and return them."""
    found = findings(frame, table)
    for compare in (check_answers, check_county, check_values, check_hidden, check_regions):
        compare(found, frame, table)
    return found


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("table", TABLES)
def test_the_findings_of_a_report(report: str, table: str) -> None:
    frame = REPORTS[report]
    check(frame[frame["indicator"].map(lambda name: KNOWN[name].table == table)], table)


def all_have_some(frame: pd.DataFrame) -> bool:
    """Return whether every municipality has at least one figure or answer."""
    own = frame[frame["level"] == "municipality"]
    return bool((own["status"] == "observed").groupby(own["place"]).any().all())


@few(8)
@given(st.sampled_from(["bedomning", "intern-samordning", "familjehem", "utanfor-kontorstid"]).flatmap(
    lambda table: st.tuples(st.just(table), frames(table))
))  # fmt: skip
def test_the_findings_of_any_answers(drawn: tuple[str, pd.DataFrame]) -> None:
    """Two to ten municipalities, any of them without an answer: all who are named really answered so."""
    table, frame = drawn
    assume(all_have_some(frame))
    check(frame, table)


@few(8)
@given(st.sampled_from(["utbildningsniva", "kompetens", "bakgrundsmatt"]).flatmap(
    lambda table: st.tuples(st.just(table), frames(table, fewest=0))
))  # fmt: skip
def test_the_findings_of_any_numbers(drawn: tuple[str, pd.DataFrame]) -> None:
    """None to ten municipalities, any figure hidden: spans, sides and what is lacking are right."""
    table, frame = drawn
    assume(all_have_some(frame))
    check(frame, table)


@pytest.mark.parametrize(
    ("size", "words"), [(2, "Båda kommunerna"), (12, "Alla tolv kommuner"), (26, "Alla 26 kommuner")]
)
def test_counts_are_words_up_to_twelve(size: int, words: str) -> None:
    assert f"- {words} når målet för " in check(made(full("bedomning", size)), "bedomning").markdown


def test_one_municipality_is_not_all() -> None:
    assert of_kind(findings(made(full("bedomning", 1)), "bedomning"), "same") == []
    assert of_kind(findings(made(full("bedomning", 1)), "bedomning"), "whole") == []


def test_partly_is_neither_ja_nor_nej() -> None:
    text = findings(made(full("utanfor-kontorstid", 4, "partly")), "utanfor-kontorstid")
    assert [kind for kind, *_ in sentences(text)] == ["compared"]


def test_a_municipality_without_an_answer_has_not_answered_ja() -> None:
    """Neither that all answered Ja, nor that it answered Ja to all."""
    cells = full("bedomning", 3) | {("bedomning-missbruk", MUNICIPALITIES[1]): "missing"}
    text = findings(made(cells), "bedomning")
    (same,) = of_kind(text, "same")
    named = ("bedomning-utagerande", "bedomning-foraldraformaga")
    assert same["what"] == " och ".join(KNOWN[name].phrase for name in named)
    assert [match["who"] for match in of_kind(text, "whole")] == ["Upplands Väsby och Österåker"]


def test_all_are_all_of_the_reports_municipalities() -> None:
    """Three municipalities, one of which has no answer: it is not so that all two answered Ja."""
    cells = full("familjehem", 3) | {(item.id, MUNICIPALITIES[2]): "missing" for item in in_table("familjehem")}
    assert of_kind(findings(made(cells), "familjehem"), "same") == []


def test_a_county_near_the_nation_is_told_only_of_what_was_compared() -> None:
    """Not of a hidden share, nor of a share of the staff that lies forty percentage points away."""
    cells = full("bedomning", 2) | {("bedomning-missbruk", "01"): "suppressed"}
    (told,) = of_kind(findings(made(cells), "bedomning"), "compared")
    assert KNOWN["bedomning-missbruk"].phrase not in told["what"]
    cells = full("kompetens", 2) | {("socionomer-tre-ar", "01"): 0.9}
    (told,) = of_kind(findings(made(cells), "kompetens"), "compared")
    assert "ocionom" not in told["what"]
    assert told["what"].count(f"{NBSP}mot{NBSP}") == 2


@pytest.mark.parametrize(("county", "far"), [(0.6, True), (0.59, False), (0.4, True), (0.41, False), (0.5, False)])
def test_ten_percentage_points_are_told(county: float, far: bool) -> None:
    """No binary fraction decides: 0,6 - 0,5 is ten."""
    cells = full("utanfor-kontorstid", 2) | {("socialjour", "01"): county}
    (told,) = of_kind(check(made(cells), "utanfor-kontorstid"), "compared")
    assert told["side"].startswith("minst 10") == far


@pytest.mark.parametrize("nation", range(0, 91, 5))
def test_ten_percentage_points_are_told_anywhere(nation: int) -> None:
    cells = full("utanfor-kontorstid", 2) | {
        ("socialjour", "00"): nation / 100,
        ("socialjour", "01"): (nation + 10) / 100,
    }
    (told,) = of_kind(findings(made(cells), "utanfor-kontorstid"), "compared")
    assert told["side"] == "minst 10 procentenheter över"
    assert told["what"] == f"heltäckande socialjour ({nation + 10}{NBSP}mot{NBSP}{nation}{NBSP}%)"


@pytest.mark.parametrize("places", [("00",), ("01",), ("06",)])
def test_nothing_is_compared_with_a_hidden_share(places: tuple[str, ...]) -> None:
    """The county the report is compared with is not its own: hidden, it changes nothing."""
    cells = full("utanfor-kontorstid", 2) | {("socialjour", place): "suppressed" for place in places}
    text = findings(made(cells), "utanfor-kontorstid")
    assert bool(of_kind(text, "compared")) == (places == ("06",))


def test_the_highest_and_lowest_are_of_those_that_are_shown() -> None:
    """A hidden figure is neither an end of the span nor on a side."""
    values = {MUNICIPALITIES[0]: 0.2, MUNICIPALITIES[1]: "suppressed", MUNICIPALITIES[2]: 0.7, "00": 0.55, "01": 0.5}
    cells: Cells = {("socionomer-tre-ar", place): cell for place, cell in values.items()}
    cells |= {key: cell for key, cell in full("kompetens", 3).items() if key[0] != "socionomer-tre-ar"}
    text = findings(made(cells), "kompetens")
    told = next(match for match in of_kind(text, "spread") if "minst tre" in match["what"])
    assert (told["low"], told["high"]) == ("20", f"70{NBSP}%")
    assert told["sides"] == f"Riket har 55{NBSP}%, och av två kommuner med uppgift ligger en över riket och en under"
    (hidden,) = of_kind(text, "hidden")
    assert hidden["what"] == f"{KNOWN['socionomer-tre-ar'].phrase} (en av tre kommuner)"


def test_few_children_are_not_compared_with_the_nation() -> None:
    (told, *_) = of_kind(findings(made(full("utbildningsniva", 3)), "utbildningsniva"), "spread")
    assert told["sides"] is None


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        ((0.6, 0.7), "båda kommunerna med uppgift ligger över riket"),
        ((0.3, 0.4), "båda kommunerna med uppgift ligger under riket"),
        ((0.5, 0.5), "båda kommunerna med uppgift ligger på samma nivå"),
        ((0.5, 0.6), "av två kommuner med uppgift ligger en över riket och en på samma nivå"),
        ((0.4, 0.5), "av två kommuner med uppgift ligger en under riket och en på samma nivå"),
    ],
)
def test_the_sides_of_the_nation(values: tuple[float, float], sides: str) -> None:
    cells = full("kompetens", 2)
    cells |= {("socionomer-fem-ar", place): value for place, value in zip(MUNICIPALITIES, values, strict=False)}
    (told,) = (match for match in of_kind(findings(made(cells), "kompetens"), "spread") if "fem" in match["what"])
    assert told["sides"] == f"Riket har 50{NBSP}%, och {sides}"


def test_a_sentence_rounds_as_its_table() -> None:
    frame = made(full("utbildningsniva", 3) | {("behoriga-alla", MUNICIPALITIES[0]): 0.285})
    told, *_ = of_kind(findings(frame, "utbildningsniva"), "spread")
    assert told["low"] == frame["display"].iloc[0].removesuffix(f"{NBSP}%")


def test_a_pair_rounds_as_its_table() -> None:
    frame = made({("socialjour", "00"): 0.4, ("socialjour", "01"): 0.285})
    (told,) = of_kind(findings(frame, "utanfor-kontorstid"), "compared")
    assert told["what"] == f"heltäckande socialjour (29{NBSP}mot{NBSP}40{NBSP}%)"


def test_one_figure_is_no_span() -> None:
    told, *_ = of_kind(check(made(full("utbildningsniva", 3)), "utbildningsniva"), "spread")
    assert (told["low"], told["high"]) == (None, f"50{NBSP}%")


def test_a_report_of_its_county_only_tells_the_regions_figures() -> None:
    lines = findings(JONKOPING, "utbildningsniva").markdown.splitlines()
    phrase = capital(KNOWN["gymnasium-fodda-i-annat-land"].phrase)
    assert lines[-1] == f"- {phrase}: riket 25{NBSP}%; för Jönköpings län visas ingen uppgift."
    assert len(lines) == 6


def test_a_number_that_is_hidden_for_every_region() -> None:
    cells: Cells = {(item.id, place): "suppressed" for item in in_table("utbildningsniva") for place in ("00", "01")}
    assert ": för riket och Stockholms län visas ingen uppgift." in check(made(cells), "utbildningsniva").markdown


def test_an_indicator_without_results_is_not_told() -> None:
    cells = {key: cell for key, cell in full("utbildningsniva", 0).items() if key[0] != "gymnasium-alla"}
    assert len(of_kind(check(made(cells), "utbildningsniva"), "regions")) == 5


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("table", TABLES)
def test_each_sentence_knows_the_rows_it_was_made_from(report: str, table: str) -> None:
    """Rows of the results as they are, of the table's own indicators and each of them once."""
    frame = REPORTS[report]
    known = {item.id for item in in_table(table)}
    for _, match, rows in sentences(findings(frame, table)):
        assert rows, match[0]
        assert len(set(rows)) == len(rows)
        assert set(frame.loc[list(rows), "indicator"]) <= known


def behind(frame: pd.DataFrame, table: str, kind: str) -> pd.DataFrame:
    """Return the rows that the one sentence of a kind was made from."""
    ((_, _, rows),) = [found for found in sentences(findings(frame, table)) if found[0] == kind]
    return frame.loc[list(rows)]


def test_the_rows_behind_each_kind_of_sentence() -> None:
    frame = made(full("familjehem", 3) | {("plan-familjehem", MUNICIPALITIES[0]): "no", ("plan-familjehem", "01"): 0.9})
    same = behind(frame, "familjehem", "same")
    assert (set(same["indicator"]), set(same["level"]), len(same)) == ({"utbildning-familjehem"}, {"municipality"}, 3)
    distant = behind(frame, "familjehem", "compared")
    assert list(zip(distant["indicator"], distant["place"], strict=True)) == [
        ("plan-familjehem", "00"), ("plan-familjehem", "01"),
    ]  # fmt: skip
    cells = full("bedomning", 3) | {("bedomning-missbruk", MUNICIPALITIES[0]): "no"}
    whole = behind(made(cells), "bedomning", "whole")
    assert (set(whole["place"]), len(whole)) == (set(MUNICIPALITIES[1:3]), 6)


def test_the_rows_behind_what_is_lacking() -> None:
    cells = full("kompetens", 3)
    cells |= {(name, MUNICIPALITIES[0]): "missing" for name in ("socionomer-tre-ar", "plan-handlaggare")}
    assert behind(made(cells), "kompetens", "hidden")["indicator"].tolist() == ["socionomer-tre-ar"]


@pytest.mark.parametrize("status", LACKING)
def test_each_reason_for_lacking_has_its_own_words(status: str) -> None:
    cells = full("utbildningsniva", 3) | {("gymnasium-alla", MUNICIPALITIES[0]): status}
    (told,) = of_kind(findings(made(cells), "utbildningsniva"), "hidden")
    assert (told["missing"] or told["sign"]) == STATUSES[status].sign
    assert told["what"] == f"{KNOWN['gymnasium-alla'].phrase} (en av tre kommuner)"


def test_an_unknown_table_gets_a_guess() -> None:
    with refused("”kompetens-” finns inte i uppgifterna.", "Menade du ”kompetens”?"):
        findings(JONKOPING, "kompetens-")


def test_a_county_hidden_everywhere_is_not_compared() -> None:
    cells = {key: "withheld" if key[1] in REGIONS else cell for key, cell in full("bedomning", 3).items()}
    assert {kind for kind, *_ in sentences(findings(made(cells), "bedomning"))} == {"same"}
