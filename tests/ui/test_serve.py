"""What the server does before the first visitor comes."""

from __future__ import annotations

import gc

from atlas.ui.serve import keep_out_of_collections


def test_what_is_loaded_is_not_walked_over_again() -> None:
    kept = [{"number": number} for number in range(1000)]
    try:
        keep_out_of_collections()
        assert gc.get_freeze_count() > len(kept)
        walked = {id(one) for one in gc.get_objects()}
        assert not any(id(one) in walked for one in kept)
    finally:
        gc.unfreeze()
