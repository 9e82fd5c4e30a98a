"""Current key figures as a reader sees them: every figure in its cell, every sentence from its rows, every line."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import oj
from conftest import refused
from fetched import FETCHED, HALLAND, NATION, table, with_fetched
from oj.present.chart.boxes import Box, whole_axes
from oj.present.chart.lines import lines as drawn_lines
from oj.present.chart.pairs import draw, rows_of
from oj.present.chart.panel import lines_said, round_steps, years_panel
from oj.present.output import Figure, Parts, Shown, Table, Text, as_parts
from oj.present.style import COUNTY_COLOUR, MUNICIPALITY_COLOUR, NATION_COLOUR
from oj.sources.kolada.values import write_key_figures
from oj.tidy.measures import of_today
from oj.tidy.schema import Figures
from written import current


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return facts with a fetched county."""
    return with_fetched(tmp_path_factory.mktemp("facts") / "data")


@pytest.fixture(scope="module")
def today(folder: Path) -> Figures:
    """Return the county's key figures as one table."""
    return oj.figures("Halland", "aktuell", folder=folder)


@pytest.fixture(scope="module")
def figures(folder: Path) -> pd.DataFrame:
    """Return the county's key figures."""
    return current("Halland", folder=folder)


def grid(shown: Shown) -> list[list[str]]:
    """Return a table's rows as texts."""
    assert isinstance(shown, Table)
    rows = re.findall(r"<tr>(.*?)</tr>", shown.html)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[cell.replace("\u00a0", " ").replace("\u00ad", "") for cell in row] for row in cells]


def lines(text: Text | Parts) -> list[str]:
    """Return a text's sentences, plain."""
    assert isinstance(text, Text)
    return [line.removeprefix("- ").replace("\u00a0", " ").replace("*", "") for line in text.markdown.splitlines()]


def test_a_lone_key_figure_is_shown_year_by_year(today: Figures) -> None:
    assert grid(oj.table(today.of("utredningstid"))) == [
        ["Kommun", "Utredningstid"],
        ["dagar, 2018", "dagar, 2022"],
        ["Falkenberg", "130", "110"],
        ["Halmstad", "110", "90"],
        ["Hylte", "100", "80"],
        ["Kungsbacka", "bortfall", "60"],
        ["Laholm", "120", "100"],
        ["Varberg", "140", "bortfall"],
        ["Riket", "105*", "100*"],
        ["Hallands län", "120*", "88*"],
        ["Större stad", "bortfall", "95*"],
    ]


def test_several_are_shown_in_their_latest_year_and_who_lacks_is_named(today: Figures) -> None:
    shown = oj.table(today.of("insatser"))
    assert grid(shown)[:3] == [["Kommun", "Placerade på HVB"], ["per 1 000, 2022"], ["Falkenberg", "2,0"]]
    unga = oj.table(today.of("unga"))
    assert grid(unga)[1:5] == [
        ["antal, 2022", "andel, 2022"],
        ["Halmstad", "40", "90 %"],
        ["Hylte", "12", "90 %"],
        ["Laholm", "8", "90 %"],
    ]
    assert [row[1] for row in grid(unga)[5:]] == ["–", "–"]  # the mean of how many answered says nothing
    assert [row[0] for row in grid(unga)[2:]] == ["Halmstad", "Hylte", "Laholm", "Riket", "Hallands län"]
    assert isinstance(unga, Table)
    assert "Färre än tio svar, eller okänt hur många: Laholm." in unga.notes[0]
    assert "Utan värde 2022: Falkenberg, Kungsbacka och Varberg." in unga.notes[0]
    assert isinstance(shown, Table)
    assert "Utan värde" not in shown.notes[0]


@pytest.mark.parametrize("name", ["utredningstid", "unga", "insatser"])
def test_the_star_is_explained_exactly_where_one_stands(today: Figures, name: str) -> None:
    for part in (today, today.at("kommunerna")):
        shown = oj.table(part.of(name))
        assert isinstance(shown, Table)
        assert ("*" in shown.html) == ("Talen med *" in shown.notes[0])
        assert shown.notes[0].endswith("Källa: Kolada.")


def test_a_table_without_figures_is_a_sentence(today: Figures) -> None:
    assert str(oj.table(today.of("ekonomi"))).startswith("Ingen av kommunerna har något värde")


def test_a_measure_or_an_area_is_shown_too(today: Figures) -> None:
    lone = oj.table(today.of("unga-inflytande"))
    assert isinstance(lone, Table)
    assert (lone.label, lone.caption) == ("tbl-unga-inflytande", "Unga: inflytande i kommunerna, 2018–2022.")
    assert grid(lone)[:3] == [["Kommun", "Inflytande"], ["andel, 2018", "andel, 2022"], ["Halmstad", "60 %", "90 %"]]
    women = oj.table(today.by("women").of("unga-inflytande"))
    assert isinstance(women, Table)
    assert women.caption == "Unga: inflytande i kommunerna, 2022, flickor eller kvinnor."
    assert grid(women)[2:] == [["Halmstad", "80 %"], ["Laholm", "x"]]
    area = oj.table(today.of("tillganglig"))
    assert isinstance(area, Parts)
    assert [type(part) for part in area] == [Text, Table]
    assert str(area[0]) == "Kontakt och information: ingen av kommunerna har något värde i Kolada."


def test_the_regions_alone_have_their_own_latest_year(today: Figures) -> None:
    assert grid(oj.table(today.at("riket", "länet").of("utredningstid")))[2:] == [
        ["Riket", "105*", "100*"],
        ["Hallands län", "120*", "88*"],
    ]
    assert grid(oj.table(today.at("riket")))[1:] == [
        ["Unga: inflytande", "2022", "91 %*"],
        ["Utredningstid", "2022", "100*"],
        ["Placerade på HVB", "2022", "2,1"],
    ]
    assert str(oj.table(today.during("1999"))) == "Det finns inga uppgifter för det som valdes."


def test_a_group_alone_is_told_of_in_the_caption(today: Figures) -> None:
    whole, own = oj.table(today.by("women")), oj.sheet(today.by("women"), "Halmstad")[0]
    assert isinstance(whole, Table)
    assert isinstance(own, Table)
    assert whole.caption == "Alla nyckeltal, senaste året, flickor eller kvinnor."
    assert own.caption == "Halmstads nyckeltal, senaste året med värde, flickor eller kvinnor."
    assert grid(own)[1:] == [["Unga: inflytande (andel)", "2022", "80 %", "bortfall", "bortfall", "bortfall"]]


def test_the_overview_tells_nation_county_and_reach(today: Figures) -> None:
    assert grid(oj.table(today))[1:] == [
        ["Unga: antal svar", "2022", "–", "–", "8–40", "3"],
        ["Unga: inflytande", "2022", "91 %*", "90 %*", "90 %", "3"],
        ["Utredningstid", "2022", "100*", "88*", "60–110", "5"],
        ["Placerade på HVB", "2022", "2,1", "2,0*", "0,0–4,2", "6"],
    ]


def test_the_sentences_are_these(today: Figures) -> None:
    assert lines(oj.findings(today.of("utredningstid"))) == [
        "Den genomsnittliga utredningstiden för barn och unga är lägre i Hallands län än i riket: "
        "88 dagar mot 100 dagar. Talen är medel av 5 respektive 210 kommuner.",
        "Den genomsnittliga utredningstiden för barn och unga har minskat från 115 dagar (2018) "
        "till 95 dagar (2022). Talen är ovägda medel för de fyra kommuner som har värden båda åren.",
    ]
    assert lines(oj.findings(today.of("unga"))) == ["Inflytande ligger nära riket i Hallands län."]  # a break in 2020
    assert lines(oj.findings(today.of("insatser"))) == [
        "Antalet barn och unga per 1 000 invånare 0–20 år som har varit placerade på HVB skiljer sig i Hallands "
        "län: flickor 1,5, pojkar 2,4. Talen är medel av de fyra kommuner som har båda.",
    ]  # nothing of the nation: its figure is weighted, the county's mean is not
    assert lines(oj.findings(today))[1] == (
        "I Hallands län ligger ett av de två nyckeltal som går att jämföra med riket nära det."
    )
    assert str(oj.opening(today)).replace("\u00a0", " ") == (
        "Rapporten gäller sex kommuner i Hallands län. Den visar fyra nyckeltal ur databasen Kolada, hämtade den "
        "22 november 2026. Det senaste året med värden är 2022."
    )


def test_a_lone_nought_is_no_change(folder: Path, tmp_path: Path) -> None:
    """A municipality that did not report stands with 0,0: that is shown, but not told as a decrease."""
    other = with_fetched(tmp_path / "data")
    rows = table()
    nought = (rows["indicator"] == "utredningstid") & (rows["place"] == "1380") & (rows["year"] == 2022)
    write_key_figures({"halland": (rows.assign(value=rows["value"].mask(nought, 0.0)), FETCHED)}, other)
    today = oj.figures("Halland", "aktuell", folder=other)
    text = " ".join(lines(oj.findings(today, "Halmstad")))
    assert "Lägre än i riket: Utredningstid (0 dagar mot 100 dagar)" in text
    assert "Har minskat" not in text
    assert "från 117 dagar (2018) till 97 dagar (2022). Talen är ovägda medel för de tre kommuner" in " ".join(
        lines(oj.findings(today.of("utredningstid")))
    )


def test_what_is_near_is_counted_of_what_can_be_compared(tmp_path: Path) -> None:
    """Of three that can be compared, with as many near the nation as the municipality is given its figures."""
    rows, phrase = table(), "Den genomsnittliga utredningstiden för barn och unga ligger nära riket i Halmstad."
    those = "nyckeltal som går att jämföra med riket nära det"
    latest = rows["year"] == 2022
    nation = rows[latest & (rows["place"] == NATION)].set_index(["indicator", "gender"])["value"]
    same = pd.Series([nation.get((row.indicator, row.gender)) for row in rows.itertuples()], rows.index)
    own = latest & (rows["place"] == "1380") & (rows["indicator"] != "unga-antal-svar")
    for names, expected in (
        (["utredningstid"], phrase),
        (["utredningstid", "placerade-hvb"], f"I Halmstad ligger alla två {those}."),
        (
            ["utredningstid", "placerade-hvb", "unga-inflytande", "unga-antal-svar"],
            f"I Halmstad ligger alla tre {those}.",
        ),
    ):
        kept = rows.assign(value=rows["value"].mask(own & (rows["gender"] == "total"), same))
        folder = with_fetched(tmp_path / f"{len(names)}")
        write_key_figures({"halland": (kept[kept["indicator"].isin(names)], FETCHED)}, folder)
        assert expected in lines(oj.findings(oj.figures("Halland", "aktuell", folder=folder), "Halmstad"))


def test_the_first_page_tells_what_has_changed_of_all_numbers(today: Figures) -> None:
    """On paper there is no question mark to open."""
    for language, told in (
        ("sv", "Ändrat: det tal som har ändrats mest"),
        ("en", "Changed: the figure that has changed"),
    ):
        table = next(part for part in oj.summary(today, language=language) if isinstance(part, Table))
        assert told in " ".join(table.notes)


def test_only_the_newest_change_is_told(today: Figures) -> None:
    """What a municipality last had in 2018 is no news beside a nation's figure of 2022."""
    assert "Har minskat" in str(oj.findings(today, "Halmstad"))
    frame = today.frame
    own = frame["place"] == "1380"
    early = frame[~own | (frame["period"] < "2022")]
    later = early["period"].where(early["place"] != "1380", (early["period"].astype(int) + 1).astype(str))
    more = early[early["place"] == "1380"].assign(period="2016", value=900.0)
    more["value"] = more["value"].mask(more["measure"].map(lambda name: today.measures[name].is_share), 1.0)
    twice = pd.concat([early.assign(period=later), more], ignore_index=True)
    assert "Har minskat" not in str(oj.findings(replace(today, frame=twice), "Halmstad"))


def test_a_sentence_knows_its_rows(today: Figures) -> None:
    text = oj.findings(today.of("utredningstid"))
    assert isinstance(text, Text)
    against, since = (today.frame.loc[list(rows)] for rows in text.rows)
    assert against[["place", "value"]].to_numpy().tolist() == [[HALLAND, 88.0], [NATION, 100.0]]
    assert sorted(since["place"].unique()) == ["1315", "1380", "1381", "1382"]
    means = since.groupby("period")["value"].mean()
    assert means.to_dict() == {"2018": 115.0, "2022": 95.0}


def test_a_sheet_tells_one_municipality(today: Figures) -> None:
    assert lines(oj.findings(today, "Halmstad")) == [
        "Högre än i riket: Placerade på HVB (4,2 per 1 000 mot 2,1 per 1 000).",
        "Lägre än i riket: Utredningstid (90 dagar mot 100 dagar).",
        "I Halmstad ligger ett av de tre nyckeltal som går att jämföra med riket nära det.",
        "Har minskat: Utredningstid från 110 dagar (2018) till 90 dagar (2022).",
    ]
    shown = grid(oj.sheet(today, "Halmstad")[0])
    assert shown == [
        [
            "Nyckeltal",
            "År",
            "Halmstad",
            "Flickor eller kvinnor",
            "Pojkar eller män",
            "Länet",
            "Riket",
            "Liknande kommuner",
        ],
        ["Unga: antal svar (antal)", "2022", "40", "–", "–", "–", "–", "–"],
        ["Unga: inflytande (andel)", "2022", "90 %", "80 %", "97 %", "90 %*", "91 %*", "bortfall"],
        ["Utredningstid (dagar)", "2022", "90", "bortfall", "bortfall", "88*", "100*", "95*"],
        ["Placerade på HVB (per 1 000)", "2022", "4,2", "bortfall", "bortfall", "2,0*", "2,1", "bortfall"],
    ]
    assert "Liknande kommuner" not in str(oj.sheet(today, "Laholm")[0])
    with refused("Menade du ”Laholm”?"):
        oj.sheet(today, "Laholmm")


def test_a_hidden_figure_stands_nowhere(folder: Path, tmp_path: Path) -> None:
    """Whatever stands in a row that is hidden, nothing that is shown is made of it."""
    shown = [_all_shown(current("Halland", folder=folder), folder)]
    rows = table()
    hidden = rows["status"] != "observed"
    assert hidden.sum() == 4
    other = with_fetched(tmp_path / "data")
    write_key_figures({"halland": (rows.assign(told=rows["told"].where(~hidden, "7,77")), FETCHED)}, other)
    shown.append(_all_shown(current("Halland", folder=other), other))
    assert shown[0] == shown[1]


def _all_shown(figures: pd.DataFrame, folder: Path) -> list[dict[str, str]]:
    today = oj.figures("Halland", "aktuell", folder=folder)
    parts: list[Any] = [
        oj.table(today),
        oj.sheet(today, "Laholm")[0],
    ]
    for name in ("unga", "utredningstid", "insatser"):
        parts += [oj.table(today.of(name)), oj.findings(today.of(name))]
        parts += [*as_parts(oj.chart(today.of(name))), *as_parts(oj.chart(today.of(name), "pairs"))]
    return [part._repr_mimebundle_() for part in parts]


def panel_rows(figures: Figures) -> pd.DataFrame:
    """Return the rows of a panel: everybody's figures by year."""
    rows = figures.by("total").frame
    rows = rows[rows["level"].isin(["municipality", "county", "nation"]) & rows["value"].notna()]
    return rows.assign(year=rows["period"].astype(int))


def a_box() -> Box:
    """Return a panel alone on a drawing, a hundred points high."""
    return Box(whole_axes(plt.figure()), 10, 20, 300, 100)


def by_place(rows: pd.DataFrame) -> Any:
    """Return each place's rows, year by year."""
    return rows.sort_values("year").groupby("place")


def beside(ax: Axes) -> dict[str, float]:
    """Return the heights of the figures beside the gridlines, from the lowest."""
    return {one.get_text(): one.get_position()[1] for one in ax.texts if one.get_horizontalalignment() == "right"}


def test_lines_are_broken_where_years_do_not_compare(today: Figures) -> None:
    one = today.of("unga-inflytande")
    measure, box = one.measures["unga-inflytande"], a_box()
    years_panel(panel_rows(one), measure, box)
    assert {len(line.get_xdata()) for line in box.ax.lines} == {1}  # 2018 and 2022 are dots, not joined
    box = a_box()
    years_panel(panel_rows(one), replace(measure, breaks=()), box)
    assert sorted(len(line.get_xdata()) for line in box.ax.lines) == [1, 2, 2, 2, 2]  # the nation has only one year
    assert [*beside(box.ax)] == ["0", "50", "100"]
    plt.close("all")


def test_years_with_a_figure_are_marked_where_years_between_lack_one(today: Figures) -> None:
    """Else a line over 2020 and 2021 looks as if they were measured, and the legend's marks stand nowhere."""
    one, box = today.of("unga-inflytande"), a_box()
    rows, measure = panel_rows(one), replace(one.measures["unga-inflytande"], breaks=())
    years_panel(rows, measure, box)
    joined = [line for line in box.ax.lines if len(line.get_xdata()) > 1]
    assert {line.get_marker() for line in joined} == {"", "o"}  # the county's own; municipalities have none
    plt.close("all")


def test_shares_beside_each_other_have_one_scale(today: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten per cent looked as high as ninety beside it, on a scale of its own; alone it fills its panel."""
    drawn: list[Any] = []
    monkeypatch.setattr("oj.present.chart.lines.as_svg", lambda drawing: drawn.append(drawing) or "<svg/>")
    one = today.of("unga-inflytande")
    (measure,) = one.measures.values()
    few = one.frame.assign(measure="few", value=0.1)
    alone = replace(one, frame=few, whole=None, measures={"few": replace(measure, id="few")})
    both = pd.concat([one.frame, few], ignore_index=True)
    for figures in (replace(alone, frame=both, measures={**one.measures, **alone.measures}), alone):
        drawn_lines(figures)
    together, single = (
        [one.get_text() for one in drawing.axes[0].texts if one.get_horizontalalignment() == "right"]
        for drawing in drawn
    )
    assert (together, single) == (["0", "50", "100"] * 2, ["0", "5", "10"])
    plt.close("all")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, ["0,0", "0,5", "1,0"]),
        (0.04, ["0,00", "0,01", "0,02", "0,03", "0,04"]),
        (3, ["0", "1", "2", "3"]),
        (4_000_000, ["0", "1 000 000", "2 000 000", "3 000 000", "4 000 000"]),
        (-5, ["−4", "−2", "0"]),
    ],
)
def test_a_scale_has_figures_of_its_own_size(today: Figures, value: float, told: list[str]) -> None:
    """Of figures that were all nought a panel could not be drawn, and no report with it; of small ones all said 0,0."""
    one, box = today.of("utredningstid"), a_box()
    years_panel(panel_rows(one).assign(value=value), one.measures["utredningstid"], box)
    heights = {name.replace(chr(160), " "): at for name, at in beside(box.ax).items()}
    assert [*heights] == told
    assert heights[told[0] if value >= 0 else "0"] == pytest.approx(20 if value >= 0 else 120)
    assert all(20 <= at <= 120 for line in box.ax.lines for at in line.get_ydata())
    plt.close("all")


def test_every_line_is_a_place(today: Figures) -> None:
    one, box = today.of("utredningstid"), a_box()
    own = panel_rows(one)
    years_panel(own, one.measures["utredningstid"], box)
    top = own["value"].max() * 1.12
    drawn = sorted(tuple((np.asarray(line.get_ydata()) - 20) / 100 * top) for line in box.ax.lines)
    for line, expected in zip(drawn, sorted(tuple(part["value"]) for _, part in by_place(own)), strict=True):
        assert line == pytest.approx(expected)
    plt.close("all")


def test_a_line_and_its_gridlines_have_one_scale(today: Figures) -> None:
    """Each figure stands at its value's height, and each year over its name."""
    one, box = today.of("utredningstid"), a_box()
    own = panel_rows(one)
    years_panel(own, one.measures["utredningstid"], box)
    years = {text.get_text(): text.get_position()[0] for text in box.ax.texts if text.get_va() == "top"}
    heights = {float(text): at for text, at in beside(box.ax).items()}
    lines, foot = ([segment[0][1] for segment in part.get_segments()] for part in box.ax.collections)
    assert (sorted(heights.values()), foot) == (sorted(lines), [heights[0.0]])
    per_day = (heights[max(heights)] - heights[0.0]) / max(heights)
    for _, part in by_place(own[own["level"] == "county"]):
        (line,) = [line for line in box.ax.lines if line.get_color() == COUNTY_COLOUR]
        assert np.asarray(line.get_ydata()) == pytest.approx(20 + part["value"].to_numpy() * per_day)
        first, last = line.get_xdata()[0], line.get_xdata()[-1]
        assert (first, last) == (years[str(part["year"].iloc[0])], years[str(part["year"].iloc[-1])])
    plt.close("all")


def test_a_municipality_its_county_and_the_nation_differ_by_more_than_colour(today: Figures) -> None:
    (chart,) = as_parts(oj.chart(today.of("utredningstid"), municipality="Halmstad"))
    assert isinstance(chart, Figure)
    strokes = {
        colour: set(
            re.findall(rf"fill: none; (?:stroke-dasharray: ([\d.,]+); )?[^\"]*stroke: {colour.lower()}", chart.svg)
        )
        for colour in (MUNICIPALITY_COLOUR, COUNTY_COLOUR, NATION_COLOUR)
    }
    dashes = [one for found in strokes.values() for one in found]
    assert len(dashes) == len({*dashes}) == 3, strokes


def test_a_chart_tells_its_ends_in_words(today: Figures) -> None:
    (chart,) = as_parts(oj.chart(today.of("utredningstid")))
    assert isinstance(chart, Figure)
    assert chart.said.replace("\u00a0", " ") == (
        "Utredningstid (dagar): Hallands län 120 dagar år 2018, 88 dagar år 2022; "
        "Riket 105 dagar år 2018, 100 dagar år 2022."
    )
    assert oj.chart(today.of("insatser")) == ()  # one year is no line


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((2016, 2019, 2020, 2022), "60 % år 2016, 63 % år 2019, brott i serien 2020, 64 % år 2020, 66 % år 2022"),
        ((2016, 2018, 2022), "60 % år 2016, 62 % år 2018, brott i serien 2020, 66 % år 2022"),
        ((2019, 2020), "63 % år 2019, brott i serien 2020, 64 % år 2020"),
        ((2020, 2021, 2022), "64 % år 2020, 66 % år 2022"),
        ((2017, 2018, 2019), "61 % år 2017, 63 % år 2019"),
        ((2018,), "62 % år 2018"),
    ],
)
def test_no_two_years_are_told_together_across_a_break(years: tuple[int, ...], told: str, folder: Path) -> None:
    """The order of the rows does not matter."""
    line = {"level": "nation", "place": "00", "place_name": "Riket"}
    rows = pd.DataFrame([line | {"year": year, "value": (year - 1956) / 100} for year in reversed(years)])
    said = ": ".join(lines_said(rows, of_today(folder)["unga-inflytande"])).replace("\u00a0", " ")
    assert said == f"Unga: inflytande (andel): Riket {told}"


def test_every_break_between_two_years_is_told(folder: Path) -> None:
    line = {"level": "nation", "place": "00", "place_name": "Riket"}
    rows = pd.DataFrame([line | {"year": 2012, "value": 0.02}, line | {"year": 2018, "value": 0.03}])
    told = ": ".join(lines_said(rows, of_today(folder)["oppna-insatser"])).replace("\u00a0", " ")
    assert told.endswith("Riket 2,0 % år 2012, brott i serien 2014, brott i serien 2018, 3,0 % år 2018")


def test_girls_and_boys_are_drawn_only_where_both_are_shown(today: Figures) -> None:
    (chart,) = as_parts(oj.chart(today.of("insatser"), "pairs"))
    assert isinstance(chart, Figure)
    assert chart.said.replace("\u00a0", " ") == (
        "Placerade på HVB Riket: flickor 1,9 per 1 000, pojkar 2,3 per 1 000. "
        "Placerade på HVB Hallands län: flickor 1,5 per 1 000, pojkar 2,4 per 1 000."
    )
    assert oj.chart(today.of("unga"), "pairs") == ()
    one = today.of("placerade-hvb")
    drawing = draw(rows_of(one.latest(), list(one.measures.values())), ("Flickor", "Pojkar"))
    marks = [
        part.get_offsets()[:, 0].tolist()
        for part in drawing.axes[0].collections
        if hasattr(part, "get_sizes") and len(part.get_sizes())
    ]
    assert marks == [[1.9, 1.5], [2.3, 2.4]]
    plt.close(drawing)


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0,4"), (0.02, "0,010"), (0.3, "0,20"), (2.0, "1,0"), (30.0, "10"), (-9.0, "−8")]
)
def test_the_axis_of_pairs_has_figures_of_its_own_size(today: Figures, value: float, told: str) -> None:
    """Where all were nought it began under nought."""
    one = today.of("placerade-hvb")
    rows = rows_of(one.latest(), list(one.measures.values())).assign(women=value, men=value / 2)
    drawing = draw(rows, ("Flickor", "Pojkar"))
    ax = drawing.axes[0]
    drawing.canvas.draw()
    assert (ax.get_xlim()[value < 0], ax.get_xlim()[value >= 0] != 0) == (0, True)
    assert told in [label.get_text() for label in ax.get_xticklabels()]
    plt.close(drawing)


def test_a_map_colours_what_is_a_tenth_apart(today: Figures) -> None:
    (drawn,) = oj.map(today.of("utredningstid"))
    assert isinstance(drawn, Figure)
    for name, shown in (("Hylte", "80"), ("Varberg", "bortfall"), ("Falkenberg", "110")):
        assert f"{name} {shown}" in drawn.said
    assert "Minst en tiondel under riket" in drawn.svg
    assert oj.map(today.of("invanare")) == ()
    with refused("Menade du ”utredningstid”?"):
        oj.map(today.of("utredningstidd"))


@pytest.mark.parametrize("top", [0.3, 1.7, 4, 9, 23.5, 100, 152, 10_500_000])
def test_steps_are_few_and_within(top: float) -> None:
    steps = round_steps(top)
    assert 3 <= len(steps) <= 5
    assert steps[0] == 0
    assert steps[-1] <= top


def test_the_method_tells_source_groups_and_what_is_gone(folder: Path) -> None:
    source = str(oj.method(oj.figures("Halland", "aktuell", folder=folder), "kolada")).replace("\u00a0", " ")
    assert source.startswith("Källa: Kolada, RKA")
    assert "hämtat den 22 november 2026" in source
    assert grid(oj.method(oj.figures("Halland", "aktuell", folder=folder), "kommungrupper"))[1] == [
        "Större stad",
        "23",
        "1",
    ]
    gone, withdrawn = as_parts(oj.method(oj.figures("Halland", "aktuell", folder=folder), "stoppade"))
    assert isinstance(gone, Table)
    assert grid(gone)[1:] == [["Kolada har dragit in nyckeltalet.", "1", "Automatiserad process (U33341)"]]
    told = str(withdrawn).replace("\u00a0", " ")
    assert told.startswith("**Indragna nyckeltal:** 27 som förr fanns här hämtas inte längre.")
    assert "sista gången 2021" in told
    assert "U31466" in told
    assert told.count("Läs i stället Socialstyrelsens arbetsbok Öppna jämförelser 2016–2023") == 2
    definitions = grid(oj.about(oj.figures("Halland", "aktuell", folder=folder))[0])
    assert len(definitions) == 71
    assert "Unga: inflytande (U33578)" in {row[0] for row in definitions}


def test_one_municipality_is_told_by_its_name(folder: Path) -> None:
    alone = oj.figures("Halland", "aktuell", ["Halmstad"], folder=folder)
    assert "är högre i Halmstad än i riket: 4,2 mot 2,1." in " ".join(lines(oj.findings(alone.of("insatser"))))
    assert str(oj.opening(alone)).startswith("Rapporten gäller Halmstad kommun.")


def test_a_year_that_is_not_the_newest_is_named(today: Figures) -> None:
    rows = today.frame[~(today.frame["place"].eq("1380") & today.frame["period"].eq("2022"))]
    own = rows["place"].eq("1380") & rows["measure"].eq("utredningstid")
    older = replace(today, frame=rows.assign(value=rows["value"].mask(own, 150)))
    assert lines(oj.findings(older, "Halmstad"))[0] == (
        "Högre än i riket: Utredningstid (150 dagar mot 105 dagar år 2018)."
    )


def test_a_report_that_lacks_nothing_says_that_it_has_no_signs(today: Figures) -> None:
    whole = replace(today, frame=today.frame[today.frame["status"] == "observed"])
    assert "inga tecken" in str(oj.method(whole, "tecken"))
    assert "inga tecken" not in str(oj.method(today, "tecken"))


def test_what_few_have_answered_is_told_beside_but_of_no_municipality_as_high_or_low(today: Figures) -> None:
    notes = oj.sheet(today, "Laholm")[0]
    assert isinstance(notes, Table)
    assert "Färre än tio svar, eller okänt hur många: Unga: inflytande." in notes.notes[0]
    rows = today.frame["measure"].eq("unga-inflytande") & today.frame["level"].eq("municipality")
    low = replace(today, frame=today.frame.assign(value=today.frame["value"].mask(rows, 0.1)))
    for name, told in (("Halmstad", True), ("Hylte", True), ("Laholm", False)):
        said = " ".join(lines(oj.findings(low, name)))
        assert ("Unga: inflytande" in said.partition("Har ")[0]) == told, name


def test_an_unknown_number_of_answers_is_as_few(folder: Path, tmp_path: Path) -> None:
    other = with_fetched(tmp_path / "data")
    rows = table()
    without = rows[(rows["indicator"] != "unga-antal-svar") | (rows["place"] != "1380")]
    write_key_figures({"halland": (without, FETCHED)}, other)
    told = oj.table(oj.figures("Halland", "aktuell", folder=other).of("unga"))
    assert isinstance(told, Table)
    assert "okänt hur många: Halmstad och Laholm." in told.notes[0]


def test_what_was_fetched_before_it_was_withdrawn_is_not_shown(tmp_path: Path) -> None:
    other, rows = with_fetched(tmp_path / "data"), table()
    old = rows[rows["indicator"] == "utredningstid"].assign(indicator="fraga-socialjour", value=1.0)
    write_key_figures({"halland": (pd.concat([old, rows]), FETCHED)}, other)
    assert grid(oj.table(oj.figures("Halland", "aktuell", folder=other))) == grid(
        oj.table(oj.figures("Halland", "aktuell", folder=with_fetched(tmp_path / "usual")))
    )


def test_kronor_are_told_in_thousands_and_never_as_better(folder: Path) -> None:
    cost = of_today(folder)["kostnad"]
    assert cost.told(2588.79).replace("\u00a0", " ") == "2 589 kr"
    assert (cost.unit_word, cost.polarity, cost.in_points) == ("kr per invånare", "none", False)


@pytest.mark.parametrize("tell", [oj.findings, oj.opening, oj.summary])
def test_what_is_told_of_all_is_not_told_of_women_alone(today: Figures, tell: Callable[[Figures], Shown]) -> None:
    """It was empty, without a word."""
    with refused("Det som är valt gäller flickor eller kvinnor."):
        tell(today.by("women"))


def test_what_a_report_holds_is_not_told_of_a_region_alone(today: Figures) -> None:
    """It said ”noll kommuner i .”"""
    for figures in (today.at("riket"), oj.figures("Stockholm").at("riket")):
        with refused("Det som är valt har inga kommuner"):
            oj.opening(figures)
