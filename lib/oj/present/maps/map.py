"""Any figures as maps of the county's municipalities."""

from oj.compare.reached import TARGETS
from oj.figures.schema import Figures
from oj.present.maps.current import current_map, current_maps
from oj.present.maps.figures import area_map, area_maps, indicator_map, targets_map
from oj.present.output import Shown


def map(figures: Figures) -> Shown:
    """Return maps: of a measure, of reached targets, or of where the municipalities differ most in each area.

    Nothing with fewer than two municipalities that have a figure.

    >>> import oj
    >>> [part.label for part in oj.map(oj.figures("Stockholm").of("saker"))]
    ['fig-karta-saker']
    """
    native, folder, name = figures.native_rows(), figures.folder, figures.chosen
    if name == TARGETS:
        return targets_map(native, folder)
    if figures.is_current:
        return current_map(native, name, folder) if name else current_maps(native, folder)
    if not name:
        return area_maps(native, folder)
    is_measure = name in figures.measures
    return (indicator_map if is_measure else area_map)(native, name, folder)
