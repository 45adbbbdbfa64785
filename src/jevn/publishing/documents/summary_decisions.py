"""The summary's last page: what recommendations say, what is not known, what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.evidence.entries import Intervention
from jevn.publishing.documents.burning import area_names, burning
from jevn.publishing.documents.common import Desk
from jevn.publishing.documents.fitting import first_lines, first_that_fits
from jevn.publishing.documents.model import Block, Heading, bullets, paragraph
from jevn.publishing.words import listed, lower_first, money
from jevn.terms import EffortArea

_LINE = 185
"""Characters of one line of a list on the last page: two lines of print."""


def decision_blocks(desk: Desk) -> Iterator[Block]:
    """Directions, strong evidence not used, tested without effect, unknowns, and decisions."""
    say = desk.say
    yield Heading(1, say("document.summary.decide"), "decide")
    for key, lines in (
        ("directions", _directions(desk)),
        ("unused", _unused(desk)),
        ("no_effect", _no_effect(desk)),
        ("unknown", _unknown(desk)),
    ):
        yield Heading(2, say(f"document.summary.{key}{_variant(desk, key)}"))
        yield bullets(lines) if lines else paragraph(say(f"document.summary.{key}.none"))
    yield Heading(2, say("document.summary.asked"))
    yield bullets(_asked(desk), numbered=True)


def _variant(desk: Desk, key: str) -> str:
    """The ending of a heading's key where the step it rests on is not begun."""
    if key == "directions" and not burning(desk.dossier.challenges):
        return ".all"
    return ".unsure" if key == "unused" and desk.dossier.effort is None else ""


def _order(desk: Desk) -> tuple[EffortArea, ...]:
    """Areas in the order of where it burns; in that of the mandate where it is not known."""
    profile = desk.dossier.challenges
    return tuple(a.area for a in profile.areas) if profile else tuple(EffortArea)


def _directions(desk: Desk) -> tuple[str, ...]:
    """Directions where it burns most: two of each of the first areas, those with most room."""
    known = {a.area: a for a in desk.dossier.evidence.areas}
    lines: list[str] = []
    for area in _order(desk):
        entry = known.get(area)
        if entry is None or not entry.directions:
            continue
        texts = [d.text(desk.say.lang) for d in entry.directions]
        room = _LINE - len(desk.area(area)) - 2
        for most in (2, 1):
            chosen = first_lines(most, room, texts)
            line = f"{desk.area(area)}: {'; '.join(lower_first(t) for t in chosen)}"
            if chosen and len(line) <= _LINE:
                lines.append(line)
                break
    return first_lines(4, _LINE, lines)


def _interventions(desk: Desk) -> dict[str, Intervention]:
    return {i.id: i for a in desk.dossier.evidence.areas for i in a.interventions}


def _unused(desk: Desk) -> tuple[str, ...]:
    """Interventions of strength A, then B, that are not registered, where it burns first.

    Where nothing is registered yet, all of them: it is not known which are in use.
    """
    effort, say = desk.dossier.effort, desk.say
    known, order = _interventions(desk), _order(desk)
    if effort is None:
        missing = {m for m, i in known.items() if i.strength in "AB"}
    else:
        missing = {m for a in effort.areas for m in a.missing_interventions if m in known}
    found = sorted(
        (known[m] for m in missing),
        key=lambda i: (i.strength, order.index(i.area) if i.area in order else 99, i.id),
    )
    return first_lines(
        5,
        _LINE,
        (
            say(
                "document.summary.line",
                area=desk.area(i.area),
                name=i.name(say.lang),
                strength=lower_first(say(f"evidence.strength.{i.strength}")),
            )
            for i in found
        ),
    )


def _no_effect(desk: Desk) -> tuple[str, ...]:
    """What was tested without effect: first what money goes to here."""
    say, effort = desk.say, desk.dossier.effort
    spent = [
        say("document.summary.spent", name=s.name, net=money(s.net_nok, say))
        for a in (effort.areas if effort else ())
        for s in sorted(a.services, key=lambda s: -(s.net_nok or 0.0))
        if s.strength == "E"
    ]
    tested = [
        f"{desk.area(i.area)}: {lower_first(i.name(say.lang))}"
        for area in _order(desk)
        for i in _interventions(desk).values()
        if i.area == area and i.strength == "E"
    ]
    return first_lines(4, _LINE, [*first_lines(2, _LINE, spent), *tested])


def _unknown(desk: Desk) -> tuple[str, ...]:
    say, profile, effort = desk.say, desk.dossier.challenges, desk.dossier.effort
    lines: list[str] = []
    if profile is None:
        lines.append(say("document.not_begun.challenges"))
    else:
        bare = tuple(lower_first(desk.area(a.area)) for a in profile.areas if not a.indicators)
        if bare:
            named = say("document.summary.bare", areas=listed(bare, say))
            lines.append(first_that_fits(_LINE, named, say("document.summary.bare.n", n=len(bare))))
        every = profile.indicators
        for key, n in (
            ("no_gradient", sum(not s.gradients for s in every)),
            ("estimated", sum(any(g.estimated for g in s.gradients) for s in every)),
            ("no_trend", sum(s.trend is None for s in every)),
            ("hidden", profile.hidden_cells),
        ):
            if n:
                lines.append(say(f"document.summary.{key}", n=n, of=str(len(every))))
    if effort is None:
        lines.append(say("document.not_begun.effort"))
    elif effort.reconciliation.default_nok > 0:
        sums = effort.reconciliation
        share = sums.default_nok / sums.allocated_nok if sums.allocated_nok else 0.0
        lines.append(say("document.summary.defaults", default_share=share))
    return first_lines(5, _LINE, lines)


def _asked(desk: Desk) -> tuple[str, ...]:
    """What the council is asked to decide: questions that the pages before lead to."""
    say, dossier = desk.say, desk.dossier
    areas = tuple(a.area for a in burning(dossier.challenges))
    low = tuple(p.area for p in dossier.need_effort if p.corner == "high_need_low_effort")
    lines = [say("document.summary.asked.basis")]
    if areas:
        lines.append(say("document.summary.asked.areas", areas=area_names(desk, areas)))
    else:
        lines.append(say("document.summary.asked.choose"))
    if low:
        lines.append(say("document.summary.asked.effort", areas=area_names(desk, low)))
    if _unused(desk):
        lines.append(say("document.summary.asked.unused"))
    if dossier.challenges is None or dossier.effort is None:
        lines.append(say("document.summary.asked.missing"))
    else:
        lines.append(say("document.summary.asked.unknown"))
    return tuple(lines)
