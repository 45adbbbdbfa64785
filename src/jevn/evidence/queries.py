"""The packaged queries: where the figures of the suggested indicators are found."""

from __future__ import annotations

from functools import cache

from jevn.evidence.entries import CatalogueIndicator, EvidenceCatalogue
from jevn.evidence.loading import CATALOGUE, load_catalogue
from jevn.sources.query import Query, read_queries


@cache
def packaged_queries() -> tuple[Query, ...]:
    """Every packaged query, also those of unknown tables and of the municipality's own figures."""
    return read_queries(CATALOGUE / "queries.yaml")


def suggested(catalogue: EvidenceCatalogue | None = None) -> tuple[CatalogueIndicator, ...]:
    """Suggested indicators that can be shown: with a scale, and a good and a bad direction."""
    found = catalogue or load_catalogue()
    return tuple(i for a in found.areas for i in a.indicators if i.scale is not None and i.polarity)
