"""Tokens that stand side by side: the cost of two in one slot, the gain of names in a chain, decimals of one style."""

from __future__ import annotations

NUMERIC = frozenset(("number", "percent", "year", "range"))
JOINTS = frozenset(("joint", "arrow", "plus", "slash", "dot", "dash", "sign"))


PLACES = "0123456789-"
_SAME, _OTHER = 0.35, -0.3  # decimals like those of the last amount or rate, or not


def _places(text: str) -> str:
    point = text.find(".")
    return str(len(text[point + 1 :].rstrip("%‰"))) if 0 < point < len(text) - 1 and text.count(".") == 1 else ""


def _last_places(last: str) -> tuple[str, str]:
    kept = last[len(last.rstrip(PLACES)) :]
    return (kept[0], kept[1]) if len(kept) == 2 else ("-", "-")


def carried(last: str, text: str, kind: str) -> str:
    """Return what is remembered of decimals after a token: two signs, of the last amount and the last rate."""
    amount, rate = _last_places(last)
    places = _places(text) if kind in NUMERIC else ""
    if places and kind == "percent":
        rate = places
    elif places and kind == "number":
        amount = places
    return amount + rate if amount + rate != "--" else ""


def alike(last: str, text: str, kind: str) -> float:
    """Return the gain of a number that has as many decimals as the last one of its kind."""
    places = _places(text) if kind in ("percent", "number") else ""
    before = _last_places(last)[kind == "percent"] if places else "-"
    return 0.0 if before == "-" else (_SAME if places == before else _OTHER)


def chain(last: str, kind: str, distance: int) -> float:
    """Return the gain of a joint that follows a joint: names in a chain are short."""
    if last != kind or kind not in ("joint", "arrow", "plus"):
        return 0.0
    if distance == 1:
        return 2.3 if kind == "joint" else -1.0  # 带-圈-线-城
    return 1.5 if distance <= 7 else (0.5 if distance <= 10 else -1.0)


def clash(last: str, kind: str) -> float:
    """Return the cost of two tokens in one slot."""
    numeric, joint = {last, kind} & NUMERIC, {last, kind} & JOINTS
    worded = [k in NUMERIC or k == "latin" for k in (last, kind)]
    costs = (
        (last in NUMERIC and kind in NUMERIC, -16.0),
        (last in JOINTS and kind in JOINTS and "dash" not in (last, kind), -9.0),
        ((last, kind) == ("open", "close"), -9.0),
        (all(worded), -5.0),
        (bool(numeric and joint), -3.0),
        ((last, kind) in (("joint", "close"), ("open", "joint"), ("open", "plus")), -4.0),
    )
    return next((cost for holds, cost in costs if holds), 0.0)
