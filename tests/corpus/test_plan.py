"""The plan: headings that run into the text, boxes and items, against the file as a reader's eye parts it."""

import re

import pytest

from atlas.corpus import Corpus, Reading
from atlas.corpus.numerals import numeral
from atlas.corpus.plan import parse_plan
from atlas.corpus.plan_headings import find_contents, find_headings, undisplaced
from atlas.corpus.reading import running
from atlas.errors import SourceError

FILE = "004_7968cd12a72fd71d.txt"


@pytest.fixture(scope="module")
def text(corpus: Corpus) -> str:
    return corpus.texts[FILE]


# Number, title and item count of each box, as printed.
BOXES = {
    1: ("“十四五”时期经济社会发展主要指标", 0),
    2: ("重点人才计划", 8),
    3: ("草原和森林生态系统保护和修复", 3),
    4: ("流域综合治理与湿地保护修复", 3),
    5: ("防沙治沙重点工程", 4),
    6: ("东部地区发展重点", 5),
    7: ("中部地区发展重点", 4),
    8: ("西部地区发展重点", 3),
    9: ("黄河重点生态区生态保护和修复工程", 5),
    10: ("新能源产业集群", 4),
    11: ("煤炭绿色开发利用", 4),
    12: ("绿色肉奶安全保障基地建设工程", 5),
    13: ("粮食安全保障工程", 6),
    14: ("农牧业产业体系建设工程", 4),
    15: ("优势特色产业链稳定优化工程", 10),
    16: ("数字经济发展工程", 2),
    17: ("新型智慧城市示范工程", 3),
    18: ("网络安全保障能力建设工程", 3),
    19: ("脱贫地区乡村振兴", 10),
    20: ("重点铁路建设工程", 3),
    21: ("高速公路建设工程", 3),
    22: ("重大航空建设工程", 3),
    23: ("综合交通枢纽城市", 3),
    24: ("重点水利工程", 3),
    25: ("创业就业重点", 2),
    26: ("重点文艺创作", 4),
    27: ("重点优秀传统文化保护传承", 4),
    28: ("文化旅游融合发展", 6),
    29: ("铸牢中华民族共同体意识教育和研究工程", 2),
    30: ("中华优秀传统文化传承发展", 6),
    31: ("守望相助好家园工程", 2),
    32: ("民族团结进步示范引领工程", 4),
}

# First and last words of units, displaced characters left out: read in the file.
SPOTS = [
    ("plan/preamble", "十四五时期（年）是我国全面建成小康社会、", "和年远景目标纲要》。"),
    ("plan/part-1", "十三五时期，面对经济形势的复杂变化", "奠定了坚实的基础。"),
    ("plan/1", "我区进入新发展阶段，", "面临新的机遇和挑战。"),
    ("plan/1/1", "经济发展基础更加稳固。", "打造得更加亮丽。"),
    ("plan/3/1", "按照党中央对实现第二个百年奋斗目标", "更为明显的实质性进展。"),
    ("plan/3/2", "锚定年远景目标，经过五年不懈努力，", "祖国北疆安全稳定屏障更加牢固。"),
    ("plan/5", "深入落实人才强国战略，", "全区人才资源总量达到万人。"),
    ("plan/5/1", "着力抓好高层次创新型领军人才", "实施百千万高技能人才培养计划。"),
    ("plan/part-3", "深入践行习近平生态文明思想，", "构筑祖国北疆万里绿色长城。"),
    ("plan/10/2", "保持黄河干流良好水质，", "建设自治区绿色矿山示范区。"),
    ("plan/10/3", "开展黄河流域水资源承载力综合评估，", "带动全社会爱水、护水、惜水、节水。"),
    ("plan/11/4", "高效绿色开发白云鄂博稀土资源，", "生产基地和中国磁都。"),
    ("plan/13/4", "推进多领域、多要素协同治理，", "有机肥资源循环利用。"),
    ("plan/14/3", "严格控制水泥新增产能，", "绿色建材占比达到以上。"),
    ("plan/part-9", "服从生态环境保护需要，", "打造美丽宜居城镇空间。"),
    ("plan/18/4", "推进电子商务进农村牧区综合示范创建。", "建立群众问题由群众解决机制。"),
    ("plan/29", "加快转变城市发展方式，", "各具特色的现代化城市。"),
    ("plan/33", "完善综合交通网络，", "区域性综合交通枢纽。"),
    ("plan/33/1", "加快高速铁路布局建设，", "积极发展高铁经济。"),
    ("plan/43/3", "实施精神文明创建工程，", "实施志愿者骨干培养计划。"),
    ("plan/48/2", "树立抓基层、强基础的导向，", "民族团结进步事业的良好氛围。"),
    ("plan/54/1", "严格落实《中共中央国务院关于统一规划体系", "编制目录清单管理制度。"),
    ("plan/54/2", "各地区各部门要加强对本规划实施的组织、", "共圆伟大中国梦而奋斗"),
    ("plan/box-9/1", "库布其沙漠、毛乌素沙地综合治理在库布其", "退化草原修复。"),
    ("plan/box-2/3", "党政人才引育计划从国家部委、", "新增选调生名左右。"),
    ("plan/box-15/7", "硅材料产业链金属硅多晶硅", "功能性电子元器件集成电路。"),
    ("plan/box-20/1", "建设完成包头至银川（含巴彦浩特至银川支线）、", "（芒罕屯至阿尔山段）铁路扩能改造。"),
    ("plan/box-21/3", "区内高速公路网络白音查干至安业、", "纳日松至图克、呼和浩特至鄂尔多斯。"),
    ("plan/box-22/2", "改扩建运输机场阿拉善左旗、", "巴彦淖尔、乌海。"),
    ("plan/box-32/4", "民族法治保障加强民族工作法规建设，", "引领和保障作用。"),
]


@pytest.mark.parametrize(("provision", "first", "last"), SPOTS)
def test_units_begin_and_end_where_they_do_in_print(corpus: Corpus, provision: str, first: str, last: str) -> None:
    words = undisplaced(corpus.find(provision).text)
    assert words.startswith(first)
    assert words.endswith(last)


@pytest.mark.parametrize(
    ("provision", "last"),
    [
        ("plan/preamble", "》。2035"),
        ("plan/5", "2025万人。350"),
        ("plan/5/1", "。“”"),
        ("plan/6/3", "万平方公里。3.33"),
        ("plan/10/2", "示范区。-"),
        ("plan/11/4", "中国10“磁都。”"),
        ("plan/13/3", "产业链。---"),
        ("plan/33/3", "个以上。202570"),
        ("plan/box-2/2", "成员。“”"),
        ("plan/box-15/7", "集成电路。→→→"),
    ],
)
def test_displaced_runs_before_a_heading_belong_to_the_text_before(corpus: Corpus, provision: str, last: str) -> None:
    assert corpus.find(provision).text.endswith(last)


@pytest.mark.parametrize(
    ("provision", "title"), [("plan/3/1", "年远景目标2035"), ("plan/3/2", "十四五时期经济社会发展主要目标“”")]
)
def test_displaced_runs_after_a_heading_belong_to_it(corpus: Corpus, provision: str, title: str) -> None:
    assert corpus.find(provision).title == title


@pytest.mark.parametrize("number", BOXES)
def test_boxes_have_their_titles_and_items(corpus: Corpus, number: int) -> None:
    title, count = BOXES[number]
    box = corpus.find(f"plan/box-{number}")
    assert box.number == f"专栏{number}"
    assert (box.title if number == 1 else undisplaced(box.title)) == title
    items = [item for item in corpus.provisions if item.id.startswith(f"plan/box-{number}/")]
    assert len(items) == count
    for index, item in enumerate(items, 1):
        assert item.id == f"plan/box-{number}/{index}"
        assert item.number == f"专栏{number}（{numeral(index)}）"
        assert item.path[-1] == f"专栏{number} {box.title}"
        assert item.text.startswith(item.title)


def test_the_table_is_one_box_without_items(corpus: Corpus) -> None:
    box = corpus.find("plan/box-1")
    assert box.text.startswith("指标单位2020年2025年年均/累计属性经济发展（）地区生产总值增长左右预期性1%")
    assert box.text.endswith("内为年累计数。能源、综合生产能力①②[]5③"
                             "指煤炭、石油、天然气、非化石能源生产能力之和。④人均预期寿命为2018年实际值。")  # fmt: skip
    assert "\uf0d8" not in box.text
    assert len(re.findall("预期性|约束性", box.text)) == 20


def test_item_titles_are_those_that_the_layout_shows(text: str) -> None:
    """Without reviewed rows a title is known only where something else stands at the end of its line."""
    titles = {item.id: item.title for item in parse_plan(text, FILE).provisions if item.kind == "box-item"}
    assert {item: title for item, title in titles.items() if title} == {
        "plan/box-9/3": "河套土默川平原农田林网修复-",
        "plan/box-12/3": "粮改饲试点“”",
        "plan/box-13/4": "耕地轮作休耕试点",
        "plan/box-17/2": "城市大脑建设试点“”",
        "plan/box-19/4": "健康巩固提升工程",
        "plan/box-26/4": "亮丽内蒙古重点图书出版工程“”",
        "plan/box-28/1": "带圈线城郊园全域旅游布局工程“-----”",
        "plan/box-31/2": "各民族交往交融微活动“”",
    }


def test_every_box_item_has_a_title_that_its_text_begins_with(corpus: Corpus) -> None:
    items = [item for item in corpus.provisions if item.kind == "box-item"]
    assert len(items) == 131
    for item in items:
        assert item.title, item.id
        assert item.text.startswith(item.title), item.id
        assert not set(item.title) & set("，。；："), item.id
        assert 2 <= len(undisplaced(item.title)) <= 24, item.id
    assert len(corpus.corrections.box_item_titles) == 123


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("plan/box-2/8", "“百千万”高技能人才培养计划"),
        ("plan/box-4/2", "“一湖两海”及察汗淖尔综合治理"),
        ("plan/box-6/5", "锡林郭勒盟"),
        ("plan/box-18/3", "网络安全监控指挥中心和网络安全综合防控平台"),
        ("plan/box-22/2", "改扩建运输机场"),
        ("plan/box-24/3", "引黄入呼（三期）供水扩建工程"),
    ],
)
def test_reviewed_titles_of_box_items(corpus: Corpus, item: str, title: str) -> None:
    assert corpus.find(item).title == title


def test_a_title_that_the_item_does_not_begin_with_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"box_item_titles\.csv: plan/box-6/1 begins '赤峰市', not '通辽市'"):
        parse_plan(text, FILE, item_titles={"plan/box-6/1": "通辽市"})


def test_every_heading_of_the_contents_is_found_once_and_in_order(text: str) -> None:
    contents = find_contents(text)
    assert contents is not None
    headings = find_headings(text, contents)
    assert [sum(item.level == level for item in headings) for level in range(3)] == [17, 54, 163]
    starts = [item.start for item in headings]
    assert None not in starts
    assert starts == sorted(starts, key=lambda start: start or 0)
    for heading in headings:
        assert heading.start is not None
        assert undisplaced(text[heading.start : heading.end]) == heading.label + heading.words


def test_parts_and_chapters_are_numbered_through_and_sections_anew(text: str) -> None:
    contents = find_contents(text)
    assert contents is not None
    counts = {0: 0, 1: 0, 2: 0}
    for heading in find_headings(text, contents):
        counts[heading.level] += 1
        assert heading.number == counts[heading.level]
        if heading.level == 1:
            counts[2] = 0


def test_text_never_begins_with_what_belongs_to_the_heading(corpus: Corpus) -> None:
    for item in corpus.provisions:
        if item.document == "plan" and item.kind != "box":
            assert re.match(r"[0-9，。、；：”%\-—）]", item.text) is None, (item.id, item.text[:12])
            assert re.match(r"第[一二三四五六七八九十]+[篇章节]", item.text) is None, item.id


def test_headings_boxes_and_page_marks_are_not_in_the_text(corpus: Corpus) -> None:
    for item in corpus.provisions:
        if item.document == "plan":
            assert re.search(r"—\d+—|专栏|\n|第[一二三四五六七八九十]+[篇章节](?!段)", item.text) is None, item.id


def test_all_words_after_the_contents_are_in_a_provision_or_a_heading(corpus: Corpus, text: str) -> None:
    contents = find_contents(text)
    assert contents is not None
    used = {offset for item in corpus.provisions if item.document == "plan" for offset in item.origin}
    for segment in corpus.segments[FILE]:
        if segment.start >= contents.end and segment.kind.value in ("heading", "page-mark", "artefact"):
            used.update(range(segment.start, segment.end))
    assert {text[i] for i in range(contents.end, len(text)) if i not in used} == {"\n"}


def test_paths_lead_from_the_part_down(corpus: Corpus) -> None:
    assert corpus.find("plan/box-20/1").path == (
        "第十一篇 建设现代化基础设施体系增强高质量发展保障能力",
        "第三十三章 健全交通基础设施",
        "第一节 拓展升级铁路网",
        "专栏20 重点铁路建设工程",
    )
    assert corpus.find("plan/part-11").path == ()
    assert corpus.find("plan/33").path == ("第十一篇 建设现代化基础设施体系增强高质量发展保障能力",)


def test_words_that_a_page_mark_cuts_are_joined(corpus: Corpus) -> None:
    found = corpus.find("plan/28/4")
    assert "集宁区与察右前旗一体化发展" in found.text
    assert "—76—" in corpus.raw(found)


def test_a_restored_view_gives_its_words_to_the_same_units(corpus: Corpus, text: str) -> None:
    """A restoration permutes characters; each stays in the unit of its raw offset, in the view's order."""
    plain = running(text)
    home = plain.text.index("地区生产总值年均增长，人4.3%均") + len("地区生产总值年均增长")
    token = plain.text.index("4.3%", home)
    order = [*range(home), *range(token, token + 4), *range(home, token), *range(token + 4, len(plain.text))]
    view = Reading("".join(plain.text[i] for i in order), tuple(plain.origin[i] for i in order))
    restored = {item.id: item for item in parse_plan(text, FILE, view=view).provisions}
    before = {item.id: item for item in parse_plan(text, FILE).provisions}
    assert restored.keys() == before.keys()
    assert "地区生产总值年均增长4.3%，人均地区生产总值" in restored["plan/1/1"].text
    assert [item.id for item in restored.values() if item.restored] == ["plan/1/1"]
    assert all(restored[key] == before[key] for key in before if key != "plan/1/1")
    found = restored["plan/1/1"]
    assert [text[offset] for offset in found.origin] == list(found.text)


def test_characters_from_nowhere_go_with_the_one_before(text: str) -> None:
    plain = running(text)
    at = plain.text.index("地区生产总值年均增长")
    view = Reading(
        plain.text[: at + 2] + "※" + plain.text[at + 2 :], (*plain.origin[: at + 2], -1, *plain.origin[at + 2 :])
    )
    found = {item.id: item for item in parse_plan(text, FILE, view=view).provisions}["plan/1/1"]
    assert "地区※生产总值" in found.text
    assert found.origin[found.text.index("※")] == -1


@pytest.mark.parametrize("other", ["", "没有目录的正文。", "目录第一章甲....1", "目录第一章甲....1—1—第二章乙"])
def test_text_without_the_headings_has_no_units_but_is_kept(other: str) -> None:
    parsed = parse_plan(other, "t.txt")
    assert "".join(other[item.start : item.end] for item in parsed.segments) == other
    assert [item.kind for item in parsed.provisions] in ([], ["preamble"])


def test_a_heading_that_the_body_lacks_is_a_recorded_difference() -> None:
    text = "目录第一篇甲1....第一章乙....1第一节丙1....第二节丁....2—1—序。第一篇甲开。第一章乙文。第二节丁末。"
    parsed = parse_plan(text, "t.txt")
    assert [(item.number, item.contents, item.body) for item in parsed.differences] == [("第一节", "丙", None)]
    assert [(item.id, item.text) for item in parsed.provisions] == [
        ("plan/preamble", "序。"),
        ("plan/part-1", "开。"),
        ("plan/1", "文。"),
        ("plan/1/2", "末。"),
    ]
