"""Measure words: which of them stand without their number, and how large the numbers before them usually are.

Weights are logarithmic; they were set by hand on tests/gold/restore_dev.jsonl and on simulated damage.
"""

from __future__ import annotations

import re
from math import log10

NUMERAL = "一二三四五六七八九十百千万亿零〇两几数半多余廿"
_BOUND = NUMERAL + "每各本该此这那哪某首第全整单双同诸另若好逐"
STOP = "，。、；：！？）》”\n"
# Measure words: what must follow, the weight, and what may not stand before (the word then is no orphan).
_UNITS: tuple[tuple[str, float, str], ...] = (
    (r"个百分点", 7, ""),
    (r"个(?:多|半)?(?:月|小时|工作日|交易日|自然日|标准箱)", 6, ""),
    (r"个(?![人体性别案中例税头])", 5.5, "整逐些"),
    (r"(?:多|余)(?:名|个|万|亿|家|人|名|条|项|公里|亩|户|年|种|次|处|座|吨|件|所)", 5, "很诸许众最更增业富盈残剩其"),
    (r"万(?:亿|平方|立方|公顷|千瓦|公里|人次|人民币|美元|欧元|标准|余|多)", 6.5, ""),
    (r"万(?:亩|吨|元(?!以)|户|头|只|套|辆|台|件|册|名|个|家|条|人(?![口民大])|平|株|羽|箱|张|口|座|次|部|所)", 6, ""),
    (r"万(?=[" + STOP + r"])", 4.5, ""),
    (r"亿元以[上下]", 3.2, "百千十个"),
    (r"(?:万|千)?元以[上下](?:的?罚款|\D{0,8}元以下)", 6.5, "百千十个"),
    (r"万元以[上下]", 3.6, "百千十个"),
    (
        r"亿(?:元(?!以)|美元|立方|方|吨|千瓦|斤|公斤|人|亩|度|次|件|平方|欧元|级|日元|韩元|标|只|个|株|卢布|条|片|支|粒)",
        6.5,
        "百千十个",
    ),
    (r"亿(?=[" + STOP + r"以左])", 5, "百千十"),
    (r"千(?:瓦|米|克|伏|卡|公顷|公里|亩|册|元|万|亿|吨|人|赫兹|帕|升|户|立方|平方)", 5, "万个"),
    (r"百(?:万|亿|公里|米)", 3, "个上数"),
    (
        r"万(?!物|众|家灯|里长|里绿|里茶|企|事|能|象|全|分|民|水|户千|无|变|丈|古|千|一|名专|名以|岁|元地区生产总值[能用水])",
        4.2,
        "百个",
    ),
    (r"人年", 5, ""),
    (r"倍(?!增|加|受|感|速|数|率|道)", 5.5, "加成翻"),
    (r"(?:平方|立方)(?:公里|千米|米|厘米|毫米)", 6, "万亿每"),
    (
        r"(?:公里|公顷|公斤|毫米|厘米|毫克|微克|纳米|兆瓦|吉瓦|兆赫|分贝|摄氏度|海里|英寸|毫升|英里|微米)",
        5.5,
        "万平方立",
    ),
    (r"标准箱|航次|车次|架次|班次|人次|床位(?![张数])", 2, "万亿每个"),
    (r"米(?![饭粮业酒面粉糠])", 3, "玉稻大小方厘毫千纳海粟虾糯黑香万里"),
    (r"亩(?!产|均)", 4, "万亿田每公"),
    (r"吨(?!位|级)", 4.5, "万亿每千蒸"),
    (r"元(?![素化件旦宵首气凶老帅])", 4, "万亿单多美日欧公状一维二港澳上纪中韩千百收投"),
    (r"美元|欧元|人民币元|港元|卢布", 4, "万亿中"),
    (
        r"人(?=以上|以下|以内|左右|次|，|。|、|；|的)",
        3.2,
        "万亿责个诉证法负经承代继候选领带传行工军商病客主老盲穷富游本他别众常某女男残蒙成亲家僧举名证识选投担管监发申持有当委办用",
    ),
    (
        r"名(?![单称义牌录词誉优胜城镇村校师额片著企品列特言利气声山家菜贵酒望次录])",
        4.5,
        "著知姓闻命署提报排实签地除更冠点有成文化品莫扬出联具域罪书驰万村镇城个题专",
    ),
    (
        r"家(?![庭长具政用园电乡族属畜居教校纺务法谱禽访装底产人喻国])",
        3.5,
        "国专大独作居业厂商学画管农回全搬皇公贴万人户店酒科政行艺当老头自百起品儒赢买卖玩居养持看在国人一",
    ),
    (
        r"户(?![籍外口均型主用数外]|名(?![建贫群村居农牧脱低]))",
        3.5,
        "农牧客用住门开落账商入大散租富贫困窗庄万佃个养住进户",
    ),
    (r"条(?![件例款约文目带码块理纹状线形幅])", 4.5, "萧油线面链信教律金发便戒荆枝铁苗天"),
    (r"项(?![目链背])", 4, "事专各选奖强弱多款浮立缺长逐万大小"),
    (
        r"所(?![有需在以谓属得长述示用致涉处及能向指知提期为承产作做必持])",
        3.2,
        "场究出务易生院厕为有无住居会诊馆厅税派律事研银收证处",
    ),
    (r"座(?![谈位椅右标舱落])", 4.5, "讲插底就星客让满入万"),
    (
        r"处(?![理于置罚分级境在长方女事世暑所万以五十有拘警])",
        3.2,
        "到各多益好之出此短长深四坏用害随办管共相远难妙痛融恰万",
    ),
    (
        r"种(?![植子质业类养草苗群族源粮树田羊牛畜猪禽鸡球姓花地种])",
        3.6,
        "品良物播引育草补特兵工变人耕接间套轮制选配多该绝语税浸万机良种",
    ),
    (r"台(?![阶湾账风商胞下基柱面灯词])", 3.4, "平舞后前站出电柜阳烽讲楼高亭吧灶擂万月炮货城天"),
    (r"套(?![餐期种利用路装件取])", 3.6, "配成河手整全圈外封被乱客万衣"),
    (r"(?:辆|艘|枚|株|棵|尾|匹)(?!连|子|只|配)", 5, "车船舰万植"),
    (r"架(?![构设子空势])", 3, "框构高综支书货衣打吵担骨绑万"),
    (r"册(?!封)", 3, "名手注画史万簿造"),
    (
        r"(?:头|只)(?=[^\W\d_]{0,1}[，。、；]|以上|以下|左右|（)(?!部|等|目|有|是|能|要|增|条|绪|脑|疼|堡)",
        2.2,
        "龙源牵街码牛羊猪万箭开口线回前后带起",
    ),
    (r"件(?![数事])", 3, "条文事案软硬零部邮快证元器构组信附管物要稿备锻铸函抄万元电急密计收寄压配组层"),
    (r"例(?![如外证行会子题])", 2.4, "条比案范实示惯先举照病凡破前特体万判"),
    (r"批(?![准发评复量次示驳改判阅文])", 3, "审报大万"),
    (r"届(?![时满])", 5, "本历应往换首上下各前后"),
    (
        r"次(?![序数要级生品日元贷声性于年会全月第轮])",
        3.2,
        "层首再多屡名档其依批人场架班本历位频车航初渐逐万主末梯轮席最下上此",
    ),
    (r"号线", 6.5, "一二三四五"),
    (
        r"大(?:领域|类|方面|板块|任务|专项|举措|集群|系统|指标|体系|工程|行动|产业|基地|品牌)",
        4.0,
        "重特巨扩壮做加强最更较宏远伟盛博庞广",
    ),
    (r"(?:射|纵|横|环|联络线|放射线)(?=[、，。”（共])", 3.2, "连辐发喷反照操放蛮绵循花光联"),
    (
        r"号(?=(?:文件?|令|公告|公路|楼|院|井|矿|机组|高炉|泊位|口岸|台风|卫星|$|[" + STOP + r"]))",
        3.4,
        "型信符编账代口旗称绰记年天科订挂括字星尊",
    ),
    (r"周?岁(?!月|末|入|出|首)", 5.5, "万太去"),
    (r"(?:分钟|小时)", 5, "个每瓦"),
    (
        r"天(?![然气地空津下文山桥线使才赋台王窗际体性资平翻安人堂意堑水河])",
        2.6,
        "今明昨当每春夏秋冬蓝白航露全整聊普后前成逐老",
    ),
    (
        r"级(?=(?:以上|地震|旅游景区|景区|医院|石油|台风|响应|资质|标准|风))",
        3.4,
        "省市县旗区国家乡部特高初中低年层上下各分等",
    ),
    (r"层(?=[，。、；以高])", 3, "基高中阶底表断领各分多地深外内上下土"),
    (
        r"位(?=(?:以上|院士|专家|代表|委员|同志|老人|游客|学者|$|[" + STOP + r"]))",
        2.2,
        "单地岗学床席诸各首定部职方水全到车点座越错缺就本优品",
    ),
    (r"张(?=(?:床|病床|养老床|图|证|卡|$|[，。]))", 3, "扩主紧夸开铺伸"),
    (r"期(?=(?:工程|项目|建设|以上))", 2.4, "一二三四分近远前后中长到工本首周定"),
    (r"宗(?=[地，。案])", 2.4, "大正祖"),
    (r"起(?=(?:案件|事故|以上|典型|[，。、；（]))", 3, "发引一掀提兴"),
    (r"(?:GW|MW|kV|kW|℃|％|‰)", 6, ""),
    (r"蒸吨", 5.5, ""),
    (
        r"(?:列|架次|班|航班|趟|单|篇|幅|门|口|孔|块|片|根|支队伍|卷|部电影|盏|双|盘|桶|瓶|粒|节|路公交|步|丈|尺|寸|秒|斤|升|克)(?=[，。、；（]|以上|以下|以内|左右)",
        2.6,
        "系行陈排序并专前后下上中罗论入深部窗人出开港进关海胃井热冷土板地碎影视照制根章环简名订菜清跟领上值夜三多各四五品胶单大成全桨轮石马工气公提上晋跃飞直季",
    ),
    (r"年代", 5, "一时历近"),
    (r"世纪", 4.5, "新本上半个跨中"),
    (r"(?:时代|版)(?=[，。、建升])", 1.2, ""),
    (r"强(?=(?:企业|县|区|榜|$|[，。、；]))", 2.0, "加增做富最坚顽自"),
    (r"个?(?=(?:亿级|亿元级))", 5, "百千十"),
    (r"级(?=[联]合)", 0, ""),
    (r"处(?=[，。])", 0.5, "到各多益好之出此"),
    (r"％", 7, ""),
)
_COUNTED = "业线站目场院馆校村镇区县市园路桥房楼厂机车船器炉井矿库品设备床司店点口处列程章队组站案单种图证书文例套台作"
_UNIT = tuple((re.compile(unit), weight, frozenset(veto)) for unit, weight, veto in _UNITS)
_FIRM = frozenset("万亿百千十每各整个逐些数几多余半蒸瓦出大小")  # before a unit these are its number or part of it
_FREE = re.compile(r"(?![多无少上有半大])[\u4e00-\u9fff]数$|(?:其|剩)余$|(?:比|较)[^，。；]{1,8}多$")
_IDIOM = re.compile(
    r"[百千]亿元?级|万吨级|千吨级|万车|万人死亡|千家万户|"
    r"[万亿]元(?:地区|国内)?(?:生产总值|工业增加值|增加值|产值|工业产值|农业增加值)[^，。、；]{0,6}(?:能耗|用水|水耗|耗能|电耗|排放|死亡)"
)
_OF_PLACES = re.compile(r"(?:盟市|旗县|市|县|旗|省|国|州|镇|乡|村)(?![委政直区场辖级道容民际内外家产人])")
_ALL_OF = re.compile(r"(?:沿海|沿黄|沿边|沿江|边境|等|共|涉及|覆盖|惠及|东部|西部|中部)$")
_NOTE = re.compile(r"[\u4e00-\u9fff]）|[\u4e00-\u9fff]、[\u4e00-\u9fff]）")  # 万头（只）
_CLASS = re.compile(r"亿元以[上下]|[万千]吨级|[百千]?亿级")
_RATE_LEFT = re.compile(r"(?:元|吨|千克|公斤|毫克|微克|克|吉焦|标准煤|立方米|千瓦时|公里|件|次|辆|米|人|户|张|册)$")
_RATE_RIGHT = re.compile(
    r"(?:平方米|立方米|平方公里|公顷|亩|人|吨|小时|日|天|年|升|千瓦时|户|公里|百公里|秒|公斤|斤|万元|标立方米|标方)(?:[，。、；）]|$|以[上下内]|左右|的)"
)  # 元/立方米: the slash alone is missing
_LIMIT = re.compile(
    r"(?:名|人|家|户|个|辆|台|张|间|件|次|倍|岁|级|条|项|座|处|种|头|只|亩|吨|米|层|天|平方米|公里)以[上下内]"
)
_MEASURE = re.compile(
    r"[万亿]?(?:枚|支|块|间|部|本|份|组|栋|幢|颗|粒|首|篇|幅|盏|眼|艘|架|匹|峰|羽|只|头|尾|株|棵|把|枝|场|节|股|笔|单|宗|"
    r"公顷|公里|公斤|千克|克|斤|吨|升|毫升|亩|顷|米|千米|厘米|毫米|微米|平方米|平方公里|立方米|千瓦|兆瓦|瓦|千瓦时|度|伏|千伏|标箱|标准箱|"
    r"人次|件次|户次|场次|车次|班次|架次|艘次|台套|课时|学时|册|套|台|辆|张|座|所|处|家|户|名|条|项|件|种|例|届|批|期|枚|幢|"
    r"人年|兆|比特|赫兹|分贝|吉焦|千焦|帕|蒸吨|吨位|美元|欧元|元)"
)
_QUANTITY = re.compile(
    r"(?:达到|达|超过|突破|约|近|超|逾|共|共有|仅|新增|新建|改造|建成|完成|增加|减少|增长|下降|提高|降低|累计|实现|不少于|不低于|不超过|"
    r"至少|最多|高达|多达|增至|降至|增加到|提高到|扩大到|压减|培育|引进|打造|建设|改扩建|创建|总量|总数|面积|里程|产量|规模|存栏|"
    r"取得|拥有|现有|设立|年产|年均|完成投资|到位|实施|发放|下达|收入|支出|总值|总额|余额|增加值|合计|其中|等|为|是|有|至|到|占|者|在|"
    r"以|满|前|后|前往|于|和|及|与|、|，|。|；|：|（|的|市|州|盟)$"
)
_STRONG = re.compile(
    r"(?:达到?|超过|突破|约|近|超|逾|仅|新增|累计|不少于|不低于|不超过|至少|高达|多达|增至|降至|到|至|共|等|面积|里程|总量|余额|增加值|总值|总额|总产|产量)$"
)
_CHANGE = re.compile(r"(?:增加|减少|提高|下降|降低|上升|新增|回落|净增|多|少|增|减)$")
# Usual size of what a measure word counts: mean and spread of its decimal logarithm.
_SIZES: tuple[tuple[re.Pattern[str], float, float], ...] = tuple(
    (re.compile(pattern), mean, spread)
    for pattern, mean, spread in (
        (r"个百分点", 0.1, 0.5),
        (r"倍", 0.4, 0.4),
        (r"岁|周岁", 1.3, 0.5),
        (r"届", 0.9, 0.4),
        (r"级", 0.6, 0.4),
        (r"小时|天|个月|个工作日", 1.2, 0.5),
        (r"分钟", 1.3, 0.4),
        (r"个?[^，。、]{0,6}?(?:旗县|旗（县|县（|市（|盟市|省区|国家和地区|省份|县|城市)", 1.3, 0.5),
        (r"个?[^，。、]{0,4}?(?:嘎查|行政村|建制村|村|社区)", 2.5, 0.8),
        (r"个(?:千亿|百亿|十亿|亿)", 0.8, 0.5),
        (r"个?[^，。、]{0,4}?(?:集团|国家级)", 0.6, 0.5),
        (r"条|号线", 0.9, 0.6),
        (r"座", 1.2, 0.9),
        (r"项", 1.5, 0.6),
        (r"名|家|户|个", 1.9, 1.2),
        (r"公里", 2.0, 0.8),
        (r"万亩|万吨|万头|万只", 2.3, 0.8),
        (r"万(?:人|户|平方|立方|千瓦|元|套)", 2.2, 0.9),
        (r"亿", 2.3, 1.0),
        (r"元", 3.5, 1.0),
        (r"人", 2.0, 1.3),
    )
)


def unit_weight(left: str, right: str, word: str) -> float:
    """Return how much a measure word right of a slot wants a number in it; 0 when it has one or is none.

    `word` is the word that begins at the slot, "" when none does.
    """
    if _counts_nothing(left, right):
        return 0.0
    best = max((_wanted(left, right, word, *unit) for unit in _UNIT), default=0.0)
    best = max(best, _measured(left, right, word))
    if not best:
        return _other_want(left, right)
    if _STRONG.search(left):
        return best + 1.5
    if _QUANTITY.search(left):
        return best + 0.7
    return best


def _counts_nothing(left: str, right: str) -> bool:
    """Tell whether a measure word takes no number here: 元/立方米, 万元地区生产总值能耗, 万头只, 较上年多."""
    return bool(
        (_RATE_LEFT.search(left) and _RATE_RIGHT.match(right))
        or _IDIOM.match(right)
        or (left[-1:] == "（" and _NOTE.match(right))
        or (left[-1:] == "头" and right[:1] == "只")
        or (right[:1] in ("多", "少") and re.search(r"(?:上年|去年|同期|上届|年初|上月)$", left))
    )


def _wanted(left: str, right: str, word: str, unit: re.Pattern[str], weight: float, veto: frozenset[str]) -> float:
    found = unit.match(right)
    if found is None:
        return 0.0
    before = left[-1:]
    if _bound(left):
        return 0.0
    ends = not right[found.end() :] or right[found.end()] in STOP + "（"
    if before and before in veto:
        if word and word[0] not in "人级" and before not in _FIRM:  # the veto fears a word that is none here
            return min(5.0, weight + 0.8) if ends and weight < 5 else weight - 1.2
        return weight - 0.6 if ends and before in _COUNTED else 0.0  # 企业20家，航线12条
    weight = min(5.5, weight + 1.4) if ends and weight < 5 else weight - (0.8 if weight < 5 else 0.0)
    return weight if word or not before or weight >= 6 else weight - (1.2 if ends else 3.0)  # inside a word


def _bound(left: str) -> bool:
    """Tell whether what stands before a unit is its number, or takes none: 三个, 每个; not 人数|万人, 比上年多|个."""
    return bool(left) and left[-1] in _BOUND and not _FREE.search(left)


def _measured(left: str, right: str, word: str) -> float:
    """Weigh a measure word that the dictionary sets apart: 金牌|枚, 倒塌房屋|间, 总产量|亿斤."""
    before = left[-1:]
    if _bound(left) or (before and before in _FIRM):
        return 0.0
    if _LIMIT.match(right) and (right[0] != "级" or before not in "省市县旗区家吨部"):
        return 4.5 if word else 3.4
    if _OF_PLACES.match(right) and _ALL_OF.search(left):
        return 3.0  # 沿海6市
    if not _MEASURE.fullmatch(word) or right.startswith(("元以", "万元以", "亿元以", "万吨级")):
        return 0.0
    after = right[len(word) : len(word) + 1]
    if word[0] in "万亿" and len(word) > 1:
        return 5.5
    return 4.4 if not after or after in STOP + "（" else 1.4


# Other places that want a number: what stands left of them, what right, the weight; the first that fits counts.
_OTHERS: tuple[tuple[re.Pattern[str], re.Pattern[str], float], ...] = tuple(
    (re.compile(f"(?:{left})$"), re.compile(right), weight)
    for left, right, weight in (
        ("第", r"位|名|届|次|批|轮|个|期|条|章|节|号|[，。、；]", 6.0),
        ("户", rf"户(?:[{STOP}]|$)", 5.0),  # 个体工商户94023户
        ("家", rf"家(?:[{STOP}]|$)", 5.0),
        ("所", rf"所(?:[{STOP}]|$)", 5.0),
        (
            r"分别(?:同比|比上年|较上年|年均)?(?:实际)?(?:增长|下降|提高|降低|上升|回落|上涨)、+",
            "[，、。]",
            1.0,
        ),  # rates
        ("[、，]", "[，、。]", 4.0),  # a gap in an enumeration
        ("世界|中国|全国|民企|企业|全球|国内|内企|制造业|行业", r"强(?:企业|县|区|榜|[，。、；])", 6.0),
        ("户", r"[名人](?![均口家员名籍主])", 4.0),  # 165户568名
        ("提高|增长|增加|下降|降低|上升|回落|减少|提升", "[和、]个百分点", 5.0),  # 分别提高3.9和2.2个百分点
        (rf"[^{NUMERAL}]|^", r"[百千万亿]多(?:度|亩|人|元|斤|吨|户|头|只|名|家|个|方|件|公里|平方|立方)", 4.0),
        ("前", r"[强名位](?![大力称义于面])", 5.0),  # 前50强
        ("[无未]", r"[人例起](?![员才口类民力工生外为源因伏居飞重])", 2.5),  # 无1人感染
    )
)


def _other_want(left: str, right: str) -> float:
    found = next((weight for before, after, weight in _OTHERS if before.search(left) and after.match(right)), 0.0)
    if not found and right[:1] == "、" and _list_unit(right) and left[-1:] not in STOP + NUMERAL + "线号期届":
        return 4.0  # 地铁1、2号线
    return found


def _list_unit(right: str) -> bool:
    rest = right.lstrip("、")
    return bool(re.match(r"(?:号线|号|届|期|年级)", rest)) and right[:2] != "、、"


def size_weight(value: float, left: str, right: str) -> float:
    """Weigh how usual a value is for what is counted."""
    size = log10(max(value, 0.01))
    if _CLASS.match(right) and str(value).strip("0.") not in ("1", "2", "3", "5"):
        return -4.0  # 10亿元以上项目
    if right.startswith("小时") and re.search(r"时[间长数]$", left):
        return 0.0  # hours of a year
    if left[-1:] == "第":
        return -0.5 * ((size - 0.4) / 0.5) ** 2
    for pattern, mean, spread in _SIZES:
        if pattern.match(right):
            change = 0.9 if _CHANGE.search(left) else 0.0  # a change is smaller than the whole, and less certain
            return max(-4.0, -0.3 * ((size - mean + change) / (spread + change)) ** 2) if value else -2.0
    return -0.2 * (size - 1.6) ** 2
