"""Generic words that end the names of places, and what stands before them without being a name.

A name by its form is a proper part and a generic word: 头道桥镇, 营盘壕煤矿, 努鲁儿虎山. The tables here are about the
language, not about a document: which generic words there are, how long the part before them may be, and which words
before them only say what kind (全镇, 护城河, 贫困村).
"""

from __future__ import annotations

import re
from pathlib import Path

# Generic word -> most characters that the part before it has. `OPEN` ones make a name wherever their part is no
# ordinary word; `CLOSE` ones (站, 沟, 公园) are also common words and need a boundary that only a name has.
_PEOPLES = (
    "满",
    "蒙古",
    "回",
    "朝鲜",
    "达斡尔",
    "鄂温克",
    "鄂伦春",
    "俄罗斯",
    "锡伯",
    "苗",
    "侗",
    "土家",
    "瑶",
    "彝",
    "藏",
)
OPEN: dict[str, int] = {
    **dict.fromkeys(("镇", "苏木", "乡", "嘎查"), 7),
    **dict.fromkeys(("村", "山村", "民族乡", "满族镇"), 5),
    **dict.fromkeys((f"{people}{kind}" for people in _PEOPLES for kind in ("族乡", "民族乡")), 5),
    **dict.fromkeys(("县", "郡"), 3),
    **dict.fromkeys(("设治局",), 3),
    **dict.fromkeys(("特别行政区", "特别区"), 4),
    **dict.fromkeys(("林场", "山林场", "机械林场", "农场", "牧场", "军马场", "种畜场", "管理区"), 5),
    **dict.fromkeys(
        ("河", "江", "湖", "盐湖", "淖尔", "诺尔", "海子", "郭勒", "水库", "水利枢纽", "灌区", "水田灌区"), 6
    ),
    **dict.fromkeys(("山", "岭", "山脉", "沙漠", "沙地", "石林", "高原", "平原", "盆地", "敖包", "峡谷", "峡"), 6),
    **dict.fromkeys(("大峡谷", "大草原", "草原"), 6),
    **dict.fromkeys(("煤矿", "露天煤矿", "露天矿", "井工煤矿", "矿区", "煤田", "油田", "气田"), 7),
    **dict.fromkeys(("铁矿", "金矿", "铜矿", "铅锌矿", "萤石矿"), 6),
    **dict.fromkeys(("瀑布", "火山群"), 5),
    **dict.fromkeys(("遗址", "古城遗址", "墓地", "墓群", "庙", "召", "寺", "王府", "石窟", "岩画", "墓地", "墓群"), 6),
    **dict.fromkeys(("国家森林公园", "国家湿地公园", "国家地质公园", "国家公园", "自然保护区", "国家级自然保护区"), 7),
    **dict.fromkeys(("机场", "国际机场", "火车站", "口岸", "湿地", "三角洲"), 6),
    **dict.fromkeys(("卡伦",), 6),
    **dict.fromkeys(("人民公社", "公社"), 5),
    **dict.fromkeys(("干渠", "总干渠", "分干渠"), 5),
}
CLOSE: dict[str, int] = {
    **dict.fromkeys(
        ("站", "车站", "沟", "泉", "塔", "岛", "滩", "梁", "泊", "峰", "池", "湾", "温泉", "墓", "陵", "烈士陵园"), 6
    ),
    **dict.fromkeys(("堡", "屯", "寨", "峪", "塬"), 3),
    **dict.fromkeys(("港", "港区", "渠", "枢纽"), 4),
    **dict.fromkeys(("电厂", "发电厂", "热电厂"), 5),
    **dict.fromkeys(("扬水站", "排水站", "配水站", "水电站", "变电站", "换流站", "开关站", "水文站"), 6),
    **dict.fromkeys(("街道", "社区", "大街", "大道", "路", "街"), 6),
    **dict.fromkeys(("公园", "湿地公园", "森林公园", "地质公园", "郊野公园", "门户公园", "文创园"), 7),
    **dict.fromkeys(
        ("景区", "风景区", "旅游景区", "旅游区", "度假区", "旅游度假区", "古镇", "古城", "古战场", "大桥", "隧道"), 7
    ),
    **dict.fromkeys(
        ("工业园区", "工业园", "产业园区", "产业园", "开发区", "经济开发区", "物流园", "物流园区", "新区", "矿井"), 7
    ),
    **dict.fromkeys(("高新区", "经济技术开发区", "高新技术产业开发区", "工业开发区", "工业集中区"), 7),
    **dict.fromkeys(("综合物流园区", "循环经济产业园", "低碳产业园", "化工园区", "综合产业园", "加工园区"), 7),
    **dict.fromkeys(("能源化工园区", "煤化工园区", "精细化工园区", "能源化工基地"), 7),
}
GENERIC: dict[str, int] = OPEN | CLOSE

# Behind a name that a table has: with these it is another, longer name (锡林浩特站, 翰嘎利湖, 呼伦贝尔大草原).
EXTENDING = frozenset(GENERIC) - {
    *("镇", "村", "乡", "街道", "社区", "山", "岭", "沟", "泉", "塔", "岛", "滩", "梁", "泊", "峰", "池", "路", "街"),
    *("产业园区", "产业园", "开发区", "海子", "江", "河"),
    *("召", "庙", "寺", "隧道", "大桥", "敖包", "石窟", "岩画", "公园", "山脉", "县"),
}
# The same behind natural names and towns only (黄河村, 根河镇; not 包头村).
SETTLEMENTS = frozenset(("镇", "村", "乡", "嘎查", "苏木"))

# Words that say of what follows that it is a name: 政府所在地|新安镇, 南部有|牤牛河.
OPENING = re.compile(
    r".*(?:铁路|公路|高速|线|所在地|驻地|首府|辖区|[部要还内分设木镇乡村流站湖]有|[东西南北][邻靠接毗]|又名|原名|[的系即]今|[年又始][建置立]|[途流路行][经径]|撤销|并入|划[归入]|[合归]并|改[为称]|更名|境内|界内|千伏|游览|参观|前往|抵达|到达|起点|终点|水入)"
)
# Protected areas and the like: before these words a word of the language is as good as a name (海棠山|自然保护区).
RESERVES = frozenset(("国家森林公园", "国家湿地公园", "国家地质公园", "国家公园", "自然保护区", "国家级自然保护区"))

# The same and resorts: their names may hold words that describe (atlas/geoparse/zones.py).
AREAS = RESERVES | {
    *("旅游区", "旅游度假区", "旅游景区", "度假区", "风景区", "地质公园", "森林公园", "湿地公园", "文化产业园", "景区"),
}

# Words of the language that are the end of many a village's name (必斯营子).
HAMLETS = frozenset(
    ("营子", "窝铺", "杖子", "庄子", "房子", "窑子", "铺子", "圪旦", "圪卜", "店子", "屯子", "沟门", "城子")
)

# Words that end like a name and are none; they are found with the generic words, and swallow them.
COMMON = tuple(
    word
    for line in Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

# What makes the part before a generic word no name.
NOT_NAMES = re.compile(
    r"建设|重点|下辖|境内|中心|城区|农村|牧区|边境|沿边|城镇|乡镇|特色|中小|周边|推进|实施|加强|开展|支持|人民|政府|国家|自治|部分|"
    r"地区|行政|大型|小型|病险|淤地|新型|示范|美丽|政协|党委|机关|主要|重要|其他|其它|各类|沿线|沿岸|流域|上游|中游|下游|支流|干流|"
    r"项目|工程|企业|集团|公司|产业|管理|保护|治理|修复|监测|综合|规模|现代|智慧|智能|绿色|生态(?!路)|文化(?!宫)|旅游|交通|物流|"
    r"经济|工业|农业|城市|乡村|全国|全区|全市|全旗|全县|全盟|我国|我区|我市|我旗|我县|我盟|世界|国际|国内|国有|省级|市级|旗县|盟市|"
    r"苏木(?!图)|嘎查|个|座(?!店|堂|山)|处|条|亿|米|约|余|以上|以下|左右|进入|通过|位于|属于|成为|形成|打造|发挥|山水|林田|河湖|湖泊|河流|防风|固沙|森林|"
    r"普通|文明|爱国|会同|零碳|英才|再生|交界|接壤|附近|[乡村]|^[山水林田湖草沙河江海泊湿地]{3,}$|^城带|^[东西南北]{2}[两各]$|^[一二三四五六七八九十两几]大$|各族|[省市区]$|^和(?!平)|^来|未|直供|绿电|停建|停产|在建|拟建|违法|违规|规范|残联|基层|群众|干部|职工|居民|农民|牧民|学校|医院|属$|^纯|游牧"
)
# Characters that part a name from the words before it.
HARD = frozenset(
    "的与及入在对从把被让使并或是了将至往沿则即之且但若据按称叫赴抵等为以到由向每各该这那我你他她它们们其着过也又已均仍说讲靠于线驻邻辖置撤隶设隔距"
)
# The same at the beginning of a name only: they occur inside names (和林格尔, 达来).
SOFT = frozenset(
    "和来今去入出越跨穿绕经本全几近距自因而如临邻接属不有无此上下中内外前后游看做好治管护通每立含约共第名属改"
)
EAGER = frozenset("和来今")
# Ideographs that transliterate Mongolian, Manchu and Tungusic.
SYLLABLES = frozenset(
    "阿巴白宝毕博布察朝楚达道德得登都尔额鄂恩噶嘎甘戈格根固哈海汗罕浩赫呼胡浑霍吉贾嘉金喀卡柯科克库奎拉喇赖兰勒"
    "里丽林伦罗洛满毛茂蒙莫木穆纳那乃奈淖诺讷尼宁努潘其奇恰钦青萨赛桑沙善绍舍什石斯苏索塔台泰坦特腾天图土托陀"
    "瓦维温翁沃乌希锡席夏新雅亚延杨伊音英尤玉扎哲珠准贡盖嫩庙腰仁昌勿珲鲁朗帐廷浪敖包召贝力日查干高力吐艾乐古"
    "高敏诺图雅义和硕贵花瑙都毫沁陶奥忒肯札厄彦绰洮岱玛迪帖"
)
