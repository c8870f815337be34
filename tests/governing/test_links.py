"""Links and what governs a place, on a small world."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atlas.errors import SourceError
from atlas.geoparse import Geoparser
from atlas.governing import notes
from atlas.governing.classes import with_members
from atlas.governing.evidence import link_at
from atlas.governing.govern import Target, govern, targets_of
from atlas.governing.links import BY_SCOPE, find_links
from atlas.governing.passing import Route, passing_links
from atlas.governing.quotation import sentence_around
from atlas.governing.rules import ClassRule
from atlas.models import Basis, Governing, Link, PlaceClass, Relation
from tests.support import article, place, small_gazetteer

RULES = [
    article(1, "为了促进边境地区发展，制定本条例。"),
    article(
        2,
        "本条例适用于全部活动。\n本条例所称边境地区，是指边境所在的旗市区，包括科尔沁右翼前旗、新巴尔虎右旗和满洲里市。",
    ),
    article(3, "旗县级以上人民政府应当加强领导。"),
    article(4, "边境地区应当加强基础设施建设。"),
]
OTHERS = [
    article(1, "自治区应当保护草原。", "wide"),
    article(2, "持续推进呼伦湖治理。加强一湖一海治理。", "wide"),
    article(3, "支持科尔沁区发展。", "wide"),
    article(4, "支持呼伦贝尔发展。", "wide"),
]
PROVISIONS = [*RULES, *OTHERS]
PARSER = Geoparser(small_gazetteer())
GAZETTEER = with_members(small_gazetteer(), PROVISIONS, PARSER)
LINKS = find_links(PROVISIONS, {one.id: PARSER.parse_reading(one.text) for one in PROVISIONS}, GAZETTEER)
RELATIONS = [
    Relation("150727", "150700", "lies-in", 1.0),
    Relation("150781", "150700", "lies-in", 1.0),
    Relation("lake/hulun", "150727", "crosses", 0.62),
]


def governing(place: str) -> dict[str, Governing]:
    names = {
        key: one.name for table in (GAZETTEER.places, GAZETTEER.groups, GAZETTEER.classes) for key, one in table.items()
    }
    targets = targets_of(
        place,
        names,
        {key: one.members for key, one in GAZETTEER.groups.items()},
        {key: one.members for key, one in GAZETTEER.classes.items()},
        RELATIONS,
    )
    ids = {one.id for one in targets}
    citations = {one.id: one.id for one in PROVISIONS}
    documents = {one.id: one.document for one in PROVISIONS}
    records = govern([link for link in LINKS if link.target in ids], targets, citations, documents)
    assert len({record.id for record in records}) == len(records), "one record a provision"
    return {record.id: record for record in records}


def test_members_of_a_class_are_read_from_the_article_in_its_order() -> None:
    assert GAZETTEER.classes["class/edge"].members == ("152221", "150727", "150781")


def test_a_listed_place_that_nobody_knows_is_an_error_that_names_it() -> None:
    changed = [
        one if one.id != "rule/2" else article(2, one.text.replace("新巴尔虎右旗", "新巴尔虎中旗"))
        for one in PROVISIONS
    ]
    with pytest.raises(SourceError, match="新巴尔虎中旗"):
        with_members(small_gazetteer(), changed, PARSER)


def test_basis_and_order_for_a_member_of_the_class() -> None:
    records = governing("152221")
    assert records["rule/2"].basis is Basis.NAMED
    assert records["rule/4"].basis is Basis.CLASS
    assert records["rule/3"].basis is Basis.CLASS
    assert "适用范围" in records["rule/3"].why
    assert records["wide/1"].basis is Basis.REGION
    bases = [list(Basis).index(record.basis) for record in records.values()]
    assert bases == sorted(bases)


def test_lookalikes_and_classes_do_not_leak() -> None:
    assert "wide/3" not in governing("152221")
    assert "rule/4" not in governing("150502")
    assert "rule/3" not in governing("150502")


def test_a_unit_is_governed_through_its_league_and_the_lake_in_it() -> None:
    records = governing("150727")
    assert records["wide/4"].basis is Basis.FEATURE
    assert "呼伦贝尔市" in records["wide/4"].why
    assert records["wide/2"].basis is Basis.FEATURE
    assert "62%" in records["wide/2"].why
    assert records["wide/2"].certainty < 0.8


def test_a_lake_is_governed_by_name_before_group() -> None:
    records = governing("lake/hulun")
    assert records["wide/2"].basis is Basis.NAMED
    assert governing("lake/daihai")["wide/2"].basis is Basis.GROUP


def test_marks_lie_on_the_name_inside_the_quotation() -> None:
    record = governing("152221")["rule/2"]
    assert [record.quotation[start:end] for start, end in record.marks] == ["科尔沁右翼前旗"]


def test_evidence_points_into_the_witness() -> None:
    for link in LINKS:
        provision = next(one for one in PROVISIONS if one.id == link.provision)
        text = provision.text
        assert text[link.quote_start : link.quote_end] == link.quotation
        if link.text_end:
            assert provision.origin[link.text_start] == link.start
            assert link.quote_start <= link.text_start < link.text_end <= link.quote_end
        else:
            assert link.note == BY_SCOPE or link.basis is Basis.REGION


def test_a_long_sentence_is_cut_at_commas_around_the_evidence() -> None:
    text = "，".join(f"第{index}项内容应当推进建设" for index in range(60)) + "。"
    at = text.index("第30项")
    start, end = sentence_around(text, at, at + 4)
    assert end - start < 220
    assert text[start - 1] in "，"
    assert "第30项" in text[start:end]


# -- rules of language, one provision each ---------------------------------------------------------------------------

EDGE = ClassRule(
    id="class/edge",
    triggers=("边境地区", "边防一线"),
    weak=("兴边富民",),
    narrower=("抵边嘎查村", "边防一线"),
    not_words=("边境地区以外",),
)


def links_of(text: str, *, title: str = "", kind: str = "article", path: tuple[str, ...] = ()) -> dict[str, Link]:
    provision = article(9, text, "wide").model_copy(update={"title": title, "kind": kind, "path": path})
    found = find_links([*RULES, provision], {provision.id: PARSER.parse_reading(text)}, GAZETTEER, {"class/edge": EDGE})
    return {link.target: link for link in found if link.provision == provision.id}


def test_a_section_may_name_places_and_hold_for_all() -> None:
    found = links_of("支持二连浩特市发展。全面推行林长制，加强监管。", kind="section")
    assert found["152501"].quotation == "支持二连浩特市发展。"
    assert found["150000"].quotation == "全面推行林长制，加强监管。"


def test_an_article_that_opens_with_a_class_is_for_that_class_alone() -> None:
    found = links_of("旗县级以上人民政府应当加快边境地区建设，提高保障水平。鼓励社会参与。")
    assert set(found) == {"class/edge"}


def test_a_class_far_into_a_sentence_leaves_the_rest_to_all() -> None:
    found = links_of("自治区优化电网主干网架，实施强网工程，建设电网项目，推动网架向边境地区延伸，适度超前布局。")
    assert found["class/edge"].certainty > 0.9
    assert found["150000"].certainty == 0.55
    assert notes.has(found["150000"].note, notes.IN_PART)
    assert found["150000"].basis is Basis.REGION


def test_what_is_mostly_about_named_places_reaches_the_region_and_no_place_by_the_rest() -> None:
    found = links_of(
        "支持二连浩特市建设开放口岸，推动二连浩特市与周边协同发展。加强监管，全面推行林长制。", kind="section"
    )
    assert found["150000"].basis is Basis.FEATURE
    targets = [
        Target("150000", Basis.REGION, "适用于全区", "It holds for the region", 1.0),
        Target("152501", Basis.NAMED, "条文点名", "The text names it", 1.0),
    ]
    cited = {"wide/9": ""}
    for target, reached in ((targets[0], False), (targets[1], True)):
        assert bool(govern(found.values(), [target], cited, cited)) is reached
    assert govern(found.values(), [targets[0]._replace(basis=Basis.NAMED)], cited, cited)  # the region itself


def test_a_task_of_the_regions_own_about_named_places_is_theirs() -> None:
    found = links_of("自治区人民政府应当统筹规划布局，完善基础设施，提升服务水平。支持二连浩特市开放发展。")
    assert found["150000"].basis is Basis.FEATURE
    everyone = links_of("旗县级以上人民政府应当统筹规划布局，完善基础设施，提升服务水平。支持二连浩特市开放发展。")
    assert notes.has(everyone["150000"].note, notes.MIXED)
    assert everyone["150000"].basis is Basis.REGION


def test_words_that_only_touch_a_class_are_less_certain_and_leave_nobody_out() -> None:
    found = links_of("着力开展民族团结教育。推进兴边富民行动。")
    assert found["class/edge"].certainty < 0.7
    assert "150000" in found


def test_a_phrase_that_holds_a_class_word_and_means_others_does_not_count() -> None:
    assert "class/edge" not in links_of("边境地区以外的旗县应当加强领导。")


def test_a_word_for_a_part_of_the_class_is_less_certain_and_says_so() -> None:
    whole, part = links_of("边境地区应当发展。")["class/edge"], links_of("支持边防一线发展。")["class/edge"]
    assert part.certainty < whole.certainty
    assert notes.narrowing_word(part.note) == "边防一线"
    both = links_of("边境地区应当发展。支持抵边嘎查村建设。")["class/edge"]
    assert notes.partial_word(both.note) == "抵边嘎查村"
    assert both.certainty < whole.certainty


def test_an_article_of_the_scope_for_the_regions_government_alone_is_less_certain() -> None:
    texts = {
        3: "旗县级以上人民政府应当加强领导。",
        5: "自治区人民政府应当建立补偿制度。",
        6: "本条例自2024年1月1日起施行。",
    }
    rules = [*RULES[:2], *(article(number, text) for number, text in texts.items())]
    found = {link.provision: link for link in find_links(rules, {}, GAZETTEER)}
    assert found["rule/3"].certainty > found["rule/6"].certainty > found["rule/5"].certainty
    assert all(found[f"rule/{number}"].note == BY_SCOPE for number in texts)


def test_a_heading_reaches_its_class_with_every_section() -> None:
    found = links_of("加强基础设施建设。", title="支持边境地区振兴", kind="section", path=("第九章 区域",))
    assert set(found) == {"class/edge"}
    assert notes.has(found["class/edge"].note, notes.BY_HEADING)
    assert "class/edge" not in links_of("加强建设。", kind="section", path=("第四篇 边境地区",)), "a part is too wide"


def test_an_item_that_opens_with_a_place_is_about_that_place() -> None:
    found = links_of("二连浩特市发挥边境地区优势。建设物流枢纽。", kind="box-item", path=("专栏1 边境地区",))
    assert set(found) == {"152501"}


def test_an_item_that_says_where_its_project_is_reaches_a_class_less_surely() -> None:
    text = "治理工程在边境地区的二连浩特市实施。"
    assert links_of(text, kind="box-item")["class/edge"].certainty < links_of(text)["class/edge"].certainty


def test_what_is_outside_the_region_leaves_nobody_out() -> None:
    abroad = place("foreign/ulan", "乌兰城", "foreign-place")
    gazetteer = replace(GAZETTEER, places={**GAZETTEER.places, abroad.id: abroad})
    one = article(9, "加强与乌兰城的合作。", "wide")
    links = find_links([one], {one.id: Geoparser(gazetteer).parse_reading(one.text)}, gazetteer)
    found = {link.target: link for link in links}
    assert set(found) == {"foreign/ulan", "150000"}
    assert found["foreign/ulan"].certainty < 0.7


def test_a_brand_and_a_body_are_not_places() -> None:
    assert "150700" not in links_of("培育呼伦贝尔羊、兴安盟大米等区域公用品牌。")
    assert "150700" not in links_of("支持呼伦贝尔学院发展。")
    assert "150700" in links_of("支持呼伦贝尔牧业发展。")


def test_what_has_been_done_is_less_certain() -> None:
    past = links_of("呼伦湖治理取得成效。", title="发展成就", kind="section")["lake/hulun"]
    assert past.certainty < 0.6
    assert notes.has(past.note, notes.RETROSPECTIVE)


def test_a_port_named_with_its_generic_word_does_not_address_all_ports() -> None:
    ports = PlaceClass(
        id="class/port",
        name="口岸",
        name_en="Ports",
        triggers=("口岸",),
        members=("port/manzhouli", "port/ganqimaodu"),
        closed=False,
        defined_by="test",
    )
    gazetteer = GAZETTEER.with_classes([ports])
    for text, addressed in (
        ("提升甘其毛都口岸能力。", False),
        ("提升甘其毛都等口岸能力。", False),
        ("重点口岸满洲里、甘其毛都。", False),
        ("加强口岸建设。", True),
    ):
        one = article(1, text, "wide")
        found = {link.target for link in find_links([one], {one.id: PARSER.parse_reading(text)}, gazetteer)}
        assert ("class/port" in found) == addressed, text


def classes_of(
    text: str, table: list[PlaceClass], rules: list[ClassRule], *, title: str = "", kind: str = "article"
) -> dict[str, Link]:
    """The links of one provision to classes of a table of its own."""
    one = article(9, text, "wide").model_copy(
        update={"title": title, "kind": kind, "path": ("第十章 推进边境地区发展",)}
    )
    found = find_links(
        [one], {one.id: PARSER.parse_reading(text)}, GAZETTEER.with_classes(table), {rule.id: rule for rule in rules}
    )
    return {link.target: link for link in found if link.basis is Basis.CLASS}


def a_class(key: str, word: str, *members: str) -> PlaceClass:
    return PlaceClass(id=key, name=word, name_en="", triggers=(word,), members=members, closed=False, defined_by="test")


LAND = a_class("class/land", "湿地", "lake/hulun")
HERDING = a_class("class/herding", "牧业旗县", "150727", "152221")
ANY_LAND = ClassRule(id="class/land", triggers=("湿地",), restricts=False)
ANY_HERDING = ClassRule(id="class/herding", triggers=("牧业旗县",), restricts=False)


def test_a_kind_of_land_in_a_list_of_all_kinds_is_not_addressed() -> None:
    assert classes_of("实行湿地总量管控。", [LAND], [ANY_LAND])
    assert not classes_of("统筹森林、草原、湿地、荒漠生态保护修复。", [LAND], [ANY_LAND])
    assert not classes_of("对草原资源系统、森林资源系统、湿地生态系统进行监测。", [LAND], [ANY_LAND])


def test_a_number_says_whether_all_of_a_class_are_meant() -> None:
    def certainty(text: str) -> float:
        return classes_of(text, [HERDING], [ANY_HERDING], kind="box-item")["class/herding"].certainty

    whole = certainty("草原畜牧业转型升级在牧业旗县实施。")
    assert certainty("草原畜牧业转型升级在二连浩特市等33个牧业旗县实施。") == whole, "the name is an example of them"
    assert certainty("草原畜牧业转型升级在牧业旗县12个旗县实施。") < whole


def test_what_a_section_of_aims_says_of_a_class_touches_it() -> None:
    aims = classes_of("牧业旗县加快发展。", [HERDING], [ANY_HERDING], title="主要目标", kind="section")
    assert notes.has(aims["class/herding"].note, notes.WEAK)
    plain = classes_of("牧业旗县加快发展。", [HERDING], [ANY_HERDING], title="优化布局", kind="section")
    assert not plain["class/herding"].note


def test_an_item_about_a_part_of_the_class_of_its_heading_is_not_for_the_whole_class() -> None:
    table = [HERDING, a_class("class/edge", "边境地区", "150727", "152221", "150781")]
    rules = [ClassRule(id="class/herding", triggers=("牧业旗县",)), ClassRule(id="class/edge", triggers=("边境地区",))]
    assert set(classes_of("牧业旗县林带建设。", table, rules, kind="box-item")) == {"class/herding"}
    assert set(classes_of("林带建设。", table, rules, kind="box-item")) == {"class/edge"}
    assert set(classes_of("牧业旗县林带建设。", table, rules, kind="section")) == {"class/herding", "class/edge"}


PEOPLED = a_class("class/east", "东部盟市", "150727")
BASIN = a_class("class/basin", "黄河流域", "150727", "lake/hulun")
THINGS = [Relation(f"{kind}/one", "150727", "lies-in", 1.0) for kind in ("port", "heritage", "town", "airport")]


def concerned(text: str, entry: PlaceClass, *, people: bool) -> set[str]:
    """The places that what a sentence says of a class concerns."""
    rule = ClassRule(id=entry.id, triggers=entry.triggers, people=people)
    links = list(classes_of(text, [entry], [rule]).values())
    places = ("150727", "lake/hulun", *(one.place for one in THINGS))
    return {
        place
        for place in places
        if govern(
            [link.model_copy(update={"certainty": 0.95}) for link in links],
            targets_of(place, {}, {}, {entry.id: entry.members}, THINGS, in_region=False),
            {"wide/9": "x"},
            {"wide/9": "wide"},
        )
    }


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("促进东部盟市发展泛口岸经济。", {"port/one"}),
        ("推进东部盟市文物保护和旅游。", {"heritage/one"}),
        ("推进东部盟市机场和铁路建设。", {"airport/one"}),
        ("在东部盟市开展保护性耕作。", set()),
    ],
)
def test_what_is_said_of_people_concerns_only_the_things_that_it_speaks_of(text: str, things: set[str]) -> None:
    """A unit is concerned by all of it, and so is the town in it."""
    assert concerned(text, PEOPLED, people=True) == {"150727", "town/one"} | things


def test_a_stretch_of_ground_binds_all_that_stands_on_it() -> None:
    everything = {"150727", "lake/hulun", *(one.place for one in THINGS)}
    assert concerned("黄河流域实行排污许可。", BASIN, people=False) == everything


def test_farms_in_a_basin_are_not_its_lakes() -> None:
    text = "打造以黄河流域为重点的优质饲草产业带。"
    assert concerned(text, BASIN, people=False) == {"150727", "town/one", "port/one"}
    assert "lake/hulun" in concerned("发展奶牛养殖，加强黄河流域污染防治。", BASIN, people=False), "another clause"


def test_a_project_that_says_where_it_is_speaks_of_its_river_there_and_nowhere_else() -> None:
    relations = [Relation("lake/hulun", unit, "crosses", 0.5) for unit in ("150727", "150726")]

    def given(text: str, unit: str) -> bool:
        links = links_of(text, kind="box-item")
        targets = targets_of(unit, {}, {}, {}, relations, in_region=False)
        return any(link.target == "lake/hulun" for link in links.values()) and bool(
            govern([links["lake/hulun"]], targets, {"wide/9": "x"}, {"wide/9": "wide"})
        )

    where = "呼伦湖流域治理工程在新巴尔虎右旗，实施生态修复。"
    assert given(where, "150727")
    assert not given(where, "150726")
    assert given("呼伦湖流域治理工程，新巴尔虎右旗实施生态修复。", "150726"), "not said where"


def test_an_item_about_a_league_is_about_its_ports_where_it_speaks_of_trade() -> None:
    relations = [Relation("port/one", "150727", "lies-in", 1.0), Relation("150727", "150700", "lies-in", 1.0)]
    targets = targets_of("port/one", {}, {}, {}, relations, in_region=False)

    def given(text: str) -> bool:
        links = links_of(text, kind="box-item")
        return bool(govern(links.values(), targets, {"wide/9": "x"}, {"wide/9": "wide"}))

    assert given("呼伦贝尔市建设中俄蒙合作先导区。")
    assert not given("呼伦贝尔市建设生态农畜产品基地。")
    assert not given("建设中俄蒙合作先导区，在呼伦贝尔市先行。")


def test_what_is_said_of_people_and_of_their_lakes_reaches_the_lakes() -> None:
    """The sentence speaks of such land for a class of people; for a unit the title of the item does."""
    relations = [Relation("lake/far", "150727", "lies-in", 1.0), Relation("150727", "150700", "lies-in", 1.0)]

    def given(links: dict[str, Link]) -> bool:
        classes = {PEOPLED.id: PEOPLED.members}
        targets = targets_of("lake/far", {}, {}, classes, relations, in_region=False)
        return bool(govern(links.values(), targets, {"wide/9": "x"}, {"wide/9": "wide"}))

    people = [ClassRule(id=PEOPLED.id, triggers=PEOPLED.triggers, people=True)]
    ground = [ClassRule(id=PEOPLED.id, triggers=PEOPLED.triggers)]
    assert given(classes_of("促进东部盟市保护好湖泊。", [PEOPLED], people))
    assert not given(classes_of("促进东部盟市发展。保护好湖泊。", [PEOPLED], people))
    assert given(classes_of("促进东部盟市保护好湖泊。", [PEOPLED], ground)), "what lies in it whole is of its nature"
    assert not given(classes_of("促进东部盟市发展。", [PEOPLED], ground)), "ground binds what it lists"
    assert not given(classes_of("促进东部盟市发展符合生态环境保护要求的产业。", [PEOPLED], ground))
    assert given(classes_of("推进东部盟市山水林田湖草沙系统治理。", [PEOPLED], ground))
    assert given(links_of("在呼伦贝尔实施。", title="湖泊综合治理", kind="box-item"))
    assert not given(links_of("在呼伦贝尔实施湖泊治理。", title="综合治理", kind="box-item"))


# -- ways to a place -------------------------------------------------------------------------------------------------


def test_a_league_is_reached_through_its_units_and_what_lies_in_them() -> None:
    records = governing("150700")
    assert records["wide/4"].basis is Basis.NAMED
    assert records["rule/2"].basis is Basis.FEATURE
    assert "满洲里市" in records["rule/2"].why or "新巴尔虎右旗" in records["rule/2"].why
    assert records["wide/2"].basis is Basis.FEATURE
    assert max(one.certainty for one in records.values() if one.basis is Basis.FEATURE) <= 0.7


def test_a_league_is_hardly_reached_by_a_class_of_something_in_one_of_its_units() -> None:
    """What is said of ports in general concerns the port and its banner, but not the whole league."""
    relations = [*RELATIONS, Relation("port/edge", "150727", "lies-in", 1.0)]
    classes = {"class/port": ("port/edge",)}
    factors = {
        place: next(one.factor for one in targets_of(place, {}, {}, classes, relations) if one.id == "class/port")
        for place in ("port/edge", "150727", "150700")
    }
    assert factors["port/edge"] > factors["150727"] > factors["150700"]
    assert factors["150700"] * 0.855 < 0.45 <= factors["150727"] * 0.855, "of the certainty that ports have"


def test_a_thing_of_nature_is_not_reached_through_its_unit() -> None:
    records = governing("lake/hulun")
    assert "wide/4" not in records
    assert "rule/4" not in records


def test_reasons_are_whole_sentences_in_both_languages() -> None:
    for where in ("152221", "150727", "150700", "lake/daihai"):
        for record in governing(where).values():
            assert record.why.endswith("。")
            assert record.why_en.endswith(".")
            assert record.why_en[0].isupper()
            assert "；；" not in record.why
            assert not record.why.startswith("，")


def test_a_sure_reason_is_given_before_an_inferred_one() -> None:
    """The lake in the unit is named, and the class of the unit addressed: the second is sure."""
    text = "边境地区应当保护呼伦湖。"
    one = article(9, text, "wide")
    links = find_links([*RULES, one], {one.id: PARSER.parse_reading(text)}, GAZETTEER)
    targets = targets_of(
        "150727",
        {key: key for key in (*GAZETTEER.places, *GAZETTEER.groups, *GAZETTEER.classes)},
        {},
        {key: entry.members for key, entry in GAZETTEER.classes.items()},
        RELATIONS,
    )
    ids = {target.id for target in targets}
    records = govern(
        [link for link in links if link.target in ids and link.provision == one.id], targets, {one.id: ""}, {one.id: ""}
    )
    assert [record.basis for record in records] == [Basis.CLASS]


def test_what_holds_for_the_whole_region_says_less_of_a_thing_of_nature() -> None:
    record = governing("lake/hulun")["wide/1"]
    assert record.basis is Basis.REGION
    assert record.certainty < governing("150502")["wide/1"].certainty
    assert "自然地物" in record.why
    assert "natural feature" in record.why_en


def test_a_group_that_an_item_says_its_place_belongs_to_is_only_in_passing() -> None:
    """呼和浩特市立足呼包鄂榆城市群中心城市地位 is not about the other cities of the group."""
    text = "呼伦湖发挥一湖一海核心作用，推进治理。"
    item = article(1, text, "box").model_copy(update={"kind": "box-item"})
    links = {link.target: link for link in find_links([item], {item.id: PARSER.parse_reading(text)}, GAZETTEER)}
    assert links["lake/hulun"].certainty > 0.8
    assert links["group/two"].certainty < 0.5
    free = article(2, "支持一湖一海治理，推进呼伦湖保护。", "box")
    links = {link.target: link for link in find_links([free], {free.id: PARSER.parse_reading(free.text)}, GAZETTEER)}
    assert links["group/two"].certainty > 0.8


def test_offsets_of_the_answer_are_those_of_the_quotation() -> None:
    for record in governing("152221").values():
        provision = next(one for one in PROVISIONS if one.id == record.id)
        assert provision.text[record.start - provision.start : record.end - provision.start] == record.quotation
        if record.evidence:
            assert record.start <= record.evidence[0] < record.evidence[1] <= record.end


# -- what a name does not carry further -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("建设通辽至呼伦贝尔铁路。", notes.NODE),
        ("呼伦贝尔经通辽至赤峰铁路。", notes.NODE),
        ("支持呼伦贝尔、兴安盟保税物流中心建设。", "node;for=bonded"),
        ("在兴安盟、呼伦贝尔和通辽交界处开展治理。", notes.SOME),
        ("加快呼伦贝尔、兴安盟等国际航空港物流园区建设。", "node;for=airport"),
        ("鼓励呼伦贝尔、兴安盟等建设“城市大脑”。", "node;for=net"),
        ("开展呼伦贝尔国家级、兴安盟自治区级城市体检试点。", "node;for=net"),
        ("建设呼伦贝尔国际会展中心。", "node;for=venue"),
        ("在呼伦贝尔、兴安盟12个旗县实施。", notes.SOME),
        ("支持呼伦贝尔、兴安盟等城市开展试点。", notes.NODE),
        ("推进呼伦贝尔北部绿色矿山建设。", notes.SOME),
        ("支持呼伦贝尔发展草原旅游。", ""),
        ("支持呼伦贝尔、兴安盟发展旅游，建设保税物流中心。", ""),
    ],
)
def test_a_league_named_as_a_stop_or_for_its_seat_does_not_reach_its_banners(text: str, note: str) -> None:
    link = links_of(text)["150700"]
    assert link.note == note
    relations = [*RELATIONS, Relation("150702", "150700", "lies-in", 1.0)]
    reached = {}
    for unit in ("150727", "150702"):  # a banner, an urban district
        targets = targets_of(unit, {}, {}, {}, relations)
        reached[unit] = bool(govern([link], targets, {link.provision: "x"}, {link.provision: "wide"}))
    assert reached == {"150727": not note, "150702": note != notes.SOME and notes.AIRPORT not in note}


def test_a_list_of_airports_names_cities_and_not_their_banners() -> None:
    found = links_of("通辽、呼伦贝尔。", kind="box-item", title="改扩建运输机场")
    assert notes.has(found["150700"].note, notes.NODE)
    assert not notes.has(links_of("通辽、呼伦贝尔。", kind="box-item", title="草原旅游")["150700"].note, notes.NODE)


def test_most_units_of_some_leagues_are_each_more_likely_meant_than_not() -> None:
    """The small world has two units in 呼伦贝尔市 and one in 兴安盟."""
    most = links_of("草原综合治理在呼伦贝尔市、兴安盟3个旗县（市区）实施。")["150700"]
    assert most.note == notes.MOST
    assert links_of("草原综合治理在呼伦贝尔市、兴安盟1个旗县（市区）实施。")["150700"].note == notes.SOME
    targets = targets_of("150727", {}, {}, {}, RELATIONS, in_region=False)
    given = govern([most], targets, {most.provision: "x"}, {most.provision: "wide"})
    plain = links_of("支持呼伦贝尔市发展草原旅游。")["150700"]
    assert 0.45 < given[0].certainty < 0.6 * plain.certainty


def test_an_undertaking_that_stands_whole_in_the_text_is_named() -> None:
    hall = place("venue/hall", "满洲里国际会展中心", "venue")
    gazetteer = replace(GAZETTEER, places={**GAZETTEER.places, hall.id: hall})
    one = article(9, "完善满洲里国际会展中心功能。", "wide")
    found = find_links([one], {one.id: PARSER.parse_reading(one.text)}, gazetteer)
    assert {"venue/hall", "150781"} <= {link.target for link in found}
    assert "venue/hall" not in links_of("完善满洲里会展功能。")


def test_a_city_in_a_list_of_airports_means_its_airport_and_the_unit_that_it_stands_in() -> None:
    link = links_of("呼伦贝尔、通辽。", kind="box-item", title="改扩建运输机场")["150700"]
    names = {"airport/hailar": "呼伦贝尔机场", "150700": "呼伦贝尔市", "airport/other": "海拉尔机场"}
    relations = [*RELATIONS, Relation("150702", "150700", "lies-in", 1.0), Relation("150703", "150700", "lies-in", 1.0)]
    relations += [Relation(f"airport/{one}", "150702", "lies-in", 1.0) for one in ("hailar", "other")]

    def given(place: str, *links: Link) -> list[Governing]:
        targets = targets_of(place, names, {}, {}, relations, in_region=False)
        return list(govern(links, targets, {link.provision: "x"}, {link.provision: "wide"}))

    assert [one.basis for one in given("airport/hailar", link)] == [Basis.NAMED]
    assert "所指即呼伦贝尔机场" in given("airport/hailar", link)[0].why
    assert [one.basis for one in given("150702", link)] == [Basis.FEATURE]
    assert not given("airport/other", link), "it does not carry the name"
    assert not given("150703", link), "the airport does not stand in this district"
    assert not given("airport/hailar", links_of("支持呼伦贝尔发展草原旅游。")["150700"]), "the city itself is meant"


def test_a_thing_of_the_same_city_does_not_speak_for_the_port() -> None:
    names = {"150781": "满洲里市", "port/manzhouli": "满洲里口岸"}
    relations = [Relation("port/manzhouli", "150781", "lies-in", 1.0)]
    targets = targets_of("port/manzhouli", names, {}, {}, relations, in_region=False)

    def given(text: str) -> bool:
        link = links_of(text)["150781"]
        return bool(govern([link], targets, {link.provision: "x"}, {link.provision: "wide"}))

    assert given("提升满洲里班列服务能力。")
    assert given("推进满洲里国家物流枢纽建设。")
    assert not given("完善满洲里会展中心功能。")
    assert not given("加快满洲里、通辽机场改扩建。")


def test_a_name_in_the_name_of_a_substance_or_a_road_is_not_the_place() -> None:
    assert "150700" not in links_of("开展呼伦贝尔高铝粉煤灰提取氧化铝示范。")
    ridge = place("mountain/ridge", "兴安岭", "mountain")
    gazetteer = replace(GAZETTEER, places={**GAZETTEER.places, ridge.id: ridge})

    def certainty(text: str) -> float:
        one = article(9, text, "wide")
        found = find_links([one], {one.id: Geoparser(gazetteer).parse_reading(one.text)}, gazetteer)
        return next(link.certainty for link in found if link.target == ridge.id)

    assert certainty("谋划兴安岭上大通道工程。") < 0.65 < certainty("保护兴安岭森林。")


def test_a_small_part_of_a_range_in_a_unit_is_weak() -> None:
    relations = [Relation("mountain/ridge", "150727", "crosses", share) for share in (0.5, 0.05, 0.01)]
    weak = [targets_of("150727", {}, {}, {}, [one], in_region=False)[1].factor for one in relations]
    assert weak[0] > 0.6 > weak[1] > weak[2]
    river = Relation("river/long", "150727", "crosses", 0.05)
    assert targets_of("150727", {}, {}, {}, [river], in_region=False)[1].factor == weak[0], "lines are long"


def test_a_lake_in_a_section_about_one_part_reaches_no_unit_outside_it() -> None:
    found = links_of("加强呼伦湖治理。", title="支持边境地区振兴", kind="section", path=("第九章 区域",))
    link = found["lake/hulun"]
    assert notes.spoken_of_in(link.note) == ("class/edge",)
    relations = [Relation("lake/hulun", "150727", "crosses", 0.6), Relation("lake/hulun", "150502", "crosses", 0.4)]
    classes = {"class/edge": ("150727",)}

    def given(place: str) -> bool:
        targets = targets_of(place, {}, {}, classes, relations)
        return bool(govern([link], targets, {link.provision: "x"}, {link.provision: "wide"}))

    assert given("150727")
    assert not given("150502")
    assert given("lake/hulun"), "the lake itself is named"


def test_a_river_that_lends_its_water_is_only_in_passing() -> None:
    assert links_of("用好呼伦湖等外调水，为岱海补水。")["lake/hulun"].certainty < 0.6
    assert links_of("用好呼伦湖等水体，为岱海补水。")["lake/hulun"].certainty > 0.8


def test_what_somebody_becomes_is_not_addressed() -> None:
    assert "class/edge" not in links_of("将二连浩特打造成为边境地区增长极。")


def test_a_word_for_one_part_leaves_out_the_members_of_the_others() -> None:
    def ports(key: str, word: str, *members: str) -> PlaceClass:
        return PlaceClass(
            id=key, name=word, name_en="", triggers=(word,), members=members, closed=False, defined_by="test"
        )

    table = [
        ports("class/port", "口岸", "port/manzhouli", "port/ganqimaodu", "port/new"),
        ports("class/hub", "枢纽口岸", "port/manzhouli"),
        ports("class/plain", "普通口岸", "port/ganqimaodu"),
    ]
    rules = {one.id: ClassRule(id=one.id, triggers=one.triggers) for one in table}
    rules["class/port"] = ClassRule(id="class/port", triggers=("口岸",), narrower=("枢纽口岸", "普通口岸"))
    one = article(9, "推进普通口岸建设。", "wide")
    links = find_links([one], {}, GAZETTEER.with_classes(table), rules)
    classes = {entry.id: entry.members for entry in table}

    def given(port: str) -> bool:
        return bool(govern(links, targets_of(port, {}, {}, classes, (), in_region=False), {one.id: "x"}, {one.id: "x"}))

    assert [given(port) for port in ("port/manzhouli", "port/ganqimaodu", "port/new")] == [False, True, True]


def test_a_port_of_the_citys_own_name_is_often_meant_with_it() -> None:
    names = {"150781": "满洲里市", "port/manzhouli": "满洲里口岸", "port/air": "满洲里航空口岸"}
    relations = [Relation("port/manzhouli", "150781", "lies-in", 1.0), Relation("port/air", "150781", "lies-in", 1.0)]
    found = {one.id: one for one in targets_of("port/manzhouli", names, {}, {}, relations)}
    assert (found["150781"].basis, found["150781"].factor) == (Basis.FEATURE, 0.65)
    air = [one for one in targets_of("port/air", names, {}, {}, relations) if one.id == "150781"]
    assert [one.thing for one in air] == [notes.AIRPORT], "only what is said of its airport reaches the air port"


def factors(place: str, classes: dict[str, tuple[str, ...]], *relations: Relation, names: dict[str, str] | None = None):
    best: dict[str, float] = {}
    for one in targets_of(place, names or {}, {}, classes, relations, in_region=False):
        if one.id.startswith("class/") and not one.land:
            best[one.id] = max(one.factor, best.get(one.id, 0.0))
    return best


def test_a_unit_that_a_desert_covers_in_good_part_is_of_the_classes_of_such_land_and_units() -> None:
    classes = {"class/land": ("desert/dune",), "class/sand": ("desert/dune", "150700")}
    wide, rim = (Relation("desert/dune", "150727", "crosses", 0.6, cover) for cover in (0.5, 0.1))
    covered = factors("150727", classes, wide)
    touched = factors("150727", classes, rim)
    assert covered["class/sand"] > touched["class/sand"], "three tenths of the unit and more"
    found = [one for one in targets_of("150727", {}, {}, classes, [wide]) if one.id == "class/sand"]
    assert "约占150727面积的50%" in max(found, key=lambda one: one.factor).why
    best = max(one.factor for one in targets_of("150727", {}, {}, classes, [wide]) if one.id == "class/land")
    assert best == touched["class/land"], "what is said of the land alone reaches no unit by its size"


def test_a_thing_that_crosses_units_lies_in_the_classes_of_nearly_all_of_them() -> None:
    classes = {"class/river-basin": ("150727", "150781"), "class/edge": ("150727",)}
    shares = (("150727", 0.6), ("150781", 0.35), ("150502", 0.05))
    works = [Relation("irrigation-district/one", unit, "crosses", share) for unit, share in shares]
    assert factors("irrigation-district/one", classes, *works).keys() == {"class/river-basin"}
    sand = [Relation("desert/dune", unit, "crosses", share) for unit, share in shares]
    one = article(9, "加强江河流域治理。", "wide")

    def given(members: tuple[str, ...], note: str) -> bool:
        targets = targets_of("desert/dune", {}, {}, {"class/x": members}, sand, in_region=False)
        link = link_at(one, "class/x", Basis.CLASS, 2, 6, 0.95, note)
        return bool(govern([link], targets, {one.id: "x"}, {one.id: "wide"}))

    assert given(("150727", "150781"), notes.BASIN), "a basin holds the land in it"
    assert not given(("150727", "150781"), ""), "other classes of its units are not its own"
    assert not given(("150727",), notes.BASIN), "a tenth and more of it lies elsewhere"


def test_a_river_that_only_rises_in_a_unit_does_not_put_it_into_the_basin() -> None:
    classes = {"class/river-basin": ("river/one",)}
    through, rises = (Relation("river/one", "150727", "crosses", share) for share in (0.3, 0.01))
    assert factors("150727", classes, through)["class/river-basin"] > 0.5
    assert factors("150727", classes, rises)["class/river-basin"] < 0.45


def test_the_classes_of_a_citys_own_port_are_nearly_its_own() -> None:
    names = {"150781": "满洲里市", "port/manzhouli": "满洲里口岸", "port/air": "满洲里航空口岸"}
    classes = {"class/hub": ("port/manzhouli",), "class/air": ("port/air",)}
    relations = [Relation(port, "150781", "lies-in", 1.0) for port in names if "/" in port]
    found = factors("150781", classes, *relations, names=names)
    assert found["class/hub"] > found["class/air"]


def test_a_basin_is_an_area_and_no_source_of_water() -> None:
    def certainty(text: str) -> float:
        river = place("river/one", "哈拉河", "river").model_copy(update={"adcode": "150727"})
        gazetteer = replace(GAZETTEER, places={**GAZETTEER.places, river.id: river})
        item = article(9, text, "wide").model_copy(update={"kind": "box-item", "title": "改良"})
        found = find_links([item], {item.id: Geoparser(gazetteer).parse_reading(item.text)}, gazetteer)
        return next(link.certainty for link in found if link.target == "river/one")

    assert certainty("在科尔沁区和哈拉河流域改良土地。") > certainty("在科尔沁区由哈拉河引水。")


def test_a_line_reaches_the_units_of_its_way_points_and_nobody_else() -> None:
    one = article(9, "推进甲地至乙地铁路建设。", "wide")
    route = Route("甲地至乙地铁路", "甲地至乙地", ((one.id, 2, 9),))
    (link,) = passing_links(
        [route], {"甲地至乙地": {"150727": "赛罕站"}, "丙地至丁地": {"150781": "别处"}}, {one.id: one}
    )
    relations = [*RELATIONS, Relation("port/edge", "150727", "lies-in", 1.0)]

    def given(place: str) -> tuple[Governing, ...]:
        return govern([link], targets_of(place, {}, {}, {}, relations), {one.id: "x"}, {one.id: "wide"})

    (record,) = given("150727")
    assert (record.basis, record.certainty) == (Basis.FEATURE, 0.6)
    assert record.why == "条文列出“甲地至乙地铁路”，线路途经赛罕站。"
    assert record.why_en == "The text lists “甲地至乙地铁路”, which runs through 赛罕站."
    assert [record.quotation[start:end] for start, end in record.marks] == ["甲地至乙地铁路"]
    assert not given("150700"), "not its league"
    assert not given("port/edge"), "nor what stands in it"


def test_a_line_through_an_urban_district_passes_its_city_and_nothing_else_of_it() -> None:
    one = article(9, "推进甲地至乙地铁路建设。", "wide")
    route = Route("甲地至乙地铁路", "甲地至乙地", ((one.id, 2, 9),))
    points = {"甲地至乙地": {"150727": "别处", "150702": "海拉尔站", "150703": "扎赉诺尔站"}}
    links = list(passing_links([route], points, {one.id: one}))
    assert [link.target for link in links] == ["150727", "150702", "150703", "150700"]
    relations = [Relation(unit, "150700", "lies-in", 1.0) for unit in ("150702", "150721", "150727")]

    def given(place: str) -> tuple[Governing, ...]:
        targets = targets_of(place, {}, {}, {}, relations)
        return govern(links[3:], targets, {one.id: "x"}, {one.id: "wide"})

    (record,) = given("150700")
    assert (record.basis, record.certainty) == (Basis.FEATURE, 0.6)
    assert record.why == "条文列出“甲地至乙地铁路”，线路途经海拉尔站。"
    assert not given("150721"), "by way of the city no banner"
    assert not given("150702"), "and no district"
    assert not notes.reached_below(links[3].note, district=True)


def test_a_line_says_nothing_more_of_what_the_words_name() -> None:
    one = article(9, "推进甲地至乙地铁路建设。", "wide")
    route = Route("甲地至乙地铁路", "甲地至乙地", ((one.id, 2, 9),))
    points = {"甲地至乙地": {"150702": "海拉尔站", "150727": "别处"}}
    links = passing_links([route], points, {one.id: one}, {(one.id, "150700"), (one.id, "150727")})
    assert [link.target for link in links] == ["150702"]
