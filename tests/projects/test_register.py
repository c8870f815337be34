"""The register on text that is not the plan's: the grammar is of plan language, not of one plan."""

from __future__ import annotations

import pytest

from atlas.errors import SourceError
from atlas.geoparse import Geoparser
from atlas.models import Provision
from atlas.projects.corrections import ProjectCorrection
from atlas.projects.kinds import category_of
from atlas.projects.project import Project
from atlas.projects.register import register
from tests.support import article, small_gazetteer

PARSER = Geoparser(small_gazetteer())


def section(text: str, number: int = 1, title: str = "重点任务") -> Provision:
    """A section of another plan, whose text stands in its witness from offset 100."""
    made = article(number, text, "city", start=100)
    return Provision.model_validate(
        made.model_dump() | {"id": f"city/{number}/1", "kind": "section", "title": title, "path": ("第一章 建设",)}
    )


def box_item(text: str, title: str, box: str = "专栏3 重点工程", number: int = 1) -> Provision:
    """An item of a box of another plan."""
    made = article(number, title + text, "city", start=500)
    return Provision.model_validate(
        made.model_dump() | {"id": f"city/box-3/{number}", "kind": "box-item", "title": title, "path": (box,)}
    )


def named(*provisions: Provision) -> list[str]:
    """The names of what is found."""
    return [one.name for one in register(provisions, PARSER)]


def one(*provisions: Provision) -> Project:
    """The only undertaking that is found."""
    (found,) = register(provisions, PARSER)
    return found


def test_an_enumeration_shares_its_end() -> None:
    found = register([section("推动满洲里、二连浩特综合保税区建设。")], PARSER)
    assert [(row.name, row.places) for row in found] == [
        ("满洲里综合保税区", ("150781",)),
        ("二连浩特综合保税区", ("152501",)),
    ]


def test_a_closed_list_takes_the_class_word_without_its_adjective() -> None:
    assert named(section("实施满洲里、二连浩特等重点边境物流园区建设工程。")) == [
        "满洲里边境物流园区建设工程",
        "二连浩特边境物流园区建设工程",
    ]


def test_a_work_with_a_name_of_its_own_keeps_it() -> None:
    assert named(section("加快建设呼伦湖引水工程、东山水库等重点水利工程。")) == ["呼伦湖引水工程", "东山水库"]
    assert named(section("建设大型水库，完善城际铁路，新建通用机场。")) == []
    assert "二连浩特国际会展中心" in named(section("重点建设满洲里大剧院、二连浩特国际会展中心等场馆。"))


def test_evidence_is_where_the_name_stands() -> None:
    text = "加强管理。建设满洲里国际物流园区。"
    row = one(section(text))
    assert text[row.listing.text_start : row.listing.text_end] == "满洲里国际物流园区"
    assert (row.listing.start, row.listing.end) == (100 + 7, 100 + 16)
    assert row.listing.provision == "city/1/1"


@pytest.mark.parametrize(
    "text",
    [
        "加强满洲里市容管理，提高服务水平。",
        "提升呼伦湖生态环境质量，增强满洲里防洪能力。",
        "完善基础设施，健全体制机制，深化改革。",
        "建设一批产业园区，打造若干创新平台。",
        "鼓励各地区创建示范区。",
        "落实国家重大政策，推广先进技术。",
    ],
)
def test_exhortations_are_no_projects(text: str) -> None:
    assert named(section(text)) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("新建满洲里通用机场。", "build"),
        ("推进满洲里国际机场前期工作。", "prepare"),
        ("支持满洲里申建国家自由贸易试验区。", "prepare"),
        ("做好满洲里引水工程研究论证。", "study"),
        ("建成满洲里客运枢纽。", "complete"),
        ("积极推进满洲里边境经济合作区发展。", "advance"),
    ],
)
def test_the_verb_gives_the_status(text: str, status: str) -> None:
    assert one(section(text)).status == status


def test_where_a_clause_says_so_is_where_it_is() -> None:
    row = one(section("在满洲里和二连浩特开展落地加工试点。"))
    assert row.places == ("150781", "152501")
    row = one(section("以满洲里为重点，建设国家级木材加工基地。"))
    assert row.places == ("150781",)


def test_each_place_that_is_to_do_something_has_its_own() -> None:
    assert named(section("支持满洲里、二连浩特等地争创国家物流枢纽。")) == [
        "满洲里国家物流枢纽",
        "二连浩特国家物流枢纽",
    ]


OTHER_PLAN = (
    "加快建设引江济淮工程、淮河入海水道二期工程。建成商丘至合肥至杭州、合肥至安庆至九江高速铁路，新建亳州机场。"
    "实施长江干流治理、巢湖综合治理等工程，加强淮河流域生态保护。"
    "推动兰州至西宁、银川至西安高铁提速改造，开工建设黄河黑山峡水利枢纽。建设一批农产品加工园区，完善农村基础设施。"
)


def test_a_paragraph_in_the_manner_of_another_provinces_plan() -> None:
    rows = register([section(OTHER_PLAN)], PARSER)
    assert [(row.name, row.category, row.status) for row in rows] == [
        ("引江济淮工程", "water", "build"),
        ("淮河入海水道二期工程", "water", "build"),
        ("商丘至合肥至杭州高速铁路", "railway", "complete"),
        ("合肥至安庆至九江高速铁路", "railway", "complete"),
        ("亳州机场", "airport", "build"),
        ("长江干流治理工程", "water", "build"),
        ("巢湖综合治理工程", "water", "build"),
        ("兰州至西宁高铁提速改造", "railway", "advance"),
        ("银川至西安高铁提速改造", "railway", "advance"),
        ("黄河黑山峡水利枢纽", "water", "build"),
    ]
    assert rows[2].place_names == ("商丘", "合肥", "杭州")


def test_programmes_of_a_list_are_each_one() -> None:
    assert named(section("实施草原防火林建设、湿地公园保护、河道清淤提升等工程。")) == [
        "草原防火林建设工程",
        "湿地公园保护工程",
        "河道清淤提升工程",
    ]


def test_a_box_item_is_a_programme_with_all_places_it_names() -> None:
    row = one(box_item("在满洲里市、二连浩特市实施精准治理，完成治理面积50万亩。", "北部草原综合治理"))
    assert (row.name, row.kind, row.places) == ("北部草原综合治理", "programme", ("150781", "152501"))
    assert [(amount.value, amount.unit) for amount in row.quantities] == [(500_000, "mu")]
    assert row.box == "city/box-3"


def test_a_box_item_that_lists_places_is_many() -> None:
    rows = register([box_item("满洲里、二连浩特、新巴尔虎右旗等。", "新建通用机场", "专栏3 航空建设")], PARSER)
    assert [row.name for row in rows] == ["满洲里通用机场", "二连浩特通用机场", "新巴尔虎右旗通用机场"]
    assert {row.verb for row in rows} == {"新建"}
    assert {row.category for row in rows} == {"airport"}


def test_an_item_headed_by_a_unit_is_prose_about_it() -> None:
    rows = register([box_item("建设国家级口岸加工基地，打造冰雪旅游度假区。", "满洲里市", "专栏3 发展重点")], PARSER)
    assert [(row.name, row.places) for row in rows] == [
        ("国家级口岸加工基地", ("150781",)),
        ("冰雪旅游度假区", ("150781",)),
    ]


def test_a_road_list_gives_out_its_numbers_in_order() -> None:
    """A converter left a number behind the next road's name, and cut another in two."""
    text = "满洲里至二连浩特、G10新城至满洲里S5、S2新城至二连6浩特。"
    rows = register([box_item(text, "区内高速公路", "专栏3 高速公路建设工程")], PARSER)
    assert [row.name for row in rows] == [
        "G10满洲里至二连浩特高速公路",
        "S5新城至满洲里高速公路",
        "S26新城至二连浩特高速公路",
    ]
    assert rows[0].places == ("150781", "152501")


def test_what_is_named_twice_is_one_row_with_both_listings() -> None:
    rows = register(
        [section("新建满洲里通用机场。"), box_item("满洲里、二连浩特。", "新建通用机场", "专栏3 航空")], PARSER
    )
    assert [row.name for row in rows] == ["满洲里通用机场", "二连浩特通用机场"]
    assert rows[0].listing.provision == "city/box-3/1"
    assert [listing.provision for listing in rows[0].also] == ["city/1/1"]


def test_ids_are_stable_and_unique() -> None:
    before = register([section("建设满洲里国际物流园区。")], PARSER)
    after = register([section("建设二连浩特产业园区，建设满洲里国际物流园区。")], PARSER)
    assert before[0].id == after[1].id == "logistics/manzhouliguojiwuliuyuanqu"
    assert len({row.id for row in after}) == 2


def test_what_has_been_achieved_is_not_listed() -> None:
    assert named(section("建设满洲里国际物流园区。", title="发展成就")) == []


def test_other_documents_are_not_read() -> None:
    assert register([article(1, "建设满洲里国际物流园区。")], PARSER) == ()


def correction(**fields: str) -> ProjectCorrection:
    given = {"provision": "city/1/1", "reason": "a test of the reviewed rows"} | fields
    return ProjectCorrection.model_validate(given)


def test_reviewed_rows_drop_rename_and_add() -> None:
    text = "建设满洲里国际物流园区，打造二连浩特产业园区，谋划呼伦湖环湖绿道。"
    rows = register(
        [section(text)],
        PARSER,
        [
            correction(text="二连浩特产业园区", action="drop"),
            correction(text="满洲里国际物流园区", action="status", value="complete"),
            correction(text="呼伦湖环湖绿道", action="add"),
        ],
    )
    assert (rows[0].name, rows[0].status) == ("满洲里国际物流园区", "complete")
    assert [row.name for row in rows][1:] == ["呼伦湖环湖绿道"]
    assert rows[1].places == ("lake/hulun",)


def test_a_reviewed_row_that_fits_nothing_is_refused() -> None:
    with pytest.raises(SourceError, match="holds 0 undertakings"):
        register([section("建设满洲里国际物流园区。")], PARSER, [correction(text="建设", action="drop")])
    with pytest.raises(SourceError, match="occurs 0 times"):
        register([section("建设满洲里国际物流园区。")], PARSER, [correction(text="不在文中", action="drop")])


def test_courses_joined_by_and_are_two_and_a_stretch_keeps_the_name_of_its_line() -> None:
    rows = register([section("建设川藏铁路雅安至林芝段和伊宁至阿克苏、若羌至罗布泊等铁路。")], PARSER)
    assert [(row.name, row.place_names) for row in rows] == [
        ("川藏铁路雅安至林芝段", ("雅安", "林芝")),
        ("伊宁至阿克苏铁路", ("伊宁", "阿克苏")),
        ("若羌至罗布泊铁路", ("若羌", "罗布泊")),
    ]


def test_works_of_a_years_report_with_short_names_of_their_own() -> None:
    text = "建成包银高铁，开工建设S27呼鄂高速，推动满洲里、二连浩特通用机场开工建设。"
    assert [(row.name, row.status) for row in register([section(text)], PARSER)] == [
        ("包银高铁", "complete"),
        ("S27呼鄂高速", "build"),
        ("满洲里通用机场", "build"),
        ("二连浩特通用机场", "build"),
    ]


def test_what_stands_behind_the_last_quotation_is_said_of_all() -> None:
    assert named(section("打造满洲里“四横”、二连浩特“八纵”主干网架结构。")) == [
        "满洲里“四横”主干网架结构",
        "二连浩特“八纵”主干网架结构",
    ]


def test_a_quoted_name_that_is_built_is_a_programme() -> None:
    assert named(section("系统推进“平安草原、智慧边防”建设，弘扬“草原精神”。")) == ["“平安草原、智慧边防”"]
    assert one(section("开展“文明探源工程”。")).kind == "programme"


def test_what_is_built_in_passing_says_where_the_rest_is() -> None:
    rows = register([section("依托满洲里燃料电池汽车示范城市建设，打造绿氢生产基地。")], PARSER)
    assert [(row.name, row.places) for row in rows] == [
        ("满洲里燃料电池汽车示范城市", ("150781",)),
        ("绿氢生产基地", ("150781",)),
    ]
    assert named(section("依托满洲里区位优势，发展物流。")) == []


def test_a_base_beside_a_quoted_title_is_one() -> None:
    assert named(section("打造国家重要的木材生产基地和“中国木都”。")) == ["国家重要的木材生产基地"]


def test_a_programme_is_not_complete_because_a_part_of_it_will_be() -> None:
    assert one(box_item("支持发展青贮玉米，建成30个种养结合大县。", "“粮改饲”试点")).status != "complete"


@pytest.mark.parametrize(
    ("name", "around", "category"),
    [
        ("风能产业集群", (), "energy"),
        ("甲乙铁路丙至丁段扩能改造", (), "railway"),
        ("甲江航道整治工程", (), "transport"),
        ("再电气化工程", (), "energy"),
        ("气化满洲里工程", (), "gas"),
        ("退牧还草工程", (), "ecology"),
        ("黄河流域沙化土地治理", (), "ecology"),
        ("灌区农畜产品加工产业集群", (), "agriculture"),
        ("草原林地一体化", (), "zone"),
        ("监测预警能力建设工程", ("保障黄河长久安澜", "黄河流域生态保护"), "water"),
        ("双倍增行动", ("搭建创新平台",), "programme"),
        ("示范县", ("粮食安全工程",), "agriculture"),
    ],
)
def test_categories(name: str, around: tuple[str, ...], category: str) -> None:
    assert category_of(name, around) == category


def test_a_name_without_its_place_is_the_one_of_the_text_that_has_it() -> None:
    item = box_item("建设综合保税区、冷链物流基地。", "满洲里市", number=1)
    rows = register([item, section("推动满洲里综合保税区建设。", number=2)], PARSER)
    assert [(row.name, row.listing.provision, len(row.also)) for row in rows] == [
        ("冷链物流基地", "city/box-3/1", 0),
        ("满洲里综合保税区", "city/2/1", 1),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("加强呼伦湖、岱海等湿地生态保护修复。", ["呼伦湖湿地生态保护修复", "岱海湿地生态保护修复"]),
        ("加大呼伦湖综合治理力度。", ["呼伦湖综合治理"]),
        ("加大岱海等重点湖泊综合治理力度。", ["岱海综合治理"]),
        ("加强科尔沁区堤防工程建设。", ["科尔沁区堤防工程"]),
        ("加强生态保护修复。", []),
        ("加强堤防工程建设。", []),
        ("依托满洲里木材产业园，发展精深加工。", ["满洲里木材产业园"]),
        ("依托产业园，发展精深加工。", []),
        ("依托创建国家自主创新示范区，增强能力。", ["国家自主创新示范区"]),
        ("打造“北国之春”满洲里文化周、中俄媒体论坛等对外交流活动品牌。", ["“北国之春”满洲里文化周", "中俄媒体论坛"]),
        ("办好满洲里国际冰雪旅游节。", ["满洲里国际冰雪旅游节"]),
        ("举办各类论坛。", []),
        ("建立河湖监测大数据平台。", ["河湖监测大数据平台"]),
        ("建立服务平台。", []),
        ("推进储能应用示范。", ["储能应用示范"]),
        (
            "加强满洲里-二连浩特-呼和浩特、科尔沁区-岱海-呼伦湖协同创新。",
            ["满洲里-二连浩特-呼和浩特协同创新", "科尔沁区-岱海-呼伦湖协同创新"],
        ),
    ],
)
def test_named_works_behind_verbs_that_mostly_open_exhortations(text: str, names: list[str]) -> None:
    assert named(section(text)) == names


def test_what_is_relied_on_is_there_already() -> None:
    assert one(section("依托满洲里木材产业园，发展精深加工。")).status == "operate"


def test_the_unit_that_acts_or_heads_a_section_is_where_it_is_built() -> None:
    acts = one(section("满洲里市依托口岸优势，扩大贸易，建设区域性物流中心。"))
    heads = one(section("完善服务，打造区域性会展中心。", title="大力建设二连浩特开放城市"))
    assert (acts.name, acts.places) == ("区域性物流中心", ("150781",))
    assert (heads.name, heads.places) == ("区域性会展中心", ("152501",))
    assert named(section("完善服务，打造区域性会展中心。")) == []


def test_a_programme_lies_where_its_item_says_and_not_where_it_is_called_after() -> None:
    text = "在科尔沁右翼前旗、新巴尔虎右旗建设规模化林场。"
    assert one(box_item(text, "呼伦湖周边规模化林场试点")).places == ("152221", "150727")
    assert one(box_item("在岱海实施生态补水，推进呼伦湖治理。", "一湖一海综合治理")).places == (
        "lake/daihai",
        "lake/hulun",
    )


def places(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The names of what a section lists, each with its places as printed."""
    return [(row.name, row.place_names) for row in register([section(text)], PARSER)]


def test_a_name_that_says_where_takes_nothing_from_around_it() -> None:
    (row,) = places("满洲里市依托口岸优势，推动二连浩特综合保税区建设。")
    assert row == ("二连浩特综合保税区", ("二连浩特",))
    headed = one(box_item("建设呼伦湖引水工程。", "满洲里市", "专栏3 发展重点"))
    assert headed.place_names == ("满洲里市", "呼伦湖")


def test_what_is_built_upon_a_place_does_not_move_what_comes_after() -> None:
    assert places("以满洲里为支点打造国家物流枢纽，创建国家自主创新示范区。") == [
        ("国家物流枢纽", ("满洲里",)),
        ("国家自主创新示范区", ()),
    ]
    assert places("以满洲里为重点，建设国家级木材加工基地。") == [("国家级木材加工基地", ("满洲里",))]


def test_a_part_of_a_river_or_of_a_plateau_is_printed_in_full() -> None:
    assert places("实施呼伦湖流域生态修复工程。") == [("呼伦湖流域生态修复工程", ("呼伦湖流域",))]
    assert places("恢复呼伦湖故道，建设呼伦湖故道引水工程。") == [("呼伦湖故道引水工程", ())]


def test_a_group_gives_its_place_to_the_members_that_are_gone_through() -> None:
    text = "呼伦湖实施截污，岱海实施补水，满洲里市实施绿化。"
    assert one(box_item(text, "一湖一海及满洲里综合治理")).places == ("lake/hulun", "lake/daihai", "150781")


def test_what_is_done_to_land_anywhere_is_no_undertaking_in_a_list() -> None:
    assert places("以满洲里为重点，推进沙化土地治理、退化草原修复。") == []
    assert places("以满洲里为重点，推进灌溉体系现代化改造。") == [("灌溉体系现代化改造", ("满洲里",))]


def test_the_condition_of_a_lake_is_the_lake() -> None:
    rows = register([section("深化呼伦湖生态环境综合治理。"), box_item("控制污染。", "呼伦湖综合治理")], PARSER)
    assert [(row.name, len(row.also)) for row in rows] == [("呼伦湖综合治理", 1)]


def test_what_becomes_of_a_work_may_stand_behind_its_name() -> None:
    rows = register([section("满洲里国际机场建成通航，二连浩特物流园区开工建设，东山水库下闸蓄水。")], PARSER)
    assert [(row.name, row.status) for row in rows] == [
        ("满洲里国际机场", "complete"),
        ("二连浩特物流园区", "build"),
        ("东山水库", "complete"),
    ]


def test_a_stretch_names_the_ends_of_its_line_and_its_own() -> None:
    assert places("建设商丘至合肥高速铁路亳州段，改造G105蚌埠段，治理淮河甲河口至乙河口段堤防。")[:2] == [
        ("商丘至合肥高速铁路亳州段", ("商丘", "合肥", "亳州")),
        ("G105蚌埠段", ("蚌埠",)),
    ]


def test_a_list_may_follow_its_verb() -> None:
    text = "重点实施以下项目：①满洲里抽水蓄能电站；②二连浩特风电基地。完善服务。"
    assert named(section(text)) == ["满洲里抽水蓄能电站", "二连浩特风电基地"]


def test_titles_that_are_kinds_of_works_are_no_undertakings() -> None:
    item = box_item("满洲里至二连浩特铁路、满洲里货运枢纽。", "铁路", "专栏3 通道建设")
    assert named(item) == ["满洲里至二连浩特铁路", "满洲里货运枢纽"]
    item = box_item("建设东山水库，推进呼伦湖引水工程。", "水源工程", "专栏3 水网建设")
    assert named(item) == ["水源工程", "东山水库", "呼伦湖引水工程"]


def test_waters_that_no_list_has_are_named_all_the_same() -> None:
    assert places("实施甲水流域、乙水流域综合治理。") == [
        ("甲水流域综合治理", ("甲水流域",)),
        ("乙水流域综合治理", ("乙水流域",)),
    ]
    assert places("推进丙河治理工程。") == [("丙河治理工程", ("丙河",))]
