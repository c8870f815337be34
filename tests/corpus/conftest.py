"""The real documents, loaded once."""

import pytest
from hypothesis import settings

from atlas.corpus import Corpus, load_documents
from atlas.paths import geodata

# Examples are the same in every run and on every machine, and none fails for being slow.
settings.register_profile("atlas", deadline=None, derandomize=True, database=None)
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_documents(geodata() / "documents")
