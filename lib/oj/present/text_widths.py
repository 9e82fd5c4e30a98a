"""How wide a text is, measured once: the charts of a report have most of their texts in common.

Each drawing measures its texts anew, which takes as long as drawing them. What is remembered is a text's size in its
font's own scale, so that one in another font, or of another size, is told as it is.
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

MOST = 10_000  # texts
Size = tuple[float, float, float]  # width, height and descent


def remember() -> None:
    """Let matplotlib remember how wide a text is, from one drawing to the next."""
    from matplotlib import font_manager, text
    from matplotlib.textpath import TextToPath

    sizes: dict[tuple[tuple[str, ...], str], Size] = {}

    class Remembering(TextToPath):
        """Measures a text of some fonts once."""

        def get_text_width_height_descent(self, s: str, prop: "FontProperties", ismath: bool | Literal["TeX"]) -> Size:
            """Return a text's size, as matplotlib asks for it; of formulas nothing is remembered."""
            if ismath:
                return super().get_text_width_height_descent(s, prop, ismath)
            at = (tuple(map(str, font_manager.fontManager._find_fonts_by_props(prop))), s)
            if at not in sizes:
                own = prop.copy()
                own.set_size(self.FONT_SCALE)
                if len(sizes) >= MOST:
                    sizes.clear()
                sizes[at] = super().get_text_width_height_descent(s, own, False)
            scale = prop.get_size_in_points() / self.FONT_SCALE
            width, height, descent = sizes[at]
            return width * scale, height * scale, descent * scale

    text.TextToPath = Remembering  # type: ignore[misc]  # what every drawing measures by
