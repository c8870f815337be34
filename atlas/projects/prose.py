"""Undertakings in running plan prose: a verb, what it governs taken apart, and the judgement whether that is a project.

Named undertakings with a definite object or place are taken (建设东台子水库, 推进浑善达克沙地治理, 实施气化内蒙古工程),
exhortations are not (加强…, 提高…, 一批…). What a clause says of where (在…, 以…为重点) holds for what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from atlas.projects.clauses import Span, clauses, sentences
from atlas.projects.items import Item, is_headed, items
from atlas.projects.kinds import (
    ACTION,
    DEFINITE,
    EVENT,
    FACILITY,
    MEASURE,
    PLURAL,
    PROGRAMME,
    PROPER_WORK,
    STAGE,
    STRETCH_OF_LINE,
)
from atlas.projects.places import PlaceReader
from atlas.projects.verbs import STRONG_INSIDE, SUBJECT_VERB, SUBJECTS_END, Verb, leading_verb

_SCOPE = re.compile(r"(?:重点)?(?:在|以|围绕|依托|利用|立足|聚焦|按照|通过|根据|面向|向|从|为|结合)")
_RELYING = re.compile(r"依托(?P<what>.{4,})建设$")
_RELIED_ON = re.compile(r"依托(?P<what>\w{2,}(?:产业园区?|工业园区?|园区|开发区|高新区|试验区|示范区|合作区|保税区))$")
_BY_DOING = re.compile(r"(?:依托|通过)(?=创建|打造|建设|实施|开展|推进)")
_LIST_FOLLOWS = re.compile(r"(?:以下|下列|如下)\w{0,6}(?:项目|工程|任务)?$|(?:项目|工程)(?:包括|有)$")
# 某水库下闸蓄水: what becomes of a work stands behind its name.
_BECOMES = re.compile(
    r"^(?P<name>.{4,42}?)(?:全线|全面|正式|如期|顺利)?"
    r"(?P<done>(?:建成|投入|开工)(?:通车|通航|投用|投产|发电|运营|运行|使用|建设)?|通车|通航|投产|投运|投用|下闸蓄水|蓄水|竣工|贯通|启用)$"
)
_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]是|[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[.．、）)](?!\d)|[—－-]{1,2}|[●■▪•◆○◎])\s*"
)
_EFFORT = re.compile(r"力度$")
_WHERE = re.compile(r"(?:重点)?(?:在|以)")
_PURE = re.compile(r"为(?:重点|中心|节点|支撑|依托|核心|载体|主体)$")
_UPON = re.compile(
    r"(?:重点)?对(?P<what>.+?)(?:进行|开展|实施)(?P<done>除险加固|治理|改造|修复|.{0,4}治理|.{0,4}改造)$"
)
_BRACKET = re.compile(r"（[^）]*）")
_AROUND = re.compile(r"^以(?P<where>.+?)为(?:重点|核心|主体|中心|主)的")
_AT = re.compile(r"^在(?P<where>.+?)(?=设立|建设|组建|布局|开展|实施)")
_PRAISE = re.compile(
    r"^(?:(?:具有|展现|体现|国内一流|世界一流)[^“]*?的|以[^“]{2,8}为原料的|\w{2,12}(?:区|地区)内(?=\w{3}))"
)
_WEAK_ON_NAMED = re.compile(r"完善|优化|提升")
_IMPROVABLE = re.compile(r"(?:枢纽|互换局(?:（交换站）)?|直联点|会展中心)$")
_ROUTE = re.compile(r"^\w{2,8}至\w{2,}")  # stops are places, known to the gazetteer or not
_OWN_PLACE = re.compile(r"一体化$")  # of a place or of nothing
_DONE = re.compile(r"(?:水源地保护|扩区|扩建|扩容|扩能|改造|升级改造)$")
_CARE_OF_LAND = re.compile(
    r"(?:治理|修复|恢复|改良|还林还草|还草|还湿)$"
)  # in a list: what is done to such land anywhere
_PREPARED = re.compile(r"前期工作|论证")
_CARED_FOR = re.compile(
    r"(?:保护修复|保护和修复|治理|勘[探查]开发|协同(?:创新|发展))$"
)  # of a named place: a work, whatever the verb
_SET_UP = re.compile(r"建立|搭建|构建")
_DATA_PLATFORM = re.compile(r"\w{2}(?:数据|信息|云|智能)平台$")
_SUBJECT = re.compile(r"(?=依托|立足|发挥|围绕|利用|聚焦|要|重点|突出|着力|加快)")
_PROGRAMME_VERB = re.compile(
    r"续建|迁建|新建|扩建|改造|投入|投用|投产|通车|通航|开工|建成|竣工|实施|推进|推动|建设|启动|开展"
)
_QUOTED = re.compile(r"“[^“”]{4,}”")
_LINE = re.compile(r"国际\w{0,4}专线$")
_LONGEST_NAME = 42


@dataclass(frozen=True)
class Candidate:
    """An undertaking as the text names it; offsets into the provision's text."""

    start: int
    end: int
    name: str
    kind: str  # facility, programme, measure
    verb: str
    tail: str  # what closed the object: 建设, 前期工作
    sentence: Span
    where: tuple[Span, ...]  # what else says where it is
    certainty: float


@dataclass
class _State:
    """What a clause takes from those before it in its sentence."""

    where: tuple[Span, ...] = ()
    verb: Verb | None = None
    titled: bool = False  # the heading says where
    several: bool = False  # its verb governs an enumeration
    verbless: bool = False  # names may stand without any verb
    listing: bool = False  # the clause before says that a list follows


def candidates(
    reader: PlaceReader, body: Span, *, subject: Span | None = None, titled: bool = False, verbless: bool = False
) -> Iterator[Candidate]:
    """Yield the undertakings that a stretch of prose names, in order.

    Args:
        reader: the places of the provision that the stretch is part of.
        body: the stretch.
        subject: what the whole stretch is about, where that is a place (the city that a box item is headed by).
        titled: the heading above it names one unit, where what it builds is to stand.
        verbless: it is of a list, where names may stand without a verb.
    """
    for whole in sentences(body.text):
        sentence = Span(whole.start + body.start, whole.end + body.start, whole.text)
        state = _State(titled=titled, verbless=verbless)
        about = subject
        for number, whole_clause in enumerate(clauses(sentence)):
            mark = _MARK.match(whole_clause.text)
            rest = clause = whole_clause.cut(mark.end()) if mark else whole_clause
            length = reader.place_at(clause) if number == 0 and subject is None else 0
            if length and _SUBJECT.match(clause.text, length):
                # 某市依托…，建设区域性物流中心: the sentence says who acts, and that is where.
                about, rest = clause.cut(0, length), clause.cut(length)
            yield from _of_clause(reader, rest, sentence, state, about)


def _of_clause(
    reader: PlaceReader, clause: Span, sentence: Span, state: _State, subject: Span | None
) -> Iterator[Candidate]:
    rest = clause
    if by := _BY_DOING.match(clause.text):
        rest = clause = clause.cut(by.end())
    if clause.text.startswith("依托"):
        yield from _relied_on(reader, clause, sentence, state, subject)
    if _RELYING.match(clause.text):
        return
    if scope := _SCOPE.match(clause.text):
        inside = _verb_inside(clause, scope.end())
        where = clause if inside is None else clause.cut(0, inside.start)
        pure = inside is not None or clause.text.startswith("在") or _PURE.search(clause.text)
        own = (where,) if _WHERE.match(clause.text) and pure else ()
        state.where = own if inside is not None and state.verb else (*state.where, *own)
        if inside is None:
            return
        verb: Verb | None = inside
    elif upon := _UPON.match(clause.text):
        verb = Verb(0, upon.start("what"), "对…进行", strong=True)
        what = clause.cut(upon.start("what"), upon.end("what"))
        done = upon.group("done")
        for item in items(Span(what.start, what.end, what.text + done), reader.place_at):
            yield from _judged(reader, item, verb, "", done, sentence, state, subject)
        return
    else:
        verb = leading_verb(clause.text)
    if verb is None and (becomes := _BECOMES.match(clause.text)) and is_headed(becomes.group("name")):
        state.verb = None
        done = clause.cut(0, becomes.end("name"))
        named = Verb(0, 0, becomes.group("done"), strong=True)
        yield from _of_object(reader, done, named, sentence, state, subject)
        return
    said = verb or _carried(reader, clause, state)
    state.verb = (verb if verb.strong else None) if verb else (state.verb if said else None)
    if said is None:
        return
    rest = clause.cut(said.end)
    if _LIST_FOLLOWS.search(rest.text):
        state.listing = True
        return
    yield from _of_object(reader, rest, said, sentence, state, subject)
    if clause.text.startswith("以"):
        state.where = ()  # 以甲市为支点打造枢纽: said of its own object and of nothing after it


def _carried(reader: PlaceReader, clause: Span, state: _State) -> Verb | None:
    """Return the verb that a clause without one takes from before it; an empty one in a list of names."""
    said = Verb(0, 0, state.verb.text, state.verb.strong) if state.verb else None
    if said and (reader.place_at(clause) or clause.text.startswith("“")):
        return said
    if (state.verbless or state.listing) and is_headed(ACTION.sub("", clause.text)):
        return said or Verb(0, 0, "", strong=True)
    return None


def _relied_on(
    reader: PlaceReader, clause: Span, sentence: Span, state: _State, subject: Span | None
) -> Iterator[Candidate]:
    """Yield what a clause relies on: it is there already, or it is built in passing and what follows stands there."""
    if relied := _RELIED_ON.match(clause.text):
        what = clause.cut(relied.start("what"))
        if reader.place_at(what) or reader.of_name(what.text, what)[1]:
            item = Item(what.start, what.end, what.text)
            yield from _judged(reader, item, Verb(0, 2, "依托", strong=True), "运营", "", sentence, state, subject)
    if upon := _RELYING.match(clause.text):
        # 依托某市示范城市建设: named in passing, and where what follows is to be.
        state.where = (clause,)
        for item in items(clause.cut(upon.start("what"), upon.end("what")), reader.place_at):
            if reader.place_at(Span(item.start, item.end, item.name)):
                yield from _judged(
                    reader, item, Verb(0, 2, "依托…建设", strong=True), "建设", "", sentence, state, subject
                )


def _verb_inside(clause: Span, after: int) -> Verb | None:
    for found in STRONG_INSIDE.finditer(clause.text, after + 2):
        left = clause.text[: found.start()]
        if left.count("（") != left.count("）") or left.count("“") != left.count("”"):
            continue
        if len(clause.text) - found.end() >= 4:
            return Verb(found.start(), found.end(), found.group(), strong=True)
    return None


def _of_object(
    reader: PlaceReader, phrase: Span, verb: Verb, sentence: Span, state: _State, subject: Span | None
) -> Iterator[Candidate]:
    if around := _AROUND.match(phrase.text) or _AT.match(phrase.text):
        state.where = (phrase.cut(around.start("where"), around.end("where")),)
        phrase = phrase.cut(around.end())
        if second := leading_verb(phrase.text):
            verb = Verb(verb.start, verb.end, f"{verb.text}…{second.text}", verb.strong)
            phrase = phrase.cut(second.end)
    agents, rest, second_verb = _agents(reader, phrase)
    if agents:
        verb = Verb(verb.start, verb.end, f"{verb.text}…{second_verb}", verb.strong)
        phrase = rest
    if effort := _EFFORT.search(phrase.text):
        phrase = phrase.cut(0, effort.start())
    tail = ""
    while (action := ACTION.search(phrase.text)) and len(phrase.text) - len(action.group()) >= 4:
        before = phrase.text[: action.start()]
        if action.group() == "发展" and not (FACILITY.search(before) or MEASURE.search(before)):
            break
        tail = action.group() + tail
        phrase = phrase.cut(0, action.start())
    found = items(phrase, reader.place_at)
    state.several = len(found) > 1
    for item in found:
        if agents and not reader.place_at(Span(item.start, item.end, item.name)):
            for agent in agents:
                end = item.end if len(agents) == 1 else agent.end
                own = Item(agent.start, end, agent.text + item.name)
                yield from _judged(reader, own, verb, tail, "", sentence, state, agent)
        else:
            yield from _judged(reader, item, verb, tail, "", sentence, state, subject)


def _agents(reader: PlaceReader, phrase: Span) -> tuple[list[Span], Span, str]:
    """Take places that are to do something off a phrase: (支持)呼和浩特、包头等地争创国家物流枢纽."""
    found: list[Span] = []
    at = 0
    while length := reader.place_at(phrase.cut(at)):
        found.append(phrase.cut(at, at + length))
        at += length
        if closed := SUBJECTS_END.match(phrase.text, at):
            at = closed.end()
            break
        if phrase.text[at : at + 1] not in ("、", "和"):
            break
        at += 1
    second = SUBJECT_VERB.match(phrase.text, at) if found else None
    if second is None or len(phrase.text) - second.end() < 4:
        return [], phrase, ""
    return found, phrase.cut(second.end()), second.group()


def _judged(
    reader: PlaceReader,
    item: Item,
    verb: Verb,
    tail: str,
    done: str,
    sentence: Span,
    state: _State,
    subject: Span | None,
) -> Iterator[Candidate]:
    end = min(item.end, sentence.end)
    span = Span(item.start, end, sentence.text[item.start - sentence.start : end - sentence.start])
    kind = _kind(reader, item.name, span, verb, tail, state, subject)
    if kind is None:
        return
    where = (*((subject,) if subject else ()), *state.where)
    yield Candidate(
        start=span.start,
        end=span.end,
        name=_PRAISE.sub("", item.name),
        kind=kind[0],
        verb=verb.text,
        tail=tail or done,
        sentence=sentence,
        where=where,
        certainty=kind[1],
    )


def _kind(
    reader: PlaceReader, name: str, span: Span, verb: Verb, tail: str, state: _State, subject: Span | None
) -> tuple[str, float] | None:
    """Return what kind of undertaking a name is and how sure that is; None where it is none."""
    plain = _BRACKET.sub("", name)
    if not any(closes.search(plain) for closes in (FACILITY, MEASURE, PROGRAMME)):
        plain = _BRACKET.sub("", STAGE.sub("", name))
    quoted = _QUOTED.fullmatch(plain)
    plain = plain.strip("“”") if quoted else plain
    if PLURAL.search(plain) or not 4 <= len(name) <= _LONGEST_NAME:
        return None
    named, site = reader.of_name(name, span)
    known = _Known(
        placed=bool(named or site or _ROUTE.search(plain) or STRETCH_OF_LINE.match(plain)),
        there=bool(subject) or bool(reader.within(state.where)),
        subject=subject is not None,
        prepared=site is not None or bool(_PREPARED.search(tail)),
        titled=state.titled,
        several=state.several,
    )
    if not verb.strong or EVENT.search(plain):
        return _improved(plain, verb, tail, known)
    if FACILITY.search(plain):
        return _facility(name if quoted else plain, known)
    if programme := PROGRAMME.search(plain):
        return _programme(plain, programme.group(), verb, known)
    if MEASURE.search(plain):
        return _measure(plain, known)
    # 推进“平安某地、智慧某事”建设: a name in quotation marks that is built is a programme of its own.
    return ("programme", 0.7) if quoted and tail == "建设" else None


class _Known(NamedTuple):
    """What is known of where an undertaking is."""

    placed: bool  # its own name says
    there: bool  # the text around says
    subject: bool  # it belongs to the place that the whole text is about
    prepared: bool  # it is a work of its own, or being studied
    titled: bool  # the heading names the unit
    several: bool  # it is one of several that a verb governs


def _improved(name: str, verb: Verb, tail: str, known: _Known) -> tuple[str, float] | None:
    """Judge an event, and an object of 加强, 完善, 深化: only a named work that is built, bettered or put in order."""
    if EVENT.search(name):
        return ("programme", 0.7) if known.placed or DEFINITE.search(name) else None
    if _SET_UP.search(verb.text) and _DATA_PLATFORM.search(name):
        return "facility", 0.7
    if not (known.placed or _LINE.search(name)):
        return None
    bettered = _WEAK_ON_NAMED.search(verb.text) and _IMPROVABLE.search(name)
    if FACILITY.search(name) and ("建设" in tail or bettered):
        return "facility", 0.8
    if PROGRAMME.search(name) and "建设" in tail:
        return "programme", 0.7
    cared_for = MEASURE.search(name) and ("深化" in verb.text or (_CARED_FOR.search(name) and "流域" not in name))
    return ("measure", 0.7) if cared_for else None


def _facility(name: str, known: _Known) -> tuple[str, float] | None:
    if known.placed:
        return "facility", 0.95
    if known.subject or DEFINITE.search(name):
        return "facility", 0.85
    return ("facility", 0.7) if known.there or known.titled or PROPER_WORK.match(name) else None


def _measure(name: str, known: _Known) -> tuple[str, float] | None:
    if known.placed or "升级为" in name or PROPER_WORK.match(_DONE.sub("", name)):
        return "measure", 0.9
    if known.subject or _OWN_PLACE.search(name) or (known.several and _CARE_OF_LAND.search(name)):
        return None
    return ("measure", 0.75) if known.there else None


def _programme(name: str, word: str, verb: Verb, known: _Known) -> tuple[str, float] | None:
    definite = known.placed or "“" in name
    if word.endswith(("试点", "示范")):
        if known.placed or known.there:
            return "programme", 0.8
        return ("programme", 0.7) if word == "应用示范" else None
    if not (_PROGRAMME_VERB.search(verb.text) or known.prepared):
        return None
    if word == "行动" and "实施" not in verb.text and not definite and "专项" not in name:
        return None
    return "programme", 0.95 if definite else 0.85
