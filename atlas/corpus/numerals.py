"""Chinese ordinals as the documents print them: 第五十四章 is 54, and back. Covers 0 to 999; documents stop before."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(DIGITS)} | {"〇": 0, "○": 0, "两": 2}

NUMERAL = "[零〇一二三四五六七八九十百]{1,7}"
"""A pattern for one numeral; `value` says whether what it matched means a number."""


def value(numeral: str) -> int | None:
    """Return the number that `numeral` writes, or None where it writes none (十百, empty)."""
    total, digit, unit_before = 0, None, 1000
    for character in numeral:
        if character in "十百":
            unit = 10 if character == "十" else 100
            if unit >= unit_before or (digit is None and unit_before != 1000 and unit == 100):
                return None
            total += (1 if digit is None else digit) * unit
            digit, unit_before = None, unit
        elif character in _VALUES:
            if digit is not None and digit != 0:
                return None
            digit = _VALUES[character]
        else:
            return None
    return None if not numeral else total + (digit or 0)


def numeral(number: int) -> str:
    """Return `number` (1 to 999) as a Chinese numeral, as articles are numbered: 10 is 十, 12 十二, 110 一百一十.

    Raises:
        ValueError: the number is outside 1 to 999.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"numeral for {number}: known are 1 to 999")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
