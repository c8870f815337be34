"""Suspected losses: places where the text recognition of the compilation dropped characters without a trace.

The text is never changed for them; each is a flag with its reason and the parallel that it rests on. Ways to find one:

- `witness`: a second witness has the characters (国家[安全]和社会稳定);
- `formula`: a phrase that at least five other provisions word alike, with the characters (旗[县]级以上);
- `sentence`: a long passage that another provision shares on both sides of the gap (生产[力]空间布局);
- `word`: one character left over between a function word and the rest of its word (以水[源]涵养);
- `remnant`: a character left over that seldom stands alone, see `atlas.corpus.remnants`;
- `reviewed`: found by reading, a row of `geodata/corrections/losses.csv`; there also where a wrong character stands.

A flag that a reader found to be sound text is a row of `geodata/corrections/sound.csv` and is not raised again.

`formula`, `sentence` and `word` compare a provision with all others by the model of `atlas.corpus.characters` (how much
likelier the passage becomes), and demand that what stands there now is said nowhere else (`sentence`: at most once).
Words that a sentence can do without (应当, 的, 和 …) are never proposed: their absence is a choice of wording. The
thresholds were set on the regulations model, ecology, energy and bridgehead, and measured on the others
(docs/text_editing.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from atlas.corpus.characters import EDGE, ORDER, CharacterModel, Others, is_han
from atlas.corpus.collate import Variant, collate
from atlas.corpus.corpus import Corpus
from atlas.corpus.corrections import LOSSES, SOUND, ReviewedLoss, SoundText
from atlas.corpus.plan_headings import is_displaced
from atlas.corpus.remnants import Remnant, Remnants
from atlas.errors import SourceError
from atlas.models import Provision, Record, Share

Rule = Literal["witness", "formula", "sentence", "word", "remnant", "reviewed"]

_CONTEXT = 40  # characters compared on each side of a gap
_QUOTED = 10  # characters of the parallel that are quoted on each side
_SUPPLETIVE = frozenset(
    re.findall(
        r"\S+",
        """
        应当 的 和 与 及 等 对 依法 各 在 将 把 其 了 并 或 以 由 为 所 各类 有关 相关 进一步 大力 积极 着力 全面
        加强 推进 推动 开展 以及 或者 及其 实施 组织 落实 中 内 时 后 下 上
        """,
    )
)
_FUNCTION = frozenset("的和与及以为在对将把从由向于或等应，。、；：“”（）" + EDGE)
_FORMULA_PROVISIONS = 5  # provisions that share a formula
_PER_REPEATED_LOSS = 20  # a formula as common as this may be damaged alike in one other place
# By the number of lost characters: two are more often a choice of wording, so more is asked of them.
_FORMULA_GAIN = {1: 6.0, 2: 9.0}  # natural logarithm, mean of both directions
_FORMULA_BOUND = {1: 0.8, 2: 0.9}  # share of a neighbour's occurrences that come with the lost characters
_SENTENCE_SHARED, _SENTENCE_SIDE = {1: 12, 2: 16}, {1: 3, 2: 4}  # characters shared in all, on each side at least
_SENTENCE_GAIN = 7.0
_WORD_GAIN, _WORD_BOUND = 5.0, 0.6
_CERTAINTY = {"witness": 0.95, "formula": 0.8, "sentence": 0.6, "word": 0.6, "remnant": 0.2}


class Suspicion(Record):
    """A suspected loss at `text[start:end]` of a provision, which reads `found` and is expected to read `expected`."""

    provision: str
    witness: str
    start: int = Field(ge=0)  # of the characters around the gap and what stands in it, in the provision's text
    end: int
    found: str
    lost: str  # the characters that are suspected to be missing; where a wrong character stands, those in its place
    expected: str
    rule: Rule
    reason: str
    parallel: str  # provision that has the characters; empty where a published copy or usage is the reason
    quotation: str  # its words around them
    certainty: Share


class _Parallel(NamedTuple):
    """The passage of another provision that shares most with the surroundings of a gap."""

    provision: str
    quotation: str
    left: int  # shared characters before the gap
    right: int
    provisions: int  # how many provisions have the two neighbours with the characters between


def suspicions(
    provisions: Sequence[Provision],
    parallels: Iterable[Provision] = (),
    variants: Iterable[Variant] = (),
    reviewed: Iterable[ReviewedLoss] = (),
    sound: Iterable[SoundText] = (),
) -> tuple[Suspicion, ...]:
    """Return the suspected losses in `provisions`, in their order.

    They are compared with one another and with `parallels`; provisions with the same id (witnesses of one provision)
    do not vouch for each other here. Their differences come in as `variants`, from the collation: where a variant
    lacks characters that the base has, the loss is suspected in the witness's provision.

    `sound` are places that a reader found whole: no rule flags them.

    Raises:
        SourceError: a reviewed row about one of the provisions does not match its text exactly once.
    """
    everything = compare([*provisions, *parallels])
    reviewed, sound = tuple(reviewed), tuple(sound)
    attested = [(item, loss) for item in variants if (loss := _lost(item))]
    found: list[Suspicion] = []
    for provision in provisions:
        here = [_of_witness(item, *loss, provision) for item, loss in attested if _concerns(item, provision)]
        rows = [row for row in reviewed if (row.provision, row.witness) == (provision.id, provision.witness)]
        here += [_of_reader(row, provision) for row in rows]
        gaps = {item.start for item in here}
        whole = [row for row in sound if (row.provision, row.witness) == (provision.id, provision.witness)]
        gaps |= {_gap(SOUND, provision, row.before, row.after) - 1 for row in whole}
        here += [item for item in suspicions_in(provision, everything) if item.start not in gaps]
        found += sorted(here, key=lambda item: item.start)
    return tuple(found)


def suspected_losses(corpus: Corpus) -> tuple[Suspicion, ...]:
    """Return the suspected losses of the compilation: of every file that carries more than one regulation.

    The other files are clean; they are what it is compared with.
    """
    everything = [*corpus.provisions, *corpus.witness_provisions]
    carried: dict[str, set[str]] = {}
    for item in everything:
        carried.setdefault(item.witness, set()).add(item.document)
    damaged = [item for item in everything if len(carried[item.witness]) > 1]
    clean = [item for item in everything if len(carried[item.witness]) == 1]
    return suspicions(damaged, clean, collate(corpus), corpus.corrections.losses, corpus.corrections.sound)


class Comparison(NamedTuple):
    """Provisions made ready to compare one with: what each says, and the character model of them all."""

    texts: tuple[tuple[str, str], ...]
    model: CharacterModel
    remnants: Remnants


def compare(provisions: Iterable[Provision]) -> Comparison:
    """Make `provisions` ready for `suspicions_in`."""
    texts = tuple(dict.fromkeys((item.id, _comparable(item)) for item in provisions))
    model = CharacterModel(texts)
    return Comparison(texts, model, Remnants(texts, model))


def _comparable(provision: Provision) -> str:
    """Return what can be compared: of the plan's damaged text only what stands in its place."""
    if provision.document != "plan" or provision.restored:
        return provision.text
    return "".join(character for character in provision.text if not is_displaced(character))


def _concerns(variant: Variant, provision: Provision) -> bool:
    return (variant.provision, variant.witness) == (provision.id, provision.witness)


def _lost(variant: Variant) -> tuple[int, str] | None:
    """Return after how many characters of the variant's reading characters are lost, and which."""
    base, reading = variant.base_reading, variant.reading
    if variant.where != "text" or variant.kind != "OCR" or len(reading) >= len(base):
        return None
    kept = _shared(base, reading)
    lost = len(base) - len(reading)
    return (kept, base[kept : kept + lost]) if base[kept + lost :] == reading[kept:] else None


def _of_witness(variant: Variant, kept: int, lost: str, provision: Provision) -> Suspicion:
    """Return the suspicion that a collated variant proves; `lost` is missing after `kept` characters of its reading."""
    gap = provision.origin.index(variant.witness_start) + kept
    before = max(0, gap - 1)
    around = provision.text[before : gap + 1]
    return Suspicion(
        provision=provision.id,
        witness=provision.witness,
        start=before,
        end=before + len(around),
        found=around,
        lost=lost,
        expected=provision.text[before:gap] + lost + provision.text[gap : gap + 1],
        rule="witness",
        reason=f"the other witness reads {variant.base_reading}; {variant.reason}",
        parallel=provision.id,
        quotation=variant.base_context,
        certainty=_CERTAINTY["witness"],
    )


def _of_reader(row: ReviewedLoss, provision: Provision) -> Suspicion:
    """Return the suspicion of a reader."""
    gap = _gap(LOSSES, provision, row.before, row.stands + row.after)
    start, end = gap - 1, min(gap + len(row.stands) + 1, len(provision.text))
    return Suspicion(
        provision=provision.id,
        witness=provision.witness,
        start=start,
        end=end,
        found=provision.text[start:end],
        lost=row.lost,
        expected=row.before[-1] + row.lost + row.after[0],
        rule="reviewed",
        reason=row.reason,
        parallel=row.parallel,
        quotation=row.quotation,
        certainty=row.certainty,
    )


def _gap(table: str, provision: Provision, before: str, after: str) -> int:
    """Return where `after` begins in the one place where it follows on `before`."""
    words = before + after
    if (count := provision.text.count(words)) != 1:
        raise SourceError(f"{table}: {words!r} stands {count} times in {provision.id}, not once; correct the row")
    return provision.text.index(words) + len(before)


def suspicions_in(provision: Provision, comparison: Comparison) -> Iterator[Suspicion]:
    """Yield at most one suspicion for each gap between two characters of `provision`: the likeliest.

    What the comparison has under the provision's own id does not count.
    """
    model, texts = comparison.model, comparison.texts
    others = model.without(provision.id)
    text = EDGE + provision.text + EDGE
    remnants = {item.at: item for item in comparison.remnants.find(provision.id, provision.text, _SUPPLETIVE)}
    last = 0  # gap that was flagged last: neighbours tell of the same loss
    for at in range(1, len(text)):
        joint = text[at - 1 : at + 1]
        attested = others.count(joint)
        remnant = remnants.get(at - 1)
        if attested > 1 or not (is_han(joint[0]) or is_han(joint[1])):
            continue
        best: tuple[float, Rule, str, _Parallel] | None = None
        for lost in model.between.get((joint[0], joint[1]), ()):
            if lost in _SUPPLETIVE or not others.count(joint[0] + lost + joint[1]):
                continue
            gain = sum(others.gain(text[max(0, at + 1 - ORDER) : at], lost, text[at : at - 1 + ORDER])) / 2
            if gain < _WORD_GAIN or (best and gain <= best[0]):
                continue
            parallel = _parallel(provision.id, text, at, lost, texts)
            if rule := _rule(others, text, at, lost, gain, attested, parallel):
                best = (gain, rule, lost, parallel)
        if best:
            yield _suspicion(provision, at - 1, *best[1:])
        elif remnant and at - last > 1:
            yield _of_remnant(provision, remnant, texts)
        last = at if best or remnant else last


def _rule(
    others: Others, text: str, at: int, lost: str, gain: float, attested: int, parallel: _Parallel
) -> Rule | None:
    """Return the rule by which `lost` is suspected to be missing before `text[at]`."""
    bound = max(_bound_left(others, text, at, lost), _bound_right(others, text, at, lost))
    size = len(lost)
    usual = parallel.provisions >= _FORMULA_PROVISIONS and bound >= _FORMULA_BOUND[size]
    if usual and attested <= parallel.provisions // _PER_REPEATED_LOSS and gain >= _FORMULA_GAIN[size]:
        return "formula"
    on_both_sides = min(parallel.left, parallel.right) >= _SENTENCE_SIDE[size]
    if on_both_sides and parallel.left + parallel.right >= _SENTENCE_SHARED[size] and gain >= _SENTENCE_GAIN:
        return "sentence"
    alone = text[at - 2 : at - 1] in _FUNCTION or text[at + 1 : at + 2] in _FUNCTION
    if not attested and alone and len(lost) == 1 and bound >= _WORD_BOUND and parallel.provisions > 1:
        return "word"
    return None


def _bound_left(others: Others, text: str, at: int, lost: str) -> float:
    """Return the share of the occurrences of what stands before the gap that are followed by `lost`."""
    return max(_share(others, text[max(0, at - size) : at], lost, after=True) for size in (2, 3))


def _bound_right(others: Others, text: str, at: int, lost: str) -> float:
    return max(_share(others, text[at : at + size], lost, after=False) for size in (2, 3))


def _share(others: Others, run: str, lost: str, *, after: bool) -> float:
    seen = others.count(run)
    return others.count(run + lost if after else lost + run) / seen if seen > 1 else 0.0


def _parallel(provision: str, text: str, at: int, lost: str, texts: Iterable[tuple[str, str]]) -> _Parallel:
    """Find the other provision that shares most around `text[at - 1] + lost + text[at]`."""
    key = text[at - 1] + lost + text[at]
    best = _Parallel("", "", 0, 0, 0)
    count = 0
    for name, other in texts:
        if name == provision:
            continue
        bordered = EDGE + other + EDGE
        found = bordered.find(key)
        count += found >= 0
        while found >= 0:
            after = found + 1 + len(lost)
            left = _shared(
                text[max(0, at - _CONTEXT) : at][::-1], bordered[max(0, found + 1 - _CONTEXT) : found + 1][::-1]
            )
            right = _shared(text[at : at + _CONTEXT], bordered[after : after + _CONTEXT])
            if left + right > best.left + best.right:
                quotation = bordered[max(0, found - _QUOTED) : after + _QUOTED].strip(EDGE)
                best = _Parallel(name, quotation, left, right, 0)
            found = bordered.find(key, found + 1)
    return best._replace(provisions=count)


def _shared(one: str, other: str) -> int:
    """Return how many characters two strings have in common from their beginning."""
    size = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        size += 1
    return size


def _suspicion(provision: Provision, gap: int, rule: Rule, lost: str, parallel: _Parallel) -> Suspicion:
    """Return the flag for a loss before `provision.text[gap]`."""
    start, end = max(0, gap - 1), min(len(provision.text), gap + 1)
    found = provision.text[start:end]
    reasons = {
        "formula": f"{parallel.provisions} other provisions have {lost} here, none or hardly any is without",
        "sentence": f"{parallel.provision} shares {parallel.left + parallel.right} characters around it and has {lost}",
        "word": f"{parallel.provisions} other provisions have {lost} in this word, none is without",
        "remnant": "",
    }
    return Suspicion(
        provision=provision.id,
        witness=provision.witness,
        start=start,
        end=end,
        found=found,
        lost=lost,
        expected=provision.text[start:gap] + lost + provision.text[gap:end],
        rule=rule,
        reason=reasons[rule],
        parallel=parallel.provision,
        quotation=parallel.quotation,
        certainty=_CERTAINTY[rule],
    )


def _of_remnant(provision: Provision, remnant: Remnant, texts: Iterable[tuple[str, str]]) -> Suspicion:
    """Return the flag for a remnant, with the first other provision that has the two characters together."""
    pair = remnant.pair
    name, other = next((text for text in texts if text[0] != provision.id and pair in text[1]), ("", ""))
    at = other.find(pair)
    quotation = other[max(0, at - _QUOTED) : at + len(pair) + _QUOTED]
    flag = _suspicion(provision, remnant.at, "remnant", remnant.lost, _Parallel(name, quotation, 0, 0, 0))
    reason = (
        f"{remnant.left} seldom stands alone ({remnant.alone:.0%} of the times); with {remnant.lost} it is in a word"
    )
    return flag.model_copy(update={"reason": f"{reason}: {remnant.word}"})
