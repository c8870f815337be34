"""Targets in text that is not the plan's."""

from __future__ import annotations

import time

import pytest

from atlas.corpus.restoration.table import Indicator
from atlas.errors import SourceError
from atlas.geoparse import Geoparser
from atlas.models import Provision
from atlas.targets.corrections import TargetCorrection
from atlas.targets.find import targets
from atlas.targets.target import Target
from tests.support import article, small_gazetteer

PARSER = Geoparser(small_gazetteer())


def section(text: str, title: str = "重点任务") -> Provision:
    """A section of another plan, whose text stands in its witness from offset 100."""
    made = article(1, text, "city", start=100)
    return Provision.model_validate(made.model_dump() | {"id": "city/1/1", "kind": "section", "title": title})


def one(text: str) -> Target:
    (found,) = targets([section(text)], PARSER)
    return found


@pytest.mark.parametrize(
    ("text", "subject", "bound", "change"),
    [
        ("森林覆盖率达到23%以上。", "森林覆盖率", "at-least", "level"),
        ("失业率控制在5%以内。", "失业率", "at-most", "level"),
        ("再生水回用率不低于40%。", "再生水回用率", "at-least", "level"),
        ("煤炭产能稳定在13亿吨左右。", "煤炭产能", "about", "hold"),
        ("单位用水量降低8%。", "单位用水量", "exactly", "decrease"),
        ("新增就业100万人。", "就业", "exactly", "increase"),
        ("建设农牧业强镇50个。", "农牧业强镇", "exactly", "level"),
        ("建设1000个产地仓储保鲜设施。", "产地仓储保鲜设施", "exactly", "level"),
    ],
)
def test_subject_bound_and_change(text: str, subject: str, bound: str, change: str) -> None:
    found = one(text)
    assert (found.subject, found.bound, found.change) == (subject, bound, change)


def test_the_year_is_that_of_the_sentence() -> None:
    first, second = targets([section("到2030年，公路里程达到20万公里。卫生厕所普及率达到80%。")], PARSER)
    assert (first.year, first.value, first.unit) == (2030, 200_000, "km")
    assert second.year is None


def test_numbers_said_in_turn_have_their_own_subjects() -> None:
    found = targets([section("到2030年，幼儿园覆盖率、在园幼儿占比分别稳定在85%、55%以上。")], PARSER)
    assert [(row.subject, row.value) for row in found] == [("幼儿园覆盖率", 85), ("在园幼儿占比", 55)]
    found = targets([section("实施高新企业和中小企业“双倍增”行动，到2030年，分别达到2000家和4000家。")], PARSER)
    assert [(row.subject, row.value) for row in found] == [("高新企业", 2000), ("中小企业", 4000)]


def test_the_place_is_that_of_the_clause() -> None:
    assert one("在满洲里、二连浩特建设种子基地60万亩。").places == ("150781", "152501")
    assert one("在呼伦湖流域，改良盐碱地200万亩。").places == ("lake/hulun",)


@pytest.mark.parametrize(
    "text",
    [
        "扶持800人以上的安置区。",
        "引导60万吨/年以下煤矿退出。",
        "培养40岁以下青年人才。",
        "每2年召开一次会议。",
        "围绕2个千亿级产业，加强服务。",
        "推进511人才工程。",
        "加强管理，提高水平。",
    ],
)
def test_what_only_says_which_is_no_target(text: str) -> None:
    assert targets([section(text)], PARSER) == ()


def test_how_many_units_are_covered_is_an_extent() -> None:
    assert [(row.kind, row.subject) for row in targets([section("在12个旗县实施治理。")], PARSER)] == [
        ("extent", "旗县")
    ]


def test_what_was_achieved_is_kept_apart() -> None:
    (found,) = targets([section("森林覆盖率达到23%。", title="发展成就")], PARSER)
    assert found.kind == "achieved"


def test_evidence_is_the_clause() -> None:
    text = "加强管理。森林覆盖率达到23%以上。"
    found = one(text)
    assert text[found.text_start : found.text_end] == "森林覆盖率达到23%以上"
    assert (found.start, found.end) == (105, 100 + len(text) - 1)
    assert found.text == "23%以上"


def test_regulations_are_not_read() -> None:
    assert targets([article(1, "覆盖率达到23%。")], PARSER) == ()


def indicator(**cells: str) -> Indicator:
    row = {
        "number": 1,
        "category": "生态",
        "name": "森林覆盖率",
        "unit": "%",
        "value_2020": "23",
        "value_2025": "23.5",
        "change": "—",
        "attribute": "约束性",
    }
    return Indicator.model_validate(row | cells)


def table(*rows: Indicator) -> tuple[Target, ...]:
    text = "指标" + "".join(f"（）{row.name}" for row in rows) + "注：无。"
    box = Provision.model_validate(article(1, text, "city").model_dump() | {"id": "city/box-1", "kind": "box"})
    return targets([box], PARSER, rows)


def test_indicators_come_with_their_baseline() -> None:
    level, least, growth, total, standard = table(
        indicator(),
        indicator(name="能源生产能力", unit="亿吨标煤", value_2020="7.7", value_2025=">8.2"),
        indicator(name="收入增长", value_2020="3.1", value_2025="—", change="5左右"),
        indicator(name="预期寿命", unit="岁", value_2020="77", value_2025="—", change="[0.5]").model_copy(
            update={"notes": ("预期寿命为2018年实际值",)}
        ),
        indicator(name="水质", value_2025="达到国家要求"),
    )
    assert (level.value, level.baseline, level.baseline_year, level.attribute) == (23.5, 23, 2020, "约束性")
    assert (least.value, least.bound, least.unit, least.baseline) == (820_000_000, "at-least", "tce", 770_000_000)
    assert (growth.value, growth.bound, growth.period, growth.change) == (5, "about", "annual", "increase")
    assert [row.text for row in (level, least, growth, total)] == ["23.5%", ">8.2亿吨标煤", "5%左右", "[0.5]岁"]
    assert (total.value, total.period, total.baseline_year) == (0.5, "cumulative", 2018)
    assert (standard.value, standard.bound) == (None, "national-requirement")


def correction(**fields: str) -> TargetCorrection:
    given = {"provision": "city/1/1", "reason": "a test of the reviewed rows"} | fields
    return TargetCorrection.model_validate(given)


def test_reviewed_rows() -> None:
    provision = section("力争突破3000万亩，通辽500公里随客游。")
    rows = targets(
        [provision],
        PARSER,
        (),
        [
            correction(text="力争突破3000万亩", action="subject", value="优质饲草"),
            correction(text="通辽500公里随客游", action="drop"),
        ],
    )
    assert [(row.subject, row.certainty) for row in rows] == [("优质饲草", 1.0)]
    with pytest.raises(SourceError, match="holds 0 targets"):
        targets([provision], PARSER, (), [correction(text="随客游", action="drop")])
    with pytest.raises(SourceError, match="exactly once"):
        targets([provision], PARSER, (), [correction(text="不在文中", action="drop")])


@pytest.mark.parametrize(
    ("text", "subject", "bound"),
    [
        ("实现行政村体育设施全覆盖。", "行政村体育设施", "exactly"),
        ("所有生产煤矿建成智能煤矿。", "生产煤矿建成智能煤矿", "exactly"),
        ("建成区内所有机组全部完成改造。", "建成区内机组完成改造", "exactly"),
        ("实现东部县县通气。", "东部县县通气", "exactly"),
        ("当季农膜基本实现全回收。", "当季农膜", "about"),
        ("基本完成2005年前建成老旧小区改造。", "2005年前建成老旧小区改造", "about"),
    ],
)
def test_all_of_something_is_a_hundred_percent(text: str, subject: str, bound: str) -> None:
    found = one(text)
    assert (found.kind, found.subject, found.bound) == ("coverage", subject, bound)
    assert (found.value, found.unit) == (100, "percent")


@pytest.mark.parametrize(
    "text", ["健全覆盖全民的制度。", "构建全覆盖的责任制度。", "坚持应保尽保的原则。", "培育一批百亿级产业。"]
)
def test_what_only_describes_is_no_coverage(text: str) -> None:
    assert targets([section(text)], PARSER) == ()


def test_where_a_number_says_it_too_the_number_counts() -> None:
    assert [(row.kind, row.value) for row in targets([section("全部学校达到标准的比例为95%。")], PARSER)] == [
        ("commitment", 95)
    ]


@pytest.mark.parametrize(
    ("text", "subject", "value", "unit"),
    [
        ("每年培养千名以上高级技师。", "高级技师", 1_000, "persons"),
        ("建设百万亩优质苜蓿基地。", "优质苜蓿基地", 1_000_000, "mu"),
        ("建设千万千瓦级新能源基地。", "新能源基地", 10_000_000, "kW"),
        ("地区生产总值翻一番。", "地区生产总值", 2, "times"),
        ("地区生产总值翻两番。", "地区生产总值", 4, "times"),
    ],
)
def test_numbers_in_words(text: str, subject: str, value: float, unit: str) -> None:
    found = one(text)
    assert (found.subject, found.value, found.unit) == (subject, value, unit)


def test_the_plan_says_by_when_all_of_it_holds() -> None:
    rows = targets([section("“十四五”时期（2021-2025年）是关键时期。覆盖率达到23%。")], PARSER)
    assert [(row.year, row.horizon) for row in rows] == [(None, 2025)]


def test_a_change_says_since_when() -> None:
    assert one("用水量较2020年降低8%。").baseline_year == 2020


def test_two_numbers_of_one_noun() -> None:
    found = targets([section("确保工业投资达到4900亿元左右、增长10%以上。")], PARSER)
    assert [(row.subject, row.value) for row in found] == [("工业投资", 490_000_000_000), ("工业投资", 10)]


def test_what_a_level_is_raised_from_is_its_baseline() -> None:
    found = one("铁路里程由2020年的280公里提高到420公里。")
    assert (found.subject, found.value, found.baseline, found.baseline_year) == ("铁路里程", 420, 280, 2020)
    assert found.change == "level"


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "bound", "change"),
    [
        ("产值年均增长8%—10%。", 8, 10, "percent", "exactly", "increase"),
        ("治理面积60万—80万亩。", 600_000, 800_000, "mu", "exactly", "level"),
        ("水分利用系数提高到0.58以上。", 0.58, None, "ratio", "at-least", "level"),
        ("用水总量不超过8.9亿立方米。", 890_000_000, None, "m3", "at-most", "level"),
        ("平均受教育年限达到10.5年。", 10.5, None, "years", "exactly", "level"),
        ("线路长2600千米。", 2600, None, "km", "exactly", "level"),
        ("净增企业40家。", 40, None, "enterprises", "exactly", "increase"),
        ("处理率保持100%。", 100, None, "percent", "exactly", "hold"),
    ],
)
def test_values_of_other_plans(text: str, value: float, high: float | None, unit: str, bound: str, change: str) -> None:
    found = one(text)
    assert (found.value, found.high, found.unit, found.bound, found.change) == (value, high, unit, bound, change)


def test_a_number_in_a_title_is_one_too() -> None:
    item = section("新建100座水库工程在山区", "新建100座水库工程")
    assert [(row.value, row.unit) for row in targets([item], PARSER)] == [(100, "works")]


def test_a_plan_without_headings_is_read_in_a_time_that_grows_with_its_length() -> None:
    """It is one section; where each number looked through all of it, these 2,000 sentences took half a minute."""
    sentence = "到2025年，里程由{0}万公里提高到{1}万公里，新建学校{0}所、医院{1}所。"
    text = "\n".join(sentence.format(number, number + 5) for number in range(1, 2001))
    start = time.monotonic()
    found = targets([section(text)], PARSER)
    assert time.monotonic() - start < 15
    assert [row.value for row in found[-3:]] == [20_050_000, 2000, 2005]
    assert (len(found), found[-3].baseline, found[-1].year) == (6000, 20_000_000, 2025)


def test_how_far_one_gets_in_a_time_is_a_name() -> None:
    assert [row.text for row in targets([section("市域1小时通达率达到100%。")], PARSER)] == ["100%"]
