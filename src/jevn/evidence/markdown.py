"""Pages of the documentation made from the catalogue: the indicators, the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jevn.evidence.entries import CatalogueIndicator, EvidenceCatalogue
from jevn.evidence.vocabulary import Term
from jevn.terms import Say


def indicators_page(catalogue: EvidenceCatalogue) -> str:
    """The page ``docs/reference/indicators.md``: every suggested indicator, area by area."""
    say = Say("en")
    parts = [
        "# Indicators of the evidence catalogue",
        "Made by `jevn evidence indicators --markdown`; a test keeps page and catalogue the "
        "same. The catalogue suggests these for each area; it holds no figures. *Seen* says "
        "whether a page that shows the figure or its name was seen. “–” means not known.",
    ]
    for area in catalogue.areas:
        if not area.indicators:
            continue
        parts.append(f"## {say(f'area.{area.area.value}')} (`{area.area.value}`)")
        heads = ("id", "name", "navn", "unit", "kind", "better", "from", "levels", "by", "seen")
        parts.append(_table(heads, [_row(x, say) for x in area.indicators]))
        notes = [f"- `{x.id}`: {x.note('en')}." for x in area.indicators if x.note]
        if notes:
            parts.append("\n".join(notes))
    return "\n\n".join(parts) + "\n"


def _row(x: CatalogueIndicator, say: Say) -> tuple[str, ...]:
    origin = x.system_text("en") if x.system_text else x.system
    if x.table_text:
        origin += f": {x.table_text('en')}"
    strata = [say(f"evidence.stratum.{k}") for k, v in x.strata if v == "available"]
    better = say(f"polarity.{x.polarity.value}") if x.polarity else "–"
    return (
        f"`{x.id}`",
        x.name("en"),
        x.name("nb"),
        x.unit("en"),
        say(f"evidence.indicator_kind.{x.kind}"),
        better,
        origin,
        ", ".join(say(f"evidence.level.{level}") for level in x.levels) or "–",
        ", ".join(strata) or "–",
        say("word.yes") if x.verified else say("word.no"),
    )


def glossary_page(terms: Sequence[Term]) -> str:
    """The page ``GLOSSARY.md``: every term with its languages, definition and code name."""
    heads = ("bokmål", "nynorsk", "English", "definition", "in the code", "source")
    rows = [
        (
            t.name("nb"),
            t.name("nn"),
            t.name("en"),
            f"{t.definition('nb')} <br> *{t.definition('en')}*",
            f"`{t.code}`" if t.code else "–",
            f"`{t.source}`" if t.source else "Jevn",
        )
        for t in sorted(terms, key=lambda t: _alphabet(t.name("nb")))
    ]
    parts = [
        "# Glossary",
        "Each term once. Made by `jevn evidence glossary --markdown` from "
        "`src/jevn/evidence/catalogue/vocabulary.yaml`; a test keeps the two the same. A source "
        "is an id of the evidence catalogue (`jevn evidence show ID`); “Jevn” means that the "
        "definition is the project's own.",
        "Traps: *measure* means both *tiltak* and a statistic: the code says **Action** for "
        "tiltak and **index** for a formula, never “measure”. *Area* means **EffortArea** "
        "(innsatsområde); geography is **Place**.",
        _table(heads, rows),
    ]
    return "\n\n".join(parts) + "\n"


def _alphabet(name: str) -> str:
    """Sorting key of the Norwegian alphabet: æ, ø, å last."""
    last = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c"})
    return name.casefold().translate(last)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(heads), "|" + "---|" * len(heads), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
