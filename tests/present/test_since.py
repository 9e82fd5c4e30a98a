"""What has changed since an earlier edition, taken apart and worked out once more from what was planted."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

import oj
from conftest import DATA, DOMAIN, append, refused, replace
from oj.compare.since import changes
from oj.facts.editions import edition_folder, using
from oj.present.output import Figure, Table, Text
from oj.tidy.earlier import has_earlier
from oj.tidy.schema import Figures
from years_book import LACKING, PLACES, QUESTIONS, drawn, read_in, write_book

SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3)))
SINCE = {one.title: max(year for year in one.years if year < 2023) for one in QUESTIONS if len(one.years) > 1}
COUNTED = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
IN_ALL = re.compile(
    r"Sedan (?P<since>.+) har (?P<who>.+) (?P<yes>\S+) ny\w* Ja, (?P<no>\S+) ny\w* Nej och (?P<still>\S+) svar som "
    r"fortfarande är Nej, på (?:de (?P<of>\S+)|den) Ja- och Nej-frågo?r?a? som kan jämföras\."
)
QUESTION = re.compile(
    r"Flest kommuner \((?P<size>\S+?)(?: var)?\) har ett nytt (?P<answer>Ja|Nej) på fråg(?:an|orna) (?P<names>”.+”)\."
)
PLACE = re.compile(r"lest nya (?P<answer>Ja|Nej) har (?P<names>.+?) \((?P<size>\S+?)(?: var)?\)")
NUMBER = re.compile(r"Sedan utgåvan (\d+), ”(.+)”: (.+) av (\S+) kommun(?:er)? som går att jämföra\.")
Planted = dict[tuple[str, str, int], str | float]


@pytest.fixture(scope="module", params=SEEDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """Return facts with a workbook of three years read in, and what it has."""
    room = tmp_path_factory.mktemp("years")
    data, planted = Path(shutil.copytree(DATA, room / "data")), drawn(request.param)
    assert read_in(data, write_book(room / "oj.xlsx", planted)) == 0
    return data, planted


def beside(data: Path, *municipalities: str, edition: str = "2023") -> Figures:
    """Return the figures of Skåne beside the earlier ones."""
    return oj.since(oj.figures("Skåne", edition, [*municipalities], domain=DOMAIN, folder=data))


def expected(planted: Planted) -> dict[tuple[str, str], str]:
    """Return what has happened to every answer and number that is shown in both editions, by title and place."""
    found = {}
    for one in QUESTIONS:
        for place in PLACES:
            if one.title in SINCE:
                then, now = planted[one.title, place, SINCE[one.title]], planted[one.title, place, 2023]
                if not {then, now} & {*LACKING}:
                    found[one.title, place] = kind_of(then, now)
    return found


def kind_of(then: str | float, now: str | float) -> str:
    """Return what a step is: of a share of those who answered ten percentage points are told."""
    if isinstance(then, float) and isinstance(now, float):
        return "near" if abs(now - then) < 10 else "higher" if now > then else "lower"
    if then == now:
        return {"Ja": "still-yes", "Nej": "still-no", "Delvis": "still-partly"}[str(now)]
    return {"Ja": "new-yes", "Nej": "new-no"}.get(str(now), "better" if then == "Nej" else "worse")


def counted(size: int) -> set[str]:
    """Return how a size may be written."""
    return {COUNTED[size] if size < len(COUNTED) else str(size), *(["ett"] if size == 1 else [])} | (
        {"inga"} if not size else set()
    )


def test_every_change_is_as_planted(world: tuple[Path, Planted]) -> None:
    data, planted = world
    figures = beside(data)
    found = changes(figures)
    titles = {name: one.title for name, one in figures.measures.items()}
    told = {
        (titles[row.measure], row.place): row.kind
        for row in found.itertuples()
        if row.kind not in ("not-now", "not-then", "neither")
    }
    assert told == expected(planted)
    assert {titles[row.measure]: int(row.since) for row in found.itertuples()} == SINCE
    for row in found[found["change"].notna()].itertuples():
        title = titles[row.measure]
        then, now = planted[title, row.place, SINCE[title]], planted[title, row.place, 2023]
        assert row.change == pytest.approx(float(now) - float(then))


def test_the_rows_are_those_of_the_two_editions(world: tuple[Path, Planted]) -> None:
    figures = beside(world[0])
    own = oj.figures("Skåne", "2023", domain=DOMAIN, folder=world[0]).frame
    assert figures.frame.loc[own.index].equals(own)
    rows = figures.frame
    for row in changes(figures).query("then >= 0").itertuples():
        for at, year in ((row.then, row.since), (row.now, "2023")):
            assert rows.loc[at, ["measure", "place", "period"]].tolist() == [row.measure, row.place, year]


def test_the_sentences_tell_what_is_planted(world: tuple[Path, Planted]) -> None:
    data, planted = world
    text = oj.findings(beside(data))
    assert isinstance(text, Text)
    lines = [line.removeprefix("- ").replace("\u00a0", " ") for line in text.markdown.splitlines()]
    assert len(lines) == len(text.rows)
    answers = {key: kind for key, kind in expected(planted).items() if kind not in ("higher", "lower", "near")}
    sizes, whole = Counter(answers.values()), IN_ALL.fullmatch(lines[0])
    assert whole, lines[0]
    assert whole["since"] == "den senaste utgåva som varje fråga kan jämföras med (2021 eller 2022)"
    assert [whole[name] in counted(sizes[kind]) for name, kind in
            (("yes", "new-yes"), ("no", "new-no"), ("still", "still-no"))] == [True] * 3  # fmt: skip
    assert whole["of"] in counted(len({title for title, _ in answers}))
    for form, by in ((QUESTION, 0), (PLACE, 1)):
        said = [line.replace(". Det gäller också ", " och ").replace(". Det gäller även ", " och ") for line in lines]
        told = {one["answer"]: (one["names"], one["size"]) for line in said for one in form.finditer(line)}
        for answer, kind in (("Ja", "new-yes"), ("Nej", "new-no")):
            tally = Counter(key[by] for key, one in answers.items() if one == kind)
            most = max(tally.values(), default=0)
            first = [key for key in tally if tally[key] == most]
            if most < 2 or len(first) > 3:
                assert answer not in told
            else:
                names, size = told[answer]
                called = {f"”{key}”" for key in first} if by == 0 else {PLACES[key] for key in first}
                assert set(re.split(r", (?=”)| och (?=”)", names) if by == 0 else re.split(", | och ", names)) == called
                assert size in counted(most)


def test_numbers_are_told_by_the_rule_of_clear_differences(world: tuple[Path, Planted]) -> None:
    data, planted = world
    text = oj.findings(beside(data))
    assert isinstance(text, Text)
    (found,) = filter(None, (NUMBER.fullmatch(line[2:].replace("\u00a0", " ")) for line in text.markdown.splitlines()))
    kinds = Counter(kind for (title, _), kind in expected(planted).items() if title == found[2])
    parts = dict(re.findall(r"(tydligt högre|tydligt lägre|nära det tidigare) i (\S+?)(?=,| och |$)", found[3]))
    words = {"tydligt högre": "higher", "tydligt lägre": "lower", "nära det tidigare": "near"}
    assert set(parts) == {word for word, kind in words.items() if kinds[kind]}
    assert all(size in counted(kinds[words[word]]) for word, size in parts.items())
    assert found[4] in counted(sum(kinds.values()))


def test_a_sheet_lists_the_municipalitys_own(world: tuple[Path, Planted]) -> None:
    data, planted = world
    figures, kinds = beside(data), expected(planted)
    words = {
        "Nytt Ja": "new-yes", "Nytt Nej": "new-no", "Bättre, till Delvis": "better", "Sämre, till Delvis": "worse",
        "Fortfarande Nej": "still-no", "Fortfarande Delvis": "still-partly",
    }  # fmt: skip
    for place, name in PLACES.items():
        (text,) = oj.sheet(figures, name)
        assert isinstance(text, Text)
        assert text.before == "**Ändrat sedan en tidigare utgåva**"
        lines = dict(re.findall(r"^- \*\*(.+?):\*\* (.+)\.$", text.markdown.replace("\u00a0", " "), re.MULTILINE))
        for word, kind in words.items():
            titles = [title for (title, own), found in kinds.items() if own == place and found == kind]
            wanted = {f"”{title}” (mot {SINCE[title]})" for title in titles}
            told = set(re.split(", (?!procent)| och |; ", lines[word])) if word in lines else set()
            assert told == wanted
        assert len(text.rows) == len(text.markdown.splitlines())


def test_the_tables_add_up(world: tuple[Path, Planted]) -> None:
    data, planted = world
    kinds = {key: one for key, one in expected(planted).items() if one not in ("higher", "lower", "near")}
    places, questions, numbers = oj.table(beside(data))
    assert isinstance(places, Table)
    assert isinstance(questions, Table)
    assert isinstance(numbers, Table)
    assert places.grid
    assert questions.grid
    heads = [head.text.replace("\u00ad", "") for head in places.grid.heads[0]]
    assert heads[:4] == ["Nya Ja", "Nya Nej", "Fortfarande Nej", "Fortfarande Ja"]
    for name, *cells in places.grid.rows:
        own = Counter(kind for (_, place), kind in kinds.items() if name.text in (PLACES[place], "Alla"))
        assert [int(cell.text) for cell in cells[:4]] == [own[kind] for kind in
                                                          ("new-yes", "new-no", "still-no", "still-yes")]  # fmt: skip
        assert sum(int(cell.text) for cell in cells) == 3 * (len(PLACES) if name.text == "Alla" else 1)
    for title, since, yes, no, still in questions.grid.rows:
        assert int(since.text) == SINCE[title.text]
        for cell, kind in ((yes, "new-yes"), (no, "new-no"), (still, "still-no")):
            names = {PLACES[place] for (asked, place), one in kinds.items() if (asked, one) == (title.text, kind)}
            told = cell.text.split("\n")[0]
            plain = set() if told == "–" or ":" in told else set(re.split(", | och ", told))
            assert plain == names


def test_the_picture_says_the_same_in_words(world: tuple[Path, Planted]) -> None:
    data, planted = world
    (figure,) = oj.chart(beside(data))
    assert isinstance(figure, Figure)
    words = {"nytt Ja": "new-yes", "nytt Nej": "new-no", "fortfarande Nej": "still-no", "fortfarande Ja": "still-yes"}
    for title, since in SINCE.items():
        if title.endswith("procent"):
            continue
        (said,) = re.findall(rf"{title}, mot {since}: (.+?)\.(?: |$)", figure.said)
        told = {word: re.split(", | och ", names) for word, names in re.findall(r"([^;]+?) i ([^;]+)(?:; |$)", said)}
        for word, kind in words.items():
            names = [
                PLACES[place] for (asked, place), one in expected(planted).items() if (asked, one) == (title, kind)
            ]
            assert told.get(word, []) == names
    assert "brott" not in figure.said + figure.caption


def test_nothing_is_told_across_a_break(tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    assert read_in(data, write_book(tmp_path / "oj.xlsx", drawn(1))) == 0
    append(data / DOMAIN / "breaks.csv", "2022,*,break,assessment,Frågorna är andra.,skl-2016,Prov")
    figures = beside(data)
    titles = {one.title: (figures.earlier or {})[name] for name, one in figures.measures.items()}
    assert {title: (one.edition, one.why) for title, one in titles.items()} == {
        "Aktuell plan för familjehem": ("2022", ""),
        "Rutin när barn placeras utanför kommunen": ("2022", ""),
        "Samordnad planering med skolan": ("", "break"),
        "Stöd till anhöriga barn": ("", "new"),
        "Andel handläggare med lång erfarenhet, procent": ("2022", ""),
    }
    assert set(figures.frame["period"]) == {"2022", "2023"}
    told = oj.findings(figures)
    assert isinstance(told, Text)
    assert (
        "brott i serien eller för att svaren eller enheten är andra: ”Samordnad planering med skolan”." in told.markdown
    )
    assert "Frågades inte tidigare, så det finns inget att jämföra med: ”Stöd till anhöriga barn”." in told.markdown
    assert not re.search("brott(?! i serien)", told.markdown)
    append(data / DOMAIN / "breaks.csv", "2023,*,break,assessment,Frågorna är andra igen.,skl-2016,Prov")
    assert set(beside(data).frame["period"]) == {"2023"}
    assert not has_earlier(edition_folder(data, "2023", DOMAIN))
    assert oj.opening(beside(data)).markdown == ""
    assert list(oj.table(beside(data))) == list(oj.chart(beside(data))) == []


def test_other_answers_and_persons_are_not_compared(tmp_path: Path) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    assert read_in(data, write_book(tmp_path / "oj.xlsx", drawn(1))) == 0
    now = data / DOMAIN / "2023" / "indicators" / "saker.yml"
    replace(now, "  scale: yes-partly-no\n", "  scale: yes-partly-no\n  answers: [Ja, Till viss del, Nej]\n")
    replace(now, "  scale: share\n", "  scale: share\n  protected: true\n")
    figures = beside(data)
    why = {one.title: (figures.earlier or {})[name].why for name, one in figures.measures.items()}
    assert why["Rutin när barn placeras utanför kommunen"] == "break"
    assert why["Andel handläggare med lång erfarenhet, procent"] == "persons"
    told = oj.findings(figures)
    assert isinstance(told, Text)
    assert "personer i register: ”Andel handläggare" in told.markdown


def test_the_first_edition_has_nothing_beside_it() -> None:
    figures = oj.since(oj.figures("Stockholm"))
    assert not has_earlier(edition_folder())
    assert figures.frame.equals(oj.figures("Stockholm").frame)
    assert oj.opening(figures).markdown == oj.sheet(figures, "Solna")[0].markdown == ""


def test_only_an_edition_stands_beside_another() -> None:
    with refused("Vad som har ändrats sedan en tidigare utgåva kan bara visas för en utgåvas resultat"):
        oj.since(oj.figures("Riket", "over-tid"))
    figures = oj.since(oj.figures("Stockholm"))
    for other in (oj.map, oj.targets, oj.guide):
        with refused():
            other(figures)


def test_a_report_of_one_municipality_says_its_name(world: tuple[Path, Planted]) -> None:
    with using(world[0]):
        text = oj.opening(beside(world[0], "Lund"))
    assert " har Lund " in text.markdown.splitlines()[0]
    assert "flest nya" not in text.markdown.lower()


def test_the_first_page_says_since_when_and_tells_of_no_column_that_it_lacks(world: tuple[Path, Planted]) -> None:
    table = next(
        part
        for part in oj.summary(oj.figures("Skåne", "2023", domain=DOMAIN, folder=world[0]))
        if isinstance(part, Table)
    )
    assert table.grid
    heads = [head.text for head in table.grid.heads[0]]
    assert heads[-1] == "Ändrat"
    assert (
        "Ändrat: svaren på alla Ja- och Nej-frågor, sedan den senaste utgåva som varje fråga kan jämföras med (2021 "
        "eller 2022)."
    ) in table.notes[0]
    assert ("Ring" in table.notes[0], "jämförbar kommun" in table.notes[0]) == ("Ring om det svagaste" in heads,) * 2
