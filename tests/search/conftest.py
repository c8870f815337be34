"""One small world and the real texts, indexed once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import settings

from atlas.corpus import Corpus, load_documents
from atlas.paths import geodata
from tests.search.world import database, document, numbered
from tests.support import article, small_gazetteer

settings.register_profile("atlas", deadline=None, derandomize=True, database=None)
settings.load_profile("atlas")

RULE = document("rule", "内蒙古自治区促进边境地区高质量发展条例", "边境地区条例")
OTHER = document("other", "内蒙古自治区建设国家重要能源和战略资源基地促进条例", "能源条例")

PROVISIONS = (
    numbered(article(1, "为了促进边境地区高质量发展，制定本条例。"), "第一条", path=("第一章 总则",)),
    numbered(article(2, "本条例所称边境地区包括额济纳旗、满洲里市。\n边境口岸由自治区管理。"), "第二条"),
    numbered(article(3, "实施“双碳”战略，地区生产总值增长4.3%，建设5G网络，不少于10处。"), "第三条"),
    numbered(article(4, "推进满洲里口岸、二连浩特—扎门乌德经济合作区建设，办好呼伦湖治理。"), "第四条"),
    numbered(article(12, "到2010年建设GDP核算体系。口岸、机场和铁路。"), "第十二条", title="铁路网"),
    numbered(article(2, "煤炭、铁路和机场。", document="other"), "第二条", path=("第一章 铁路",)),
)


@pytest.fixture(scope="session")
def world() -> Iterator[sqlite3.Connection]:
    made = database(PROVISIONS, tuple(small_gazetteer().places.values()), (RULE, OTHER))
    yield made
    made.close()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_documents(geodata() / "documents")


@pytest.fixture(scope="session")
def real(corpus: Corpus) -> Iterator[sqlite3.Connection]:
    made = database(corpus.provisions, (), corpus.documents)
    yield made
    made.close()
