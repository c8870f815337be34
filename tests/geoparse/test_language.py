"""Rules of language, one case each, with the whole gazetteer; no sentence here is from the documents."""

from __future__ import annotations

import pytest

from tests.geoparse.scoring import parser


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[mention.start : mention.end], mention.place) for mention in parser().parse(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A generic word at the end of a list, as a word or inside the last name.
        (
            "浑善达克、乌珠穆沁、呼伦贝尔沙地",
            ["sandy-land/hunshandake", "sandy-land/wuzhumuqin", "sandy-land/hulunbeier"],
        ),
        ("对昆都仑、巴图湾等病险水库加固", ["reservoir/kundulun", "reservoir/batuwan"]),
        ("苏里格、东胜等气田增产", ["gas-field/sulige", "gas-field/dongsheng"]),
        ("绰尔、绰源、阿尔山国有林业局", ["forest-bureau/chaoer", "forest-bureau/chaoyuan", "forest-bureau/aershan"]),
        ("库布其、乌兰布和基地", ["desert/kubuqi", "desert/wulanbuhe"]),
        # Routes.
        ("乌丹至天山高速公路", ["town/wudan", "town/tianshan"]),
        # Units of one league speak for each other; the plain form is the plain unit.
        ("松山、红山两区", ["150404", "150402"]),
        ("鄂托克、杭锦等旗", ["150624", "150625"]),
        ("呼伦贝尔的左旗、右旗", ["150700", "150726", "150727"]),
        # A river that is also, for short, a city.
        ("根河流域和激流河", ["river/gen", "river/jiliuhe"]),
        ("根河最低气温", ["150785"]),
        ("岱海、黑河水质", ["lake/daihai", "river/heihe"]),
        # A dictionary word that begins with a name.
        ("西辽河流域", ["river/xiliao"]),
        ("打造黄河流域样板", ["river/huanghe"]),
        # Parts of a unit.
        ("赤峰北部和呼伦贝尔东部", ["150400", "150700"]),
        ("法治内蒙古建设", ["150000"]),
        # The same name in two provinces: the parent decides.
        ("西安市新城区、呼和浩特市新城区", ["610100", "610102", "150100", "150102"]),
    ],
)
def test_what_is_meant(text: str, expected: list[str | None]) -> None:
    places = [place for _, place in found(text)]
    assert places == expected or places == [place for place in expected if place]


@pytest.mark.parametrize(
    "text",
    [
        "创新城市和新城新区",
        "促进民族团结进步",
        "内蒙古大学、内蒙古银行、包钢",
        "苏尼特羊、科尔沁牛、天赋河套",
        "打造“乌兰察布马铃薯”区域公用品牌",
        "李东胜表示，企业将加大投入",
        "讲好黄河文化和黄河精神",
        "鄂温克族、鄂伦春族群众",
        "资源合作通道和平",
        "送至南网",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert found(text) == []


def test_a_direction_is_not_the_region() -> None:
    assert found("锡林郭勒盟东北部有雪") == [("锡林郭勒盟", "152500")]
    assert ("东北", "region/dongbei") in found("服务全面振兴东北大局")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在河套”灌区节水", ("河套”灌区", "irrigation-district/hetao")),
        ("呼“”“”伦贝尔空域", ("呼“”“”伦贝尔", "150700")),
        ("至鄂S26S28尔多斯。", ("鄂S26S28尔多斯", "150600")),
        ("支持额济—12—纳旗发展", ("额济—12—纳旗", "152923")),
    ],
)
def test_a_name_cut_in_two(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


def test_a_figure_behind_a_name_is_not_part_of_it() -> None:
    assert found("赤峰2市区道路") == [("赤峰", "150400")]


def test_names_that_no_table_has_are_mentions_without_a_place() -> None:
    mentions = parser().parse("集宁区白海子镇、额木图水利枢纽")
    assert [(mention.surface, mention.place) for mention in mentions] == [
        ("集宁区", "150902"),
        ("白海子镇", None),
        ("额木图水利枢纽", None),
    ]
    assert "gazetteer" in mentions[1].reason


def test_a_refused_long_name_leaves_what_it_holds() -> None:
    assert found("位于黄河南岸，北与包头相望") == [("黄河", "river/huanghe"), ("包头", "150200")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "，。、；", "\x00\x07\ud800\udfff", "—12—", "河" * 3000, "新城、" * 3000, "“" * 3000]
)
def test_text_without_names(text: str) -> None:
    assert parser().parse(text) == ()


@pytest.mark.parametrize("noise", ["\x00", "\ud800", "𠀀", "🏜", "\u200b"])
def test_offsets_count_code_points(noise: str) -> None:
    text = f"{noise}满洲里{noise * 2}，{noise}额济纳旗{noise}"
    assert found(text) == [("满洲里", "150781"), ("额济纳旗", "152923")]


def test_a_long_text_is_read_in_blocks_with_the_same_result() -> None:
    sentence = "推动满洲里、二连浩特等口岸与赤峰市红山区合作，建设创新城市。"
    times = 40_000  # more than two blocks
    once = parser().parse(sentence)
    mentions = parser().parse(sentence * times)
    assert len(mentions) == len(once) * times
    for copy in (0, 1, times // 2, times - 1):
        part = mentions[copy * len(once) : (copy + 1) * len(once)]
        assert [(one.start - copy * len(sentence), one.place) for one in part] == [
            (one.start, one.place) for one in once
        ]


def test_a_list_without_end_is_read() -> None:
    mentions = parser().parse("满洲里、" * 5000 + "策克等口岸")
    assert len(mentions) == 5001
    assert mentions[-1].place == mentions[-2].place.replace("manzhouli", "ceke") == "port/ceke"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A by-name counts beside the name of the same place only.
        ("坐动车去鹿城包头", [("鹿城", "150200"), ("包头", "150200")]),
        ("青城呼和浩特", [("青城", "150100"), ("呼和浩特", "150100")]),
        ("浙江省温州市鹿城区", [("浙江省", "330000"), ("温州市", "330300"), ("鹿城区", "330302")]),
        # A river named after a place of transliterated syllables; 河流 and 河道 make none.
        ("莫尔道嘎河流经山地", [("莫尔道嘎河", None)]),
        # Words that stand before a name without being of it.
        ("治所（今永兴乡）", [("永兴乡", None)]),
        ("南邻二道桥镇，西靠三道桥镇", [("二道桥镇", None), ("三道桥镇", None)]),
        ("素有“塞外小北京”之称", []),
        ("霍林河、锡林浩特和三大露天煤矿", [("霍林河", "150581"), ("锡林浩特", "152502")]),
        # Counties of other provinces are hardly ever named without the province or a list of the like.
        ("确保边疆安宁稳固", []),
        ("黑河尾闾重现碧波", [("黑河", "river/heihe")]),
        ("甘泉铁路把煤炭运到黄骅、天津港", [("黄骅", "130983"), ("天津港", None)]),
        ("云南省的安宁", [("云南省", "530000"), ("安宁", "530181")]),
        ("上游有黑龙江水系的河流，黑龙江东部有雪", [("黑龙江", "river/heilongjiang"), ("黑龙江", "230000")]),
        # Stations, villages and works in a list with glosses, behind the name of a line, summed up by a number.
        ("终点在某某铁路敖高图日站", [("敖高图日站", None)]),
        (
            "经察素齐镇(旗府所在地)、大沙头村、漫水塘村",
            [("察素齐镇", "town/chasuqi"), ("大沙头村", None), ("漫水塘村", None)],
        ),
        (
            "设鄂托克前旗站、漫水塘、上海庙东等3座车站",
            [("鄂托克前旗站", None), ("漫水塘", None), ("上海庙东", None)],
        ),
        ("和林格尔县前窑子水库除险", [("和林格尔县", "150123"), ("前窑子水库", None)]),
        ("沿沙尔勒金河流入大湖", [("沙尔勒金河", None)]),
        ("止于乌海经济技术开发区", [("乌海经济技术开发区", None)]),
        # A quotation mark that opens inside a name closes with it; a group's abbreviation goes without 城市群.
        ("打好黄河“几字弯”攻坚战", [("黄河“几字弯”", "region/huanghe-jiziwan")]),
        ("整治河套-土默川平原区耕地", [("河套-土默川平原", "group/hetao-tumochuan")]),
        ("呼包鄂乌城市群与京津冀经济圈", [("呼包鄂乌", "group/hubaoewu"), ("京津冀", "group/jingjinji")]),
        # What only sums up a list is no further name.
        (
            "科尔沁和浑善达克两大沙地歼灭战",
            [("科尔沁", "sandy-land/keerqin"), ("浑善达克", "sandy-land/hunshandake")],
        ),
        ("河套和土默川平原", [("河套", "plain/hetao"), ("土默川平原", "plain/tumochuan")]),
        ("鄂尔多斯等盆地的天然气", [("鄂尔多斯", "basin/eerduosi")]),
        ("完善阿尔山会展中心", [("阿尔山", "152202")]),
        # Ends of routes; 京沈高铁 is a line.
        (
            "国道335线黄家滩至百灵庙段公路",
            [("黄家滩", None), ("百灵庙", "town/bailingmiao")],
        ),
        ("建设东胜东至台格庙铁路", [("东胜东", None), ("台格庙", None)]),
        ("赤峰至京沈高铁连接线", [("赤峰", "150400")]),
        ("范围东至京珠高速", []),
        # Stations turned to a side, waters behind a particle, the first of a list of lakes, what lies to one side.
        ("动车组从呼和浩特东站驶出", [("呼和浩特东站", None)]),
        ("源头是山北的白槽沟", [("白槽沟", None)]),
        ("月亮湖、天鹅湖等湖泊", [("月亮湖", None), ("天鹅湖", None)]),
        ("多伦县蔡木山乡赵家营子以西", [("多伦县", "152531"), ("蔡木山乡", None), ("赵家营子", None)]),
        ("翁牛特旗东部大兴乡", [("翁牛特旗", "150426"), ("大兴乡", None)]),
        ("2006年银根苏木撤销", [("银根苏木", None)]),
        (
            "阿拉善左旗的苏木现辖温都尔毛都、沙日扎、哈日朝鲁三个嘎查",
            [("阿拉善左旗", "152921"), ("温都尔毛都", None), ("沙日扎", None), ("哈日朝鲁", None)],
        ),
        ("改造包头、赤峰、乌海。", [("包头", "150200"), ("赤峰", "150400"), ("乌海", "150300")]),
        ("东北邻扎赉特旗", [("扎赉特旗", "152223")]),
        ("蛮汗山东北坡", [("蛮汗山", "mountain/manhanshan")]),
        ("甘肃省临夏州", [("甘肃省", "620000"), ("临夏州", "622900")]),
    ],
)
def test_names_that_real_texts_taught(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What opens a name: a verb of administrative history, a seat, a list of three with the same generic word.
        ("该区下辖石哈河乡", [("石哈河乡", None)]),
        ("政府所在地新安镇", [("新安镇", None)]),
        ("南部有牤牛河、杜贵河", [("牤牛河", None), ("杜贵河", None)]),
        (
            "辖光明社区、团结社区、繁荣社区",
            [("光明社区", None), ("团结社区", None), ("繁荣社区", None)],
        ),
        ("建设智慧社区、平安社区", []),
        ("海棠山国家级自然保护区", [("海棠山国家级自然保护区", None)]),
        ("必斯营子工业园区", [("必斯营子工业园区", None)]),
        ("深化煤矿、非煤矿山整治", []),
        # Directions at the beginning of a clause; a district that is nearly always the word.
        ("包头市，西北与穆棱市临近", [("包头市", "150200"), ("穆棱市", "231085")]),
        ("南与东八号乡接壤，西南、西北分别与忽鸡图乡相连", [("东八号乡", None), ("忽鸡图乡", None)]),
        ("赤峰城区", [("赤峰", "150400")]),
        # The longer name around a short one: items of syllables, banners of history, works and towns named after units.
        ("毕其格图、乌力吉图、宝日胡硕、东升庙", None),
        ("西与阿拉善厄鲁特旗为邻", [("阿拉善厄鲁特旗", None)]),
        ("鄂托克旗经济开发区", [("鄂托克旗经济开发区", "zone/etuoke-jkq")]),
        ("达拉特电厂一期", [("达拉特电厂", None)]),
        ("建设坑口电厂和风电场", []),
        ("库伦旗的库伦镇工业园区", None),
        # Other names in brackets, items that a kind closes, provinces by one character.
        ("固阳县新安镇（又称扒子补隆）", [("固阳县", "150222"), ("新安镇", None), ("扒子补隆", None)]),
        ("乌拉特前旗石哈河乡、小佘太等五乡", [("乌拉特前旗", "150823"), ("石哈河乡", None), ("小佘太", None)]),
        ("与晋、陕、宁三省毗邻", [("晋", "140000"), ("陕", "610000"), ("宁", "640000")]),
        ("宁、甘、青等省区", [("宁", "640000"), ("甘", "620000"), ("青", "630000")]),
        ("青、绿、蓝三色", []),
        ("内蒙古南海子湿地自然保护区", [("内蒙古南海子湿地自然保护区", None)]),
        ("乌拉特前旗东北大佘太镇，先驻大佘太", [("乌拉特前旗", "150823"), ("大佘太镇", None), ("大佘太", None)]),
        ("置大佘太设治局", [("大佘太设治局", None)]),
        ("宝格达山林场在北", [("宝格达山林场", None)]),
        ("坐落于燕山山脉之间，交汇形成辽河", [("燕山山脉", "beyond/yanshan"), ("辽河", "river/liaohe")]),
        ("海拉苏镇海拉苏嘎查的农户", [("海拉苏镇", None), ("海拉苏嘎查", None)]),
        ("滋养着幸福河两岸的草场", [("幸福河", None)]),
        ("黑河源自山中", [("黑河", "river/heihe")]),
        ("清代蒙古王府，蒙古六旗", []),
        ("1913年废厅设县", []),
        # Chains of a journey, syllables behind a unit, directions of bounds, words that a dictionary joins.
        (
            "阿尔山—三潭峡—石塘林—鹿园—杜鹃湖。",
            [
                ("阿尔山", "152202"),
                ("三潭峡", None),
                ("石塘林", "mountain/shitanglin"),
                ("鹿园", None),
                ("杜鹃湖", "lake/dujuanhu"),
            ],
        ),
        ("策划—设计—施工—运营一体化", []),
        ("牙克石市博克图，镶黄旗", [("牙克石市", "150782"), ("博克图", None), ("镶黄旗", "152528")]),
        ("苏木山东与山西省毗邻", [("苏木山", "mountain/sumushan"), ("山西省", "140000")]),
        ("包头市，西北为兴和县", [("包头市", "150200"), ("兴和县", "150924")]),
        ("南距山西大同150公里", [("山西", "140000"), ("大同", "140200")]),
        ("镇内有那仁河、小莫尔根河", [("那仁河", None), ("小莫尔根河", None)]),
        ("改名“卓资”县，察哈尔文化", [("卓资", "150921")]),
        ("伊金霍洛镇下设霍洛、布拉克、什拉塔三个乡", None),
        ("哈素海旅游景区", [("哈素海旅游景区", None)]),
        # Streets and buildings bear the names of units far away.
        ("青岛市鄂尔多斯路小学，通辽路雨污分流", [("青岛市", "370200"), ("鄂尔多斯路", None), ("通辽路", None)]),
        ("上海地铁赤峰路站", [("上海", "310000"), ("赤峰路", None)]),
        ("大连市新城街道，包头街修缮", [("大连市", "210200"), ("新城街道", None), ("包头街", None)]),
        ("南京市东胜花园物业", [("南京市", "320100")]),
        ("包头路段通车，赤峰路网完善，通辽街头清扫", [("包头", "150200"), ("赤峰", "150400"), ("通辽", "150500")]),
        ("宁夏银川市西夏区、新城、老城更新", [("宁夏", "640000"), ("银川市", "640100"), ("西夏区", "640105")]),
        ("包头黄河国家湿地公园", [("包头黄河国家湿地公园", None)]),
        ("实施蒙古马、苏尼特双峰驼保护工程，应对非洲猪瘟疫情", []),
        ("牤牛河、杜贵河及柳河的支流", [("牤牛河", None), ("杜贵河", None), ("柳河", None)]),
        ("口岸城市二连浩特", [("二连浩特", "152501")]),
        ("固原市东胜乡、五原村", [("固原市", "640400"), ("东胜乡", None), ("五原村", None)]),
        ("东胜乡村振兴，包头村民", [("东胜", "150602"), ("包头", "150200")]),
        ("1924年建林东设治局，1932年建林东县", [("林东设治局", None), ("林东县", None)]),
        ("途经麦新镇前往开鲁县", [("麦新镇", None), ("开鲁县", "150523")]),
        ("岱海湖畔天鹅成群", [("岱海", "lake/daihai")]),
        ("西南两侧与哈拉哈达、哈达英格、白音敖包乡毗邻", None),
        ("宝绍岱苏木、那日图苏木、乌额格其苏木、前德门苏木", None),
        ("巴雅尔吐胡硕镇", [("巴雅尔吐胡硕镇", None)]),
        ("临潢路社区、上京路社区、胜利村", [("临潢路社区", None), ("上京路社区", None), ("胜利村", None)]),
        ("东与十三敖包乡接壤", [("十三敖包乡", None)]),
        ("凉城县鸿茅镇鞍子山村", [("凉城县", "150925"), ("鸿茅镇", None), ("鞍子山村", None)]),
        ("北与蒙古人民共和国交界", [("蒙古人民共和国", "foreign/mongolia")]),
        ("列入中国湿地保护行动计划", []),
        ("河套灌区和土默川灌区", None),
        ("西隔杨树河与县城相望", [("杨树河", None)]),
        ("现有旺业甸、王爷府、大牛群、马鞍山4个国有林场", None),
        ("鄂尔多斯细毛羊繁育基地", []),
    ],
)
def test_names_that_a_further_set_taught(text: str, expected: list[tuple[str, str | None]] | None) -> None:
    names = found(text)
    if expected is None:  # what matters is the span
        assert set(SPANS[text]) <= {name for name, _ in names}
    else:
        assert names == expected


SPANS = {
    "伊金霍洛镇下设霍洛、布拉克、什拉塔三个乡": ("霍洛", "布拉克", "什拉塔"),
    "毕其格图、乌力吉图、宝日胡硕、东升庙": ("乌力吉图", "宝日胡硕"),
    "库伦旗的库伦镇工业园区": ("库伦镇工业园区",),
    "现有旺业甸、王爷府、大牛群、马鞍山4个国有林场": ("旺业甸", "王爷府", "大牛群"),
    "西南两侧与哈拉哈达、哈达英格、白音敖包乡毗邻": ("哈拉哈达", "哈达英格", "白音敖包乡"),
    "宝绍岱苏木、那日图苏木、乌额格其苏木、前德门苏木": ("那日图苏木", "乌额格其苏木", "前德门苏木"),
    "河套灌区和土默川灌区": ("土默川灌区",),
}


def test_the_form_of_a_longer_name_is_what_the_text_has() -> None:
    for text in ("归绥市在南", "坐落于燕山山脉之间", "内蒙古毕拉河国家级自然保护区", "与晋、陕两省毗邻"):
        for mention in parser().parse(text):
            assert mention.surface == text[mention.start : mention.end]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Routes: by length, behind a village, from a numbered road, with its kind, in a list of roads.
        ("阿巴嘎旗巴彦乌素至额尔登敖包12.5公里", ["阿巴嘎旗", "巴彦乌素", "额尔登敖包"]),
        ("从道劳嘎查至格日乐图农村公路", ["道劳嘎查", "格日乐图"]),
        ("二连浩特市G331至乌珠尔哈达公路9公里", ["二连浩特市", "乌珠尔哈达"]),
        ("杭锦旗，建设沙巴尔太至阿门其布拉公路", ["杭锦旗", "沙巴尔太", "阿门其布拉"]),
        ("杭锦旗境内，起于胡吉尔图，止于阿日善图，全长80公里", ["杭锦旗", "胡吉尔图", "阿日善图"]),
        ("口岸至苏布日嘎铁路", ["苏布日嘎"]),
        # Areas that hold more than a place and a kind.
        ("达里诺尔草原火山生态旅游区", ["达里诺尔草原火山生态旅游区"]),
        ("凉城县岱海湖泊湿地自然保护区", ["凉城县", "岱海湖泊湿地自然保护区"]),
        ("呼和浩特市重点旅游区", ["呼和浩特市"]),
        # A generic word that begins inside a name.
        ("苏木山林场", ["苏木山林场"]),
        # What is abolished, merged or made.
        ("撤销锡林布拉格镇，并入吉兰泰镇", ["锡林布拉格镇", "吉兰泰镇"]),
        ("将通古勒格敖包苏木划归阿拉善左旗", ["通古勒格敖包苏木", "阿拉善左旗"]),
        ("建立土城沟人民公社", ["土城沟人民公社"]),
        # A cooperative has its village's name, a company none.
        ("乌拉特后旗巴音宝力格镇农机合作社", ["乌拉特后旗", "巴音宝力格镇"]),
        ("杭锦旗某某有限公司", []),
        ("中国电建投资建设", []),
        # Water that is led.
        ("引黄河水灌溉", ["黄河"]),
        # Lines are no places, ends of lines are.
        ("与伊敏支线相接", []),
        ("包头至银川支线", ["包头", "银川"]),
        # Stages in arrows.
        ("海拉尔 → 室韦/临江 → 满洲里", ["海拉尔", "室韦", "临江", "满洲里"]),
        # Sounds of a name are no counties elsewhere.
        ("苏尼特左旗巴彦昌图至额博勒图公路", ["苏尼特左旗", "巴彦昌图", "额博勒图"]),
        # The seat of a county, by an ordinary word.
        ("通榆县人民政府驻开通镇", ["通榆县", "开通镇"]),
        ("霍林河及12条中小河流", ["霍林河"]),
        # Stations behind their voltage; the end of a line behind the units that it lies in.
        ("止于锡林浩特市1000千伏胜利变电站", ["锡林浩特市", "胜利变电站"]),
        ("止于河北沧州雄南换流站，全长700公里", ["河北", "沧州", "雄南换流站"]),
        ("起于兴和县韩家营（蒙晋界），止于呼和浩特市保合少互通", ["兴和县", "韩家营", "呼和浩特市"]),
        ("止于海南区西南侧，", ["海南区"]),
        ("途经巴彦浩特、切乌图、木仁高勒，", ["巴彦浩特", "切乌图", "木仁高勒"]),
        ("路线经过和林格尔县头道沟村、羊盖板村、石窑子南等地", ["和林格尔县", "头道沟村", "羊盖板村", "石窑子"]),
        ("大同至右卫段全长103.4公里，途经大同市", ["大同", "右卫", "大同市"]),
        ("可游览响石水库", ["响石水库"]),
        # Villages on a side of a name, sights in a list that says so.
        ("下辖龙泉庙西嘎查、乌达图村", ["龙泉庙西嘎查", "乌达图村"]),
        ("游览辉腾锡勒草原、黄花岭、彩石坡等自然景观", ["辉腾锡勒草原", "黄花岭", "彩石坡"]),
        # Peoples are no countries.
        ("锡林郭勒盟居住着蒙古、汉、满、朝鲜、回等22个民族", ["锡林郭勒盟"]),
        ("与蒙古、俄罗斯接壤", ["蒙古", "俄罗斯"]),
        # Half-width punctuation is read as the full-width that it stands for.
        ("中国(内蒙古)自由贸易试验区,", ["中国(内蒙古)自由贸易试验区"]),
        ("支线供水工程内蒙古支线开工", ["内蒙古"]),
        ("保持大兴安岭地区森林生态", ["大兴安岭"]),
        ("黑龙江省大兴安岭地区", ["黑龙江省", "大兴安岭地区"]),
        ("黄河“几”字弯", ["黄河“几”字弯"]),
    ],
)
def test_families_of_names(text: str, names: list[str]) -> None:
    assert [surface for surface, _ in found(text)] == names


def test_a_county_elsewhere_by_its_short_form() -> None:
    assert ("民勤", "620621") in found("甘肃省民勤县位于石羊河下游。民勤治沙已有多年")
    assert ("资源", "450329") not in found("资源县位于广西壮族自治区，资源丰富")


def test_a_verb_before_a_generic_word_makes_no_name() -> None:
    assert found("赤峰市推进社区建设、完善口岸功能、恢复湿地") == [("赤峰市", "150400")]
    assert ("团结镇", None) in found("杭锦后旗团结镇、蒙海镇")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Two units side by side, the first by its short form; its parent right before it.
        ("河北省的丰宁大滩镇草原旅游", ["河北省", "丰宁", "大滩镇"]),
        ("吉林省松原前郭查干花镇", ["吉林省", "松原", "前郭", "查干花镇"]),
        ("兴安盟水稻；扎旗好力保镇建成园区", ["兴安盟", "扎旗", "好力保镇"]),
        ("甘肃金昌金川区新材料", ["甘肃", "金昌", "金川区"]),
        # Counties and districts elsewhere: text on their province, a list of their city's, what goes there.
        ("吉林省白城市，镇赉改良盐碱地", ["吉林省", "白城市", "镇赉"]),
        ("水头抵达双辽，经喀左可直达沈阳", ["双辽", "喀左", "沈阳"]),
        ("临沂河东区、罗庄物流企业", ["临沂", "河东区", "罗庄"]),
        ("资源县位于广西，合作与资源节约，温泉疗养", ["资源县", "广西"]),
        ("盘锦、许昌、宿迁的企业，日照时数长", ["盘锦", "许昌", "宿迁"]),
        # The short form of a district of the region at the beginning of a clause, a city by its first character.
        ("包头市昆区增长；九原晶硅项目满产，东河铝产业延链", ["包头市", "昆区", "九原", "东河"]),
        ("满洲里市通车，满市同步推进，全市联动", ["满洲里市", "满市"]),
        # Verbs and particles before names.
        ("洪山区和平街道借东湖绿道发展", ["洪山区", "和平街道", "东湖"]),
        ("嫩江洪水入月亮泡水库", ["嫩江", "月亮泡水库"]),
        ("赤峰站站前广场扩建", ["赤峰站"]),
        ("牙克石南下大连港缩短八小时", ["牙克石", "大连港"]),
        ("金塔县鼎新镇依黑河灌溉", ["金塔县", "鼎新镇", "黑河"]),
        # Kinds of thing with an attribute.
        ("开鲁县井灌区、平川区老矿区、城阳区海洋牧场、绿电直供口岸", ["开鲁县", "平川区", "城阳区"]),
        ("达来呼布镇胡杨林景区扩容", ["达来呼布镇"]),
        # Bodies, companies, brands.
        ("乌拉特海关、武汉海事局、乌海调查队、阿拉善SEE生态协会", []),
        ("“兴安盟大米”品牌，东阿阿胶、山东重工、青岛银行签约", []),
        ("吉林油田、一汽集团职工疗养", []),
        ("突泉肉牛畅销，苏尼特羊", ["突泉"]),
        # Works by form.
        ("甘其毛都口岸加工园区焦化企业", ["甘其毛都口岸加工园区"]),
        ("，白音华能源化工园区推进", ["白音华能源化工园区"]),
        ("自甘肃正义峡下泄，经狼心山断面分水", ["甘肃", "正义峡", "狼心山"]),
        ("新洲区阳逻港水铁联运，董家口港铁矿石到港", ["新洲区", "阳逻港", "董家口港"]),
        ("郑家屯老站房、阳高县守口堡杏花节", ["郑家屯", "阳高县", "守口堡"]),
        ("西辽河与东辽河之间", ["西辽河", "东辽河"]),
        ("绰勒水库灌区用水，祁连山草原围栏", ["绰勒水库", "祁连山"]),
    ],
)
def test_what_a_readers_passages_taught(text: str, names: list[str]) -> None:
    assert [surface for surface, _ in found(text)] == names


@pytest.mark.parametrize("word", ["冷链", "康养", "文旅", "算力", "蒙药", "燕麦", "绿氢", "双创"])
@pytest.mark.parametrize("kind", ["产业园", "物流园区", "公园", "景区"])
def test_a_word_of_our_day_before_a_generic_word_is_no_name(word: str, kind: str) -> None:
    """The segmenter's dictionary is older than these words (atlas/geoparse/new_words.txt), or takes them for names."""
    assert found(f"支持丰镇市建设{word}{kind}，发展特色产业。") == [("丰镇市", "150981")]
    assert found(f"加快建设霍哈尔{kind}，发展特色产业。")[0][0] == f"霍哈尔{kind}", "a name is one all the same"
