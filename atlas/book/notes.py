"""The gazetteer's notes in Chinese: how a point was found and checked is noted in English, in set phrases.

A note is read clause by clause. One with a clause that no phrase fits stays as it is, and its label says that it is
English: a note that is half translated would hide which half was.
"""

from __future__ import annotations

import re

_PLACES = {
    "N": "正北",
    "S": "正南",
    "E": "正东",
    "W": "正西",
    "NE": "东北",
    "NW": "西北",
    "SE": "东南",
    "SW": "西南",
    "NNE": "北偏东",
    "NNW": "北偏西",
    "SSE": "南偏东",
    "SSW": "南偏西",
    "ENE": "东偏北",
    "ESE": "东偏南",
    "WNW": "西偏北",
    "WSW": "西偏南",
}
_KM = r"([\d.]+) km"
_HAN = r"([\u4e00-\u9fff0-9]+)"

# Each phrase with its Chinese; \1 and \2 are what stands in it.
_PHRASES: tuple[tuple[str, str], ...] = (
    (
        r"GCJ-02 in the source, converted to WGS 84 \(inverse of the published algorithm\)",
        "来源坐标为 GCJ-02，已按公开算法反算为 WGS 84",
    ),
    (r"a point inside the official boundary, not the seat", "官方界线内的一点，不是驻地"),
    (r"No point: beyond the area of the atlas", "无点位：在图集范围之外"),
    (r"No point: a river", "无点位：河流"),
    (r"A country: no point", "国家，无点位"),
    (r"in the table so that other texts are read right", "列入此表，以便读懂其他文本"),
    (
        r"No point: not named by the five documents, no published coordinate looked up",
        "无点位：五份文件未写到，未查公开坐标",
    ),
    (r"not named by the five documents, no published coordinate found", "五份文件未写到，未查到公开坐标"),
    (r"old city centre", "老城中心"),
    (r"GeoNames is rounded or old there", "该处 GeoNames 的点为约数或已过时"),
    (r"the others agree", "其余各源一致"),
    (rf"seat of the region: the point of {_HAN}", r"自治区驻地：取\1的点"),
    (rf"高德 still gives {_HAN}, the former seat", r"高德仍标旧驻地\1"),
    (rf"municipal seat {_HAN} \({_HAN}\)", r"市驻地：\1\2"),
    (rf"seat: {_HAN}, {_HAN}", r"驻地：\2\1"),
    (rf"seat {_HAN}", r"驻地：\1"),
    (r"middle of the longest part in Inner Mongolia", "区内最长一段的中点"),
    (r"positions good to some km", "位置误差可达数千米"),
    (r"middle of the course drawn", "所绘河道的中点"),
    (rf"estimated error {_KM}", r"估计误差 \1 千米"),
    (r"(?:seat )?subdistrict not sourced", "驻地街道未查到来源"),
    (rf"seat: {_HAN} \(street\)", r"驻地：\1（街名）"),
    (rf"seat(?: town)?:? {_HAN}", r"驻地：\1"),
    (rf"government (?:in|at) {_HAN}", r"政府驻\1"),
    (r"no second point found", "没有第二个点可核对"),
    (r"inside its own boundary", "在其界线之内"),
    (rf"inside {_HAN}", r"在\1之内"),
    (rf"named {_HAN} in (?:older|some) sources", r"有的资料作\1"),
    (rf"the point of {_HAN}", r"取\1的点"),
    (rf"old cent(?:er|re) of {_HAN}", r"\1老城中心"),
    (r"Named in ((?:[a-z]+/[\w/-]+(?:, )?)+)", r"见于 \1"),
    (r"([a-z]+/[\w/-]+) in a list", r"\1 列举"),
    (r"Named by its (?:unit|place) in a list of airports: ((?:[a-z]+/[\w/-]+(?:, )?)+)", r"机场名单中以地名列出：\1"),
    (r"The seat stands in, the site itself was not looked up", "以驻地代位，未查其实际位置"),
    (r"New general airport \(box 22\)", "新建通用机场（专栏22）"),
    (r"New transport airport \(box 22\)", "新建运输机场（专栏22）"),
    (r"Existing transport airport", "已建运输机场"),
    (r"To be rebuilt \(box 22\)", "改扩建（专栏22）"),
    (r"Point: the seat stands in, the site is not published in the sources seen", "以驻地代位，所见资料未公布其位置"),
    (r"Not in the documents: ([^a-z]+)", r"文件中未出现的名称：\1"),
    (r"Not named in the documents(?: as an air port)?", "文件未写到"),
    (r"To be built", "待建"),
    (r"no published site found: no point", "未查到公布的位置，无点位"),
    (r"In a list with the other", "与另一处并列"),
    (r"Open since (\d{4})", r"\1年起开放"),
    (r"Open", "已开放"),
)
_CHECKS: tuple[tuple[str, str], ...] = (
    (rf"GeoNames (\d+) (.+?) {_KM}", r"GeoNames \1（\2）相距 \3 千米"),
    (rf"CMA weather station (\d+) {_KM}", r"中国气象局气象站 \1 相距 \2 千米"),
    (rf"Wikipedia (.+?) {_KM}", r"维基百科“\1”相距 \2 千米"),
)
_STATIONS = re.compile(r" \(stations: table in (meteva [\d.]+)\)$")
# Where another source puts a place: whose point, how far off and in which direction.
_ELSEWHERE: tuple[tuple[str, str], ...] = (
    (rf"the 高德 center lies {_KM} ([NSEW]+)(?:, in the (?:old )?town)?", "高德所标中心在{1} {0} 千米"),
    (rf"the 高德 center, in {_HAN}, lies {_KM} ([NSEW]+)", "高德所标中心在{0}，{2} {1} 千米"),
    (rf"the 高德 center, {_KM} ([NSEW]+), lies in {_HAN} and was refused", "高德所标中心在{1} {0} 千米的{2}，不取"),
    (rf"the old town {_HAN} lies {_KM} ([NSEW]+)", "旧址{0}在{2} {1} 千米"),
    (rf"(GeoNames \d+) puts the city {_KM} ([NSEW]+)", "{0} 所标城市在{2} {1} 千米"),
)


def in_chinese(note: str) -> str | None:
    """Return a note in Chinese, None where it has a clause that no phrase fits; a Chinese note stays as it is."""
    if not re.search(r"[A-Za-z]{2,} [a-z]{2,}", note):
        return note
    clauses = [_clause(clause) for clause in re.split(r"; |\. (?=[A-Z])", note.rstrip("."))]
    return None if None in clauses else "；".join(clause for clause in clauses if clause)


def _clause(clause: str) -> str | None:
    if not re.search(r"[A-Za-z]", clause):
        return clause
    if clause.startswith("checked: "):
        table = _STATIONS.search(clause)
        told = _STATIONS.sub("", clause.removeprefix("checked: "))
        found = [_phrase(check, _CHECKS) for check in re.split(r", (?=CMA|GeoNames|Wikipedia)", told)]
        if None in found:
            return None
        return f"核对：{'，'.join(one for one in found if one)}" + (f"（站表：{table[1]}）" if table else "")
    for pattern, chinese in _ELSEWHERE:
        far = re.fullmatch(pattern, clause)
        if far:
            return chinese.format(*(_PLACES.get(part, part) for part in far.groups()))
    return _phrase(clause, _PHRASES)


def _phrase(clause: str, phrases: tuple[tuple[str, str], ...]) -> str | None:
    for pattern, chinese in phrases:
        found = re.fullmatch(pattern, clause)
        if found:
            return found.expand(chinese)
    return None
