"""What plan language calls an undertaking: the words that close its name, with the category that each one means.

A `facility` is a thing with a place (机场, 综合保税区), a `programme` calls itself one (工程, 行动, 计划), a `measure`
is something done to a place (治理, 除险加固). The lexicon is of the language of Chinese plans, not of one plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FACILITY: tuple[tuple[str, str], ...] = (
    ("railway", r"铁路|高铁|(?:铁路|高铁)连接线|(?:铁路|疏港)专用线|(?:铁路|高铁)\w+段"),
    (
        "border",
        r"铁路口岸|公路口岸|机场口岸|口岸|边境经济合作区|综合保税区|保税物流中心|开发开放试验区|自由贸易试验区|跨境电子商务综试区|互市贸易区|互贸区|跨境经济合作区",
    ),
    (
        "road",
        r"高速公路|[GS]\d+\w{2,12}(?:高速|段)|(?:公路|高速|国道|省道)\w+段|跨境公路|公路|快速通道|快速路|(?:高速|公路)连接线|大通道|一级路|国道|省道|大桥|隧道",
    ),
    ("airport", r"新机场|国际机场|运输机场|通用机场|机场"),
    ("transport", r"地铁|轨道交通|港区|作业区|码头|航道(?:\w+段)?|航线|新通道|运河|船闸"),
    ("hub", r"综合交通枢纽|物流枢纽承载城市|物流枢纽|客运枢纽|货运枢纽|国家物流大枢纽|物流大枢纽|(?<!水利)枢纽"),
    (
        "logistics",
        r"物流园区|物流中心|保税物流中心|冷链物流基地|快件中心|快件监管中心|集散中心|互换局(?:（交换站）)?|物流园|陆港|货场|联检楼",
    ),
    (
        "water",
        r"水库|(?:备用|应急|饮用)水源|水闸|工程\w{2,6}段|水利枢纽|灌区|蓄滞洪区|分洪区|泵站|扬水站|水厂|供水管网|引调水|水源地|[引调]\w[济入]\w|补水通道",
    ),
    (
        "energy",
        r"输变电工程|外送通道|输电通道|新能源基地|风电基地|光伏基地|风光电基地|能源基地|抽水蓄能电站|电站|电厂|风电场|光伏园区|换流站|变电站|"
        r"智能电网|网架结构|制氢基地|绿氢生产基地",
    ),
    ("gas", r"天然气管道|输气管道|输油管道|管道|支线|储气库|数字气田|气田|煤制气管道"),
    ("mine", r"矿区|煤矿|油田|矿井|铁矿|绿色矿山示范区"),
    (
        "zone",
        r"综合保税区|经济合作区|合作区|开发开放试验区|试验区|示范区|先行示范区|先导区|综试区|开发区|高新区|新区|承接产业转移示范区|"
        r"体验区|品牌化发展区|示范市|示范县城|示范县|综合体|示范城市|自贸区|核心区|功能区",
    ),
    (
        "park",
        r"产业园区|示范产业园|工业园区|空港园区|园区|产业园|生态园|科技园|健康谷|医药港|小镇|(?:渔业|农业|林业|牧业|植物|动物|纪念|体育|郊野|森林|主题|博览)公?园|孵化园|创业园|总部|社区|产业集聚区|科创总部",
    ),
    (
        "agriculture",
        r"饲草基地|苜蓿产业基地|产业带|种质资源库|草种资源库|种植基地|种子基地|种业基地|强镇|保种场|良种场|储备库|粮库",
    ),
    (
        "industry",
        r"产业基地|制造基地|生产基地|生产加工\w*基地|加工基地|研发基地|孵化基地|示范基地|培养基地|基地|产业中心|产业集群",
    ),
    (
        "digital",
        r"数据中心|大数据中心|公共服务平台|创新平台|监管平台|服务平台|调度平台|平台|互联网转接点|骨干直联点|通信业务出入口|国际光缆|"
        r"光缆|数据专线|算力中心|智慧城市|城市大脑|“城市大脑”|超算中心|清洗加工基地",
    ),
    (
        "culture",
        r"博物馆|图书馆|文化馆|非遗馆|美术馆|音乐厅|剧院|会展中心|博览园|文化公园|考古遗址公园|遗址公园|工业遗址公园|遗产廊道|"
        r"旅游廊道|展览馆|纪念馆|(?:体育|滑冰|游泳|档案)馆|新馆|滑雪场|文化产业园",
    ),
    ("tourism", r"文化旅游带|旅游带|旅游圈|旅游线路|度假基地|度假区|旅游区|旅游试验区|风景道|营地"),
    ("ecology", r"生态廊道|生态带|国家公园|林场|自然保护区|湿地公园|防护林体系"),
    ("health", r"医疗中心|医院|院区|校区|学校|救治基地|疾控中心|养老院|救援基地|救援综合基地"),
    (
        "centre",
        r"实验室|创新中心|技术中心|研究中心|检验检测中心|精深加工中心|交易所|交易中心|翻译中心|运营中心|大市场|中心",
    ),
)
_MEASURE: tuple[tuple[str, str], ...] = (
    ("railway", r"(?:铁路|高铁)(?:\w+段)?(?:扩能|电气化|升级|提速)*改造|复线"),
    (
        "road",
        r"(?:段|公路|高速|[国省]道)(?:升级|扩容|扩能|电气化|提质)*(?:改造|改扩建|扩建|改建|提升)|(?:公路|高速|大桥)配套设施",
    ),
    ("border", r"口岸(?:升级|扩能|提质)*改造"),
    ("transport", r"港(?:区|口)?扩(?:能|建)|航道(?:整治|疏浚)"),
    ("zone", r"(?:开发区|园区|高新区)扩区"),
    ("airport", r"机场(?:升级改造|改扩建|[二三]期扩建|扩建|迁建)"),
    (
        "water",
        r"除险加固|堤防加固|水库扩[建容]|河?道?堤防工程|水系连通|地下水超采区?治理|超采综合治理|灌溉体系现代化改造|灌区现代化改造|现代化改造|库区综合治理|生态补水|水利枢纽库区治理|"
        r"河道治理|供水扩建",
    ),
    (
        "ecology",
        r"综合治理|综合整治|保护治理|湿地恢复|水源地保护|生态保护和?修复|保护修复|生态恢复|退耕还林还草|退牧还草|退耕退牧还湿|沙地治理|沙漠治理|水土保持治理|源治理|治理|修复|"
        r"规模化林场试点|保护恢复",
    ),
    ("agriculture", r"转型升级|奶业振兴|盐碱地改良|改良"),
    ("gas", r"(?:天然气|煤层气|页岩气|油气)勘[探查]开发"),
    ("border", r"口岸开放"),
    ("culture", r"申遗"),
    ("mine", r"沉陷区综合治理|矿区改造"),
    ("zone", r"升级为\w+|高新区升级\w+|一体化|(?:\w+[-—]){2}\w+协同(?:创新|发展)"),
    ("energy", r"异步联网"),
    (
        "other",
        r"(?:桥|隧道|港|航站楼|站|厂|管网|线路|渠|闸|园|馆|院|街区|枢纽|电站|灌区|中心|基地|场)(?:升级)?(?:改造|扩建|改扩建|迁建|扩容|加固|续建配套)",
    ),
)
_PROGRAMME = r"专项行动|行动|工程|计划|(?<=\w{6})项目|先期试点|试点示范|应用示范|试点"
# What is held and not built; the second half of a name that says whose it is (中蒙新闻论坛).
EVENT = re.compile(r"(?<=\w{2})(?:论坛|文化周|文化节|旅游节|艺术节|博览会|商品展|洽谈会|交易会)$")
_NAMES_PROGRAMME = re.compile(rf"(?:{_PROGRAMME})$")
_ACTIONS = (
    "前期论证|前期研究|前期|开工建设|开工|建成通航|建成通车|建成投运|通车|通航|投产|投运|建设|实施|前期工作|研究论证|论证|"
    "发展|功能"
)

FACILITY = re.compile("(?:" + "|".join(words for _, words in _FACILITY) + ")$")
MEASURE = re.compile("(?:" + "|".join(words for _, words in _MEASURE) + ")$")
PROGRAMME = re.compile(rf"(?:{_PROGRAMME})$")
# What closes a name that is no undertaking: it ends an item of an enumeration all the same.
OTHER_END = re.compile(
    r"(?:目的地|城市|高地|增长极|样板|屏障|走廊|体系|能力|水平|模式|机制|网络|经济|品牌|制度|格局|腹地)$"
)
# The stage of a work that stands in several: 引绰济辽二期.
STAGE = re.compile(r"(?:（[一二三四]期）|[一二三四]期)(?:工程)?$")
# What closes an object without belonging to the name of the thing.
ACTION = re.compile(rf"(?:{_ACTIONS})$")
# Titles of a box that are only kinds of works.
KIND_ONLY = re.compile(
    r"^(?:高速)?(?:铁路|公路|机场|水运|航空|民航|口岸|港口|煤炭|油气|电力|电网|运输|交通|水利|能源|灌区|引水|供水|枢纽)(?:方面|领域|类|建设|项目|工程)?$"
)
# A compound of kind words that closes a route or an enumeration of routes.
ROUTE_KIND = re.compile(
    r"(?:\d+千伏|特高压|绿色|电力|外送|输变电|天然气|输气|输油|跨境|高速|快速|城际|中线|东线|西线|国际|铁路|公路|口岸|通道|管道|高铁|提速|沿江|沿海|沿边|复线|"
    r"工程|航道|支线|专用线|连接线|扩能|电气化|升级|改造|建设|航线|光缆|高等级)+$"
)
# The stretch of a line that is named: 川藏铁路雅安至林芝段.
STRETCH_OF_LINE = re.compile(
    r"^(?:(?P<line>\w{1,24}?)(?P<kind>(?:高速|快速|城际|疏港|跨境)?(?:铁路|公路)|高铁|高速|通道|航道|工程)|[GSX]\d+(?:国道|省道|高速)?)"
    r"(?P<course>\w{2,12}(?:至\w{2,12})?)段(?:\w{0,4}改造|改扩建)?$"
)
# The course of a river's works in the middle of a name: 淮河干流甲至乙段治理.
STRETCH_INSIDE = re.compile(r"(?<=\w)(?:[河江渠](?:干流)?|干流)(?P<course>\w{2,6}至\w{2,6}|\w{2,4})段(?=\w)")
NO_PLACE_STRETCH = re.compile(r"[境省市区县]内|[境省]外|[东西南北中]|[一二三]期?$")
# Adjectives that class words carry and names do not need (昆都仑等病险水库).
CLASS_ADJECTIVE = re.compile(
    r"^(?:与周边(?:国家|地区)?互联互通|重点|重大|重要|大型|中型|大中型|病险|骨干|主要|一批|若干|部分|中小)+(?=\w{2})"
)
# A plural or a class instead of a name: no undertaking of its own.
PLURAL = re.compile(
    r"一批|一系列|若干|各(?:类|级|地|部门|单位)|多个|系列|有条件|所有|全部|相关|部分|自治区、盟市|旗县和|每年|群众|"
    r"^\w{0,6}(?:重大|重点|骨干|任务)工程$|^(?:工程|行动|计划|项目|基地|中心|平台|试点|示范|园区)$|工程任务$|^(?:与|同)|重点实验室$|^工程(?:技术)?(?:研究)?中心$|"
    r".(?:设立|开展|推动|促进|落实|提高|加快|建成|办好|鼓励|纳入|建立|升格|引导)"
)
# Words that make a thing without a place definite.
DEFINITE = re.compile(
    r"国家|自治区级|自治区|国际|全国|中国|中[蒙俄欧]|世界|“[^”]+”|国内一流|永久性|内蒙古|千万千瓦|百万|陆海新通道|^市(?!场|域|民|县|政|区|级)\w{4,}(?:中心|医院|院区|校区|新馆)$"
)

# Ends that say little of what a thing is for: the words of the name come first.
_LAST = ("industry", "centre", "ecology", "park", "zone")
_ZONES_FOR = ("agriculture", "ecology", "border", "culture", "tourism", "water", "mine")
# A work that is known by a proper name though the gazetteer has no such place: 东山水库, not 大型水库 or 城际铁路.
PROPER_WORK = re.compile(
    r"^(?!大型|中型|小型|大中|中小|新型|新建|老旧|病|现有|一批|一座|若干|重点|骨干|通用|运输|国际|国家|支线|高速|快速|城际|普速|市域|口岸|国省|农村|地方|光伏|风电|风光|"
    r"抽水|引调|跨|综合|智慧|绿色|现代|专用|区域|市级|县级|深水|内河|标准|煤炭|露天|特色|美丽|数字|大剧院|会展)\w{2,8}(?:水库|水利枢纽|"
    r"机场|铁路|高铁|高速公路|高速|水电站|核电站|抽水蓄能电站|特大桥|大桥|隧道|灌区|煤矿|矿区|油田|气田|电厂|变电站|港区|作业区|码头|船闸|"
    r"联检楼|纪念馆|大剧院|经济开发区|(?:体育|森林|植物)公园|小镇|医药港|陆港)(?:[一二三四]期)?$|^[GS]\d+\w{2,12}段$"
)
_BY_WORD: tuple[tuple[str, str], ...] = (
    ("social", r"民族团结|各民族|民族法治|共同体|社会科学"),
    ("culture", r"文艺|创作|作品|文明探源|文明起源|乌兰牧骑"),
    ("tourism", r"文旅"),
    ("water", r"补水|调水|供水|输水|清四乱|安澜"),
    ("agriculture", r"农畜|畜产品|农产品"),
    ("zone", r"高新区|一体化$|协同(?:创新|发展)$"),
    ("ecology", r"退耕|退牧|生态修复|生态保护|生态恢复|沙化|治沙|林网|林草|防护林|水土流失|减排|净化"),
    ("border", r"口岸|边境|跨境电|互贸|守边|固边|自由贸易|综合保税|保税物流|开发开放|扎门|互换局"),
    ("railway", r"铁路"),
    ("airport", r"机场"),
    ("road", r"公路|上大通道"),
    ("transport", r"航道|港区|航运"),
    ("hub", r"枢纽"),
    ("gas", r"天然气|输气|(?<!电)气化|气田"),
    ("culture", r"文化|文物|文艺|非遗|考古|古籍|图书|传播|节日|工艺|出版|传媒|媒体|旅游|音乐"),
    (
        "water",
        r"水利|蓄滞洪|除险|防洪|补水|供水|灌|水权|河道|引黄|引绰|引嫩|引江|河流(?!域)|饮水|雨洪|节水|节灌|黄河治理|干流|水道|湖\w{0,2}治理|地下水|再生水",
    ),
    ("energy", r"电网|电气化|输变电|电力|能源|风电|风能|光伏|氢|储能|煤炭|煤电|控煤|采煤|核(?!心)|特高压"),
    ("mine", r"矿"),
    ("agriculture", r"农|牧|粮|种业|耕地|耕作|饲|草业|苜蓿|奶|乳业|肉|畜|马铃薯|盐碱|黑土"),
    ("ecology", r"生态|林|草原|湿地|沙|荒漠|水土|退耕|公益林|绿化|环境"),
    ("digital", r"数字|智慧|数据|网络|信息|互联网|5G|云|平台"),
    ("health", r"健康|医|应急|救援|卫生|养老|心理|膳食"),
    ("social", r"人才|就业|教育|家庭|扶|民族|道德|文明|青年|妇女|职业|技能|思想"),
    ("industry", r"产业|制造|企业"),
)

# Words of a heading that say nothing of what stands below it.
_VAGUE = re.compile(r"平台|环境|网络|体系")


def category_of(name: str, around: Sequence[str] = ()) -> str:
    """Return the category of an undertaking by the word that closes its name, then by the words in it or around it.

    Args:
        name: of the undertaking.
        around: the headings that it stands under, the nearest first.
    """
    plain = ACTION.sub("", name)
    for category, words in (*_FACILITY, *_MEASURE):
        if category not in _LAST and re.search(f"(?:{words})$", plain):
            return category
    by_word = _by_word(plain)
    by_end = next((category for category, words in (*_FACILITY, *_MEASURE) if re.search(f"(?:{words})$", plain)), None)
    by_place = next((found for heading in around if (found := _by_word(_VAGUE.sub("", heading)))), None)
    programme = "programme" if _NAMES_PROGRAMME.search(plain) else None
    if by_end in ("zone", "park"):
        nearest = by_word or by_place
        return nearest if nearest in _ZONES_FOR else by_end
    return by_word or by_end or by_place or programme or "other"


def _by_word(text: str) -> str | None:
    return next((category for category, words in _BY_WORD if re.search(words, text)), None)
