"""Whether a generic word makes a longer name of one that a table has: 锡林浩特|站, not 包头|村."""

from __future__ import annotations

from atlas.geoparse.automaton import Match
from atlas.geoparse.borders import AFTER_CLOSE, LAKESIDE, OF_UNITS, ROADWORDS
from atlas.geoparse.forms import EXTENDING, SETTLEMENTS, SYLLABLES
from atlas.geoparse.kinds import MINES, STREETS, TOWNS
from atlas.geoparse.listed import SHORTEST

_UNIT_END = frozenset("省市盟旗县区镇乡")
_REGION = "150000"
_LONG = 4  # characters
_STATIONS = frozenset(("站", "火车站"))
_OF_NO_PROVINCE = frozenset(("管理区", "路", "街"))


def extends(text: str, name: Match, end: int, word: str) -> bool:
    """Say whether the generic word that ends at `end` is part of a longer name; `name` ends where it begins."""
    surface, targets = name.name.surface, name.name.targets
    if not targets or targets[0] == _REGION or not _may_follow(text, name, end, word):
        return False
    first, after = targets[0], text[end : end + 1]
    # 岱海|湖畔 is no lake of its own, 狼山|草原 no grassland.
    if (word == "湖" and not first.isdigit() and after in LAKESIDE) or (
        word == "草原" and (first.startswith("mountain/") or surface[-1] == "山")
    ):
        return False
    abroad = first.startswith("foreign") and word == "口岸" and len(surface) >= _LONG
    abroad = abroad or (first.startswith("foreign/") and word in _STATIONS)
    if first.startswith(("group/", "region/", "foreign")) and word not in MINES and not abroad:
        return False
    of_reservoir = word == "灌区" and surface.endswith("水库")  # 绰勒水库|灌区用水
    if of_reservoir or surface.endswith(word) or name.end - name.start != len(surface):
        return False
    if surface[-1] in _UNIT_END and word not in OF_UNITS:
        return False
    return not ((word == "路" and after in ROADWORDS) or (word in _OF_NO_PROVINCE and first.endswith("0000")))


def _may_follow(text: str, name: Match, end: int, word: str) -> bool:
    """Say whether a generic word may follow a name of its kind."""
    if word in EXTENDING or word in STREETS:
        return True
    if word in SETTLEMENTS:
        natural = not name.name.targets[0].isdigit()
        return natural or word in TOWNS or AFTER_CLOSE.match(text, end) is not None
    surface = name.name.surface
    return word == "河" and len(surface) > SHORTEST and SYLLABLES.issuperset(surface)  # 莫尔道嘎河
