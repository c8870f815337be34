"""Box 1 of the plan as a table."""

from __future__ import annotations

from atlas.corpus.restoration.table import indicator_table
from atlas.corpus.restore import restore
from atlas.paths import geodata

PLAN = (geodata() / "documents" / "004_7968cd12a72fd71d.txt").read_text(encoding="utf-8")


def test_twenty_indicators_in_five_categories() -> None:
    rows = indicator_table(PLAN)
    assert [row.number for row in rows] == list(range(1, 21))
    assert list(dict.fromkeys(row.category for row in rows)) == [
        "经济发展",
        "创新驱动",
        "民生福祉",
        "绿色生态",
        "安全保障",
    ]
    assert {row.attribute for row in rows} == {"预期性", "约束性"}
    assert [row.number for row in rows if row.attribute == "约束性"] == [9, 14, 15, 16, 17, 18, 19, 20]


def test_rows_read_as_printed() -> None:
    rows = {row.number: row for row in indicator_table(PLAN)}
    cells = {n: (r.name, r.unit, r.value_2020, r.value_2025, r.change) for n, r in rows.items()}
    assert cells[1] == ("地区生产总值增长", "%", "0.2", "—", "5左右")
    assert cells[2] == ("全员劳动生产率增长", "%", "-0.5", "—", "5左右")
    assert cells[3] == ("常住人口城镇化率", "%", "64.1", "66", "—")
    assert cells[4] == ("全社会研发经费投入增长", "%", "2.2", "—", "12")
    assert cells[5] == ("每万人口高价值发明专利拥有量", "件", "0.93", "1.8", "—")
    assert cells[6] == ("数字经济核心产业增加值占地区生产总值比重", "%", "2", "2.5左右", "—")
    assert cells[9] == ("劳动年龄人口平均受教育年限", "年", "10.4", "11", "—")
    assert cells[10] == ("每千人口拥有执业（助理）医师数", "人", "3.18", "3.6", "—")
    assert cells[11] == ("基本养老保险参保率", "%", "82", ">90", "—")
    assert cells[12] == ("每千人口拥有3岁以下婴幼儿托位数", "个", "0.8", "1.3", "—")
    assert cells[13] == ("人均预期寿命", "岁", "77", "—", "[0.5]")
    assert cells[14] == ("单位地区生产总值能源消耗降低", "%", "[-16]", "—", "达到国家要求")
    assert cells[17] == ("地表水达到或好于Ⅲ类水体比例", "%", "69.2", "达到国家要求", "—")
    assert cells[18] == ("森林覆盖率", "%", "23", "23.5", "—")
    assert cells[19] == ("粮食综合生产能力", "万吨", "3664", "达到国家要求", "—")
    assert cells[20] == ("能源综合生产能力", "亿吨标煤", "7.7", ">8.2", "—")


def test_notes_go_to_their_rows() -> None:
    rows = {row.number: row for row in indicator_table(PLAN)}
    assert rows[13].notes == ("[]内为5年累计数", "人均预期寿命为2018年实际值")
    assert rows[14].notes == ("[]内为5年累计数",)
    assert any("按可比价计算" in note for note in rows[1].notes)
    assert rows[18].notes == ()


def test_text_without_a_table_has_no_indicators() -> None:
    assert indicator_table("") == ()
    assert indicator_table("到2025年，森林覆盖率达到23.5%，为约束性指标。") == ()


def test_nothing_is_moved_inside_the_table() -> None:
    start = PLAN.index("指标单位2020年")
    end = PLAN.index("注：地区生产总值增长率")
    inside = [edit for edit in restore(PLAN).edits if start <= edit.from_ < end]
    assert inside
    assert {edit.rule for edit in inside} == {"table"}
