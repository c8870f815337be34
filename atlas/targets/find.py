"""Targets in plan text: every quantity that the plan commits itself to, and apart from them what it says was achieved.

A quantity is none of these where it only says which things are meant (800人以上的安置区, 60万吨/年以下煤矿), how old
somebody is, how often something happens, or how a thing is rated; `extent` is how many units a programme covers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from atlas.corpus.restoration.table import Indicator
from atlas.errors import SourceError
from atlas.geoparse import Geoparser
from atlas.models import Mention, Provision
from atlas.targets.corrections import TargetCorrection
from atlas.targets.coverage import MAGNITUDES, all_of, in_words
from atlas.targets.indicators import from_indicators
from atlas.targets.quantities import Quantity, quantities
from atlas.targets.target import Bound, Kind, Target
from atlas.targets.wording import subject_after, subject_before, subject_of_all, subjects_of, wording

Found = TypeVar("Found", Quantity, Mention)

_LOOKS_BACK = re.compile(r"成就|回顾")
_AROUND = re.compile(r"面临形势|指导思想|基本原则")
_BREAK = re.compile(r"[，；。\n：]")
_FULL_STOP = re.compile(r"[。\n]")
_YEAR = re.compile(r"到(20\d\d)年|“十四五”时期(?=\D{0,12}\d)|(?:^|(?<=[。\n]))“十四五”期间|到“十四五”末")
_HORIZON = {"“十四五”时期": 2025, "“十四五”期间": 2025, "到“十四五”末": 2025}
_ONLY_WHICH = {"years of age", "years"}
_UNITS_COVERED = re.compile(r"^(\w{0,6}?(?:旗县|盟市|嘎查村|农垦集团))(?!集散|中心|园)")
_RANKS = re.compile(r"^(?:百|千)亿级|^周期")  # which things, how long: no count that is to be reached
# How far one gets in a time is a name (1小时通达率, 15分钟生活圈).
_REACH = re.compile(r"(?:通达|到达|直达|通勤|交通圈|生活圈|经济圈|高铁圈|服务圈|救援|便民)")
# What a level is raised or lowered from is no target: 由2020年的280公里提高到420公里.
_FROM = re.compile(r"(?:由|从)(?:(?P<year>20\d\d)年的?)?$")
_LONGEST_FROM = 7  # characters
_RAISED = re.compile(r"(?:左右)?(?:提高|提升|增加|扩大|增长|下降|降低|减少|降|压减|延长)(?:到|至|为)")
_COUNTS = {"count", "lines"}
_PERIOD = re.compile(r"“十.五”时期（(20\d\d)\s*[-—－–~～至]\s*(20\d\d)年）")
_SINCE = re.compile(r"[较比](20\d\d)年")
_BOX = re.compile(r"^(.*/box-\d+)(?:/|$)")
_REVIEWED = 1.0
_ALL = 100
_SENTENCE = "。\n；"


def targets(
    provisions: Sequence[Provision],
    parser: Geoparser,
    indicators: Sequence[Indicator] = (),
    corrections: Sequence[TargetCorrection] = (),
) -> tuple[Target, ...]:
    """Return the targets of the plans among `provisions`: the indicators of the table first, then in the text's order.

    Args:
        provisions: of any documents; those of plans are read.
        parser: resolves the places that a target is said of.
        indicators: the rows of the plan's table (`indicator_table` of the witness); they belong to `plan/box-1`.
        corrections: reviewed rows of `geodata/corrections/targets.csv`.

    Raises:
        SourceError: a correction fits no target, or the table does not fit its box.
    """
    table = next((one for one in provisions if one.kind == "box" and one.id.endswith("box-1")), None)
    found: list[Target] = list(from_indicators(indicators, table)) if table and indicators else []
    for provision in provisions:
        if provision.kind in ("article", "paragraph", "preamble", "box") or _says_nothing(provision):
            continue
        found += _of_provision(provision, parser)
    ends = {document: year for document in {one.document for one in provisions} if (year := _end(provisions, document))}
    documents = {one.id: one.document for one in provisions}
    found = [
        row if row.kind == "achieved" else row.model_copy(update={"horizon": ends.get(documents[row.provision])})
        for row in found
    ]
    return _corrected(found, corrections, {one.id: one for one in provisions})


def _end(provisions: Sequence[Provision], document: str) -> int | None:
    """Return the last year of a plan, as its opening says it (“十四五”时期（2021-2025年）)."""
    stated = (_PERIOD.search(one.text) for one in provisions if one.document == document)
    return next((int(found.group(2)) for found in stated if found), None)


def _says_nothing(provision: Provision) -> bool:
    return any(_AROUND.search(title) for title in (provision.title, *provision.path[-1:]))


def _of_provision(provision: Provision, parser: Geoparser) -> Iterator[Target]:
    text = provision.text
    whole = {amount.start: nearly for amount, nearly in all_of(text)}
    counted = quantities(text)
    taken = {at for one in counted for at in range(one.start, one.end)}
    more = (*(amount for amount, _ in all_of(text)), *in_words(text))
    amounts = sorted((*counted, *(one for one in more if one.start not in taken)), key=lambda one: one.start)
    if not amounts:
        return
    amounts, bases = _without_bases(text, amounts)
    mentions = sorted(parser.parse_reading(text), key=_start_of)
    past = bool(_LOOKS_BACK.search(provision.title))
    count = 0
    for index, amount in enumerate(amounts):
        begin, end = _clause(text, amount)
        said_of_all = amount.start in whole and amount.number == _ALL
        if said_of_all and _said_before(text[begin : amount.start], amount, counted, begin, end):
            continue
        kind = "commitment" if said_of_all and not past else _kind(text, amount, begin, end, past=past)
        if kind is None:
            continue
        count += 1
        if said_of_all and kind == "commitment":
            kind = "coverage"
        found = _target(provision, amount, amounts, index, (begin, end), kind, mentions, count)
        if (base := bases.get(amount.start)) is not None:
            found = found.model_copy(update={"baseline": base[0], "baseline_year": base[1]})
        if said_of_all:
            bound: Bound = "about" if whole[amount.start] else "exactly"
            found = found.model_copy(update={"bound": bound, "subject": subject_of_all(text[begin:end], amount.text)})
        yield found


def _without_bases(
    text: str, amounts: Sequence[Quantity]
) -> tuple[list[Quantity], dict[int, tuple[float, int | None]]]:
    """Take out what a level is raised or lowered from; return it with its year by where the target after it starts."""
    kept: list[Quantity] = []
    bases: dict[int, tuple[float, int | None]] = {}
    before: tuple[float, int | None] | None = None
    for amount in amounts:
        since = _FROM.search(text, max(0, amount.start - _LONGEST_FROM), amount.start)
        if since and _RAISED.match(text, amount.end):
            before = (amount.value, int(since.group("year")) if since.group("year") else None)
            continue
        kept.append(amount)
        if before is not None:
            bases[amount.start] = before
            before = None
    return kept, bases


def _said_before(before: str, amount: Quantity, counted: Sequence[Quantity], begin: int, end: int) -> bool:
    """Say whether a number says it too (全部达到100%), or the same is said twice (所有…全部完成)."""
    twice = amount.text in ("全部", "所有") and re.search("全部|所有", before)
    return bool(twice or _between(counted, begin, end))


def _clause(text: str, amount: Quantity) -> tuple[int, int]:
    right = _BREAK.search(text, amount.end)
    return _begin(_BREAK, text, amount.start), (right.start() if right else len(text))


@lru_cache(maxsize=16)
def _begins(mark: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where a text goes on behind each mark, found once: a text without headings is a single section."""
    return tuple(found.end() for found in mark.finditer(text))


def _begin(mark: re.Pattern[str], text: str, at: int) -> int:
    """Return where the stretch between marks begins that `at` stands in."""
    begins = _begins(mark, text)
    index = bisect_right(begins, at)
    return begins[index - 1] if index else 0


def _start_of(one: Quantity | Mention) -> int:
    return one.start


def _between(ordered: Sequence[Found], begin: int, end: int) -> Sequence[Found]:
    """Return those of ordered quantities or mentions that start in a stretch."""
    return ordered[bisect_left(ordered, begin, key=_start_of) : bisect_left(ordered, end, key=_start_of)]


def _kind(text: str, amount: Quantity, begin: int, end: int, *, past: bool) -> Kind | None:
    """Return what a quantity is to the plan, None where it only says which things are meant."""
    before, after = text[begin : amount.start], text[amount.end : end]
    if _says_which(amount, before, after):
        return None
    if past:
        return "achieved"
    if _RANKS.match(after):
        return None
    return "extent" if amount.unit == "count" and _UNITS_COVERED.match(after) else "commitment"


def _says_which(amount: Quantity, before: str, after: str) -> bool:
    """Say whether a quantity is part of a name, a threshold, an age, a distance or an interval."""
    named = before.count("“") > before.count("”") or after[:1] in ("才", "质")
    threshold = re.match(r"(?:以上|以下)的|以下", after) and not re.search(r"控制在|降|不高于", before)
    span = amount.unit in _ONLY_WHICH and not re.search(r"延长|达到|提高", before)
    around = re.search(r"(?:距离|相距)\w{0,4}$|每$|^围绕", before)
    reach = amount.unit in ("h", "min") and _REACH.match(after)
    return bool(named or threshold or span or around or reach)


def _target(
    provision: Provision,
    amount: Quantity,
    amounts: Sequence[Quantity],
    index: int,
    clause: tuple[int, int],
    kind: Kind,
    mentions: Sequence[Mention],
    count: int,
) -> Target:
    text = provision.text
    begin, end = clause
    before, after = text[begin : amount.start], text[amount.end : end]
    said = wording(before, amount.text, after)
    shared = _between(amounts, begin, amount.start)
    if shared and said.change == "level" and re.match(r"[、和]\w+$", text[shared[-1].end : amount.start]):
        # 新增学位1.5万个、幼儿园60所: the verb is said of both.
        said = said._replace(change=wording(text[begin : shared[0].start], amount.text, after).change)
    tail = re.match(r"以上|以内|以下|左右", after)
    stop = amount.end + (tail.end() if tail else 0)
    start, last = provision.witness_span(begin, end)
    named = _places(text, clause, mentions)
    document, _, rest = provision.id.partition("/")
    return Target(
        id=f"target/{rest}/{count}" if document == "plan" else f"target/{document}/{rest}/{count}",
        kind=kind,
        subject=_subject(provision, amount, amounts, index, clause),
        value=amount.value,
        high=amount.high,
        unit=amount.unit,
        text=text[amount.start : stop],
        bound=said.bound,
        change=said.change,
        period=said.period,
        year=_year(text, amount.start),
        baseline_year=int(since.group(1)) if (since := _SINCE.search(before)) else None,
        places=tuple(one.place for one in named if one.place),
        place_names=tuple(one.surface for one in named if one.place),
        provision=provision.id,
        start=start,
        end=last,
        text_start=begin,
        text_end=end,
        box=found.group(1) if (found := _BOX.match(provision.id)) else "",
        certainty=0.9 if kind == "commitment" else 0.85,
    )


def _subject(
    provision: Provision, amount: Quantity, amounts: Sequence[Quantity], index: int, clause: tuple[int, int]
) -> str:
    text = provision.text
    begin, end = clause
    title = provision.title if provision.title and text.startswith(provision.title) else ""
    begin = len(title) if begin == 0 and len(title) <= amount.start else begin
    before, after = text[begin : amount.start], text[amount.end : end]
    if amount.text[:1] in MAGNITUDES:  # 千名技师, 百万亩苜蓿基地: the noun stands behind
        return subject_after(after.removeprefix("级"))
    sharing = _between(amounts, begin, end)
    if "分别" in text[begin : sharing[0].start]:
        phrase = text[begin : sharing[0].start].split("分别")[0]
        phrase = phrase if subject_before(phrase) else _clause_before(text, begin)
        if parts := subjects_of(phrase, len(sharing)):
            return parts[sharing.index(amount)]
    others = [one.end for one in sharing if one.end <= amount.start]
    if others:
        before = re.sub(r"^(?:以上|以内|左右)?[、和]?", "", text[others[-1] : amount.start])
    choices = _subjects(amount, before, after)
    earlier = subject_before(_clause_before(text, begin))
    if others and not subject_before(before):  # 投资达到4900亿元、增长10%: both are said of the first one's noun
        first = _subjects(sharing[0], text[begin : sharing[0].start], "")
        earlier = next((one for one in first if one), "") or earlier
    return next((one for one in (*choices, earlier, provision.title) if len(one) >= 2), text[begin:end])


def _subjects(amount: Quantity, before: str, after: str) -> Iterator[str]:
    """Yield what a number may be about, the likeliest first."""
    counted = amount.unit in _COUNTS and not after.startswith("位次")
    if amount.unit == "count" and (covered := _UNITS_COVERED.match(after)):
        yield covered.group(1)
    if amount.unit == "percent" and re.match(r"(?!以|左右)\w{2}", after):
        yield subject_before(before) + subject_after(after)
    if counted:
        yield subject_after(after)
    yield subject_before(before)
    yield subject_after(after)


def _clause_before(text: str, begin: int) -> str:
    """Return the clause before one, over a date that stands alone (到2025年，)."""
    at = begin - 1
    while at > 0 and text[at] not in _SENTENCE:
        left = _begin(_BREAK, text, at)
        part = text[left:at]
        if part and not re.fullmatch(r"到20\d\d年|其中", part):
            return part
        at = left - 1
    return ""


def _year(text: str, at: int) -> int | None:
    """Return the year that the sentence sets before the number."""
    begin = _begin(_FULL_STOP, text, at)
    found = list(_YEAR.finditer(text, begin, at))
    if not found:
        return None
    return int(found[-1].group(1)) if found[-1].group(1) else _HORIZON[found[-1].group()]


def _places(text: str, clause: tuple[int, int], mentions: Sequence[Mention]) -> list[Mention]:
    """Return the places that a clause names, or the 在… before it in its sentence."""
    begin, end = clause
    own = [one for one in _between(mentions, begin, end) if one.end <= end and one.place]
    sentence = _begin(_FULL_STOP, text, begin)
    where = re.search(r"在[^。；\n]+$", text[sentence:begin])
    if where and not own:
        before = _between(mentions, sentence + where.start(), begin)
        own = [one for one in before if one.end <= begin and one.place]
    kept: dict[str, Mention] = {}
    for one in own:
        kept.setdefault(str(one.place), one)
    return list(kept.values())


def _corrected(
    found: list[Target], corrections: Sequence[TargetCorrection], provisions: dict[str, Provision]
) -> tuple[Target, ...]:
    for one in corrections:
        provision = provisions.get(one.provision)
        if provision is None or provision.text.count(one.text) != 1:
            raise SourceError(
                f"targets.csv: {one.text!r} does not stand exactly once in {one.provision}; give more words around it"
            )
        begin = provision.text.index(one.text)
        hits = [
            index
            for index, row in enumerate(found)
            if row.provision == one.provision
            and row.text_start < begin + len(one.text)
            and begin < row.text_end
            and row.text in one.text
        ]
        if len(hits) != 1:
            raise SourceError(
                f"targets.csv: {one.text!r} in {one.provision} holds {len(hits)} targets, not one; "
                "give the words with the number, or take the row out if the rules now decide it"
            )
        if one.action == "drop":
            del found[hits[0]]
        else:
            found[hits[0]] = found[hits[0]].model_copy(update={one.action: one.value, "certainty": _REVIEWED})
    return tuple(found)
