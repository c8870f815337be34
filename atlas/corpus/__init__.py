"""The text room: documents -> segments and provisions, the reading of any text, apparatus, citations, exports."""

from atlas.corpus.akoma_ntoso import akoma_ntoso, editorial_notes
from atlas.corpus.citation import citation
from atlas.corpus.collate import Variant, collate
from atlas.corpus.contents import HeadingDifference
from atlas.corpus.corpus import Corpus, paragraphs
from atlas.corpus.documents import load_documents
from atlas.corpus.emend import Emendation
from atlas.corpus.losses import Suspicion, suspected_losses
from atlas.corpus.reading import Reading, View, reading
from atlas.corpus.spans import Span, cite_span, find_quotation, parse_address, resolve
from atlas.corpus.tables import provisions_csv

__all__ = [
    "Corpus",
    "Emendation",
    "HeadingDifference",
    "Reading",
    "Span",
    "Suspicion",
    "Variant",
    "View",
    "akoma_ntoso",
    "citation",
    "cite_span",
    "collate",
    "editorial_notes",
    "find_quotation",
    "load_documents",
    "paragraphs",
    "parse_address",
    "provisions_csv",
    "reading",
    "resolve",
    "suspected_losses",
]
