"""How cells look in an .xlsx file, as far as it decides what is seen: number format, strike, colours, size."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from oj.sources.files.number_format import sections
from oj.sources.files.xml import child, children, is_on, root_of

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
FAINT = 1.2  # the contrast below which nothing is seen
SMALLEST = 4.0  # points that letters must have to be seen
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """What a style does to a cell: its number format, whether it strikes out, raises, and whether nothing is seen."""

    code: str = "General"
    is_struck: bool = False
    is_raised: bool = False
    ink: Colour | None = BLACK
    ground: Colour | None = WHITE
    size: float = 11.0

    @cached_property
    def unseen(self) -> str:
        """Why nothing is seen of the cell, "" where it is seen."""
        white = any(one.colour in ("white", "color2", "vit") for one in sections(self.code)) and self.ground == WHITE
        if white or is_faint(self.ink, self.ground):
            return "har samma färg som sin botten och syns inte"
        return "är skriven så litet att den inte syns" if self.size < SMALLEST else ""


def is_faint(one: Colour | None, other: Colour | None) -> bool:
    """Return whether two colours have so little contrast, 1 to 21 as WCAG counts it, that nothing is seen."""
    if one is None or other is None:
        return False
    first, second = sorted((_light(one), _light(other)))
    return (second + 0.05) / (first + 0.05) < FAINT


def _light(colour: Colour) -> float:
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def looks(styles: bytes | None, theme: bytes | None) -> tuple[list[Look], list[str]]:
    """Return the look of every cell style, and for every conditional one why it hides what is in the cell, or ""."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    if styles is None:
        return [Look()], []
    root, colours = root_of(styles), _theme(theme)
    own = {int(one.get("numFmtId", 0)): one.get("formatCode", "General") for one in child(root, "numFmts") or ()}
    codes = {**BUILTIN_FORMATS, **own}
    fonts = [_font(one, colours) for one in child(root, "fonts") or ()]
    fills = [_ground(one, colours) for one in child(root, "fills") or ()]
    found = []
    for style in child(root, "cellXfs") or ():
        font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
        base = fonts[font] if font < len(fonts) else Look()
        ground = fills[fill] if fill < len(fills) else WHITE
        code = codes.get(int(style.get("numFmtId", 0)), "General")
        found.append(Look(code, base.is_struck, base.is_raised, base.ink, ground, base.size))
    return found or [Look()], [_hides(one, colours) for one in child(root, "dxfs") or ()]


def _font(font: Element, theme: Sequence[Colour]) -> Look:
    place, size = child(font, "vertAlign"), child(font, "sz")
    return Look(
        is_struck=is_on(child(font, "strike")),
        is_raised=place is not None and place.get("val") == "superscript",
        ink=_colour(child(font, "color"), theme, BLACK),
        size=float(size.get("val", 11)) if size is not None else 11.0,
    )


def _ground(fill: Element, theme: Sequence[Colour]) -> Colour | None:
    """Return the colour of a cell's ground, None where it has several."""
    pattern = child(fill, "patternFill")
    kind = "gradient" if pattern is None else pattern.get("patternType", "none")
    if pattern is None or kind not in ("none", "solid"):
        return None
    return WHITE if kind == "none" else _colour(child(pattern, "fgColor"), theme, WHITE)


def _colour(colour: Element | None, theme: Sequence[Colour], usual: Colour) -> Colour | None:
    """Return a colour as red, green and blue, `usual` where none is said, None where it is not known."""
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None or colour.get("auto") in ("1", "true"):
        return usual
    tint = float(colour.get("tint", 0))
    if told := colour.get("rgb"):
        return _tinted(_rgb(told), tint)
    if (index := colour.get("theme")) is not None:
        return _tinted(theme[int(index)], tint) if int(index) < len(theme) else None
    number = int(colour.get("indexed", 64))
    if number in (64, 65):
        return BLACK if number == 64 else WHITE
    return _rgb(str(COLOR_INDEX[number])) if number < len(COLOR_INDEX) else None


def _rgb(text: str) -> Colour:
    red, green, blue = (int(text[-6:][at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def _tinted(colour: Colour, tint: float) -> Colour:
    to = 255 if tint > 0 else 0
    red, green, blue = (round(part + (to - part) * abs(tint)) for part in colour)
    return red, green, blue


def _theme(part: bytes | None) -> list[Colour]:
    """Return the theme's colours in the order that cells count them: light and dark change places in the file."""
    if part is None:
        return [WHITE, BLACK]
    scheme = next((one for one in root_of(part).iter() if str(one.tag).endswith("clrScheme")), None)
    told = [next(iter(one)) for one in scheme if len(one)] if scheme is not None else []
    found = [_rgb(one.get("lastClr") or one.get("val") or "000000") for one in told]
    return [found[1], found[0], found[3], found[2], *found[4:]] if len(found) > 3 else [WHITE, BLACK]


def _hides(look: Element, theme: Sequence[Colour]) -> str:
    """Return why a conditional format may hide what is in a cell or show something else, "" where it does not."""
    number, font = child(look, "numFmt"), child(look, "font")
    if number is not None and not any(sign in number.get("formatCode", "") for sign in "0#?"):
        return "har en villkorsstyrd formatering som kan visa något annat än det som står i cellen"
    if is_on(child(font, "strike")):
        return "har en villkorsstyrd formatering som kan stryka över det som står i cellen"
    colour, pattern = child(font, "color"), child(child(look, "fill"), "patternFill")
    ground = WHITE if pattern is None else _colour(child(pattern, "bgColor"), theme, WHITE)
    if colour is not None and is_faint(_colour(colour, theme, BLACK), ground):
        return "har en villkorsstyrd formatering som kan göra att det som står i cellen inte syns"
    return ""


def veiled(sheet: Element, hiding: Sequence[str]) -> list[tuple[str, str]]:
    """Return the areas of one conditional format of a sheet, with why it may hide what is in them."""
    found = []
    for rule in children(sheet, "cfRule"):
        number = int(rule.get("dxfId", -1))
        told = hiding[number] if 0 <= number < len(hiding) else ""
        if any(one.get("showValue") in ("0", "false") for one in rule):
            told = "har en villkorsstyrd formatering som visar en symbol i stället för talet"
        found += [(area, told) for area in sheet.get("sqref", "").split() if told]
    return found
