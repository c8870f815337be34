"""The documents as they are loaded: complete, checked, addressed, cited."""

import hashlib
import shutil
from collections import Counter
from pathlib import Path

import pytest

from atlas.corpus import Corpus, citation, load_documents, paragraphs
from atlas.errors import InputError, SourceError, UnknownNameError
from atlas.paths import geodata

FOLDER = geodata() / "documents"
ARTICLES = {
    "model": 66,
    "ecology": 99,
    "security": 89,
    "energy": 79,
    "agriculture": 79,
    "bridgehead": 86,
    "border": 73,
}


def test_the_documents_are_the_eight_in_order(corpus: Corpus) -> None:
    assert [document.id for document in corpus.documents] == [*ARTICLES, "plan"]
    assert sum(ARTICLES.values()) == 571


def test_titles_and_dates_stand_in_the_texts(corpus: Corpus) -> None:
    for document in corpus.documents:
        text = "".join(corpus.texts[document.witness].split())
        assert document.title in text
        if document.kind == "regulation":
            year, month, day = (int(part) for part in document.adopted.split("-"))
            assert f"（{year}年{month}月{day}日内蒙古自治区第十四届人民代表大会" in text.replace("(", "（")
            last = corpus.find(f"{document.id}/{ARTICLES[document.id]}")
            assert document.in_force is not None
            year, month, day = (int(part) for part in document.in_force.split("-"))
            assert last.text == f"本条例自{year}年{month}月{day}日起施行。"
    assert corpus.document("plan").in_force is None


def test_every_article_is_there_once_and_in_order(corpus: Corpus) -> None:
    found = [item.id for item in corpus.provisions if item.kind == "article"]
    assert found == [f"{document}/{number}" for document, count in ARTICLES.items() for number in range(1, count + 1)]


def test_plan_units_are_counted_as_the_plan_numbers_them(corpus: Corpus) -> None:
    plan = [item for item in corpus.provisions if item.document == "plan"]
    assert Counter(item.kind for item in plan) == {
        "preamble": 1,
        "part": 17,
        "chapter": 54,
        "section": 163,
        "box": 1,
        "box-item": 131,
    }
    assert [item.id for item in plan if item.kind == "chapter"] == [f"plan/{number}" for number in range(1, 55)]
    assert [item.id for item in plan if item.kind == "part"] == [f"plan/part-{number}" for number in range(1, 18)]
    boxes = {int(item.id.split("/")[1].removeprefix("box-")) for item in plan if item.kind in ("box", "box-item")}
    assert boxes == set(range(1, 33))


def test_ids_are_unique_and_other_witnesses_have_the_same(corpus: Corpus) -> None:
    ids = [item.id for item in corpus.provisions]
    assert len(ids) == len(set(ids)) == 938
    others = Counter((item.document, item.witness) for item in corpus.witness_provisions)
    compilation = "000_4c2592d38755e2fd.txt"
    assert others == {("model", compilation): 66, ("bridgehead", compilation): 86}
    assert {item.id for item in corpus.witness_provisions} <= set(ids)


def test_segments_rebuild_each_file_byte_for_byte(corpus: Corpus) -> None:
    assert len(corpus.texts) == 5
    for file, text in corpus.texts.items():
        at = 0
        for segment in corpus.segments[file]:
            assert segment.start == at < segment.end
            at = segment.end
        rebuilt = "".join(text[segment.start : segment.end] for segment in corpus.segments[file])
        assert rebuilt.encode("utf-8") == (FOLDER / file).read_bytes()


def test_every_character_of_a_provision_is_where_its_origin_says(corpus: Corpus) -> None:
    mended = 0
    for item in [*corpus.provisions, *corpus.witness_provisions]:
        text = corpus.texts[item.witness]
        for character, offset in zip(item.text, item.origin, strict=True):
            if offset < 0:
                mended += 1
            else:
                assert item.start <= offset < item.end
                assert text[offset] == character, item.id
        assert list(item.origin) == sorted(item.origin, key=lambda offset: offset) or -1 in item.origin
    assert mended == sum(len(change.established) for change in corpus.emendations) > 0


def test_text_segments_are_the_provisions(corpus: Corpus) -> None:
    """What the segments call a provision's text is what the provision reads, but for breaks and mended characters."""
    by_key = {(item.witness, item.id): item for item in [*corpus.provisions, *corpus.witness_provisions]}
    seen: dict[tuple[str, str], list[int]] = {}
    for file, segments in corpus.segments.items():
        for segment in segments:
            if segment.kind == "text":
                assert segment.provision is not None
                seen.setdefault((file, segment.provision), []).extend(range(segment.start, segment.end))
    assert seen.keys() == by_key.keys()
    for key, offsets in seen.items():
        text, used = corpus.texts[key[0]], set(by_key[key].origin)
        left = [i for i in offsets if i not in used]
        spans = [
            (change.start, change.end) for change in corpus.emendations if (change.witness, change.provision) == key
        ]
        assert all(text[i].isspace() or any(start <= i < end for start, end in spans) for i in left), key
        assert used - {-1} <= set(offsets)


@pytest.mark.parametrize(
    ("provision", "cited"),
    [
        ("border/2", "《内蒙古自治区促进边境地区高质量发展条例》（2023年11月30日通过）第二条"),
        ("border/2/2", "《内蒙古自治区促进边境地区高质量发展条例》（2023年11月30日通过）第二条第二款"),
        ("model/66", "《内蒙古自治区全方位建设模范自治区促进条例》（2023年7月31日通过）第六十六条"),
    ],
)
def test_citation_of_regulations(corpus: Corpus, provision: str, cited: str) -> None:
    found = corpus.find(provision)
    assert citation(corpus.document(found.document), found) == cited


@pytest.mark.parametrize(
    ("provision", "unit"),
    [
        ("plan/33/1", "第三十三章第一节"),
        ("plan/33", "第三十三章"),
        ("plan/part-11", "第十一篇"),
        ("plan/box-20/1", "专栏20（一）"),
        ("plan/box-20", "专栏20"),
        ("plan/box-1", "专栏1"),
        ("plan/preamble", "序言"),
    ],
)
def test_citation_of_the_plan(corpus: Corpus, provision: str, unit: str) -> None:
    title = "《内蒙古自治区国民经济和社会发展第十四个五年规划和2035年远景目标纲要》（内政发〔2021〕1号）"
    assert citation(corpus.document("plan"), corpus.find(provision)) == title + unit


def test_citation_refuses_another_document(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="give the document 'border'"):
        citation(corpus.document("plan"), corpus.find("border/2"))


def test_paragraphs_are_addressed_by_id(corpus: Corpus) -> None:
    article = corpus.find("border/2")
    first, second, third = paragraphs(article)
    assert corpus.find("border/2/2") == second
    assert second.text.startswith("本条例所称边境地区，是指")
    assert second.text.endswith("满洲里市和扎赉诺尔区。")
    assert corpus.texts[second.witness][second.start : second.end] == second.text
    assert "\n".join(item.text for item in (first, second, third)) == article.text
    assert paragraphs(corpus.find("plan/33/1")) == ()


def test_all_paragraphs_cover_their_articles(corpus: Corpus) -> None:
    for article in (item for item in corpus.provisions if item.kind == "article"):
        parts = paragraphs(article)
        assert "\n".join(part.text for part in parts) == article.text
        assert [part.id for part in parts] == [f"{article.id}/{number}" for number in range(1, len(parts) + 1)]


def test_a_whole_box_is_its_items(corpus: Corpus) -> None:
    box = corpus.find("plan/box-20")
    assert (box.number, box.title) == ("专栏20", "重点铁路建设工程")
    assert [line[:5] for line in box.text.split("\n")] == ["（一）建设", "（二）推进", "（三）积极"]
    witness = corpus.texts[box.witness]
    assert all(offset < 0 or witness[offset] == box.text[i] for i, offset in enumerate(box.origin))
    assert witness[box.start : box.end].startswith("专栏重点铁路建设工程20（一）")


@pytest.mark.parametrize(
    "provision", ["border/74", "border/2/4", "border/2/0", "border/2/²", "plan/55", "plan/33/5", "plan/box-33", "x", ""]
)
def test_unknown_provisions_are_refused_with_choices(corpus: Corpus, provision: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown provision"):
        corpus.find(provision)


def test_unknown_document_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="did you mean border"):
        corpus.document("borders")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    shutil.copytree(FOLDER, folder)
    for path in folder.iterdir():
        path.chmod(0o644)
    return folder


def test_a_missing_document_is_named(copied: Path) -> None:
    (copied / "001_db5527f66a14ad51.txt").unlink()
    with pytest.raises(
        SourceError, match=r"001_db5527f66a14ad51\.txt: not found .*expected sha256 cce9f62a.*git checkout"
    ):
        load_documents(copied)


def test_an_altered_document_is_named_with_both_hashes(copied: Path) -> None:
    path = copied / "004_7968cd12a72fd71d.txt"
    path.write_bytes(path.read_bytes().replace("草原".encode(), "草甸".encode(), 1))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(SourceError) as caught:
        load_documents(copied)
    message = str(caught.value)
    assert path.name in message
    assert "f6d7e433db6f511a970eaa969b963d249470604661d45a899e324b930b439d98" in message
    assert found in message
    assert "git checkout" in message
    assert "\n" not in message


def _register(folder: Path, name: str, data: bytes) -> None:
    """Replace a document and its hash, as an editor of the repository could."""
    old = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / name).write_bytes(data)
    manifest = folder / "documents.toml"
    manifest.write_text(manifest.read_text("utf-8").replace(old, hashlib.sha256(data).hexdigest()), "utf-8")


def test_a_document_that_is_not_utf8_is_named(copied: Path) -> None:
    _register(copied, "001_db5527f66a14ad51.txt", "边境".encode("gb18030"))
    with pytest.raises(SourceError, match=r"001_db5527f66a14ad51\.txt: not UTF-8"):
        load_documents(copied)


def test_a_document_without_its_regulation_is_named(copied: Path) -> None:
    _register(copied, "001_db5527f66a14ad51.txt", b"")
    with pytest.raises(SourceError, match="no provision of '内蒙古自治区促进边境地区高质量发展条例' found"):
        load_documents(copied)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "ecology"', 'id = "model"', "not unique"),
        ("short =", "sort =", "sort|short"),
        ('"001_db5527f66a14ad51.txt" =', '"009.txt" =', "files and witnesses differ"),
        ("[files]", "[files", "cannot be read"),
    ],
)
def test_an_invalid_manifest_is_refused(copied: Path, old: str, new: str, said: str) -> None:
    path = copied / "documents.toml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(SourceError, match=said) as caught:
        load_documents(copied)
    assert "\n" not in str(caught.value)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"documents\.toml: not found"):
        load_documents(tmp_path)
