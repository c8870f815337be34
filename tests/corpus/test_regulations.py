"""The regulations: structure, paragraphs and wording, against what the files say to a reader's eye."""

import re

import pytest

from atlas.corpus import Corpus
from atlas.corpus.numerals import numeral
from atlas.corpus.regulations import article_text, parse_regulations

COMPILATION = "000_4c2592d38755e2fd.txt"

# Read in the files: the first and last words of each regulation's first and last articles, of articles that the page
# layout breaks and of articles with several paragraphs (their number last).
SPOTS = [
    ("model/1", "为了在新时代继续保持模范自治区崇高荣誉，", "结合自治区实际，制定本条例。", 1),
    ("model/8", "全方位建设模范自治区是全区各族人民的共同责任", "开展全方位建设模范自治区的相关工作。", 2),
    ("model/66", "本条例自2023年9月1日起施行。", "本条例自2023年9月1日起施行。", 1),
    ("ecology/1", "为了建设我国北方重要生态安全屏障，", "制定本条例。", 1),
    ("ecology/2", "自治区行政区域内建设我国北方重要生态安全屏障", "促进工作及相关活动，适用本条例。", 1),
    ("ecology/12", "严格保护生态保护红线内草原，", "一期填埋区域不得再扩大面积。", 3),
    ("ecology/16", "旗县级以上人民政府应当建立草原生态保护成效与补助奖励资金有效挂钩", "损害者赔偿制度。", 1),
    ("ecology/40", "黄河流域范围内的各级人民政府应当加强沿黄生态带建设", "减少输入黄河的泥沙量。", 1),
    ("ecology/99", "本条例自2023年9月1日起施行。", "本条例自2023年9月1日起施行。", 1),
    ("security/1", "为了筑牢祖国北疆安全稳定屏障，", "制定本条例。", 1),
    ("security/89", "本条例自2023年9月1日起施行。", "本条例自2023年9月1日起施行。", 1),
    ("energy/1", "为了建设国家重要能源和战略资源基地，", "制定本条例。", 1),
    ("energy/43", "各级人民政府应当依法加强战略资源的保护工作。", "不得压覆。", 2),
    ("energy/79", "本条例自2023年9月1日起施行。", "本条例自2023年9月1日起施行。", 1),
    ("agriculture/1", "为了高质量建设国家重要农畜产品生产基地，", "制定本条例。", 1),
    ("agriculture/79", "本条例自2023年9月1日起施行。", "本条例自2023年9月1日起施行。", 1),
    ("bridgehead/1", "为了建设国家向北开放重要桥头堡，", "制定本条例。", 1),
    ("bridgehead/26", "自治区人民政府及商务、发展改革、海关、", "（内蒙古）自由贸易试验区。", 2),
    ("bridgehead/64", "深化国际人文交流工作应当以服务国家改革发展", "对外交往各个领域。", 1),
    ("bridgehead/86", "本条例自2023年9月1日起施行。", "本条例自2023年9月1日起施行。", 1),
    ("border/1", "为了促进边境地区高质量发展，", "结合自治区实际，制定本条例。", 1),
    ("border/2", "自治区行政区域内促进边境地区高质量发展工作", "以及旗市区人民政府。", 3),
    ("border/20", "自治区人民政府及其有关部门应当建立健全森林草原资源", "积极参与碳排放权市场交易。", 2),
    ("border/73", "本条例自2024年1月1日起施行。", "本条例自2024年1月1日起施行。", 1),
]


@pytest.mark.parametrize(("provision", "first", "last", "count"), SPOTS)
def test_articles_begin_and_end_where_they_do_in_print(
    corpus: Corpus, provision: str, first: str, last: str, count: int
) -> None:
    text = corpus.find(provision).text
    assert text.startswith(first)
    assert text.endswith(last)
    assert len(text.split("\n")) == count


@pytest.mark.parametrize(
    ("provision", "path"),
    [
        ("model/1", ("第一章 总则",)),
        ("model/66", ("第九章 附则",)),
        ("ecology/11", ("第二章 生态保护修复", "第一节 草原")),
        ("ecology/17", ("第二章 生态保护修复", "第二节 森林")),
        ("ecology/43", ("第二章 生态保护修复", "第六节 黄河流域")),
        ("ecology/44", ("第三章 污染防治",)),
        ("bridgehead/32", ("第四章 加强区域交流协作",)),
        ("border/11", ("第二章 民族团结进步",)),
        ("border/73", ("第九章 附则",)),
    ],
)
def test_paths_are_the_headings_above(corpus: Corpus, provision: str, path: tuple[str, ...]) -> None:
    assert corpus.find(provision).path == path


def test_chapters_and_sections_are_counted_as_printed(corpus: Corpus) -> None:
    chapters: dict[str, list[str]] = {}
    sections: dict[str, list[str]] = {}
    for item in corpus.provisions:
        if item.kind == "article":
            chapters.setdefault(item.document, []).append(item.path[0])
            sections.setdefault(item.document, []).extend(item.path[1:])
    counts = {document: len(dict.fromkeys(found)) for document, found in chapters.items()}
    assert counts == {
        "model": 9, "ecology": 8, "security": 9, "energy": 9, "agriculture": 9, "bridgehead": 9, "border": 9,
    }  # fmt: skip
    assert {document: len(dict.fromkeys(found)) for document, found in sections.items() if found} == {"ecology": 6}


def test_articles_carry_their_number_and_do_not_repeat_it(corpus: Corpus) -> None:
    for item in [*corpus.provisions, *corpus.witness_provisions]:
        if item.kind == "article":
            assert item.number == f"第{numeral(int(item.id.split('/')[1]))}条"
            assert re.match(r"第[一二三四五六七八九十百]+条", item.text) is None
            before = corpus.texts[item.witness][: item.start].rstrip(" \u00a0\u3000")
            assert before.endswith(item.number)


def test_every_paragraph_is_whole(corpus: Corpus) -> None:
    """No layout break is left: a paragraph ends as a sentence does and holds no white space."""
    for item in [*corpus.provisions, *corpus.witness_provisions]:
        if item.kind == "article":
            for line in item.text.split("\n"):
                assert line.endswith(("。", "：", "；")), (item.id, line)
                assert re.search(r"[\s\u00a0\u3000]|[A-Za-z]", line) is None, (item.id, line)


def test_both_witnesses_have_the_same_paragraphs(corpus: Corpus) -> None:
    for other in corpus.witness_provisions:
        base = corpus.find(other.id)
        assert len(other.text.split("\n")) == len(base.text.split("\n")), other.id
        assert base.witness != other.witness == COMPILATION


def test_second_witness_keeps_its_own_readings(corpus: Corpus) -> None:
    other = {item.id: item.text for item in corpus.witness_provisions}
    assert "积极申报中国（内蒙古）自由贸易试验区" in other["bridgehead/26"]
    assert "积极申建中国（内蒙古）自由贸易试验区" in corpus.find("bridgehead/26").text
    assert "夯实国家和社会稳定" in other["model/32"]
    assert "夯实国家安全和社会稳定" in corpus.find("model/32").text


def test_contents_are_compared_with_the_body(corpus: Corpus) -> None:
    found = [(item.document, item.number, item.contents, item.body) for item in corpus.heading_differences]
    assert found == [
        ("ecology", "第三章", "环境污染防治", "污染防治"),
        ("bridgehead", "第四章", "加强区域交流协作", "加强区域交流合作"),
    ]


def test_artefacts_are_segments_and_not_text(corpus: Corpus) -> None:
    for file in ("001_db5527f66a14ad51.txt", "003_8ee2612cd77ec20e.txt"):
        found = [item for item in corpus.segments[file] if item.kind == "artefact"]
        assert [corpus.texts[file][item.start : item.end] for item in found] == ["[bookmark: _GoBack]"]
    assert not any("bookmark" in item.text or "bookmark" in "".join(item.path) for item in corpus.provisions)


def test_front_matter_and_contents_are_told_apart(corpus: Corpus) -> None:
    text = corpus.texts[COMPILATION]
    kinds: dict[str, list[str]] = {}
    for item in corpus.segments[COMPILATION]:
        kinds.setdefault(item.kind.value, []).append(text[item.start : item.end])
    assert len(kinds["front"]) == 7
    assert all(front.endswith(("通过)", "10 月")) for front in kinds["front"])
    assert kinds["contents"][0] == "目 录"
    assert len(kinds["contents"]) == 1 + 6 + 59
    assert kinds["contents"][-1] == "第九章\t附则\t103"
    assert len(kinds["heading"]) == 498 + 59


def test_rule_like_defects_are_mended_and_the_raw_text_stays(corpus: Corpus) -> None:
    changes = {(item.provision, item.raw): item for item in corpus.emendations if item.witness == COMPILATION}
    change = changes["ecology/96", " and "]
    assert (change.established, change.rule, change.certainty) == ("和", "latin-word", 1)
    assert corpus.texts[COMPILATION][change.start : change.end] == " and "
    assert "按照国家和自治区有关规定" in corpus.find("ecology/96").text
    assert "按照国家 and 自治区有关规定" in corpus.raw(corpus.find("ecology/96"))
    assert "加强海绵城市建设，充分发挥建筑、" in corpus.find("ecology/69").text
    assert "地下水超采（超载）区域综合治理。" in corpus.find("ecology/68").text
    assert {item.rule for item in corpus.emendations} == {
        "latin-word",
        "half-width-punctuation",
        "space-beside-number",
        "reviewed",
    }
    reviewed = changes["security/69", "務"]
    assert (reviewed.established, reviewed.rule) == ("务", "reviewed")
    assert "traditional form" in reviewed.reason


def test_mended_witnesses_agree_but_for_real_variants(corpus: Corpus) -> None:
    """After mending, the two witnesses of 模范自治区 and 桥头堡 differ in just these articles."""
    differing = {item.id for item in corpus.witness_provisions if item.text != corpus.find(item.id).text}
    assert differing == {"model/15", "model/32", "model/49", "bridgehead/4", "bridgehead/26", "bridgehead/32"}


def test_an_article_out_of_sequence_is_text() -> None:
    text = "北疆条例\n第一条 依照\n第十条 的规定办理。\n第二条 自治区施行。"
    parsed = parse_regulations(text, "t.txt", {"北疆条例": "north"})
    assert [(item.id, item.text) for item in parsed.provisions] == [
        ("north/1", "依照\n第十条 的规定办理。"),
        ("north/2", "自治区施行。"),
    ]


def test_items_are_lines_of_their_own() -> None:
    text = "应当符合下列条件：\n（一）甲，\n乙；\n（二）丙。\n另一款，\n\n续。"
    read = article_text(text, 0, len(text))
    assert read.text == "应当符合下列条件：\n（一）甲，乙；\n（二）丙。\n另一款，续。"
    assert [text[offset] for offset in read.origin] == list(read.text)
