"""A text is as wide as matplotlib says, and measured once for all drawings."""

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from oj.present.style import FONT, as_svg, page, use_style


def test_a_text_is_as_wide_as_matplotlib_says() -> None:
    from matplotlib import text

    use_style()
    for weight in ("normal", "semibold"):
        for size in (8.5, 9, 17.3):
            font = FontProperties(family=FONT, weight=weight, size=size)
            for said in ("Socialjour", "Å, ä och ö: 72 %", ""):
                for measure in (text.TextToPath(), text.TextToPath()):
                    own = measure.get_text_width_height_descent(said, font, False)
                    assert own == TextToPath().get_text_width_height_descent(said, font, False)


def test_a_text_is_measured_once_for_all_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    measure = TextToPath.get_text_width_height_descent

    def counted(self: TextToPath, s: str, *rest: object) -> object:
        asked.append(s)
        return measure(self, s, *rest)  # type: ignore[arg-type]

    use_style()
    monkeypatch.setattr(TextToPath, "get_text_width_height_descent", counted)
    drawn = []
    for _time in range(2):
        drawing = page(1)
        drawing.text(0, 0, "En text som inget annat diagram har")
        drawn.append(as_svg(drawing))
    assert drawn[0] == drawn[1]
    assert asked.count("En text som inget annat diagram har") == 1
