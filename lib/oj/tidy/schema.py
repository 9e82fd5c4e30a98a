"""The one table: what its columns are, and the verbs that choose rows of it.

A row is a measure in a place and a period, of a group (all, women, men), by a source. Shares are 0-1 everywhere;
`words` are the source's own, never turned into a number; `status` tells why there is none; `segment` is what may be
compared, and `display` what a reader sees. Row numbers stay as they are in the whole, so that each sentence and chart
can be followed to its rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from oj.facts.editions import Domain, domain_of
from oj.facts.params import CURRENT, OVER_TIME
from oj.facts.places import NATION
from oj.sources.limits import limits_of
from oj.tidy.measures import Earlier, Measure
from oj.tidy.within import choosing, once_a_call
from oj.words.days import spans
from oj.words.errors import UserError, nearest
from oj.words.frames import cells_of
from oj.words.groups import TOTAL, refuse_group
from oj.words.swedish import capital, listing
from oj.words.vocabulary import STATUSES, UNITS, WITHHELD_BY_SOURCE, Status

LEVEL_WORDS = {"riket": "nation", "länet": "county", "länen": "county", "kommunerna": "municipality"}


@dataclass(frozen=True, eq=False)
class Figures:
    """Rows of figures with the measures that they are of, in the order that they are shown.

    `edition` is a year, `aktuell` or `over-tid`; `folder` where its facts are; `counties` the report's own and those it
    is compared with; `headings` what its areas, tables and parts are called. `chosen` is the table, area, part or
    measure that was last asked for, `places` the codes of those asked for, `whole` the rows of all measures. Statistics
    have what they were made from as `origin`. Those that stand beside an earlier edition's have which, by measure, as
    `earlier`, and rows of both. `reference_source` is the source that the nation's and the counties' figures were asked
    from. `apart` are an edition's rows of women and men alone, which no table of all has. `frame` is plain pandas.
    """

    frame: pd.DataFrame
    measures: Mapping[str, Measure]
    edition: str
    folder: Path
    counties: tuple[str, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    chosen: str = ""
    places: tuple[str, ...] = ()
    whole: pd.DataFrame | None = None
    origin: "Figures | None" = None
    root: pd.DataFrame | None = None
    every: Mapping[str, Measure] = field(default_factory=dict)
    earlier: Mapping[str, Earlier] | None = None
    reference_source: str = ""
    apart: pd.DataFrame | None = None

    @property
    def is_current(self) -> bool:
        """Whether they are key figures of today, fetched by year and gender."""
        return self.edition == CURRENT

    @property
    def is_over_time(self) -> bool:
        """Whether they are what the sources tell of all years."""
        return self.edition == OVER_TIME

    @property
    def county(self) -> str:
        """The report's own county, as it was asked for."""
        return self.counties[0]

    @property
    def domain(self) -> Domain:
        """What their domain says of itself: its name and its words."""
        return domain_of(self.folder)

    @property
    def statuses(self) -> Mapping[str, Status]:
        """What each status is called and how it is explained in their edition, by its limits."""
        told = limits_of(self.folder, self.edition).statuses if self.edition.isdigit() else STATUSES
        has_untold = ((self.frame["status"] == "withheld") & self.frame["level"].isin(UNITS)).any()
        return {**told, "withheld": WITHHELD_BY_SOURCE} if has_untold else told

    @property
    def is_preliminary(self) -> bool:
        """Whether some of them are answers that nobody has published yet."""
        return bool((self.frame["method"] == "preliminary").any())

    @choosing
    def of(self, name: str) -> "Figures":
        """Return the figures of a table, an area, a part or a measure; raise UserError for an unknown name.

        >>> from oj.tidy.door import figures
        >>> [one.short for one in figures("Stockholm").of("utanfor-kontorstid").measures.values()]
        ['Socialjour']
        """
        kept = {key: one for key, one in self.measures.items() if name in (one.table, one.area, one.part, one.id)}
        if not kept:
            known = [part for one in self.measures.values() for part in (one.area, one.table, one.part, one.id)]
            allowed = ", ".join(dict.fromkeys(one.table for one in self.measures.values()))
            raise UserError(f"”{name}” finns inte i uppgifterna.{nearest(name, known)} Tabeller: {allowed}.")
        rows = self.frame[self.frame["measure"].isin(list(kept))]
        every = self.every or self.measures
        return replace(self, frame=rows, whole=self._whole(), measures=kept, chosen=name, every=every)

    @choosing
    def where(self, holds: Callable[[Measure], bool]) -> "Figures":
        """Return the figures of the measures that something holds for; there may be none."""
        kept = {key: one for key, one in self.measures.items() if holds(one)}
        rows, every = self.frame[self.frame["measure"].isin([*kept])], self.every or self.measures
        return replace(self, frame=rows, whole=self._whole(), measures=kept, every=every)

    @choosing
    def at(self, *places: str) -> "Figures":
        """Return the figures of places by name or code, or of all on a level: riket, länet, kommunerna.

        Raises UserError for a place that has none.

        >>> from oj.tidy.door import figures
        >>> figures("Stockholm").at("Solna", "riket").frame["place_name"].unique().tolist()
        ['Solna', 'Riket']
        """
        if not places:
            raise UserError(f"Säg vilka platser: deras namn, eller {listing([*LEVEL_WORDS], 'eller')}.")
        rows = self._whole()
        kept = pd.Series(data=False, index=rows.index)
        for name in places:
            level = LEVEL_WORDS.get(name.casefold(), "")
            own = rows["level"].eq(level) if level else rows["place_name"].eq(name) | rows["place"].eq(name)
            if not own.any() and not level:
                known = rows["place_name"].unique().tolist()
                have = f"De som finns: {', '.join(known)}."
                raise UserError(f"Platsen ”{name}” finns inte i uppgifterna.{nearest(name, known)} {have}")
            kept |= own
        return replace(self._rows(kept), places=tuple(rows.loc[kept, "place"].unique()))

    @choosing
    def during(self, *periods: str) -> "Figures":
        """Return the figures of periods: years, or from one to another as 2010..2015; raise UserError for no year.

        >>> from oj.tidy.door import figures
        >>> figures("Riket", "over-tid").during("2014..2016").frame["period"].max()
        '2016'
        """
        ends = spans([*map(str, periods)])
        inside = [self._whole()["period"].between(first, last) for first, last in ends]
        return self._rows(pd.concat(inside, axis=1).any(axis=1))

    @choosing
    def by(self, group: str) -> "Figures":
        """Return the figures of a group: total, women or men; raise UserError for another."""
        refuse_group(group)
        if self.apart is None or group == TOTAL:
            return self._rows(self._whole()["group"] == group)
        whole = self._whole()
        root = self.apart[self.apart["group"] == group]
        rows = root[root["place"].isin(whole["place"]) & root["period"].isin(whole["period"])]
        return replace(self, frame=rows[rows["measure"].isin([*self.measures])], whole=rows, root=root)

    @choosing
    def latest(self) -> "Figures":
        """Return each measure's latest period with a figure for one of the municipalities."""
        rows = self._whole()
        return self._rows(rows["period"] == rows["measure"].map(self._latest()))

    def latest_periods(self) -> dict[str, str]:
        """Return each measure's latest period with a figure for one of the municipalities, in the measures' order.

        Where no municipalities were asked for, with a figure for any place.
        """
        return {name: period for name, period in self._latest().items() if name in self.measures}

    @once_a_call
    def _latest(self) -> dict[str, str]:
        """Return the latest period of every measure, also of those that were not asked for."""
        levels, found = {UNITS[0]} if self.municipalities() else {*self._whole()["level"]}, dict[str, str]()
        for name, period, level, status in cells_of(self._whole(), "measure", "period", "level", "status"):
            if status == "observed" and level in levels:
                found[name] = max(found.get(name, ""), period)
        return found

    def municipalities(self) -> dict[str, str]:
        """Return the names of the municipalities (and city districts that answer for themselves) by code, in order."""
        return self.named(UNITS[0])

    @once_a_call
    def named(self, level: str) -> dict[str, str]:
        """Return the names of the places on a level by code, in order: of county, the report's own first."""
        rows = self._whole()
        own = rows.loc[rows["level"].to_numpy() == level, ["place", "place_name"]]
        return dict(cells_of(own[~own["place"].duplicated()], "place", "place_name"))

    def name_of(self, place: str) -> str:
        """Return a place's name by its code."""
        cells = cells_of(self._whole(), "place", "place_name")
        return str(next(name for one, name in cells if one == place))

    def place_of(self, municipality: str) -> str:
        """Return the code of a municipality by its name or code; raise UserError for another.

        Of statistics one may lack a row of its own: it is known where what they were made from knows it.
        """
        own = (self.origin or self).municipalities()
        found = [code for code, name in own.items() if municipality in (code, name)]
        if not found:
            names = list(own.values())
            raise UserError(
                f"Kommunen ”{municipality}” finns inte i resultaten.{nearest(municipality, names)} "
                f"Kommunerna är: {', '.join(names) or 'inga'}."
            )
        return found[0]

    @property
    def heading(self) -> str:
        """What was last asked for is called: an area, a table or a part, else its measures."""
        names = [one.full_name for one in self.measures.values()]
        return self.headings.get(self.chosen) or capital(listing(names))

    @choosing
    def beside(self, place: str) -> "Figures":
        """Return the figures of one municipality (its code) and of the regions that it stands beside."""
        rows = self._whole()
        return self._rows((rows["place"] == place) | (rows["level"] != UNITS[0]))

    @choosing
    def with_nation(self) -> "Figures":
        """Return the figures with the nation's of the same measures beside them, whatever places were asked for."""
        rows = self._whole() if self.root is None else self.root
        shown = rows[rows.index.isin(self._whole().index) | (rows["place"] == NATION)]
        return replace(self, frame=shown[shown["measure"].isin(list(self.measures))], whole=shown, places=())

    def _whole(self) -> pd.DataFrame:
        return self.frame if self.whole is None else self.whole

    def _rows(self, kept: pd.Series) -> "Figures":
        """Return the figures with only the rows, of all measures, that are kept."""
        whole = None if self.whole is None else self.whole[kept]
        root = self.root if self.root is not None else self._whole()
        return replace(self, frame=self.frame[kept.reindex(self.frame.index)], whole=whole, root=root)

    def _repr_html_(self) -> str:
        """Return what JupyterLab shows: the table itself."""
        shown: str = self.frame.to_html(max_rows=20, notebook=True, border=0)
        return shown
