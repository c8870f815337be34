"""The chapter on how to read the atlas: precision, relations, certainty, ids, editions; facts from the built atlas."""

from __future__ import annotations

from atlas.book.words import basis_hint, basis_title
from atlas.layers import PRECISION_TITLES
from atlas.models import Basis, Document, Precision, Record
from atlas.store import Atlas

_MEANING: dict[Precision, str] = {
    Precision.BOUNDARY: "天地图行政界线，原样绘出，未作改动。",
    Precision.MAPPED: "取自公开地图数据，位置误差可达数千米。",
    Precision.DIGITISED: "本图集据公开发表的事实绘制，每个要素附来源。",
    Precision.SITE: "点在地物本身。",
    Precision.SEAT: "以驻地代替该地，空心符号。",
    Precision.SCHEMATIC: "只表示关系，不表示走向与范围，以虚线绘出。",
}


class Item(Record):
    """A block of the chapter."""

    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()


def _counted(document: Document, provisions: int) -> str:
    """Say when a document was adopted and how many provisions were read from it."""
    units = "条、款" if document.kind == "regulation" else "章、节、专栏"
    return f"{document.adopted}通过，{provisions}个{units}"


def items(atlas: Atlas) -> tuple[Item, ...]:
    """Return the blocks of the chapter, with the counts of this atlas."""
    ledger = atlas.ledger()["status"].value_counts()
    documents = atlas.documents()
    provisions = atlas.provisions()["document"].value_counts()
    return (
        Item(
            title="这是什么",
            paragraphs=(
                f"本图集读取内蒙古自治区{len(documents)}份文件的{atlas.counts['provisions']}个条、节、专栏，找出其中写到的地方，"
                "说明哪些条文管哪个地方、为什么，并落到图上。图上每个标记都可回到原文的字句。",
                "关联由程序从原文读出，逐字可查；它陈述文本中的关系，不是法律结论。",
            ),
        ),
        Item(
            title="读了哪些文件",
            paragraphs=(),
            rows=tuple((one.short, _counted(one, provisions[one.id])) for one in documents),
        ),
        Item(
            title="位置精度",
            paragraphs=("每个图形都说明自己是什么。图例列出本图各级精度的要素数。",),
            rows=tuple((titles[0], _MEANING[precision]) for precision, titles in PRECISION_TITLES.items()),
        ),
        Item(
            title="为什么适用",
            paragraphs=("条文与地方的关系分五级，由近及远。",),
            rows=tuple((basis_title(basis, "zh"), f"{basis_hint(basis, 'zh')}。") for basis in Basis),
        ),
        Item(
            title="没有落图的",
            paragraphs=(
                f"文件中的地名提及逐一登记：已定位{ledger.get('placed', 0)}处，歧义{ledger.get('ambiguous', 0)}处，"
                f"无法定位{ledger.get('unplaceable', 0)}处并写明理由；没有一处被丢弃。",
            ),
        ),
        Item(
            title="版本与送审",
            paragraphs=(
                "内部工作版供工作使用；公开送审稿略去公开地图不得表示的内容，并列出所略各层。"
                "境界资料来源：天地图；专题内容为本图集添加，未经地图审核，公开出版须送审。",
            ),
        ),
        Item(
            title="检索",
            paragraphs=("书末索引按汉语拼音排列全部地名，注明图号与方格。方格的字母与数字在各图图廓之外。",),
        ),
    )
