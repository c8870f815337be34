"""The answer to "what governs this place?": links expanded through groups, features and classes, one per provision.

Pure: it takes the links and relations that touch a place and ranks them. Where several reasons hold, the most specific
of the sure ones is given, else the most specific. Everything it says is a relation found in the text or measured on
the map, not a legal conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from atlas.governing import notes
from atlas.governing.reasons import Reason, with_note
from atlas.governing.targets import ITSELF, Target, is_league, targets_of
from atlas.models import Basis, Governing, Link

__all__ = ["ORDER", "SURE", "Target", "govern", "targets_of"]

ORDER = {basis: rank for rank, basis in enumerate(Basis)}
LEAST = 0.45  # chains of inference less certain than this are not given
SURE_NAME = 0.5  # a name that is read with less than this is no better than an inference
PASSED_BY = frozenset(["", "hub", "net"])  # for what a city may be named when its port is meant as well
OF_MOST = 0.8  # where most units of a league are meant, for one of them
SURE = 0.75  # from here on a reason does not rest on inference or position


def standing(basis: Basis, certainty: float) -> tuple[bool, bool, int, float]:
    """Return what reasons are ordered by: sure ones before inferred ones, the specific before the general.

    The region comes last whatever its certainty: a lake that the text names says more than that it holds for all.
    """
    least = SURE_NAME if basis in {Basis.NAMED, Basis.GROUP} else SURE
    return basis is Basis.REGION, certainty < least, ORDER[basis], -certainty


def govern(
    links: Iterable[Link], targets: Iterable[Target], citations: Mapping[str, str], documents: Mapping[str, str]
) -> tuple[Governing, ...]:
    """Return one record per provision, the best reason of each, ordered from specific to general.

    Args:
        links: links whose target is among `targets`, with their evidence.
        targets: from `targets_of`.
        citations: provision id -> citation.
        documents: provision id -> document id.
    """
    by_target: dict[str, list[Target]] = {}
    for target in targets:
        by_target.setdefault(target.id, []).append(target)
    best: dict[str, tuple[tuple[bool, bool, int, float, int], Governing]] = {}
    evidence: dict[tuple[str, str], list[Link]] = {}
    links = list(links)
    for link in links:
        evidence.setdefault((link.provision, link.target), []).append(link)
    for link in links:
        bound = notes.bound_to(link.note)
        if bound and not any(scope in by_target for scope in bound):
            continue  # what a scoped document says of ports holds for the ports within its scope
        if any(beside in by_target for beside in notes.left_out(link.note)):
            continue  # 重点专业口岸 are not the hub ports
        for target in by_target.get(link.target, ()):
            if not _reaches(link, target, by_target):
                continue
            certainty = round(link.certainty * target.factor * _of_most(link, target), 3)
            if certainty < LEAST:
                continue
            basis = link.basis if link.basis is Basis.FEATURE else target.basis
            rank = (*standing(basis, certainty), link.start)
            if link.provision in best and best[link.provision][0] <= rank:
                continue
            reason = with_note(Reason(target.why, target.why_en), link.note)
            record = Governing(
                id=link.provision,
                document=documents[link.provision],
                citation=citations[link.provision],
                basis=basis,
                via=target.id,
                why=reason.zh,
                why_en=reason.en,
                quotation=link.quotation,
                start=link.witness_start,
                end=link.witness_end,
                marks=_marks(link, evidence[link.provision, link.target]),
                evidence=(link.start, link.end) if link.text_end else None,
                certainty=certainty,
            )
            best[link.provision] = (rank, record)
    # Sorting is stable and `links` come in the order of the corpus, so equals keep the order of reading. A hundredth
    # more or less, by which form of its name the text uses, is no order.
    records = [record for _, record in best.values()]
    return tuple(sorted(records, key=lambda record: (ORDER[record.basis], -round(record.certainty, 1))))


def _reaches(link: Link, target: Target, by_target: Mapping[str, object]) -> bool:
    """Say whether a link reaches the place by the way that the target is."""
    if link.basis is Basis.FEATURE and target.basis is not Basis.NAMED:
        return False  # what runs through a unit does not reach its league or what stands in it
    if target.group and target.group in notes.spared(link.note):
        return False  # what is said of farms in a basin does not concern its lakes
    if target.nature and not (target.held and notes.has(link.note, notes.BASIN)):
        # A thing of nature in some units is no member of every class that they are in, but a part of their nature.
        return target.nature in notes.spoken_nature(link.note)
    return not _is_of_others(link, target, by_target)


def _is_of_others(link: Link, target: Target, by_target: Mapping[str, object]) -> bool:
    """Say whether what is said of the target is not said of the place that it is a way to."""
    if target.land:
        return target.land not in notes.spoken_lands(link.note)  # what is said of a banner and its sand is of the sand
    if target.headed:
        return not notes.has(link.note, notes.HEADS)
    if target.thing:
        return not _is_meant(link, target)
    return target.basis is Basis.FEATURE and _stays(link, target, by_target)


def _of_most(link: Link, target: Target) -> float:
    """Return how sure it is that a unit is among the many of its league that are counted."""
    counted = target.basis is Basis.FEATURE and not target.land and notes.has(link.note, notes.MOST)
    return OF_MOST if counted else 1.0


def _stays(link: Link, target: Target, by_target: Mapping[str, object]) -> bool:
    """Say whether what names a place stays with it: a league as a stop of a line, a river in one part of the region.

    A city named as a stop or for its airport is its urban districts, but none of its banners.
    """
    if is_league(target.id) and not notes.reached_below(link.note, district=target.inner):
        return True
    parts = notes.spoken_of_in(link.note)
    return bool(parts) and not any(part in by_target for part in parts)


def _is_meant(link: Link, target: Target) -> bool:
    """Say whether what names a unit means a thing that carries its name.

    The airport is meant in a list of airports. The port of 二连浩特 is often meant with the city, not by its airport.
    """
    thing = notes.thing(link.note)
    return thing == target.thing or (target.thing == ITSELF and thing in PASSED_BY)


def _marks(link: Link, evidence: Iterable[Link]) -> tuple[tuple[int, int], ...]:
    """Return the spans inside the quotation that name the target, in order."""
    spans = {
        (other.text_start - link.quote_start, other.text_end - link.quote_start)
        for other in evidence
        if link.quote_start <= other.text_start < other.text_end <= link.quote_end
    }
    return tuple(sorted(spans))
