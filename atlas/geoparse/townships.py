"""Which township is meant: the one whose county or league is named around it.

Names of townships repeat (土城子, 先锋), and a text may speak of one that the list of today has no more: behind another
county, or where other units are named and not its own, a name is known by its form only.
"""

from __future__ import annotations

from atlas.geoparse.automaton import Match
from atlas.geoparse.certainty import CERTAINTY, Evidence
from atlas.geoparse.context import Context
from atlas.geoparse.entries import Entry
from atlas.geoparse.mentions import make_mention
from atlas.geoparse.unlisted import REASON
from atlas.models import Mention


def township(match: Match, entry: Entry, before: Entry | None, context: Context) -> list[Mention]:
    """Return the mention of a township, none where a short form stands in text about other provinces.

    Args:
        match: its name.
        entry: what is known of the name.
        before: the same of the name right before it, if there is one.
        context: the units named in the text.
    """
    start, end, surface = match.start, match.end, match.name.surface
    elsewhere = context.is_elsewhere(start)
    # 奈曼旗土城子镇 is not the one of another banner that the list has today.
    stranger = (
        before is not None and before.is_unit and before.code[4:] != "00" and before.code not in entry.codes.values()
    )
    chosen = None
    if not stranger and not elsewhere:
        chosen = context.township(entry.codes, start, distinctive=entry.distinctive)
    if chosen is not None:
        basis = Evidence.NEARBY if len(entry.codes) > 1 else Evidence.LIST if match.name.ambiguous else Evidence.ALIAS
        others = tuple(target for target in entry.codes if target != chosen)
        return [make_mention(start, end, surface, chosen, CERTAINTY[basis], others, "")]
    if elsewhere and match.name.ambiguous:
        return []
    several = len(entry.codes) > 1 and not elsewhere and not stranger
    reason = f"{len(entry.codes)} townships have this name and nothing beside it decides" if several else REASON
    candidates = match.name.targets if several else ()
    return [make_mention(start, end, surface, None, CERTAINTY[Evidence.FORM], candidates, reason)]
