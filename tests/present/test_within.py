"""What is worked out of figures is worked out once in a call, and never shown again after their frame has changed."""

from collections.abc import Callable

import pytest

import oj
from oj.compare.reached import answers
from oj.tidy.schema import Figures
from oj.tidy.within import once_a_call, one_call
from oj.words.errors import UserError

SHOWN: dict[str, Callable[[Figures], object]] = {
    "summary": oj.summary,
    "findings": oj.findings,
    "findings of a municipality": lambda figures: oj.findings(figures, "Solna"),
    "findings of targets": lambda figures: oj.findings(oj.targets(figures)),
    "table of targets": lambda figures: oj.table(oj.targets(figures)),
    "sheet": lambda figures: oj.sheet(figures, "Solna"),
    "guide": lambda figures: oj.guide(figures, municipality="Solna"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_changed_between_two_calls_is_seen_by_the_next(name: str) -> None:
    """A researcher may change the frame, which is plain pandas, and ask again."""
    changed, other = oj.figures("Stockholm"), oj.figures("Stockholm")
    before = repr(SHOWN[name](changed))
    for figures in (changed, other):
        own = figures.frame["place_name"].eq("Solna") & figures.frame["answer"].eq("yes")
        figures.frame.loc[own, ["answer", "display"]] = ["no", "Nej"]
    after = repr(SHOWN[name](changed))
    assert after == repr(SHOWN[name](other)) != before


def test_the_same_is_worked_out_once_within_a_call_and_anew_without() -> None:
    asked: list[str] = []

    @once_a_call
    def name_of(figures: Figures, place: str) -> str:
        asked.append(place)
        return figures.name_of(place)

    figures = oj.figures("Stockholm")
    with one_call():
        assert [name_of(figures, "0184") for _ in range(3)] == ["Solna"] * 3
        with one_call():
            assert name_of(figures, "0184") == "Solna"
        assert name_of(figures, "0184") == "Solna"
    assert asked == ["0184"]
    assert [name_of(figures, "0184") for _ in range(2)] == ["Solna"] * 2
    assert asked == ["0184"] * 3
    with one_call():
        assert answers(figures) is answers(figures)
    assert answers(figures) is not answers(figures)


@pytest.mark.parametrize("part", ["rad för rad", "tillsammans", "nästa steg"])
def test_each_part_of_the_first_pages_is_of_the_frame_as_it_is(part: str) -> None:
    figures = oj.figures("Stockholm")
    figures.frame.drop(columns="method", inplace=True)
    with pytest.raises(UserError, match="Kolumnen method saknas"):
        oj.summary(figures, part=part)
