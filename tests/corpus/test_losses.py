"""Suspected losses: found where characters are cut out, not found in clean text, measured on tests/gold."""

import random

import pytest

from atlas.corpus import Corpus
from atlas.corpus.characters import CharacterModel, is_han
from atlas.corpus.corrections import Corrections, ReviewedLoss
from atlas.corpus.losses import Comparison, Suspicion, compare, suspected_losses, suspicions, suspicions_in
from atlas.errors import SourceError
from atlas.models import Provision
from tests.corpus.test_collate import COMPILATION, gold


@pytest.fixture(scope="module")
def flags(corpus: Corpus) -> tuple[Suspicion, ...]:
    return suspected_losses(corpus)


def _text(corpus: Corpus, flag: Suspicion) -> str:
    (item,) = [
        item
        for item in [*corpus.provisions, *corpus.witness_provisions]
        if (item.id, item.witness) == (flag.provision, flag.witness)
    ]
    return item.text


def test_flags_are_the_annotated_losses(corpus: Corpus, flags: tuple[Suspicion, ...]) -> None:
    """Each flag was read; none is a known false alarm, and no annotated loss is without a flag."""
    found = {(flag.provision, flag.lost) for flag in flags}
    assert found == {(row["provision"], row["lost"]) for row in gold("loss")}
    assert {flag.witness for flag in flags} == {COMPILATION}


def test_rules_alone_find_what_the_documentation_says(flags: tuple[Suspicion, ...]) -> None:
    by_rule = {(flag.provision, flag.lost): flag.rule for flag in flags}
    assert by_rule == {
        ("ecology/13", "建设"): "reviewed",
        ("ecology/25", "源"): "word",
        ("ecology/81", "保护"): "formula",
        ("ecology/87", "复"): "reviewed",
        ("ecology/94", "县"): "formula",
        ("security/57", "发展"): "reviewed",
        ("security/72", "开展"): "reviewed",
        ("security/82", "意识"): "reviewed",
        ("energy/22", "氦"): "reviewed",
        ("energy/69", "以"): "reviewed",
        ("energy/75", "工作"): "formula",
        ("agriculture/44", "研究"): "reviewed",
        ("agriculture/47", "力度"): "reviewed",
        ("agriculture/75", "责任"): "sentence",
        ("agriculture/75", "体系"): "reviewed",
        ("model/32", "安全"): "witness",
        ("bridgehead/26", "中"): "witness",
        ("bridgehead/32", "力"): "witness",
    }


def test_a_flag_shows_the_place_and_changes_nothing(corpus: Corpus, flags: tuple[Suspicion, ...]) -> None:
    for flag in flags:
        text = _text(corpus, flag)
        assert text[flag.start : flag.end] == flag.found
        assert flag.expected == flag.found[:1] + flag.lost + flag.found[-1:]
        assert len(flag.found) == 2 or flag.rule == "reviewed"  # a reader also sees a wrong character
        assert flag.expected not in text[flag.start : flag.end + len(flag.lost)]
        assert flag.reason
        if flag.quotation and flag.parallel:
            assert flag.lost in flag.quotation
            assert flag.quotation in corpus.find(flag.parallel).text


def test_quotations_stand_in_the_parallel(corpus: Corpus, flags: tuple[Suspicion, ...]) -> None:
    for flag in flags:
        if flag.rule in ("formula", "sentence", "witness"):
            assert flag.quotation in corpus.find(flag.parallel).text


def test_clean_witnesses_raise_no_alarm(corpus: Corpus) -> None:
    clean = [item for item in corpus.provisions if item.kind == "article" and item.witness != COMPILATION]
    assert len(clean) == 66 + 86 + 73
    assert suspicions(clean, [item for item in corpus.provisions if item not in clean]) == ()


def test_places_that_a_reader_found_sound_are_needed_and_not_flagged(
    corpus: Corpus, flags: tuple[Suspicion, ...]
) -> None:
    """Without the rows of sound.csv the rules flag these places; with them, nothing but what the gold set has."""
    bare = suspected_losses(
        corpus.model_copy(update={"corrections": Corrections(variants=corpus.corrections.variants)})
    )
    raised = {(flag.provision, flag.start) for flag in bare if flag.rule == "remnant"}
    places = {
        (row.provision, corpus.find(row.provision).text.index(row.before + row.after) + len(row.before) - 1)
        for row in corpus.corrections.sound
    }
    assert raised == places
    assert not places & {(flag.provision, flag.start) for flag in flags}


def test_a_remnant_of_a_word_is_found_without_a_parallel_passage(corpus: Corpus, everything: Comparison) -> None:
    whole = corpus.find("agriculture/73")
    gap = whole.text.index("开展建设国家")
    (flag,) = [flag for flag in suspicions_in(_without(whole, gap), everything) if flag.start == gap - 1]
    assert (flag.rule, flag.found, flag.lost) == ("remnant", "当展", "开")
    assert flag.reason == "展 seldom stands alone (0% of the times); with 开 it is in a word: 开展"
    assert flag.quotation in corpus.find(flag.parallel).text
    assert flag.certainty < 0.5


def test_second_witness_is_not_needed_for_a_shared_sentence(corpus: Corpus) -> None:
    damaged = [item for item in corpus.witness_provisions if item.document == "bridgehead"]
    clean = [item for item in corpus.provisions if item.witness != COMPILATION]
    assert [(flag.provision, flag.lost, flag.rule) for flag in suspicions(damaged, clean)] == [
        ("bridgehead/4", "西", "sentence"),  # 中[西]亚, which collation judges a variant of wording
        ("bridgehead/32", "力", "sentence"),
    ]


def _without(provision: Provision, at: int, size: int = 1) -> Provision:
    return provision.model_copy(
        update={
            "text": provision.text[:at] + provision.text[at + size :],
            "origin": provision.origin[:at] + provision.origin[at + size :],
        }
    )


@pytest.fixture(scope="module")
def everything(corpus: Corpus) -> Comparison:
    return compare([*corpus.provisions, *corpus.witness_provisions])


@pytest.mark.parametrize(
    ("provision", "phrase", "lost"),
    [("border/7", "旗县级以上人民政府", "县"), ("border/68", "组织执法检查", "法"), ("border/72", "玩忽职守", "职")],
)
def test_a_character_cut_out_of_a_formula_is_found(
    corpus: Corpus, everything: Comparison, provision: str, phrase: str, lost: str
) -> None:
    whole = corpus.find(provision)
    gap = whole.text.index(phrase) + phrase.index(lost)
    found = [(flag.lost, flag.start) for flag in suspicions_in(_without(whole, gap), everything)]
    assert (lost, max(0, gap - 1)) in found


def test_recall_on_characters_cut_out_at_random(corpus: Corpus, everything: Comparison) -> None:
    """Of characters whose surroundings other provisions have three times, most are missed when they are gone."""
    chance = random.Random(8)
    articles = [item for item in corpus.provisions if item.kind == "article"]
    familiar = found = 0
    for _ in range(200):
        whole = chance.choice(articles)
        at = chance.choice([i for i, character in enumerate(whole.text) if is_han(character)])
        around = whole.text[max(0, at - 2) : at + 3]
        if len(around) == 5 and everything.model.without(whole.id).count(around) >= 3:
            familiar += 1
            flags = suspicions_in(_without(whole, at), everything)
            found += any(abs(flag.start - (at - 1)) <= 1 for flag in flags)
    assert familiar > 40
    assert found / familiar > 0.65


def test_recall_on_all_characters_cut_out_at_random(corpus: Corpus, everything: Comparison) -> None:
    """Of any characters at all, familiar surroundings or not: docs/text_editing.md says about four in ten."""
    chance = random.Random(9)
    articles = [item for item in corpus.provisions if item.kind == "article"]
    found = right = 0
    for _ in range(120):
        whole = chance.choice(articles)
        at = chance.choice([i for i, character in enumerate(whole.text) if is_han(character)])
        near = [f for f in suspicions_in(_without(whole, at), everything) if abs(f.start - (at - 1)) <= 1]
        found += bool(near)
        right += any(flag.lost == whole.text[at] for flag in near)
    assert found / 120 > 0.4
    assert right / found > 0.9


def test_a_reviewed_loss_that_does_not_fit_is_refused(corpus: Corpus) -> None:
    row = ReviewedLoss(
        witness=COMPILATION, provision="ecology/1", before="没有", lost="这", after="句话",
        parallel="", quotation="", certainty=0.5, reason="x",
    )  # fmt: skip
    wrong = corpus.model_copy(update={"corrections": Corrections(losses=(row,))})
    with pytest.raises(SourceError, match=r"losses\.csv: '没有句话' stands 0 times in ecology/1"):
        suspected_losses(wrong)


def _article(number: int, text: str) -> Provision:
    return Provision(
        id=f"north/{number}", document="north", kind="article", number=f"第{number}条", title="", path=(),
        witness="t.txt", start=0, end=len(text), text=text, origin=tuple(range(len(text))),
    )  # fmt: skip


def test_no_text_or_lonely_text_has_no_losses() -> None:
    assert suspicions([]) == ()
    assert suspicions([_article(1, "")]) == ()
    assert suspicions([_article(1, "甲乙丙。"), _article(2, "丁戊己。")]) == ()


def test_the_model_leaves_out_what_the_provision_says_itself() -> None:
    model = CharacterModel([("a", "水源涵养"), ("b", "水源涵养"), ("a", "水源")])
    assert model.without("c").count("水源") == 3
    assert model.without("a").count("水源") == 1
    forwards, backwards = model.without("c").gain("水", "源", "涵养")
    assert forwards > 0
    assert backwards > 0
