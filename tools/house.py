"""The picture of the house: which room of `lib/oj` imports which, drawn from the imports as they are."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

LIB = Path(__file__).resolve().parents[1] / "lib"
WIDTH, ROOM_WIDTH, ROOM_HEIGHT, FLOOR_HEIGHT = 700, 180, 54, 92
ASIDE = 10  # how near the edge an arrow goes that passes floors
Arrows = dict[tuple[str, str], int]


def modules(lib: Path = LIB) -> dict[str, Path]:
    """Return every module of the library by name: oj.words.errors and so on."""
    paths = sorted((lib / "oj").rglob("*.py"))
    return {".".join(path.relative_to(lib).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def room(name: str) -> str:
    """Return the room that a module stands in; `oj` is the door that notebooks use.

    >>> room("oj.present.chart.marks"), room("oj")
    ('present', 'oj')
    """
    return ".".join(name.split(".")[1:2]) or "oj"


def arrows(found: dict[str, Path]) -> Arrows:
    """Return how many modules of one room import from another, also inside functions."""
    pairs = {
        (name, other) for name, path in found.items() for other in _imported(path.read_text(encoding="utf-8"), found)
    }
    return dict(Counter((room(one), room(other)) for one, other in sorted(pairs) if room(one) != room(other)))


def _imported(text: str, found: dict[str, Path]) -> Iterator[str]:
    for module, names in _imports(text):
        if module in found and not names:
            yield module
        elif module in found:
            full = {f"{module}.{name}" for name in names}
            yield from {name if name in found else module for name in full}


@cache
def _imports(text: str) -> list[tuple[str, list[str]]]:
    """Return what a module's text imports: modules, and the names that are taken out of one; it is walked once."""
    nodes = list(ast.walk(ast.parse(text)))
    whole: list[tuple[str, list[str]]] = [
        (alias.name, []) for node in nodes if isinstance(node, ast.Import) for alias in node.names
    ]
    return whole + [
        (node.module or "", [alias.name for alias in node.names]) for node in nodes if isinstance(node, ast.ImportFrom)
    ]


def floors(drawn: Arrows) -> dict[str, int]:
    """Return each room's floor: one above the highest that it imports from. Raises ValueError for a circle.

    >>> floors({("cli", "facts"): 1, ("facts", "words"): 2, ("cli", "words"): 1})
    {'words': 0, 'facts': 1, 'cli': 2}
    """
    below = {name: {to for start, to in drawn if start == name} for pair in drawn for name in pair}
    standing: dict[str, int] = {}
    while len(standing) < len(below):
        ready = [name for name, under in below.items() if name not in standing and under <= standing.keys()]
        if not ready:
            raise ValueError(f"rooms in a circle: {sorted(below.keys() - standing.keys())}")
        standing |= {name: 1 + max((standing[under] for under in below[name]), default=-1) for name in sorted(ready)}
    return standing


def needed(drawn: Arrows) -> list[tuple[str, str]]:
    """Return the arrows that no way over other rooms already tells: those that the picture shows.

    >>> needed({("cli", "facts"): 1, ("facts", "words"): 2, ("cli", "words"): 1})
    [('cli', 'facts'), ('facts', 'words')]
    """

    def reached(start: str) -> set[str]:
        under = {to for one, to in drawn if one == start}
        return under.union(*(reached(one) for one in under))

    return [
        (start, to)
        for start, to in sorted(drawn)
        if not any(to in reached(other) for one, other in drawn if one == start and other != to)
    ]


def picture(lib: Path = LIB) -> str:
    """Return the house as SVG for a page: one storey above another, arrows to what is imported."""
    found = modules(lib)
    drawn = arrows(found)
    standing = floors(drawn)
    places = _places(standing, needed(drawn))
    height = FLOOR_HEIGHT * (max(standing.values()) + 1)
    lines = "\n".join(_arrow(places[start], places[to]) for start, to in needed(drawn))
    boxes = "\n".join(_box(name, places[name], found) for name in sorted(standing, key=lambda one: -standing[one]))
    alt = "Huset: " + "; ".join(f"{start} importerar ur {to}" for start, to in needed(drawn))
    return (
        f'<div class="house" role="group" aria-label="Bilden av huset" tabindex="0">\n'
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(alt)}">\n'
        f"{lines}\n{boxes}\n</svg>\n</div>"
    )


def _places(standing: dict[str, int], shown: list[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return each room's middle and top; rooms on the same floor stand side by side, below those that import them."""
    top = max(standing.values())
    placed: dict[str, tuple[float, float]] = {}

    def below(name: str) -> tuple[float, str]:
        above = [placed[start][0] for start, to in shown if to == name]
        return sum(above) / len(above) if above else 0, name

    for floor in range(top, -1, -1):
        names = sorted((name for name, its in standing.items() if its == floor), key=below)
        step = ROOM_WIDTH + 16 if len(names) > 2 else WIDTH / 3
        first = WIDTH / 2 - step * (len(names) - 1) / 2
        placed |= {name: (first + step * at, (top - floor) * FLOOR_HEIGHT + 8.0) for at, name in enumerate(names)}
    return placed


def _arrow(start: tuple[float, float], to: tuple[float, float]) -> str:
    """Return an arrow from below one room to above another; it goes out of the way of floors that it passes."""
    (x, y), (end, level) = start, to
    y, level = y + ROOM_HEIGHT, level - 5
    if level - y < FLOOR_HEIGHT:
        path = f"M{x:.0f} {y:.0f} L{end:.0f} {level:.0f}"
    else:
        aside = ASIDE if end <= WIDTH / 2 else WIDTH - ASIDE
        path = f"M{x:.0f} {y:.0f} C{aside} {y + 30:.0f} {aside} {level - 60:.0f} {end:.0f} {level:.0f}"
    tip = f"M{end - 4:.0f} {level - 2:.0f} h8 l-4 7 z"
    return f'<path class="arrow" d="{path}"/><path class="tip" d="{tip}"/>'


def _box(name: str, place: tuple[float, float], found: dict[str, Path]) -> str:
    x, y = place
    own = {module: path for module, path in found.items() if room(module) == name}
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in own.values())
    label = "import oj" if name == "oj" else name
    size = "1 modul" if len(own) == 1 else f"{len(own)} moduler"
    return (
        f'<rect x="{x - ROOM_WIDTH / 2:.0f}" y="{y:.0f}" width="{ROOM_WIDTH}" height="{ROOM_HEIGHT}" rx="5"/>'
        f'<text class="name" x="{x:.0f}" y="{y + 23:.0f}">{escape(label)}</text>'
        f'<text x="{x:.0f}" y="{y + 42:.0f}">{size}, {lines} rader</text>'
    )


def rooms(lib: Path = LIB) -> str:
    """Return a table of the rooms, the highest first: what each is for, in its own words, and what it imports from."""
    found = modules(lib)
    drawn = arrows(found)
    standing = floors(drawn)
    rows = ["| rum | är till för | importerar ur |", "|---|---|---|"]
    for name in sorted(standing, key=lambda one: (-standing[one], one)):
        path = found["oj" if name == "oj" else f"oj.{name}"]
        told = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        under = [to for start, to in drawn if start == name]
        below = ", ".join(f"{to} ({drawn[name, to]})" for to in sorted(under, key=lambda one: (-standing[one], one)))
        rows.append(f"| `{name}` | {' '.join(told.split())} | {below or 'inget annat rum'} |")
    return "\n".join(rows)
