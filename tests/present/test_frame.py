"""What is shown is of the frame as it is: filtered, changed or put together by a researcher, or it is refused."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

import oj
from conftest import refused
from oj.present.output import Table
from oj.tidy.as_it_is import as_it_is
from oj.tidy.schema import Figures

NAMES = ["Solna", "Sigtuna", "Ekerö"]
Change = Callable[[pd.DataFrame], object]


def chosen(name: str = "samordning") -> Figures:
    """Return a selection, with a frame that nobody else has."""
    return oj.figures("Stockholm", municipalities=NAMES).of(name)


def shown(figures: Figures) -> dict[str, list[str]]:
    """Return the cells of a lone table, by place."""
    made = oj.table(figures)
    assert isinstance(made, Table)
    assert made.grid is not None
    return {first.text: [cell.text.replace("\u00a0", " ") for cell in cells] for first, *cells in made.grid.rows}


def test_a_value_that_is_changed_is_shown_though_its_display_is_not() -> None:
    figures = chosen("socialjour")
    figures.frame.loc[figures.frame["place"] == "00", "value"] = 0.335
    assert shown(figures)["Riket"] == ["34 %"]
    assert "89 mot 34 %" in str(oj.findings(figures)).replace("\u00a0", " ")
    figures.frame.loc[figures.frame["place"] == "0184", "answer"] = "no"
    assert shown(figures)["Solna"] == ["Nej"]


def test_what_has_no_figure_any_more_is_lacking_and_never_nought() -> None:
    figures = chosen("socialjour")
    figures.frame["value"], figures.frame["answer"] = float("nan"), None
    assert {cell for cells in shown(figures).values() for cell in cells} == {"bortfall"}


def test_a_hidden_figure_does_not_come_back_and_one_that_is_hidden_is() -> None:
    figures = oj.figures("Stockholm").of("gymnasium-alla")
    hidden = figures.frame["status"] != "observed"
    assert hidden.any()
    names = figures.frame.loc[hidden, "place_name"].tolist()
    figures.frame["status"] = "observed"
    assert {shown(figures)[name][0] for name in names} == {"bortfall"}
    figures.frame["status"] = "secret"
    assert {cells[0][:1] for cells in shown(figures).values()} == {"x"}


def test_rows_that_are_left_out_are_in_no_sentence() -> None:
    """Also of a selection, whose other measures have rows of the same places."""
    figures = chosen()
    figures = replace(figures, frame=figures.frame[figures.frame["place_name"] != "Solna"])
    told = str(oj.findings(figures)) + str(oj.opening(figures)) + str(oj.table(figures))
    assert "Solna" not in told
    assert "två kommuner" in str(oj.opening(figures))
    assert figures.at("kommunerna").frame["place_name"].unique().tolist() == ["Sigtuna", "Ekerö"]
    assert set(figures.with_nation().frame["place_name"]) == {"Sigtuna", "Ekerö", "Riket", "Stockholms län"}


def test_a_selection_of_a_changed_selection_is_of_the_changed() -> None:
    figures = chosen("socialjour")
    figures.frame.loc[figures.frame["place"] == "00", "value"] = 0.5
    assert figures.at("Solna", "riket").frame["value"].tolist()[-1] == 0.5
    assert set(figures.at("Solna").with_nation().frame["value"].dropna()) == {0.5}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.drop(columns="note"), "Kolumnen note saknas i figures.frame. Välj rader i den"),
        (lambda rows: pd.concat([rows, rows]), "Radnumren i figures.frame ska vara olika heltal"),
        (lambda rows: rows.set_index("place", drop=False), "Skriv frame.reset_index(drop=True)."),
        (lambda rows: pd.concat([rows, rows], ignore_index=True), "har måttet två gånger. Skriv frame.drop_duplicates"),
        (lambda rows: rows.assign(period=2015), "Kolumnen period i figures.frame har tal. Den ska ha text"),
        (lambda rows: rows.assign(value=rows["value"].astype(str)), "Kolumnen value i figures.frame har text."),
        (lambda rows: rows.assign(value=rows["value"] * 100), "är ingen andel. Andelar är 0–1: 59 procent är 0,59."),
        (lambda rows: rows.assign(status="saknas"), "status ”saknas” ska vara ”observed”, ”suppressed”"),
        (lambda rows: rows.assign(answer="Ja"), "answer ”Ja” ska vara ”yes”, ”partly” eller ”no”."),
        (lambda rows: rows.assign(level="kommun"), "level ”kommun” ska vara ”nation”, ”county”"),
        (lambda rows: rows.assign(measure="egen"), "measure ”egen” finns inte i uppgifterna."),
        (lambda rows: rows.assign(value=float("inf")), "value ”inf” är ingen andel."),
    ],
)
def test_what_is_no_table_of_figures_is_refused_with_what_to_do(change: Change, told: str) -> None:
    figures = chosen("socialjour")
    changed = replace(figures, frame=change(figures.frame))
    for call in (oj.table, oj.findings, oj.targets, oj.about, lambda one: one.at("Solna")):
        with refused(told):
            call(changed)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.reset_index(drop=True),
        lambda rows: rows.astype({"place": "category", "status": "category", "level": "category"}),
        lambda rows: rows.assign(reached=5, area="x", table="y"),
        lambda rows: rows.assign(display="Ja"),
        lambda rows: rows.assign(note=None),
    ],
)
def test_what_changes_no_figure_changes_nothing(change: Change) -> None:
    figures = chosen()
    changed = replace(figures, frame=change(figures.frame))
    assert str(oj.findings(changed)) == str(oj.findings(figures))
    assert oj.table(changed) == oj.table(figures)
    assert oj.table(oj.targets(changed)) == oj.table(oj.targets(figures))


def test_figures_as_they_came_are_left_as_they_are() -> None:
    for figures in (oj.figures("Stockholm"), oj.figures("Kalmar", "over-tid"), chosen().at("Solna", "riket")):
        assert as_it_is(figures).frame is figures.frame


def test_an_answer_that_is_none_to_its_question_is_refused() -> None:
    figures = oj.figures("Stockholm", municipalities=NAMES)
    name = next(key for key, one in figures.measures.items() if one.unit == "yes-no")
    one = figures.of(name)
    with refused(f"(Solna, {name}): answer ”partly” är inget av svaren på frågan."):
        oj.table(replace(one, frame=one.frame.assign(answer=["partly", *one.frame["answer"][1:]])))


def test_reached_targets_are_told_of_the_places_that_are_left_and_not_of_changed_answers() -> None:
    figures = oj.figures("Stockholm", municipalities=NAMES)
    reached = oj.targets(figures)
    two = oj.targets(figures.at("Solna", "Ekerö", "länet", "riket"))
    assert str(oj.findings(reached.at("Solna", "Ekerö", "länet", "riket"))) == str(oj.findings(two))
    assert str(oj.findings(reached.at("Solna", "Ekerö", "länet", "riket"))) != str(oj.findings(reached))
    assert "en kommun" in str(oj.opening(reached.at("Solna")))
    figures.frame.loc[figures.frame["place_name"] == "Solna", "answer"] = "no"
    for call in (oj.findings, oj.opening):
        with refused("Räkna om: oj.targets(figures)."):
            call(reached)


def test_another_county_is_never_told_as_the_municipalities_own() -> None:
    figures = oj.figures("Stockholm", municipalities=NAMES, compare_with=["Jönköping"])
    other = figures.at("kommunerna", "Jönköpings län", "riket")
    for part in (*oj.summary(other), *oj.sheet(other, "Solna"), oj.table(oj.targets(other))):
        if isinstance(part, Table) and part.grid:
            heads = {head.text for level in part.grid.heads for head in level}
            assert {"Länet", "Skillnad mot länet"}.isdisjoint(heads)
    assert "kommuner i Stockholms län" in str(oj.opening(other))
    assert "De jämförs med riket och Jönköpings län." in str(oj.opening(other))
    assert "jämförs" not in str(oj.opening(figures.at("Solna", "Ekerö")))
    assert "Jönköpings län ligger" in str(oj.findings(figures.at("Jönköpings län", "riket").of("trygghet")))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda one: one.at(), "Säg vilka platser: deras namn, eller riket, länet"),
        (lambda one: one.during(), "Inget år är sagt."),
        (lambda one: one.during("2014-2015"), "”2014-2015” är inget år."),
        (lambda one: one.during("2015..2014"), "”2015..2014” är inget år."),
        (lambda one: one.by("kvinnor"), "Gruppen ”kvinnor” finns inte. Skriv total (alla), women eller men."),
        (lambda one: oj.summary(oj.targets(one)), "De första sidorna görs av en utgåvas resultat"),
        (lambda _: oj.summary(oj.figures("Kalmar", "over-tid")), "De första sidorna görs av en utgåvas resultat"),
        (lambda _: oj.about(oj.figures("Kalmar", "over-tid")), "Faktablad finns för en utgåvas mått."),
        (lambda one: oj.sheet(oj.across(one), "Solna"), "Teman har inget kommunblad."),
        (lambda one: oj.map(oj.across(one)), "Kartor ritas av en utgåvas resultat"),
    ],
)
def test_what_cannot_mean_anything_is_refused(call: Callable[[Figures], object], told: str) -> None:
    with refused(told):
        call(oj.figures("Stockholm", municipalities=NAMES))


def test_what_has_no_rows_is_told_without_a_trace_of_calls() -> None:
    figures = oj.figures("Stockholm", municipalities=NAMES)
    nothing = figures.where(lambda _: False)
    assert oj.since(nothing).frame.empty
    assert oj.method(nothing, "inlasta") == ()
    assert str(oj.method(oj.figures("Kalmar", "over-tid"), "matdatum")) == ""
    assert oj.about(oj.targets(figures.of("tillganglig"))) == oj.about(figures.of("tillganglig"))
