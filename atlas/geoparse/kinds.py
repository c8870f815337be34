"""Generic words that behave alike, and characters that part names from the words around them, for the finder."""

from __future__ import annotations

import re

from atlas.geoparse.borders import BESIDE
from atlas.geoparse.forms import HARD

CONNECTORS = frozenset("至到从由经往和与及在驻辖置撤")
WATERS = frozenset(("河", "江", "湖", "郭勒", "淖尔", "诺尔", "水库"))
HALVED = WATERS | {"草原"}
NATURAL = WATERS | {"山", "岭", "泉", "沟", "岛", "峰", "草原", "煤田", "煤矿"}
OPENERS = CONNECTORS | HARD | BESIDE | frozenset("、和及与年月日")
MINES = frozenset(("煤矿", "露天煤矿", "露天矿", "井工煤矿", "矿井"))
STREETS = frozenset(("路", "街", "大街", "大道"))
VILLAGES = frozenset(("镇", "乡", "村", "苏木", "嘎查"))
TOWNS = frozenset(("镇", "苏木", "嘎查"))
URBAN = frozenset(("社区", "街道"))
CHAINED = frozenset(("社区", "街道", "村", "湾"))  # ordinary words before them are names in a list of three
POWER = frozenset(("变电站", "换流站", "开关站", "汇集站", "升压站"))
VOLTS = re.compile(r"\d+千伏$")
PEACE = "和平"  # begins many a name, unlike the conjunction
GAUGED = frozenset("山河湖峡桥站")
STOCKADES = frozenset("堡屯寨峪塬")  # end the names of hamlets, mostly without 村
SITES = frozenset(("水库", "水利枢纽", "机场", "国际机场", "灌区", "变电站", "换流站", "港区", "港"))
STOPS = frozenset("站港")
BEFORE_ITEMS = frozenset("、和及与驻在")
TAKING = frozenset("将把")
