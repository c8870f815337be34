"""Every word of the interface, once: Chinese first, English beside it. Names and law text are data, not here."""

from __future__ import annotations

from typing import Literal

from atlas.errors import UnknownNameError

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

WORDS: dict[str, tuple[str, str]] = {
    "title": ("北疆图集", "Beijiang Atlas"),
    "subtitle": ("内蒙古自治区条例与规划", "Law and plan of Inner Mongolia"),
    "language": ("语言", "Language"),
    # the rail
    "find": ("查找地方", "Find a place"),
    "find_hint": ("旗县、湖泊、口岸、铁路…", "Banner, lake, port, railway …"),
    "leagues": ("盟市筛选", "Leagues and cities"),
    "leagues_hint": ("全部盟市", "All"),
    "layers": ("图层", "Layers"),
    "precision": ("图形精度", "What a shape is"),
    "features": ("个要素", "features"),
    "filtered": ("筛选后 {shown} / {count}", "{shown} of {count} after filtering"),
    "built": ("数据版本", "Data"),
    "pending": ("暂缺", "pending"),
    # the map
    "map": ("地图", "Map"),
    # the pane
    "welcome": ("选一个地方，看哪些条文管它", "Choose a place to read what governs it"),
    "welcome_lead": (
        "点击地图，或在左侧按名称查找。图上每个标记都连着条文原文，每条条文都能回到图上。",
        "Click the map, or find a name on the left. Every mark is tied to its words in the text, "
        "and every article leads back to the map.",
    ),
    "examples": ("例如", "For instance"),
    "documents": ("收录文件", "Documents"),
    "adopted": ("{date} 通过", "adopted {date}"),
    "issued": ("{date} 印发", "issued {date}"),
    "provisions_count": ("{count} 条（节、项）", "{count} provisions"),
    "why_shown": ("缘由", "Why"),
    "back": ("返回", "Back to"),
    "close": ("关闭", "Close"),
    "under": ("此处还有", "Also here"),
    "provenance": ("资料来源与说明", "Sources and notes"),
    "type": ("类型", "Type"),
    "code": ("代码", "Code"),
    "league": ("所属盟市", "League or city"),
    "location": ("位置", "Position"),
    "shape": ("图形", "Shape"),
    "point": ("点位", "Point"),
    "source": ("来源", "Source"),
    "seen": ("查阅日期", "Seen"),
    "note": ("说明", "Note"),
    "status": ("状态", "Status"),
    "also": ("别名", "Also"),
    "on_layers": ("所在图层", "In layers"),
    "governing": ("管这里的条文", "What governs it"),
    "governing_none": ("没有找到管这里的条文。", "No provision was found that governs this place."),
    "count": ("{count} 条", "{count}"),
    "basis_named": ("点名", "Named"),
    "basis_group": ("群组", "In a named group"),
    "basis_feature": ("要素", "By a named feature"),
    "basis_class": ("类别", "Member of a class"),
    "basis_region": ("全区", "Region-wide"),
    "basis_named_hint": ("条文直接写到这个地方", "the provision names this place"),
    "basis_group_hint": ("条文写到它所属的一组地方", "the provision names a group that it belongs to"),
    "basis_feature_hint": (
        "条文写到位于或穿过这里的湖、沟、线",
        "it names a feature that lies in or crosses the place",
    ),
    "basis_class_hint": ("条文适用于它所属的一类地区", "the provision addresses a class of areas that it belongs to"),
    "basis_region_hint": ("条文未限定地域", "the provision has no narrower scope"),
    "open_article": ("全文并落图", "Full text on the map"),
    "more": ("再显示 {count} 条", "Show {count} more"),
    "show": ("展开", "Show"),
    "certainty": ("可信度 {percent}%", "certainty {percent}%"),
    "disclaimer": (
        "关联由程序从原文读出，逐字可查；不是法律结论。",
        "Relations are read from the text by the program and can be checked word by word; "
        "they are not legal conclusions.",
    ),
    # an article
    "article_places": ("条文涉及的地方", "Places of this provision"),
    "article_places_none": ("这一条没有写到具体地方。", "This provision names no place."),
    "by_name": ("条文点名", "named in the text"),
    "by_scope": ("经群组或类别", "through a group or class"),
    "unlocated": ("未落图", "not on the map"),
    "restored": (
        "原文件中散落的数字已复位，见复原记录。",
        "Displaced digits of the source file were put back; see the record of edits.",
    ),
    "more_places": ("另有 {count} 处", "and {count} more"),
    # errors
    "not_built": ("图集尚未生成", "The atlas is not built yet"),
    "not_built_step": ("请在项目目录运行：", "In the project's folder, run:"),
    "unknown": ("地址里有认不出的内容，已忽略：", "The address names something unknown, which was left out:"),
    # types of places
    "type_region": ("自治区", "autonomous region"),
    "type_league": ("盟、设区的市", "league or prefecture-level city"),
    "type_county": ("旗县市区", "banner, county, city or district"),
    "type_town": ("苏木乡镇", "township"),
    "type_province": ("省级区划", "province"),
    "type_country": ("国家", "country"),
    "type_lake": ("湖泊", "lake"),
    "type_river": ("河流", "river"),
    "type_kongdui": ("孔兑", "kongdui gully"),
    "type_port": ("口岸", "port of entry"),
    "type_station": ("铁路节点", "railway node"),
    "type_railway": ("铁路", "railway"),
    "type_foreign-place": ("境外地名", "place abroad"),
    "type_airport": ("机场", "airport"),
    "type_basin": ("盆地", "basin"),
    "type_bonded-centre": ("保税物流中心", "bonded logistics centre"),
    "type_bonded-zone": ("综合保税区", "bonded zone"),
    "type_border-zone": ("边境合作区、互贸区", "border zone"),
    "type_canal": ("渠沟", "canal"),
    "type_coal-field": ("煤田", "coal field"),
    "type_corridor": ("走廊", "corridor"),
    "type_culture-park": ("国家文化公园", "national culture park"),
    "type_desert": ("沙漠", "desert"),
    "type_economic-corridor": ("经济走廊", "economic corridor"),
    "type_expressway": ("高速公路", "expressway"),
    "type_facility": ("设施", "facility"),
    "type_farm-base": ("农牧业基地", "farm base"),
    "type_flood-area": ("蓄滞洪区", "flood-detention area"),
    "type_forest-bureau": ("林业局", "forestry bureau"),
    "type_gas-field": ("气田", "gas field"),
    "type_gas-pipeline": ("输气管道", "gas pipeline"),
    "type_grassland": ("草原", "grassland"),
    "type_heritage": ("文化遗产", "heritage site"),
    "type_high-tech-zone": ("高新区", "high-tech zone"),
    "type_hydro-works": ("水利枢纽", "hydro works"),
    "type_industrial-park": ("工业园区", "industrial park"),
    "type_irrigation-district": ("灌区", "irrigation district"),
    "type_logistics-hub": ("物流枢纽", "logistics hub"),
    "type_metro": ("地铁", "metro"),
    "type_mine": ("矿山", "mine"),
    "type_mining-area": ("矿区", "mining area"),
    "type_mountain": ("山地", "mountains"),
    "type_museum": ("博物馆", "museum"),
    "type_oil-field": ("油田", "oil field"),
    "type_park": ("园区", "park"),
    "type_pilot-zone": ("试验区、先导区", "pilot zone"),
    "type_pipeline": ("管道", "pipeline"),
    "type_plain": ("平原", "plain"),
    "type_plateau": ("高原", "plateau"),
    "type_power-line": ("输电通道", "power line"),
    "type_reservoir": ("水库", "reservoir"),
    "type_road": ("公路", "road"),
    "type_route": ("线路", "route"),
    "type_sandy-land": ("沙地", "sandy land"),
    "type_sluice": ("水闸", "sluice"),
    "type_substation": ("变电站", "substation"),
    "type_tour-area": ("旅游区", "tourist area"),
    "type_tour-belt": ("旅游带", "tourist belt"),
    "type_tour-route": ("旅游线路", "tour route"),
    "type_venue": ("会展场馆", "venue"),
    "type_water-project": ("水利工程", "water project"),
    "type_wetland": ("湿地", "wetland"),
    "type_zone": ("分区", "zone"),
    # status of projects
    "status_complete": ("建设完成", "to be completed"),
    "status_build": ("推进建设", "under construction"),
    "status_advance": ("积极推进", "to be advanced"),
    "status_centre": ("中部", "centre"),
    "status_dairy": ("奶业", "dairy"),
    "status_east": ("东部", "east"),
    "status_ecology": ("生态融合示范", "ecology"),
    "status_equipment": ("智慧产业示范", "equipment"),
    "status_forage": ("牧草基地", "forage"),
    "status_general": ("新建通用机场", "new general airport"),
    "status_international": ("国际出口", "international"),
    "status_interprovincial": ("省际出区", "interprovincial"),
    "status_national": ("全国性枢纽", "national hub"),
    "status_new": ("新建", "new"),
    "status_open": ("旗县未列名单", "units not named"),
    "status_operate": ("已建", "in operation"),
    "status_pastoral": ("草原畜牧业", "pastoral farming"),
    "status_port": ("重要口岸枢纽", "port hub"),
    "status_prepare": ("规划建设", "planned"),
    "status_rebuild": ("改扩建", "to be rebuilt"),
    "status_regional": ("区内、地区性", "regional"),
    "status_study": ("规划研究", "under study"),
    "status_west": ("西部", "west"),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """Return a word of the interface with its values filled in.

    Raises:
        UnknownNameError: there is no such word.
    """
    if key not in WORDS:
        raise UnknownNameError("word", key, WORDS, "see atlas/ui/words.py")
    text = WORDS[key][LANGS.index(lang)]
    return text.format(**values) if values else text


def named(kind: str, value: str, lang: Lang) -> str:
    """Return the word for a coded value (`named("type", "lake", "zh")`), or the value itself where there is none."""
    key = f"{kind}_{value}"
    return word(key, lang) if key in WORDS else value
