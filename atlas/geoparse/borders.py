"""What stands around names by form: what may follow their generic word, and what before them says that they begin."""

from __future__ import annotations

import re
from functools import cache

# What may follow a name that ends with a word which goes on easily (站 in 站点, 村 in 村民).
AFTER_CLOSE = re.compile(
    r"[^\u4e00-\u9fff]|$|[的和与及至到在为是位建开等东西南北中内边附以沿临自由出上下前时后发等向通]|方向|工程|项目|改造|始建|站[前房场台]|共|段|两侧|海拔|流[入经向]|[注汇]入"
)
# Behind 港 hardly anything else goes on (港口, 港湾): 阳逻港水铁联运.
AFTER_PORT = re.compile("(?![口湾务澳币元股人剧式商池])")
NO_GO = frozenset("级民委里长容组支庄户干域志口风土贤愁音亲情")
ORDINAL = re.compile(r"[东西南北]?[一二三四五六七八九十]号(?:井工|露天)?$")
SLOPE = re.compile(r"[东西南北]?[麓侧岸坡畔脚]|[边水口谷源段里上下底]|流[入经向至过]")
SAME = re.compile(r"[、和及与]")
GLOSS = re.compile(r"[（(][^（）()]*[）)]$")
DATE = re.compile(r"\d[年月日]$")
# What is named after a unit in full: 包头市站, 库伦镇工业园区.
OF_UNITS = frozenset(("站", "火车站", "工业园区", "经济开发区", "经济技术开发区", "高新区", "物流园区"))
BESIDE = frozenset("与同邻靠接依")
BORDERS = re.compile("(?:、[^，。；、]{2,8}){0,4}(?:接壤|相邻|毗邻|为邻|相连|相接|交界|毗连|相望|相依)")
SIDED = re.compile("以[东西南北]")
# Of a unit: 翁牛特旗|东部|大兴乡, 乌拉特前旗|东北|大佘太镇.
PART = re.compile("[东西南北中]{1,2}部|[东西][南北]")
WATERSIDE = re.compile("两岸|沿岸|岸边|河畔|[上中下]游|流域|水系|灌区|断流|干流|支流")
ROADWORDS = frozenset("段网桥政况")  # 包头|路段
TURNED = frozenset("大小东西南北上下")
LAKESIDE = frozenset("畔面边岸滨水区心")
DESCRIBING = frozenset("大小深浅长短高低老新旧各多一二三四五六七八九十几")


@cache
def followers(word: str, times: int, *, urban: bool) -> re.Pattern[str]:
    """Return what the next items of a list look like, so many, that end with the same generic word."""
    same = "(?:街道|社区|镇|乡|村|苏木|嘎查)" if urban else word
    return re.compile(rf"(?:[、和及与][\u4e00-\u9fff]{{{1 if times > 1 else 2},5}}?{same}){{{times}}}")


def is_ideograph(character: str) -> bool:
    """Say whether a character is an ideograph."""
    return "\u3400" <= character <= "\u9fff"
