"""Geoparsing: characters a second beside peers in the same run, memory, and growth with text and gazetteer.

Run: .venv/bin/python -m bench.geoparse [--characters 400000] [--runs 5]

Peers read the same text with the same names, and do less: `ahocorasick_rs` and flashtext find names but decide nothing,
jieba (with the names in its dictionary) cuts words but does not say which are places, cpca reads one address a text and
stops there: it is given the text sentence by sentence, as who wants all places of a
text has to. jieba, flashtext and cpca are no dependencies of the atlas; a peer that is not installed is left out.

Processor time is measured and the best of several runs counts, since other work on the machine only slows; ratios are
what to compare. "fresh" keeps nothing between runs, "kept" has seen the text before (answers about word boundaries are
kept), "many" is `parse_many` on all texts at once, kept too.
"""

from __future__ import annotations

import argparse
import logging
import re
import resource
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from atlas.corpus import load_documents
from atlas.gazetteer import Gazetteer, load_gazetteer
from atlas.gazetteer.townships import townships_of_region
from atlas.geometry import boundaries
from atlas.geoparse import Geoparser
from atlas.models import Place
from atlas.paths import geodata

_SENTENCE = re.compile("(?<=[。；\n])")
GOAL = {"jieba": 20, "cpca": 3}


def best(work: Callable[[], object], runs: int, before: Callable[[], object] = lambda: None) -> float:
    times = []
    for _ in range(runs):
        before()
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def load() -> Gazetteer:
    return load_gazetteer(
        geodata() / "gazetteer", boundaries.names_of_china(), boundaries.SOURCE, townships_of_region()
    )


def texts(characters: int) -> dict[str, list[str]]:
    """The documents as provisions, as one text, and as damaged files, each at least so long."""
    corpus = load_documents(geodata() / "documents")
    provisions = [provision.text for provision in corpus.provisions]
    times = characters // sum(map(len, provisions)) + 1
    return {
        "provisions": provisions * times,
        "one text": ["\n".join(provisions) * times],
        "files": list(corpus.texts.values()) * times,
    }


def peers(names: list[str]) -> dict[str, Callable[[list[str]], object]]:
    raw = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    found: dict[str, Callable[[list[str]], object]] = {}
    found["ahocorasick_rs"] = lambda part: [raw.find_matches_as_indexes(text) for text in part]
    if find_spec("flashtext"):
        processor = import_module("flashtext").KeywordProcessor(case_sensitive=True)
        processor.add_keywords_from_list(names)
        found["flashtext"] = lambda part: [processor.extract_keywords(text, span_info=True) for text in part]
    if find_spec("jieba"):
        jieba = import_module("jieba")
        jieba.setLogLevel(logging.ERROR)
        cutter = jieba.Tokenizer()
        for name in names:
            cutter.add_word(name)
        found["jieba"] = lambda part: [list(cutter.cut(text)) for text in part]
    if find_spec("cpca"):
        cpca = import_module("cpca")
        found["cpca"] = lambda part: cpca.transform([one for text in part for one in _SENTENCE.split(text) if one])
    return found


def throughput(gazetteer: Gazetteer, characters: int, runs: int) -> None:
    parser = Geoparser(gazetteer)
    others = peers(sorted(gazetteer.names))
    for title, sample in texts(characters).items():
        size = sum(map(len, sample))

        def forget() -> None:
            parser._match.words._known.clear()
            parser._match.words._tagged.clear()
            parser._match.words._tails.clear()
            parser._match.words._rare.clear()

        ours = {
            "kept": best(lambda sample=sample: [parser.parse(text) for text in sample], runs),
            "fresh": best(lambda sample=sample: [parser.parse(text) for text in sample], runs, forget),
            "many": best(lambda sample=sample: list(parser.parse_many(sample)), runs),
        }
        print(f"\n{title}: {len(sample):,} texts, {size:,} characters")
        for mode, seconds in ours.items():
            print(f"  atlas, {mode}\t{size / seconds / 1e6:.2f} M characters/s")
        for name, work in others.items():
            part = sample if name in {"ahocorasick_rs", "flashtext"} else sample[: max(1, len(sample) // 4)]
            part = [text[:200_000] for text in part]
            length = sum(map(len, part))
            seconds = best(lambda part=part, work=work: work(part), max(2, runs // 2))
            rate = length / seconds
            ratios = "  ".join(f"{mode} {size / ours[mode] / rate:.2f}×" for mode in ours)
            goal = f"  goal {GOAL[name]}×" if name in GOAL else ""
            print(f"  {name}\t{rate / 1e6:.2f} M characters/s\tatlas: {ratios}{goal}")


def memory(gazetteer: Gazetteer) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    parser = Geoparser(gazetteer)
    seconds = time.perf_counter() - started
    parser.parse("呼和浩特")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"\nparser of {len(gazetteer.names):,} names: {seconds:.2f} s (traced), {held / 1e6:.1f} MB of Python objects"
    )


def growth(gazetteer: Gazetteer, runs: int) -> None:
    sample = texts(1)["one text"][0]
    parser = Geoparser(gazetteer)
    print("\ngrowth with the text (kept; 1.00 is linear)")
    base = 0.0
    for times in (1, 4, 16, 64):
        text = sample * times
        seconds = best(lambda text=text: parser.parse(text), max(1, runs // 2)) / len(text)
        base = base or seconds
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {len(text):,} characters\t{seconds / base:.2f}\tpeak {peak:.0f} MB")
    print("growth with the gazetteer (made-up names that the text lacks)")
    base = 0.0
    for extra in (0, 10_000, 40_000):
        more = {f"extra/{at}": _made_up(at) for at in range(extra)}
        larger = Geoparser(
            Gazetteer(gazetteer.places | more, gazetteer.groups, {}, gazetteer.ambiguous, gazetteer.never)
        )
        seconds = best(lambda larger=larger: larger.parse(sample), runs)
        base = base or seconds
        print(f"  {len(gazetteer.places) + extra:,} places\t{seconds / base:.2f}× the time")


def _made_up(at: int) -> Place:
    name = "".join(chr(0x4E00 + (at * step) % 5000) for step in (7, 131, 1031)) + "嘎查"
    return Place(id=f"extra/{at}", name=name, type="town", note="made up for the bench")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    gazetteer = load()
    throughput(gazetteer, chosen.characters, chosen.runs)
    memory(gazetteer)
    growth(gazetteer, chosen.runs)


if __name__ == "__main__":
    main()
