"""Freezing a plan: anchors that stay, a digest that shows if anything was touched afterwards."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from pydantic import TypeAdapter

from jevn.plan.elements import Element
from jevn.plan.results import Branch, PlanProposal
from jevn.plan.versions.model import (
    FrozenElement,
    FrozenTarget,
    Paragraph,
    PlanVersion,
    VersionKind,
)

_ALIKE = 0.5
_ADAPTER: TypeAdapter[PlanVersion] = TypeAdapter(PlanVersion)


def freeze(
    proposal: PlanProposal,
    *,
    id: str,
    kind: VersionKind,
    date: str,
    earlier: PlanVersion | None = None,
    decision: str | None = None,
) -> PlanVersion:
    """The plan as it stands, frozen.

    Paragraphs that the earlier version has too, or that are much like one of its, keep its anchor;
    others get the next number of their element. An anchor is never used again for another text.

    Args:
        proposal: the plan.
        id: id of the version.
        kind: what it is.
        date: ISO date.
        earlier: the version before, if any.
        decision: id of the milestone that decided it.
    """
    elements = tuple(_elements(proposal.tree, None, earlier))
    version = PlanVersion(
        id=id,
        kind=kind,
        date=date,
        title=proposal.plan.title,
        summary=proposal.plan.summary,
        mandate=proposal.mandate,
        elements=elements,
        decision=decision,
    )
    return replace(version, digest=digest_of(version))


def _elements(
    branches: Sequence[Branch], parent: str | None, earlier: PlanVersion | None
) -> list[FrozenElement]:
    found = []
    for branch in branches:
        e = branch.element
        before = earlier.element(e.id) if earlier else None
        texts = paragraphs_of(e, branch.placement.local_text)
        details = e.action
        found.append(
            FrozenElement(
                id=e.id,
                kind=e.kind,
                title=e.title,
                parent=parent,
                status=branch.placement.status,
                paragraphs=anchored(e.id, texts, before.paragraphs if before else ()),
                targets=tuple(
                    FrozenTarget(t.indicator, t.on, t.baseline, t.target, t.year, t.dimension)
                    for t in e.targets
                ),
                owner=details.owner if details else None,
                start=details.start if details else None,
                deadline=details.deadline if details else None,
                posts=details.posts if details else None,
                reach=details.reach.value if details and details.reach else None,
                target_group=details.target_group if details else None,
                places=details.places if details else (),
                cost_nok=details.cost_nok if details else (),
            )
        )
        found += _elements(branch.children, e.id, earlier)
    return found


def paragraphs_of(element: Element, local: str | None = None) -> list[str]:
    """Paragraphs of an element's text, parted by blank lines, white space made plain."""
    whole = "\n\n".join(x for x in (element.text, local) if x)
    parts = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*\n", whole))
    return [p for p in parts if p]


def anchored(
    element: str, texts: Sequence[str], earlier: Sequence[Paragraph]
) -> tuple[Paragraph, ...]:
    """Paragraphs with anchors ``<element>.<number>``, kept from the earlier version.

    Each takes the anchor of the earlier paragraph it is most like, if at least half alike, best
    pairs first; numbers of paragraphs that are gone are not used again.

    >>> first = anchored("T1", ["Vi ansetter tre loser.", "De følger elevene."], ())
    >>> [p.anchor for p in first]
    ['T1.1', 'T1.2']
    >>> [p.anchor for p in anchored("T1", ["Helt nytt om noe annet.", "De følger elevene."], first)]
    ['T1.3', 'T1.2']
    """
    pairs = []
    for i, text in enumerate(texts):
        for j, old in enumerate(earlier):
            same = text == old.text
            alike = 1.0 if same else SequenceMatcher(None, text, old.text, False).ratio()
            if alike >= _ALIKE:
                pairs.append((-alike, abs(i - j), i, j))
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(pairs):
        if i not in taken and j not in taken.values():
            taken[i] = j
    used = [int(p.anchor.rpartition(".")[2]) for p in earlier]
    after = max(used, default=0)
    found = []
    for i, text in enumerate(texts):
        if i in taken:
            found.append(Paragraph(earlier[taken[i]].anchor, text))
        else:
            after += 1
            found.append(Paragraph(f"{element}.{after}", text))
    return tuple(found)


def digest_of(version: PlanVersion) -> str:
    """SHA-256 of a version's content in a fixed form."""
    data = _plain(replace(version, digest=""))
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(version: PlanVersion) -> Any:
    return _ADAPTER.dump_python(version, mode="json")


def version_text(version: PlanVersion) -> str:
    """The version as a JSON file."""
    return json.dumps(_plain(version), ensure_ascii=False, indent=1) + "\n"


def version_from(text: str) -> PlanVersion:
    """A version from its JSON file.

    Raises:
        pydantic.ValidationError: if the file is not that of a version.
    """
    return _ADAPTER.validate_json(text)
