"""A page for every registered index, made when the documentation is built."""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path
from typing import Any

from jevn.indices import INDICES, Family, Index
from jevn.terms import Say

PLACE = "reference/indices"
LABELS = ("Interval", "Range", "Sign", "Ties", "Weights", "Missing groups", "Source")
FAMILIES = {
    Family.SIMPLE: "Simple comparisons",
    Family.REGRESSION: "Regression on rank",
    Family.RANK: "Rank-dependent",
    Family.DISPROPORTIONALITY: "Disproportionality and variance",
    Family.IMPACT: "Impact",
}
UNITS = {
    "value": "that of the values",
    "squared": "that of the values, squared",
    "none": "none",
    "percent": "per cent",
    "per_1000": "thousandths",
}
SIGNS = {
    "difference": "above 0 when the top has more",
    "ratio": "above 1 when the top has more",
    "size": "never negative",
    "level": "a level, not an inequality",
}


def body_of(documentation: str) -> str:
    """The docstring of an index as Markdown: labels bold, examples as code."""
    head, _, rest = documentation.partition("\n")
    text = f"{head}\n{textwrap.dedent(rest)}"
    text = re.sub(rf"^({'|'.join(LABELS)}):", r"**\1:**", text, flags=re.M)
    text = re.sub(r"``([^`]+)``", r"`\1`", text)
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    text = re.sub(r"\$\$ *(.+?) *\$\$", r"\n$$\n\1\n$$\n", text, flags=re.S)
    return re.sub(
        r"((?:^>>> .*\n(?:^.+\n?)*\n?)+)", r"```pycon\n\1\n```\n", text + "\n", flags=re.M
    )


def page_of(name: str, index: Index[...]) -> str:
    """The page of one index."""
    say, nb = Say("en"), Say("nb")
    options = [
        f"`{p.name}={p.default!r}`"
        for p in inspect.signature(index.formula).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    ]
    groups = "must have a social order" if index.ordered else "with or without social order"
    return f"""# {say(f"indices.name.{name}")} (`{name}`)

{say(f"indices.about.{name}")} *{nb(f"indices.name.{name}")}: {nb(f"indices.about.{name}")}*

| | |
|---|---|
| Family | {FAMILIES[index.family]} |
| In Python | `jevn.indices.{index.formula.__name__}`, options {", ".join(options)} |
| On the command line | `jevn indices FILE --index {name}` |
| Groups | {groups} |
| Unit | {UNITS[index.unit]} |
| Sign | {SIGNS[index.sign]} |

{body_of(index.documentation)}
"""


def overview() -> str:
    """The page that lists all indices by family."""
    say = Say("en")
    parts = ["# Every index\n\nMade from the registry `jevn.indices.INDICES`.\n"]
    for family, title in FAMILIES.items():
        found = {n: i for n, i in INDICES.items() if i.family is family}
        rows = "\n".join(
            f"| [`{n}`]({n}.md) | {say(f'indices.name.{n}')} | {say(f'indices.about.{n}')} |"
            for n in found
        )
        parts.append(f"## {title}\n\n| index | name | what it says |\n|---|---|---|\n{rows}\n")
    toc = "\n".join(INDICES)
    return "\n".join(parts) + f"\n```{{toctree}}\n:hidden:\n\n{toc}\n```\n"


def write(app: Any, config: Any) -> None:
    """Write the pages below the sources; those of indices that are gone are removed."""
    folder = Path(app.srcdir) / PLACE
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"index.md": overview(), **{f"{n}.md": page_of(n, i) for n, i in INDICES.items()}}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("config-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
