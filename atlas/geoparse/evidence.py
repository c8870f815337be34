"""What the words around a name say about it: its kind, and whether it is a name at all.

Only rules of language are here: enumeration (A、B和C等口岸), a generic word after or before the list, routes (A至B),
a parent unit before a child, and what makes a name part of a brand, a body, a person or a direction. Nothing knows a
particular document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from atlas.gazetteer.gazetteer import TYPE_WORDS
from atlas.geoparse.automaton import Match
from atlas.geoparse.entries import COUNTRY
from atlas.geoparse.forms import AREAS, COMMON, GENERIC

# A generic word that follows a name, or the whole list that it stands in, and the place type it asks for.
GENERIC_WORDS: dict[str, str] = {word: kind for kind, words in TYPE_WORDS.items() for word in words} | {
    "山脉": "mountain",
    "流域": "river",
}
_GENERIC = "|".join(sorted(GENERIC_WORDS, key=len, reverse=True))

# 、 and conjunctions part the members of an enumeration; brackets may hold a gloss.
_GLOSS = r"(（[^）]{0,20}）)?"
_JOINT = re.compile(rf"{_GLOSS}(、|和|及|与|以及|或|[-—－]+|至|到|经|\s*(?:→|／|/|>|～|~)\s*)[“”‘’]*")
_MARKS = frozenset("、和及与或至到经")  # the commonest joints
_UNKNOWN_ITEMS = re.compile(r"(、[^，。；、：\n]{1,8}){1,2}(、|和|及)")
MOST_MEMBERS = 60  # of an enumeration on either side of a name that are looked at
LONGEST_JOINT = 26  # characters
LONGEST_LIST = 160  # characters from a name to the generic word that closes its list
# Between a list and its generic word: 等, and a modifier that itself opens no new clause.
_AFTER = re.compile(rf"(等)?[^，。；、：\n至]{{0,6}}?({_GENERIC})")
_BEFORE = re.compile(r"(口岸)(?!城[市镇])[^，。；、：\n]{0,4}：?$")
# What only follows the name of a place: 奈曼等64个旗县, 东胜地区, 林西境内.
_LOCATIVE = re.compile(
    r"(等[^，。；、：\n]{0,8}?|\d+个?|[一二三四五六七八九十]+个?)?"
    r"(旗县|盟市|旗区|市区|县区|城区|地区|城市群|境内|一带|（[\u4e00-\u9fff]{2}界）|以东|以西|以南|以北|车站|火车站|枢纽|全境|全域|一体化)"
)
_LOCATIVE_REACH = 16
_HEADED = re.compile(
    "(?:抵达|到达|直达|直抵|运抵|运往|发往|通往|前往|开往|驶往|销往|输往|转往|外运|落户|来自|途经|途径|经停|直通|(?<![\u4e00-\u9fff])经)$"
)
_LONGEST_WAY = 4  # characters, one before the word
_NOT_ROUTE = frozenset("上今少关多此于")  # 至上, 至今 …

# A name in the name of a body or a brand names no place (内蒙古大学, 鄂尔多斯集团, 苏尼特羊).
_BODIES = (
    *("有限责任公司", "有限公司", "股份公司"),
    *("大学", "学院", "银行", "集团", "公司", "股份", "日报", "晚报", "晨报", "电视台", "出版社", "协会", "商会"),
    *("研究院", "交响乐团", "俱乐部", "控股", "重工", "阿胶", "酒业", "药业"),
    *("海关", "海事局", "调查队", "调查总队", "边检站", "边防检查站", "铁路局", "供电局"),
)
_BODY = re.compile(
    r"[A-Za-z]*[^\s，。；、：“”（）《》的和与及在是等市县区旗盟省州]{0,4}?" rf"({'|'.join(_BODIES)})(?!园区|城)"
)
# Of a cooperative its village is meant (五支渠村股份经济合作社).
_COOPERATIVE = re.compile(r"[^\s，。；、]{0,12}?合作(?:联)?社")
_BODY_REACH = 8
_COMPANY_REACH = 16
# 吉林油田、一汽集团; 东阿阿胶、山东重工、青岛银行: what stands in a list with companies is one.
_COMPANIES = re.compile(
    r"(?:(?<=油田)|(?![市县区旗盟州省])[\u4e00-\u9fff]{2,4})(?:、[\u4e00-\u9fff]{3,6})?、[\u4e00-\u9fff]{2,4}(?:集团|股份|银行|控股|重工)"
)
_IN_LISTS = frozenset(("集团", "股份", "银行", "控股", "重工"))
_COMPANY = re.compile(r"[\u4e00-\u9fff]{0,16}?(有限责任公司|有限公司|股份公司)")
_BREED = re.compile(
    r"(草原|黑|白|黄|双峰|肉|奶|细毛|绒山|三)?(羊|牛|马|驼|羊肉|牛肉|羊绒)(?=[、，。；”》）和及等品的]|繁[育殖]|养殖|产业|基地|良种|保[种护]|$)"
)
_PRODUCT = re.compile(
    r"(草原|黑|白|肉|奶)?(羊绒?|羊肉|牛肉?|马|驼|大米|小米|马铃薯|葡萄|葵花籽?|向日葵|荞麦|燕麦|枸杞|番茄|辣椒|黄芪)"
)
_BRANDS = re.compile(r"品牌|商标|地理标志")
_CULTURE = re.compile(r"(文化(?!遗产|公园|旅游|博物)|精神|文明)")
_CULTURAL = frozenset(("river", "mountain", "lake", "region", "heritage", "desert", "grassland", "plain", "old-name"))
_PERSON = re.compile(r"(同志|先生|女士|教授|院士|说|表示|介绍|告诉|书记|主任|局长|旗长|盟长|市长|县长|委员)")
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔"
)
_PEOPLE = frozenset("族语人部")  # 鄂温克族, 科尔沁部
# First characters of all these, so that most names are not looked at twice.
_SUSPECT = frozenset("羊牛马驼草黑白黄双肉奶细绒三大小葡葵向荞燕枸番辣文精族语人部")
# Names that are also directions: 锡林郭勒盟东北部, 地处东北.
DIRECTIONS = frozenset(("东北", "西北", "华北", "东南", "西南"))
SLOPES = frozenset("麓侧岸坡畔脚")  # 努鲁儿虎山西麓 does not name 山西
SHORELINES = frozenset(("山西", "山东", "河南", "河北", "湖南", "湖北", "江西", "海南"))
# What asks for a second look: behind a name, before a short one, and short names themselves.
_ALERTING = _SUSPECT | {"支"}
_CALLED = SURNAMES | {"小"}
_SHORT = 2  # characters
_ALERTED = DIRECTIONS | {COUNTRY, "蒙古"}
# Behind 中国: slogans, and the names of bodies and collections that begin with it.
_SLOGAN = re.compile(
    r"特|梦|化|式|电建|能建|铁建|中铁|石油(?=$|[、，。]|天然气集团)|石化|移动|联通|电信|华电|华能|大唐|共产党|精神|力量|故事|标志|制造|智造|人民|工农|文明|冷极|[\u4e00-\u9fff]{0,4}之[乡都城窗]|"
    r"[\u4e00-\u9fff]{0,8}?(?:百强|十佳|十大|名镇|名村|名城|旅游城市|标志性品牌)|"
    r"[\u4e00-\u9fff]?[磁乳煤羊草马]都|[\u4e00-\u9fff]{0,8}?(库|园|院|馆|局|公司|集团|银行|大学|协会|学会|行动计划|奖|报|社(?!会)|(?<!社)会(?!议))"
)
_BRANCH = re.compile("支线(?=[，。、；与和相]|铁路|$)")
_JOINING = frozenset("至到—－-、和")
_NOISE = re.compile(r"[^\u4e00-\u9fff，。；、：（]+")
_NATION = re.compile(
    r"源流|车臣|[族语文包马袍医药部牛羊野栎黄扁沙冰油舞刀歌兵骑汗帝高长奶]|王公|王府|大营|[\d一二三四五六七八九十]+[旗部盟]"
)
# 蒙古、汉、朝鲜等22个民族
_PEOPLES_NAMED = frozenset(("蒙古", "朝鲜", "俄罗斯", "鄂温克", "鄂伦春"))
_PEOPLES = re.compile(r"(?:、[\u4e00-\u9fff]{1,4}){1,12}等?(?:[\d一二三四五六七八九十]+个)?(?:少数)?民?族")
_SIDES = frozenset("东西南北")
_NEIGHBOURING = frozenset("邻靠接依连毗临")
# ，西北与穆棱市临近; 西南、西北分别与东八号乡相连.
_TOUCHES = re.compile(
    "(?:、[东西南北]{1,2})*(?:分别|依次)?"
    "(?:[与同](?![东西][北南]|华)|隔|[为是](?=[\u4e00-\u9fff]{2,8}[旗县市区乡镇])|两侧)"
)
_SIDE = frozenset("部风方向角侧端麓缘坡段隅边面")
_UNIT_END = frozenset("市县区旗盟省州镇乡国村原漠山的")


# What of these words ends with a generic word that asks for a kind (机场 in 运输机场).
_ENDING = {
    word: max((generic for generic in GENERIC_WORDS if word.endswith(generic)), key=len)
    for word in {*GENERIC_WORDS, *GENERIC, *COMMON}
    if word.endswith(tuple(GENERIC_WORDS))
}


class Surroundings:
    """The words around the names of one text; what costs is worked out when first asked."""

    _words = sorted({*GENERIC_WORDS, *GENERIC, *COMMON, *_BODIES})
    # Of each: may close a name by form; begins or ends the name of a body or port; how long the kind at its end is.
    _facts = tuple(
        (
            word in GENERIC,
            word in _BODIES or word in AREAS or word.endswith(("公司", "口岸")),
            len(_ENDING.get(word, "")),
        )
        for word in _words
    )
    _generics = AhoCorasick(_words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)

    def __init__(self, text: str, words: Iterable[tuple[int, int, int]] | None = None) -> None:
        """Take a text and its generic words, which are looked for if they are not given."""
        self.text = text
        # Where words of each kind begin, in order; `forms` are the generic words that may close a name.
        self.forms: list[tuple[int, int, str]] = []
        self.bodies: set[int] = set()  # where a name would end that a body's or a company's name goes on from
        self.areas: list[tuple[int, int]] = []  # generic words of protected areas and resorts
        self._generic_starts: list[int] = []
        self._port_starts: list[int] = []
        for index, start, end in self.words_in(text) if words is None else words:
            form, rare, ending = self._facts[index]
            if form:
                self.forms.append((start, end, self._words[index]))
            if ending:
                self._generic_starts.append(end - ending)
            if rare:
                self._note(self._words[index], start, end)
        self._matches: Sequence[Match] = ()
        self._runs: dict[tuple[int, bool], tuple[int, int]] = {}

    @classmethod
    def words_in(cls, text: str) -> Sequence[tuple[int, int, int]]:
        """Return the generic words of a text, as (number, start, end) in order."""
        found: list[tuple[int, int, int]] = cls._generics.find_matches_as_indexes(text)
        return found

    def settle(self, matches: Sequence[Match]) -> None:
        """Take the names that the text holds, in order."""
        self._matches = matches

    def at(self, index: int) -> Match:
        """Return a name of the text."""
        return self._matches[index]

    def _note(self, word: str, start: int, end: int) -> None:
        if word in _BODIES:
            self.bodies.update(range(start - _BODY_REACH, start + 1))
        if (word.endswith("公司") and len(word) > 2) or word in _IN_LISTS:
            self.bodies.update(range(start - _COMPANY_REACH, start + 1))
        if word in AREAS:
            self.areas.append((start, end))
        if word.endswith("口岸"):
            self._port_starts.append(end - 2)

    def run(self, index: int, *, loose: bool = False) -> tuple[int, int]:
        """Return the first and last index of the enumeration that a name stands in.

        A `loose` run may hold an item or two that no name is known for (河套、南岸、某某等灌区).
        """
        key = (index, loose)
        if key not in self._runs:
            first = last = index
            while first > 0 and index - first < MOST_MEMBERS and self._joined(first - 1, loose):
                first -= 1
            while last + 1 < len(self._matches) and last - index < MOST_MEMBERS and self._joined(last, loose):
                last += 1
            self._runs[key] = (first, last)
            if last - first < MOST_MEMBERS:
                self._runs.update({(member, loose): (first, last) for member in range(first, last + 1)})
        return self._runs[key]

    def wanted_type(self, index: int) -> str | None:
        """Return the place type that a generic word beside the enumeration of a name asks for.

        It closes the list as a word of its own or as the end of the last name (浑善达克、呼伦贝尔沙地). A word before
        the list (改扩建运输机场阿拉善左旗、…) is a heading over places; only of ports it says what they are.
        """
        match = self._matches[index]
        ahead = _within(self._generic_starts, match.end, match.end + LONGEST_LIST)
        behind = _within(self._port_starts, match.start - LONGEST_LIST, match.start)
        if not ahead and not behind:
            return None
        first, last = self.run(index, loose=True)
        if ahead:
            if last != index and (own := _closing(self._matches[last].name.surface)):
                return own
            after = _AFTER.match(self.text, self._matches[last].end)
            kind = GENERIC_WORDS[after[2]] if after else None
            # 呼伦贝尔国内一流草原 does not speak of one grassland.
            if after and (kind != "grassland" or first != last or after.start(2) == after.start()):
                return kind
        start = self._matches[first].start
        if behind and (before := _BEFORE.search(self.text[max(0, start - 12) : start])):
            return GENERIC_WORDS[before.group(1)]
        return None

    def is_supported(self, index: int) -> bool:
        """Say whether an ambiguous form is used as a name.

        A sure name in its enumeration speaks for it, a route from it, or a word that only follows places.
        """
        match, text = self._matches[index], self.text
        first, last = self.run(index)
        if any(not self._matches[at].name.ambiguous for at in range(first, last + 1)):
            return True
        if self._is_between(index):
            return True
        if text[match.start - 1 : match.start] == "至" and match.start:
            return True
        if text[match.end : match.end + 1] == "至" and text[match.end + 1 : match.end + 2] not in _NOT_ROUTE:
            return True
        return bool(_LOCATIVE.match(text[match.end : match.end + _LOCATIVE_REACH]))

    def is_headed_for(self, match: Match) -> bool:
        """Say whether the words right before a name say that something goes there, or comes from there."""
        return _HEADED.search(self.text, max(0, match.start - _LONGEST_WAY), match.start) is not None

    def opens_clause(self, match: Match) -> bool:
        """Say whether a name stands at the beginning of a clause and another word right behind it."""
        before, after = self.text[match.start - 1 : match.start], self.text[match.end : match.end + 1]
        return not _is_word(before) and _is_word(after) and _CULTURE.match(self.text, match.end) is None

    def _is_between(self, index: int) -> bool:
        """Say whether names stand on both sides without a gap, one of them sure (赤峰朝阳锦州)."""
        if not 0 < index < len(self._matches) - 1:
            return False
        before, match, after = self._matches[index - 1 : index + 2]
        return (
            before.end == match.start
            and match.end == after.start
            and not (before.name.ambiguous and after.name.ambiguous)
        )

    def may_be_no_place(self, match: Match) -> bool:
        """Say whether `is_no_place` has anything to look at, which most names give it not."""
        start, end, surface = match.start, match.end, match.name.surface
        after = self.text[end : end + 1]
        return (
            after in _ALERTING
            or (after == "、" and surface in _PEOPLES_NAMED)
            or end in self.bodies
            or (len(surface) == _SHORT and (surface in _ALERTED or self.text[start - 1 : start] in _CALLED))
        )

    def is_no_place(self, match: Match, kind: str) -> bool:
        """Say whether the words beside a name make it part of a brand, a body, a person's name or a direction."""
        text, start, end = self.text, match.start, match.end
        after = text[end : end + 1]
        surface = match.name.surface
        is_people = after == "、" and surface in _PEOPLES_NAMED and _PEOPLES.match(text, end) is not None
        is_line = after == "支" and _BRANCH.match(text, end) is not None and text[start - 1 : start] not in _JOINING
        if is_people or is_line:
            return True  # 伊敏支线, but 甲至乙支线
        if len(surface) == _SHORT:
            before = text[start - 1 : start]
            if surface == COUNTRY and (before == "新" or _SLOGAN.match(_NOISE.sub("", text[end : end + 16]))):
                return True  # 新中国成立
            if surface == "蒙古" and _NATION.match(text, end):
                return True
            if surface in DIRECTIONS and self._is_direction(start, before, after):
                return True
            is_nickname = before == "小" and after == "”"  # “塞外小北京”
            if is_nickname or (before in SURNAMES and _PERSON.match(text, end)):
                return True
        return (after in _SUSPECT or end in self.bodies) and self._is_part(match, kind, after)

    def _is_direction(self, start: int, before: str, after: str) -> bool:
        """Say whether 东北 and the like only point: 盟东北部, 由东南向西北, 西和西南与磴口县接壤."""
        heading = before in "向朝往" and self.text[start - 2 : start - 1] != "面"
        whole_country = before == "国" and self.text[start - 2 : start - 1] in "我全中"
        joint = before in "和、及" and self.text[start - 2 : start - 1] in "东西南北" and after in "与邻接临靠毗同隔"
        opens = not "\u4e00" <= before <= "\u9fff"
        points = opens and (after in _NEIGHBOURING or bool(_TOUCHES.match(self.text, start + 2)))  # ，东北邻扎赉特旗
        return bool(
            (after and after in _SIDE)
            or (after and points)
            or (before and (heading or joint or (before in _UNIT_END | _SIDES and not whole_country)))
        )

    def _is_part(self, match: Match, kind: str, after: str) -> bool:
        """Say whether a name is the first part of the name of a body, brand, culture or people."""
        text, end, surface = self.text, match.end, match.name.surface
        if end in self.bodies:
            if _BODY.match(text, end):
                return _COOPERATIVE.match(text, end) is None
            if _COMPANY.match(text, end) or _COMPANIES.match(text, end):
                return True
        if after not in _SUSPECT:
            return False
        if text[match.start - 1 : match.start] == "“" and (product := _PRODUCT.match(text, end)):
            return text[product.end() : product.end() + 1] == "”"  # “兴安盟大米”
        return surface[-1] not in "市县区旗盟" and self._is_kind_of(match, kind, after)

    def _is_kind_of(self, match: Match, kind: str, after: str) -> bool:
        """Say whether a name says of which place a culture, a people, a breed or a brand is."""
        text, end = self.text, match.end
        if (kind in _CULTURAL and _CULTURE.match(text, end)) or (match.name.ambiguous and after in _PEOPLE):
            return True
        is_herd = match.name.targets[:1] and match.name.targets[0].isdigit() and after in "肉奶"  # 突泉肉牛 is no breed
        return (not is_herd and bool(_BREED.match(text, end))) or (
            bool(_PRODUCT.match(text, end)) and bool(_BRANDS.search(self._sentence(match)))
        )

    def _sentence(self, match: Match) -> str:
        before = self.text[max(0, match.start - LONGEST_LIST) : match.start]
        after = self.text[match.end : match.end + LONGEST_LIST]
        return re.split("[。\n]", before)[-1] + re.split("[。\n]", after)[0]

    def _joined(self, index: int, loose: bool) -> bool:
        """Say whether the names at `index` and after it stand in one enumeration."""
        end, start = self._matches[index].end, self._matches[index + 1].start
        if start - end >= LONGEST_JOINT:
            return False
        between = self.text[end:start]
        if between in _MARKS:
            return True
        return bool(_JOINT.fullmatch(between) or (loose and _UNKNOWN_ITEMS.fullmatch(between)))


def _is_word(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _within(starts: Sequence[int], first: int, last: int) -> bool:
    """Say whether one of the sorted `starts` is at least `first` and less than `last`."""
    near = bisect_left(starts, first)
    return near < len(starts) and starts[near] < last


@cache
def _closing(surface: str) -> str | None:
    """Return the place type of the generic word that a name ends with."""
    for word, kind in GENERIC_WORDS.items():
        if surface.endswith(word) and surface != word:
            return kind
    return None
