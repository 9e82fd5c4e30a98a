"""Check a finished report against what it was made of, by rules of its own: nothing of what built it is used here.

    python verify.py [rapportens mapp] [underlagets mapp, data]

Each row of resultat.csv is looked up in the raw files and rounded again; each cell of the pages' tables, and each
figure of their generated sentences (verify_text.py), is found or counted again from those rows; each file is held
against manifest.json. How measures are called and read is said by namn.json. What cannot be checked is told.
"""

import csv
import json
import re
import sys
from collections import ChainMap, Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from verify_text import COMPARED, CONSTANT, FORMS, HIDDEN, LEFT, OWN, RULES, SIGNS, About, Pairs, rounded

Row = dict[str, str]
Key = tuple[str, ...]


def rows_of(content: bytes) -> list[Row]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))


def key_of(row: Row) -> Key:
    """Return the measure, place, period and group of a row."""
    name = row.get("indicator") or row.get("series", "")
    group = row.get("gender") or row.get("group") or "total"
    return name, row["place"], row.get("edition") or row.get("year", ""), group


def plain(text: str) -> str:
    """Return a text without soft hyphens and with plain spaces, with a sign at each end of a line."""
    return " ¶ ".join(" ".join(line.split()) for line in text.replace("\u00ad", "").split("\n") if line.strip())


class Page(HTMLParser):
    """A page's tables (heads and rows of cells), and its sentences, each with how many tables stand before it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables, self.sentences, self.title = list[dict[str, Any]](), list[tuple[str, int]](), ""
        self.read, self.wide, self.depth, self.in_cell = list[str](), 1, 0, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        about = {name: value or "" for name, value in attrs}
        self.depth += tag == "div" and (self.depth > 0 or "findings" in about.get("class", "").split())
        if tag == "table":
            self.tables.append({"table": about.get("id", "")[4:], "caption": "", "heads": [], "rows": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag in ("caption", "td", "th", "h1", "p") or (tag == "li" and not self.in_cell):
            self.read, self.wide, self.in_cell = [], int(about.get("colspan", 1)), tag in ("td", "th")
        self.read += ["\n"] * (tag in ("br", "li"))

    def handle_data(self, data: str) -> None:  # noqa: D102
        self.read.append(data.replace("\n", " "))

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        text = plain("".join(self.read))
        if tag == "caption":
            self.tables[-1]["caption"] = re.sub(r"^Tab(?:ell|le) [\d.]+: ", "", text)
        elif tag in ("td", "th"):
            self.tables[-1]["rows"][-1] += [text] * self.wide
            self.in_cell = False
        elif tag == "thead":
            self.tables[-1] |= {"heads": self.tables[-1]["rows"], "rows": []}
        elif tag == "h1":
            self.title = re.sub(r"^[\d.]+ ", "", text)
        elif tag in ("li", "p") and self.depth and text:
            self.sentences.append((text, len(self.tables)))
            self.read = []
        self.depth -= tag == "div" and self.depth > 0


class Check:
    """The checks of a report: how many figures were held against what, what could not be, and the faults."""

    def __init__(self, names: Mapping[str, Any], rows: list[Row], raw: Mapping[str, bytes]) -> None:
        self.done, self.left, self.rows, self.of = Counter[str](), Counter[str](), rows, names
        self.faults = list[tuple[str, str, str, str]]()  # file, place in it, what is seen, what is expected
        self.measures, self.raw = names["series"] | names["measures"], defaultdict[Key, list[Row]](list)
        for name in raw:
            for row in rows_of(raw[name]) if re.search(r"(^|/)(results|key_figures)/.*csv$|history.csv$", name) else []:
                self.raw[key_of(row)].append(row)
        self.labels = defaultdict[str, set[str]](set)
        for name, one in [*names["series"].items(), *names["measures"].items()]:
            for label in ("title", "short", "phrase", "full"):
                self.labels[one[label].casefold().strip("”")].add(name)
        self.at = {key_of(row): row for row in rows if row.get("subarea") != "grupper"}
        self.shown = ChainMap(self.at)  # in tables those of women and men alone too
        self.own = list(dict.fromkeys(row["place"] for row in rows if row["level"] == "municipality"))
        self.year = rows[0]["edition"] if {"indicator", "edition"} <= {*rows[0]} else ""
        today = [row for row in rows if row.get("year") and row["value"] and row["level"] == "municipality"]
        self.newest = {row["indicator"]: row["year"] for row in sorted(today, key=lambda one: one["year"])}
        self.place = {row["place_name"]: row["place"] for row in rows} | {"riket": "00"}
        self.place |= dict.fromkeys(("Länet", "länet"), names["county"])
        known = {one[label]: name for name, one in names["measures"].items() for label in ("phrase", "full")}
        self.phrase = {text[:1].upper() + text[1:]: name for text, name in known.items()} | known
        self.table, self.area = ({text: key for key, text in names[kind].items()} for kind in ("tables", "areas"))
        some = {"P": self.phrase, "NAME": self.place, "TABLE": self.table, "AREA": self.area}
        sort = {form: sorted(filter(None, texts), key=len, reverse=True) for form, texts in some.items()}
        forms = FORMS | {form: f"({'|'.join(map(re.escape, texts)) or '$^'})" for form, texts in sort.items()}
        self.rules = [(re.compile(re.sub(r"<(\w+)>", lambda one: forms[one[1]], form)), rule) for form, rule in RULES]

    def hold(self, kind: str, file: str, where: str, pairs: Pairs) -> int:
        """Count pairs as checked, and as faults those where what is seen is not what is expected."""
        self.done[kind] += len(pairs)
        self.faults += [(file, where, *pair) for pair in pairs if not re.fullmatch(pair[1], pair[0])]
        return len(pairs)

    def files(self, files: Mapping[str, bytes], raw: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
        """Hold every file against the manifest, and what things are called against the words of the raw files."""
        for kind, some in (("files", files), ("data", raw)):
            for name in sorted({*some, *(manifest[kind] if some else ())}):
                seen = sha256(some[name]).hexdigest() if name in some else "saknas"
                known = manifest[kind].get(name, "ingen sådan fil")
                hides = kind == "data" and "results/" in name and seen != known  # then the hash is of what is shown
                self.left["filer i underlaget med något dolt, mot manifest.json"] += hides
                self.hold("filer mot manifest.json", name, kind, [] if hides else [(seen, known)])
        words = plain(" ".join(content.decode("utf-8", "replace") for content in raw.values())).replace(" ¶ ", " ")
        for name, one in self.of["measures"].items() if raw else ():
            said = [(one[label], "" if plain(one[label]) not in words else ".*") for label in ("title", "phrase")]
            self.hold("namn i underlaget", "verify/namn.json", name, said)

    def result(self) -> None:
        """Hold every row of resultat.csv against the raw rows, and see that none is lacking, twice or moved."""
        order, last = [list(dict.fromkeys(key[at] for key in self.at)) for at in (0, 1)], [0, 0]
        for line, row in enumerate(self.rows, 2):
            key, where = key_of(row), f"rad {line}, {row.get('title') or row['name']}, {row['place_name']}"
            said = [(row["display"], self.of["groups"].get(" ".join(key[:2]), "–"))]
            if key in self.at:
                now = [some.index(one) for some, one in zip(order, key, strict=False)]
                said, last = [*self.row(row, key), (str(now >= last), "True")], max(now, last)
            self.hold("uppgifter i resultat.csv", "resultat.csv", where, said)
        asked = [(name, place, self.year, "total") for name in order[0] for place in order[1] if self.year]
        there = [key for key in self.raw if key[0] in order[0] and key[1] in order[1]]
        lacking = [" ".join(key) for key in asked or there if key not in self.at]
        self.hold("rader som ska finnas", "resultat.csv", "hela filen", [(", ".join(lacking), "")])

    def row(self, row: Row, key: Key) -> Pairs:
        """Return what a row says of a figure, beside what the raw row of its source says."""
        about = self.measures[key[0]]
        said = [(plain(row["display"]), self.figure(row)), (row["place_name"], re.escape(self.of["places"][key[1]]))]
        said += [(row[name], re.escape(about[name])) for name in ("title", "area", "table", "short") if name in row]
        raw = next((one for one in self.raws(key) if "gender" in one or one["source"] == row["source"]), None)
        if not self.raw or row["source"].startswith("preliminar"):
            self.left["uppgifter i resultat.csv, mot underlaget"] += 1
            return said
        if not raw or row["status"] in HIDDEN:
            self.left["skäl att dölja, utöver källans"] += bool(raw and raw["status"] not in HIDDEN)
            told = ["".join(row.get(name, "") for name in COMPARED[:7]), row["status"]]
            pairs = zip(told, ("", "|".join(HIDDEN if raw else ("missing", "not_applicable"))), strict=True)
            return [*said, *pairs]
        for name in (name for name in COMPARED if name in row and name in raw):
            decimals = about["decimals"] if "gender" in row and name == "value" else 9
            is_number = row[name] and raw[name] and name in COMPARED[:6]
            one, other = (rounded(Fraction(text), decimals) if is_number else text for text in (row[name], raw[name]))
            said += [(one, re.escape(other))] if one or "nator" not in name else []
        if row["source"] == OWN and key[1] == self.of["county"] and row["value"]:  # the mean of its municipalities
            inside = [one for code in self.of["inside"] for one in self.raw.get((key[0], code, *key[2:]), [])]
            yes = {code: 100 * (word == "Ja") for code, word in about["words"].items()}
            values = [
                Fraction(yes.get(one["value"].removesuffix(".0"), one["value"]))
                for one in inside
                if one["status"] == "observed"
            ] or [Fraction(-1)]
            mean = rounded(sum(values, Fraction(0)) / len(values), about["decimals"])
            return [*said, (plain(row["display"]).rstrip(" %*"), mean), (row["count"], str(len(values)))]
        self.left["rikets och kommungruppernas egna medelvärden"] += row["source"] == OWN and bool(row["value"])
        return said

    def figure(self, row: Row) -> str:
        """Return how a row is to be shown, as a pattern."""
        about, star = self.measures[row.get("series") or row["indicator"]], row["source"] == OWN
        if row["status"] != "observed":
            return "–" if star else SIGNS[row["status"]]
        if row.get("qualifier"):
            return re.escape(row["qualifier"]).replace(r"\-", "[-–]")
        code = row.get("answer") or ("" if star else row["value"].removesuffix(".0"))
        if code in about["words"]:
            return re.escape(str(about["words"][code]))
        value = Fraction(row["value"]) * (100 if about["share"] and "gender" not in row else 1)
        return rounded(value, about["decimals"]) + (" %" if about["share"] else "") + r"\*" * star

    def page(self, file: str, content: bytes) -> None:
        """Hold a page's sentences and tables against the rows."""
        page = Page(content.decode())
        lone = self.own[0] if len(self.own) == 1 else ""  # whom a report of one municipality is about
        place = next((code for name, code in self.place.items() if page.title.endswith(f": {name}")), lone)
        for line, before in page.sentences:
            table = page.tables[before]["table"] if before < len(page.tables) else ""
            about = (place, self.area.get(page.title, ""), table, line)
            self.left["siffror i meningar"] += self.text(file, line, about)[1]
        for one in page.tables:
            self.grid(file, **one)

    def grid(self, file: str, table: str, caption: str, heads: list[list[str]], rows: list[list[str]]) -> None:
        """Hold each cell of a table, by the rules or against the figure that it is to show."""
        width, about = max(map(len, heads), default=0), self.start(caption)
        over = [[""] * (width - len(row)) + row for row in heads[::-1]]  # the lowest first
        if heads and heads[0][0] in ("Kommun", "Område"):
            named = sorted(
                (row[0] for row in rows if row[0] != "Alla"), key=lambda one: self.place.get(one, "") not in self.own
            )
            wanted = ", ".join(one for one in self.place if one in named)
            self.hold("platser i ordning", file, caption, [(", ".join(named), re.escape(wanted))])
        for row in rows:
            years = [one for one, head in zip(row, over[0] if over else [], strict=False) if head == "År"]
            for at in range(1, min(len(row), width)):
                said, seen = [row[0], *(level[at] for level in over), *years], row[at]
                line = " ¦ ".join((caption, *said[:2], seen))
                held, left = self.text(file, line, (self.place.get(about or row[0], ""), "", table, line))
                wanted = "" if held else self.cell(said, caption, table, about)
                self.hold("rutor i tabeller", file, line, [(seen, wanted)] if wanted else [])
                self.left["siffror i rutor med text"] += 0 if wanted else left

    def cell(self, said: list[str], caption: str, table: str, about: str) -> str:
        """Return what a cell is to show, as a pattern, where both its row and its column say what it is about."""
        found = [self.labelled(one) for one in said]
        places = [self.place[one] for one in (*said, about) if one in self.place]
        form = r"(?:^|, )(20\d\d)$" if caption else r" \((20\d\d)\)$"  # the figures of a lone chart have no caption
        years = re.findall(form, "\n".join(said), re.MULTILINE) or [*{*re.findall(r"\b20\d\d\b", caption)}]
        group = {"Fli": "women", "Kvi": "women", "Poj": "men", "Män": "men"}.get(said[1][:3], "total")
        names = next(filter(None, found), None) or self.labelled(re.sub(r"(, år för år)?\.$", "", caption))
        told = [found[at] or said[at] in self.place or said[at][-4:] in years or group != "total" for at in (0, 1)]
        keys = [(one, places[0], years[0], group) for one in sorted(names)] if places and len(years) == 1 else []
        if not all(told) or not keys or not (self.raw or any(key in self.shown for key in keys)):
            return ""
        keys = [key for key in keys if self.measures[key[0]]["table"] == table] or keys
        known = [row for key in keys for row in ([self.shown[key]] if key in self.shown else self.raws(key))]
        some = {self.figure(row) for row in known}
        says_nothing = places[0] not in self.own and self.measures[keys[0][0]]["count"]  # the mean of a count
        some = some | {"–"} if says_nothing or not caption else some - {"–"}
        return f"(?i:{'|'.join(sorted(some)) or '–|Ingen uppgift'})( kommuner)?"

    def labelled(self, text: str) -> set[str]:
        """Return the measures that a text is a name of, with or without what stands last within brackets."""
        text = text.casefold().strip("”")
        return self.labels.get(text) or self.labels.get(re.sub(r" \([^()]*\)$", "", text)) or set()

    def start(self, text: str) -> str:
        """Return the name of the place that a text begins with."""
        return max((name for name in self.place if text.startswith(name)), key=len, default="")

    def text(self, file: str, line: str, about: About) -> tuple[int, int]:
        """Hold the figures of a text by the rules whose form it has; return how many are held, and how many left."""
        held, rest, about = 0, line, (about[0] or self.place.get(self.start(line), ""), *about[1:])
        for form, rule in self.rules:
            for found in form.finditer(line):
                pairs = rule(self, about, *found.groups())
                held += self.hold("siffror och ord i text", file, line, pairs)
                rest = rest.replace(found[0], "") if pairs else rest
        return held, len(LEFT.findall(CONSTANT.sub("", rest.rpartition(" ¦ ")[2])))

    def raws(self, key: Key) -> list[Row]:
        """Return the raw rows of a figure, of a series also those of the question that it is the same as."""
        same = self.of["series"].get(key[0], {}).get("same_as", "")
        return self.raw.get(key, []) + self.raw.get((same, *key[1:]), [])

    def told(self, name: str, place: str, year: str = "", group: str = "total") -> str:
        """Return how a figure stands in a sentence, without its unit; a dash where there is none."""
        name, year = self.phrase.get(name, name), year or self.year
        row = self.at.get((name, self.place.get(place, place), year or self.newest.get(name, ""), group))
        return re.sub(r" %|\\\*", "", self.figure(row)) if row else "–"


def main(folder: str = "", data: str = "") -> int:
    """Check a report's folder, and the facts that it was made of where they are said; tell it; return 1 for faults."""
    report = Path(folder or Path(__file__).resolve().parent.parent)
    files = {one.relative_to(report).as_posix(): one.read_bytes() for one in sorted(report.rglob("*")) if one.is_file()}
    manifest = json.loads(files.pop("manifest.json"))
    raw = {name: Path(data, name).read_bytes() for name in manifest["data"] if data and Path(data, name).is_file()}
    check = Check(json.loads(files["verify/namn.json"]), rows_of(files["resultat.csv"]), raw)
    check.shown.maps.append({key_of(row): row for row in rows_of(files.get("kvinnor-och-man.csv", b""))})
    check.files(files, raw, manifest)
    check.result()
    for name, content in files.items():
        if re.fullmatch(r"(diagram/)?[^/]+\.html", name):
            check.page(name, content)
    print("Prövat:", *(f"  {size} {kind}" for kind, size in check.done.items() if size), sep="\n")
    print("Inte prövat:", *(f"  {size} {kind}" for kind, size in check.left.items() if size), sep="\n")
    for file, where, seen, wanted in check.faults:
        print(f"Fel i {file}: {where}: det står ”{seen}”, men skulle stå ”{wanted}”")
    print(f"{len(check.faults)} fel.")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
