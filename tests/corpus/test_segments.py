"""Any text is partitioned: no character is lost, doubled or out of order, whatever the parsers make of it."""

from hypothesis import given
from hypothesis import strategies as st

from atlas.corpus.plan import parse_plan
from atlas.corpus.regulations import ParsedWitness, parse_regulations, squeezed
from atlas.corpus.segments import partition
from atlas.models import Segment, SegmentKind

TITLE = "北疆条例"
REGULATION = st.lists(
    st.sampled_from(
        [
            TITLE,
            "《北疆条例》",
            "目 录",
            "第一章\t总则\t5",
            "第一章 总则",
            "第二章\u3000附则",
            "第一节 草原",
            "第一条 为了",
            "第二条\xa0自治区",
            "第三条",
            "第九条 不在序列",
            "（一）甲；",
            "自治区依法。",
            "巩",
            "固",
            "\n",
            "\n\n",
            "—3—",
            "[bookmark: _GoBack]",
            " ",
            "\uf0d8",
            "x",
        ]
    ),
    max_size=40,
).map("".join)
PLAN = st.lists(
    st.sampled_from(
        [
            "目录",
            "第一篇甲乙",
            "第一章丙",
            "第一节丁戊",
            "第二节己",
            "......",
            "1",
            "2035",
            "“”",
            "—1—",
            "—2—",
            "\n",
            "。",
            "专栏",
            "专栏庚1",
            "（一）",
            "（二）",
            "（三）",
            "辛壬",
            "指标单位",
            "→",
            "\uf0d8",
            "2",
        ]
    ),
    max_size=60,
).map("".join)


def _check(text: str, parsed: ParsedWitness) -> None:
    assert [segment.start for segment in parsed.segments] == [0, *(segment.end for segment in parsed.segments)][
        :-1
    ] or (not text and not parsed.segments)
    assert "".join(text[segment.start : segment.end] for segment in parsed.segments) == text
    assert all(segment.start < segment.end for segment in parsed.segments)
    for provision in parsed.provisions:
        assert [text[offset] for offset in provision.origin] == list(provision.text)
        assert provision.text == provision.text.strip()
        assert provision.start == min(provision.origin)
        assert provision.end == max(provision.origin) + 1
    owners = [offset for provision in parsed.provisions for offset in provision.origin]
    assert len(owners) == len(set(owners))


@given(REGULATION | st.text(max_size=300))
def test_any_text_parses_as_regulations(text: str) -> None:
    _check(text, parse_regulations(text, "any.txt", {squeezed(TITLE): "north"}))


@given(PLAN | st.text(max_size=300))
def test_any_text_parses_as_a_plan(text: str) -> None:
    _check(text, parse_plan(text, "any.txt"))


@given(
    st.text(alphabet="甲乙 \n—1[bookmark: ]\uf0d8", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_overlapping_marks_still_partition(text: str, spans: list[tuple[int, int]]) -> None:
    marked = [
        Segment(kind=SegmentKind.TEXT, start=start, end=min(end, len(text)))
        for start, end in spans
        if start < min(end, len(text))
    ]
    segments = partition(text, marked)
    assert "".join(text[segment.start : segment.end] for segment in segments) == text


def test_page_marks_and_artefacts_are_segments_of_their_own() -> None:
    text = "第一条 边境—12—地区[bookmark: _GoBack]。\uf0d8"
    kinds = [
        (segment.kind.value, text[segment.start : segment.end])
        for segment in partition(text, [Segment(kind=SegmentKind.TEXT, start=4, end=len(text))])
    ]
    assert kinds == [
        ("front", "第一条"),
        ("break", " "),
        ("text", "边境"),
        ("page-mark", "—12—"),
        ("text", "地区"),
        ("artefact", "[bookmark: _GoBack]"),
        ("text", "。"),
        ("artefact", "\uf0d8"),
    ]
