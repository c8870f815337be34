"""Files from outside: parsed, or refused in one clear line; never a hang."""

from collections import Counter
from pathlib import Path

import pytest

from atlas.corpus import Corpus
from atlas.corpus.intake import decode, find_titles, parse_text, read_text
from atlas.corpus.plan import parse_plan
from atlas.corpus.regulations import parse_regulations
from atlas.errors import InputError
from atlas.paths import geodata

SIZE = 2_000_000  # characters: quadratic work on these would outlast the time limit of the tests


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t", "is empty"),
        ("第一条 边境".encode("gb18030"), r"is not UTF-8 \(byte 0\); convert it first"),
        ("第一条 边境地区。".encode("utf-16"), "is binary"),
        (b"%PDF-1.7\n\x00\x01\x02", "is binary"),
        (bytes(range(1, 32)) * 10, "is binary"),
        ("第一条 边境".encode()[:-1], r"is not UTF-8 \(byte \d+\)"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"^given\.txt: {said}") as caught:
        decode(data, "given.txt")
    assert "\n" not in str(caught.value)


def test_text_with_tabs_pages_and_a_byte_order_mark_is_text() -> None:
    text = "\ufeff第一条\t边境\r\n\f第二条 地区。"
    assert decode(text.encode(), "t.txt") == text


def test_files_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes("第一条 甲。\r\n第二条 乙。\r\n".encode())
    assert read_text(path) == "第一条 甲。\r\n第二条 乙。\r\n"


def test_missing_folders_and_large_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_text(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="is not a file"):
        read_text(tmp_path)
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(InputError, match="has 100 MB, more than 64; split it"):
        read_text(path)


def test_any_regulation_is_parsed(corpus: Corpus) -> None:
    text = read_text(geodata() / "documents" / "001_db5527f66a14ad51.txt")
    parsed = parse_text(text, "001.txt", "mine")
    assert [item.id for item in parsed.provisions] == [f"mine/{number}" for number in range(1, 74)]
    assert parsed.provisions[1].text == corpus.find("border/2").text
    assert parsed.provisions[1].path == ("第一章 总则",)
    assert "".join(text[item.start : item.end] for item in parsed.segments) == text


def test_a_compilation_is_parsed_regulation_by_regulation(corpus: Corpus) -> None:
    file = "000_4c2592d38755e2fd.txt"
    parsed = parse_text(corpus.texts[file], file, "mine")
    counts = Counter(item.document for item in parsed.provisions)
    assert counts == {"mine-1": 66, "mine-2": 99, "mine-3": 89, "mine-4": 79, "mine-5": 79, "mine-6": 86}
    assert {(one.contents, one.body) for one in parsed.differences} >= {("环境污染防治", "污染防治")}
    assert next(item for item in parsed.provisions if item.id == "mine-2/96").text == corpus.find("ecology/96").text


def test_regulations_one_after_the_other_are_told_apart_by_their_notes_of_adoption(corpus: Corpus) -> None:
    text = "\n".join(corpus.texts[file] for file in sorted(corpus.texts) if file[:3] in ("001", "003"))
    assert find_titles(text) == (
        "内蒙古自治区促进边境地区高质量发展条例",
        "内蒙古自治区建设国家向北开放重要桥头堡促进条例",
    )
    parsed = parse_text(text, "x.txt", "mine")
    assert Counter(item.document for item in parsed.provisions) == {"mine-1": 73, "mine-2": 86}


def test_any_plan_is_parsed(corpus: Corpus) -> None:
    file = "004_7968cd12a72fd71d.txt"
    parsed = parse_text(corpus.texts[file], file, "other")
    assert [item.id.replace("other/", "plan/") for item in parsed.provisions] == [
        item.id for item in corpus.provisions if item.document == "plan"
    ]


@pytest.mark.parametrize(
    "text", ["没有条文的一段话。", "x", "目录第一章甲....1没有这个标题。", "第一条", "第十条 甲。"]
)
def test_text_without_articles_has_no_provisions(text: str) -> None:
    with pytest.raises(InputError, match=r"t\.txt: no provisions found"):
        parse_text(text, "t.txt")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("草原" * (SIZE // 2), 0),
        ("第一条 " + "草原，" * (SIZE // 3), 1),
        ("[bookmark:" * (SIZE // 10), 0),
        ("第一条 甲\n" * (SIZE // 30), 1),
        ("—1—" * (SIZE // 3), 0),
        ("目录第一章甲....1第一章甲。" + "（一）乙。" * (SIZE // 10), 1),
        ("目录" + "第一章甲....1" * (SIZE // 200) + "\n" + "第一章乙" * (SIZE // 20), 1),
        ("目录第一章甲....1第一章甲。" + "".join(f"\n专栏甲{i}（一）乙。" for i in range(1, SIZE // 60)), SIZE // 60),
        ("北\n疆\n条\n" * (SIZE // 60), 0),
    ],
    ids=["one-line", "one-article", "bookmarks", "repeated", "marks", "items", "headings", "boxes", "title"],
)
def test_large_and_strange_text_is_parsed_and_whole(text: str, count: int) -> None:
    parsed = (
        parse_plan(text, "t.txt") if text.startswith("目录") else parse_regulations(text, "t.txt", {"北疆": "x"}, "t")
    )
    assert len(parsed.provisions) == count
    assert "".join(text[item.start : item.end] for item in parsed.segments) == text
