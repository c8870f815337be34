"""Arithmetic of the restoration: the readings that add up are found, those that do not gain nothing."""

from __future__ import annotations

from atlas.corpus.restoration.arithmetic import Place, Reading, place, relations


def at(slot: int, left: str, right: str, *texts: str) -> Place:
    options = [Reading(text, 0.5 * k, 10 * slot, 10 * slot + len(text), slot) for k, text in enumerate(texts)]
    found = place(slot, left, right, options)
    assert found is not None
    return found


def members(*places: Place) -> list[list[str]]:
    return [[reading.text for _, reading in found.members] for found in relations(list(places))]


def test_parts_make_the_whole() -> None:
    whole = at(0, "总值", "亿元，", "900.3", "900.31")
    first, second = at(9, "第一产业", "亿元", "300.1", "300.11"), at(19, "第二产业", "亿元", "600.20")
    assert members(whole, first, second) == [["900.31", "300.11", "600.20"]]
    assert members(whole, first, at(19, "第二产业", "亿元", "500.20")) == []


def test_a_share_belongs_to_its_part() -> None:
    places = (at(0, "用水总量", "亿立方米", "6015.5"), at(9, "工业用水", "亿立方米", "126.1", "1261.6"))
    assert members(*places, at(16, "占用水总量的", "；", "21.0%")) == [["6015.5", "1261.6", "21.0%"]]
    assert members(*places, at(16, "占用水总量的", "；", "31.0%")) == []


def test_a_change_belongs_to_its_rate() -> None:
    places = (at(0, "学校", "所，", "121", "1210"), at(9, "比上年增加", "所，", "110"))
    assert members(*places, at(16, "增长", "。", "10.0%")) == [["1210", "110", "10.0%"]]
