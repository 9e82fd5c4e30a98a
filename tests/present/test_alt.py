"""What is told of a chart, aloud or in a table to open, is its own figures, worked out here once more."""

import html
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given

from conftest import few
from frames import JONKOPING, KNOWN, MUNICIPALITIES, REGIONS, REPORTS, figures_of, frames, full, made
from oj.facts.catalog import in_subarea, in_table
from oj.present.chart.dots import described
from oj.present.chart.heat import heat
from oj.present.output import LONGEST_ALT
from oj.tidy.door import figures
from oj.words.vocabulary import STATUSES
from present.test_charts import chart

SUBAREAS = list(dict.fromkeys(item.subarea for item in KNOWN.values()))


def whole_percent(value: float) -> str:
    """Return a share as it has to be read."""
    return f"{round(value * 100)}\u00a0%"


def said(status: str) -> str:
    """Return what has to be said of a lacking figure, for x is no word."""
    return "döljs" if STATUSES[status].sign.startswith("x") else STATUSES[status].sign


def in_words(names: list[str]) -> str:
    """Return names with och before the last."""
    return " och ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def expected_answers(frame: pd.DataFrame, name: str) -> str:
    """Return what has to be said of an indicator of answers."""
    own = frame[frame["indicator"] == name]
    regions = [
        f"{row.place_name} {whole_percent(row.value) if row.status == 'observed' else said(row.status)}"
        for row in own.itertuples()
        if row.level != "municipality"
    ]
    answers = [
        (row.place_name, row.answer)
        for row in own.itertuples()
        if row.level == "municipality" and row.answer in ("yes", "partly", "no")
    ]
    yes = [place for place, answer in answers if answer == "yes"]
    told = f"; Ja i {len(yes)} av {len(answers)} kommuner" if answers else ""
    return f"{KNOWN[name].short}: {', '.join(regions)}{told}{f': {in_words(yes)}' if yes else ''}."


def expected_values(frame: pd.DataFrame, name: str) -> str:
    """Return what has to be said of an indicator of numbers."""
    own = frame[frame["indicator"] == name]
    figures = [
        f"{row.place_name} {row.display if row.status == 'observed' else said(row.status)}" for row in own.itertuples()
    ]
    return f"{KNOWN[name].short}: {', '.join(figures)}."


def alt_of(frame: pd.DataFrame, name: str) -> str:
    """Return what is said of a part, a table or a measure."""
    return " ".join(f"{row}: {text}." for row, text in described(figures_of(frame).of(name)))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("subarea", SUBAREAS)
def test_the_alt_text_tells_every_figure(report: str, subarea: str) -> None:
    frame = REPORTS[report]
    items = in_subarea(subarea)
    answers = [expected_answers(frame, item.id) for item in items if item.is_answer]
    values = [expected_values(frame, item.id) for item in items if not item.is_answer]
    assert alt_of(frame, subarea) == " ".join([*answers, *values])


def test_a_chart_has_its_alt_text_answers_first() -> None:
    items = in_subarea("handlaggarnas-kompetensutveckling")
    *answers, value = items
    told = [*(expected_answers(JONKOPING, item.id) for item in answers), expected_values(JONKOPING, value.id)]
    assert chart(JONKOPING, "handlaggarnas-kompetensutveckling").said == " ".join(told)


@few(10)
@given(frames("intern-samordning", fewest=0))
def test_any_answers_are_counted_and_named(frame: pd.DataFrame) -> None:
    items = in_table("intern-samordning")
    expected = [expected_answers(frame, item.id) for item in items]
    assert alt_of(frame, "intern-samordning") == " ".join(expected)


@few(10)
@given(frames("utbildningsniva", fewest=0))
def test_any_values_are_told_with_their_places(frame: pd.DataFrame) -> None:
    items = in_table("utbildningsniva")
    text = " ".join(alt_of(frame, part) for part in ("behorighet-gymnasium", "genomfort-gymnasium"))
    assert text == " ".join(expected_values(frame, item.id) for item in items)
    assert text.count("\u00a0%") == int(frame["value"].notna().sum())
    assert "nan" not in text.casefold()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("suppressed", "döljs"),
        ("secret", "döljs"),
        ("small_base", "döljs"),
        ("secondary", "döljs"),
        ("missing", "bortfall"),
        ("not_applicable", "ej aktuellt"),
        ("withheld", "redovisas ej"),
    ],
)
def test_a_lacking_figure_is_told_in_words(status: str, words: str) -> None:
    """Somebody who hears the text is told why, as others are by the sign."""
    cells = full("utbildningsniva", 2, share=0.4) | {("behoriga-alla", MUNICIPALITIES[0]): status}
    told = alt_of(made(cells), "behoriga-alla")
    assert told.startswith(f"Alla: Upplands Väsby {words}, Vallentuna 40\u00a0%, Riket 40\u00a0%")


def test_a_municipality_without_an_answer_is_neither_counted_nor_named() -> None:
    cells = full("utanfor-kontorstid", 3) | {("socialjour", MUNICIPALITIES[0]): "missing"}
    told = alt_of(made(cells), "socialjour")
    assert "Ja i 2 av 2 kommuner: Vallentuna och Österåker." in told
    assert "Upplands Väsby" not in told


def test_partly_is_an_answer_but_no_ja() -> None:
    cells = full("utanfor-kontorstid", 3) | {("socialjour", MUNICIPALITIES[0]): "partly"}
    told = alt_of(made(cells), "socialjour")
    assert told.endswith("Ja i 2 av 3 kommuner: Vallentuna och Österåker.")


def test_nobody_is_named_where_nobody_answered_ja() -> None:
    told = alt_of(made(full("utanfor-kontorstid", 3, "no")), "socialjour")
    assert told.endswith("Ja i 0 av 3 kommuner.")
    assert not re.search("|".join(("Upplands", "Vallentuna", "Österåker")), told)


def test_a_report_of_26_municipalities_names_them_all() -> None:
    told = alt_of(made(full("utanfor-kontorstid", 26)), "socialjour")
    assert "Ja i 26 av 26 kommuner: Upplands Väsby, Vallentuna, " in told
    assert told.count(",") == 24 + len(REGIONS) - 1


def test_a_long_alt_text_is_a_sentence_and_a_table_that_can_be_opened() -> None:
    shown = chart(REPORTS["stockholm"], "intern-samordning")
    assert len(shown.said) > LONGEST_ALT >= len(shown.alt)
    assert shown.alt.endswith(".")
    assert all(html.escape(name) in shown.table and text[1:20] in shown.table for name, text in shown.told)
    assert shown.table in shown.markdown
    assert f"<details><summary>Figuren i ord</summary>{shown.table}" in shown._repr_mimebundle_()["text/html"]


def test_a_short_one_tells_all_and_has_no_table() -> None:
    shown = replace(chart(JONKOPING, "handlaggarnas-kompetensutveckling"), told=(("Jour", "Riket 50 %"),))
    assert shown.alt.endswith(" Jour: Riket 50 %.")
    assert shown.table == ""
    assert "Figuren i ord" not in shown.markdown


def test_a_picture_of_one_indicator_says_so() -> None:
    (picture,) = heat(figures("Stockholm").of("socialjour"))
    assert picture.summary == "En indikator i rader och åtta kommuner i kolumner. Av 8 svar är 6 Ja."
