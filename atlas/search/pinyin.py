"""Chinese names as they are typed on a Latin keyboard: readings, and matching what is typed against them.

Source of the readings: the `pypinyin` package. It is asked for every reading of a character, because names of
Mongolian origin take rare ones (什 shí in 克什克腾, 都 dū in 昆都仑); a wrong one only makes a name easier to find.
"""

from __future__ import annotations

from functools import cache


def syllables(name: str) -> str:
    """Return the readings of a Chinese name: syllables parted by spaces, readings by `|`; empty if it has others."""
    if not name or not all("\u4e00" <= character <= "\u9fff" for character in name):
        return ""
    return " ".join(map(_readings, name))


@cache
def _readings(character: str) -> str:
    import pypinyin  # noqa: PLC0415  # only the build needs its dictionary, which takes 0.15 s to load

    found = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=False)[0]
    plain = {reading.replace("ü", "v") for reading in found}
    return "|".join(sorted(reading for reading in plain if reading.isascii() and reading.isalpha()))


def typed_matches(typed: str, reading: str) -> int | None:
    """Say how much of a name is typed: each syllable whole or begun, one after the other, from the first.

    `ejinaqi`, `ejn` and `ejina` all begin `e ji na qi`.

    Returns:
        The count of characters that are typed; None where what is typed is something else.
    """
    ends = {0}  # offsets into `typed` that are reached after each syllable
    for count, syllable in enumerate(reading.split(" "), start=1):
        ends = {
            at + length
            for at in ends
            for choice in syllable.split("|")
            for length in range(1, len(choice) + 1)
            if typed.startswith(choice[:length], at)
        }
        if len(typed) in ends:
            return count
        if not ends:
            return None
    return None
