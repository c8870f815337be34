"""The apparatus: complete, located, judged; and against the annotated set in tests/gold/collation.jsonl."""

import json
from pathlib import Path

import pytest

from atlas.corpus import Corpus
from atlas.corpus.collate import Variant, collate, witness_text
from atlas.corpus.corrections import Corrections, VariantJudgement
from atlas.corpus.regulations import parse_regulations, squeezed
from atlas.errors import SourceError

GOLD = Path(__file__).parents[1] / "gold" / "collation.jsonl"
COMPILATION = "000_4c2592d38755e2fd.txt"


def gold(task: str) -> list[dict[str, str]]:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    return [row for row in rows if row["task"] == task]


@pytest.fixture(scope="module")
def apparatus(corpus: Corpus) -> tuple[Variant, ...]:
    return collate(corpus)


def test_variants_of_wording_are_those_that_a_reader_finds(apparatus: tuple[Variant, ...]) -> None:
    emended = {"相关", "和", "，", "；", ""}
    found = [
        (item.provision, item.base_reading, item.reading, item.kind)
        for item in apparatus
        if item.base_reading not in emended
    ]
    expected = [(row["provision"], row["base"], row["reading"], row["kind"]) for row in gold("variant")]
    assert sorted(found) == sorted(expected)


def test_every_variant_is_where_it_says(corpus: Corpus, apparatus: tuple[Variant, ...]) -> None:
    for item in apparatus:
        base = corpus.find(item.provision)
        text = base.text if item.where == "text" else base.path[-1]
        assert text[item.start : item.end] == item.base_reading
        raw = corpus.texts[item.witness][item.witness_start : item.witness_end]
        assert raw.strip() == item.reading.strip()
        assert item.base_reading in item.base_context
        assert item.choice == item.base_reading
        assert item.reason
    assert all(item.reviewed for item in apparatus)
    assert {item.witness for item in apparatus} == {COMPILATION, "002_c34abe744b062318.txt"}


def test_the_apparatus_tells_each_witness_again(corpus: Corpus, apparatus: tuple[Variant, ...]) -> None:
    """Base text + variants of a witness = what its file reads before anything was mended."""
    told = 0
    for file in (COMPILATION, "002_c34abe744b062318.txt", "003_8ee2612cd77ec20e.txt"):
        titles = {squeezed(item.title): item.id for item in corpus.documents if item.kind == "regulation"}
        for raw in parse_regulations(corpus.texts[file], file, titles).provisions:
            if raw.document in ("model", "bridgehead"):
                assert witness_text(corpus.find(raw.id), apparatus, file) == raw.text, (raw.id, file)
                told += 1
    assert told == 2 * (66 + 86)


def test_a_heading_that_differs_is_a_variant(apparatus: tuple[Variant, ...]) -> None:
    (found,) = [item for item in apparatus if item.where == "heading"]
    assert (found.provision, found.choice, found.reading) == (
        "bridgehead/32",
        "加强区域交流协作",
        "加强区域交流合作",
    )


def test_titles_and_adoption_notes_agree(corpus: Corpus) -> None:
    """What is not collated (the front of each regulation) differs in brackets and white space only."""
    fronts: dict[str, set[str]] = {}
    for file, segments in corpus.segments.items():
        for item in segments:
            text = squeezed(corpus.texts[file][item.start : item.end]).replace("(", "（").replace(")", "）")
            if item.kind == "front" and text.endswith("通过）"):
                fronts.setdefault(text.partition("（")[0], set()).add(text)
    assert len(fronts) == 7
    assert all(len(texts) == 1 for texts in fronts.values())


def test_a_variant_without_judgement_follows_the_base(corpus: Corpus) -> None:
    bare = corpus.model_copy(update={"corrections": Corrections()})
    found = {(item.provision, item.start): item for item in collate(bare)}
    variant = next(item for item in found.values() if item.provision == "model/32" and item.base_reading == "安全")
    assert (variant.kind, variant.choice, variant.reviewed, variant.reading) == ("substantive", "安全", False, "")
    assert variant.witness_start == variant.witness_end


def test_a_judgement_on_no_variant_is_refused(corpus: Corpus) -> None:
    row = VariantJudgement(
        provision="model/1", base_reading="甲", witness_reading="乙", kind="OCR", choice="甲", reason="x"
    )
    wrong = corpus.model_copy(update={"corrections": Corrections(variants=(*corpus.corrections.variants, row))})
    with pytest.raises(SourceError, match=r"variants\.csv: model/1 has no variant '甲' / '乙'"):
        collate(wrong)


@pytest.mark.parametrize("row", gold("ocr"), ids=lambda row: f"{row['provision']}-{row['established'][:6]}")
def test_ocr_defects_that_a_reader_finds_are_mended(corpus: Corpus, row: dict[str, str]) -> None:
    (item,) = [
        item
        for item in [*corpus.provisions, *corpus.witness_provisions]
        if (item.id, item.witness) == (row["provision"], row["witness"])
    ]
    assert row["raw"] in corpus.raw(item)
    assert row["established"] in item.text


def test_nothing_that_text_recognition_leaves_is_left(corpus: Corpus) -> None:
    """No Latin letter, half-width mark, white space or character outside GB 2312 in any article of any witness."""
    for item in [*corpus.provisions, *corpus.witness_provisions]:
        if item.kind == "article":
            strange = {
                character
                for character in item.text
                if not ("\u4e00" <= character <= "\u9fff" or character in "，。、；：“”（）《》—\n0123456789+")
            }
            assert strange == set(), item.id
            item.text.replace("—", "").encode(
                "gb2312"
            )  # Python's table has another dash; fails for a strange character
