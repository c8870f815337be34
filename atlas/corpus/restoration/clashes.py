"""Tokens that stand side by side: the cost of two in one slot, the gain of names in a chain, decimals of one style."""

from __future__ import annotations

NUMERIC = frozenset(("number", "percent", "year", "range"))
JOINTS = frozenset(("joint", "arrow", "plus", "slash", "dot", "dash", "sign"))


def places_of(text: str) -> str:
    """Return the number of decimal places of a number, as a digit; empty for a whole number."""
    point = text.find(".")
    return str(len(text[point + 1 :].rstrip("%‰"))) if 0 < point < len(text) - 1 and text.count(".") == 1 else ""


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
        (last in NUMERIC and kind in NUMERIC, -9.0),
        (last in JOINTS and kind in JOINTS and "dash" not in (last, kind), -9.0),
        ((last, kind) == ("open", "close"), -9.0),
        (all(worded), -5.0),
        (bool(numeric and joint), -3.0),
        ((last, kind) in (("joint", "close"), ("open", "joint"), ("open", "plus")), -4.0),
    )
    return next((cost for holds, cost in costs if holds), 0.0)
