"""Inheritance, narrowing, look-alikes and leaks, on the real documents and all units."""

from __future__ import annotations

import pytest

from atlas.models import Basis, Governing
from atlas.store import Atlas
from tests.support import BORDER_UNITS


def narrower(atlas: Atlas, place: str) -> dict[str, Governing]:
    """What governs a place on a basis narrower than the region."""
    return {record.id: record for record in atlas.governing(place) if record.basis is not Basis.REGION}


def test_the_border_regulation_governs_all_border_units_and_only_them(atlas: Atlas) -> None:
    """Article 2 names the units: the whole regulation reaches them, and no other banner, county, city or district."""
    articles = {f"border/{number}" for number in range(1, 74)}
    for place in atlas.gazetteer.places.values():
        if place.type == "county" and atlas.in_region(place):
            given = {record.id for record in atlas.governing(place.id) if record.document == "border"}
            assert given == (articles if place.name in BORDER_UNITS else set()), place.name


def test_inheritance_says_so_and_is_less_certain_than_the_word(atlas: Atlas) -> None:
    records = narrower(atlas, "额济纳旗")
    inherited = {key: one for key, one in records.items() if key.startswith("border/") and "适用范围" in one.why}
    said = {key: one for key, one in records.items() if key.startswith("border/") and key not in inherited}
    assert 0 < len(inherited) < len(said)
    for one in inherited.values():
        assert "By the scope of the regulation" in one.why_en
        assert one.certainty <= 0.9
    assert max(one.certainty for one in said.values()) > 0.9


def test_words_for_a_part_of_the_border_say_that_they_are_narrower(atlas: Atlas) -> None:
    texts = atlas.provisions().set_index("id")["text"]
    only = [key for key in ("border/21", "border/40", "border/52") if "抵边" in texts[key]]
    assert only
    border, inland = narrower(atlas, "额济纳旗"), narrower(atlas, "奈曼旗")
    for key in only:
        assert "范围更窄" in border[key].why, key
        assert "only a part of it" in border[key].why_en or "for a part only" in border[key].why_en, key
        assert key not in inland


def test_every_reason_is_a_relation_that_holds(atlas: Atlas) -> None:
    """No class, group or name leaks: a unit is given what it is a member of, or what lies in or above it."""
    classes = {key: set(entry.members) for key, entry in atlas.gazetteer.classes.items()}
    groups = {key: set(entry.members) for key, entry in atlas.gazetteer.groups.items()}
    relations = atlas.all_relations
    for place in atlas.gazetteer.places.values():
        if place.type not in {"league", "county"} or not atlas.in_region(place):
            continue
        near = {one.place for one in relations if one.unit == place.id}
        near |= {one.place for one in relations if one.unit in near and one.unit.isdigit()}
        near |= {one.unit for one in relations if one.place == place.id}
        for record in narrower(atlas, place.id).values():
            members = classes.get(record.via) or groups.get(record.via) or {record.via}
            if record.basis is Basis.FEATURE:
                assert members & (near | {place.id}), (place.name, record.id, record.via)
            else:
                assert place.id in members, (place.name, record.id, record.via)


@pytest.mark.parametrize(
    ("place", "provision", "word"),
    [
        ("科尔沁右翼前旗", "plan/28/3", "科尔沁区"),
        ("科尔沁区", "border/2", "科尔沁右翼前旗"),
        ("新城区", "plan/box-17/3", "新城新区"),
        ("新城区", "plan/box-8/2", "创新城市"),
        ("青山区", "ecology/4", "绿水青山"),
        ("东胜区", "plan/11/2", "东胜等数字气田"),
        ("库伦旗", "plan/25/1", "西伯库伦"),
        ("兴和县", "security/28", "乡村振兴和"),
        ("乌达区", "plan/12/2", "昭乌达羊"),
        ("兴安盟", "plan/33/2", "内蒙古兴安岭上大通道"),
        ("克什克腾旗", "plan/28/4", "鄂托克旗"),
        ("desert/wulanbuhe", "plan/34/2", "蓄滞洪区"),
        ("阴山", "plan/44/4", "阴山岩刻"),
    ],
)
def test_look_alikes(atlas: Atlas, place: str, provision: str, word: str) -> None:
    assert word in atlas.provisions().set_index("id")["text"][provision], "the text has the look-alike"
    assert provision not in narrower(atlas, place)


def test_a_flood_basin_is_not_the_desert_of_its_name(atlas: Atlas) -> None:
    named = {
        place.name: [key for key, one in narrower(atlas, place.id).items() if one.basis is Basis.NAMED]
        for place in atlas.gazetteer.places.values()
        if place.name.startswith("乌兰布和")
    }
    basin, desert = named["乌兰布和分洪区"], named["乌兰布和沙漠"]
    assert "plan/10/4" in basin
    assert "plan/10/4" not in desert
    assert desert
