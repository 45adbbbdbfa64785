"""The reference page names every provider, with the terms and limits it is asked by."""

from __future__ import annotations

from jevn.sources.registry import providers


def rows():
    """The page's table, made from the list of providers."""
    for one in providers():
        pace = f"{one.pace.calls} in {one.pace.seconds:g} s" if one.pace else "–"
        cells = f"{one.most_cells:,}".replace(",", " ") if one.most_cells else "–"
        search = "yes" if one.searchable else "no"
        yield (
            f"| `{one.id}` | {one.name('en')} | {one.country} | {search} | {pace} | {cells} "
            f"| {one.licence or '–'} |"
        )


def test_every_provider_stands_on_the_page_as_it_is_asked(repository):
    text = (repository / "docs" / "reference" / "sources.md").read_text("utf-8")
    assert [row for row in rows() if row not in text.splitlines()] == []
