"""The desk pages are made at: one dossier, one language, one way of linking."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jevn.challenges.results import Sign
from jevn.evidence.entries import Intervention
from jevn.participation.results import Contribution
from jevn.publishing.chart import Chart
from jevn.publishing.charts import Studio
from jevn.publishing.charts.support import shortened
from jevn.publishing.dossier import Dossier
from jevn.publishing.links import Links
from jevn.publishing.pages.parts import Block, Head, Item, OriginLine, Tag
from jevn.publishing.words import iso_date, local, value_text
from jevn.tables import Origin, OriginKind
from jevn.terms import EffortArea, Message, Ref, RefKind, Say

_SIGN = {
    Sign.WORSE: ("warning", "▲"),
    Sign.SAME: ("neutral", "="),
    Sign.BETTER: ("info", "✓"),
    Sign.UNKNOWN: ("neutral", "?"),
}
_KIND = {
    OriginKind.PUBLISHED: "neutral",
    OriginKind.LOCAL: "neutral",
    OriginKind.ESTIMATE: "warning",
    OriginKind.JUDGEMENT: "warning",
    OriginKind.FICTIONAL: "brand2",
}
_STRENGTH = {
    "A": "success",
    "B": "success",
    "C": "info",
    "D": "neutral",
    "E": "danger",
    "U": "neutral",
}
_VERDICT = {
    "narrows": ("success", "↓"),
    "widens": ("danger", "↑"),
    "no_change": ("neutral", "="),
    "cannot_tell": ("neutral", "~"),
    "not_known": ("neutral", "?"),
}


@dataclass(frozen=True)
class Desk:
    """A dossier, a language and links, with what every page says of them."""

    dossier: Dossier
    say: Say
    links: Links

    @cached_property
    def studio(self) -> Studio:
        """Where the charts are made."""
        return Studio.of(self.dossier, self.say)

    def head(self, name: str, title: str, description: str = "", id: str | None = None) -> Head:
        """The head of a page."""
        return Head(name, id, title, description or title, self.dossier.cover)

    def words(self, message: Message | None) -> str:
        """A message in words; empty for none."""
        return self.say.message(message) if message else ""

    def area(self, area: EffortArea | str, *, short: bool = True) -> str:
        """Name of an area of effort."""
        return self.say(f"area.{area}.short" if short else f"area.{area}")

    def date(self, text: str | None) -> str:
        """An ISO date in words."""
        return iso_date(text, self.say)

    def sign(self, sign: Sign, text: str | None = None) -> Tag:
        """A sign in words, with colour and symbol."""
        colour, symbol = _SIGN[sign]
        return Tag(text or self.say(f"publishing.sign.{sign.value}"), colour, symbol)

    def strength(self, strength: str) -> Tag:
        """Strength of evidence in words."""
        return Tag(self.say(f"publishing.strength.{strength}"), _STRENGTH.get(strength, "neutral"))

    def verdict(self, verdict: str) -> Tag:
        """What happens to the social gap, in words."""
        colour, symbol = _VERDICT[verdict]
        return Tag(self.say(f"publishing.verdict.{verdict}"), colour, symbol)

    def kind(self, kind: OriginKind) -> Tag:
        """What kind of knowledge an origin is."""
        return Tag(self.say(f"publishing.kind.{kind.value}"), _KIND[kind])

    def origin_line(self, origin: Origin) -> OriginLine:
        """An origin as one line."""
        version = f" ({origin.version})" if origin.version else ""
        text = f"{origin.producer}: {origin.title}{version}"
        return OriginLine(text, self.links.url("origin", origin.id), self.kind(origin.kind))

    def origins(self, *ids: str | None) -> tuple[OriginLine, ...]:
        """Origins by id, each once; unknown ids are left out."""
        found = (self.dossier.origin(id) for id in dict.fromkeys(ids))
        return tuple(self.origin_line(o) for o in found if o is not None)

    def block(
        self, chart: Chart | None, *origins: str | None, estimated: bool = False
    ) -> Block | None:
        """A chart for a page; ``None`` stays ``None``."""
        if chart is None:
            return None
        known = [o for id in dict.fromkeys(origins) if (o := self.dossier.origin(id))]
        kinds = {o.kind for o in known} - {OriginKind.PUBLISHED, OriginKind.LOCAL}
        if estimated:
            kinds.add(OriginKind.ESTIMATE)
        tags = tuple(self.kind(k) for k in OriginKind if k in kinds)
        return Block(chart, tuple(self.origin_line(o) for o in known), tags)

    def blocks(self, *blocks: Block | None) -> tuple[Block, ...]:
        """The charts there are."""
        return tuple(b for b in blocks if b is not None)

    def intervention(self, entry: Intervention) -> Item:
        """An intervention type of the catalogue as a line."""
        return Item(
            local(entry.name, self.say),
            self.links.url("intervention", entry.id),
            tags=(self.strength(entry.strength),),
        )

    def voice(self, voice: Contribution, most: int = 160) -> Item:
        """A contribution as a line; private persons are never named."""
        return Item(
            shortened(voice.text, most),
            self.links.url("voice", voice.id),
            detail=self.speaker(voice),
        )

    def voice_url(self, ids: tuple[str, ...]) -> str | None:
        """Address of the first of these contributions that is known."""
        voices = self.dossier.voices
        known = (id for id in ids if voices and voices.contribution(id))
        return next((self.links.url("voice", id) for id in known), None)

    def speaker(self, voice: Contribution) -> str:
        """Who spoke and where: a private person is only called that."""
        say = self.say
        public = voice.sender_type not in ("person", "unknown") and voice.sender
        who = str(voice.sender) if public else say(f"publishing.sender.{voice.sender_type}")
        said = [say(f"publishing.channel.{voice.channel}"), who]
        if voice.date:
            said.append(self.date(voice.date))
        return " · ".join(said)

    def ref(self, ref: Ref) -> Item | None:
        """What a reference points to, in the page's language; ``None`` if it is not there."""
        found = self._found(ref)
        if found is None:
            return None
        text, detail, tags = found
        return Item(text, self.links.ref_url(ref), detail, tags)

    def _found(self, ref: Ref) -> tuple[str, str, tuple[Tag, ...]] | None:
        d, say = self.dossier, self.say
        match ref.kind:
            case RefKind.EVIDENCE:
                entry = d.evidence.intervention(ref.id)
                return (
                    (local(entry.name, say), "", (self.strength(entry.strength),))
                    if entry
                    else None
                )
            case RefKind.SOURCE:
                source = d.evidence.source(ref.id)
                return (
                    (source.title, f"{source.authors}, {source.year or '–'}", ())
                    if source
                    else None
                )
            case RefKind.FIGURE | RefKind.INDICATOR:
                status = d.challenges.indicator(ref.id) if d.challenges else None
                if status is None:
                    return None
                level = status.level
                value = value_text(level.value, status.indicator.scale, say) if level else ""
                return (
                    local(status.indicator.name, say),
                    f"{value} {f'({level.period})' if level else ''}".strip(),
                    (),
                )
            case RefKind.VOICE:
                voice = d.voices.contribution(ref.id) if d.voices else None
                return (shortened(voice.text, 140), self.speaker(voice), ()) if voice else None
            case RefKind.ASSESSMENT:
                change = d.assessment.change(ref.id) if d.assessment else None
                if change is None:
                    return None
                verdict = change.computed.verdict if change.computed else None
                tag = (
                    self.verdict(verdict)
                    if verdict
                    else Tag(say("publishing.judged_only"), "warning")
                )
                return change.change.title, "", (tag,)
            case _:
                return self._decided(ref)

    def _decided(self, ref: Ref) -> tuple[str, str, tuple[Tag, ...]] | None:
        d, say = self.dossier, self.say
        match ref.kind:
            case RefKind.PRIORITY:
                package_id, _, change_id = ref.id.partition("/")
                package = d.prioritisation.package(package_id) if d.prioritisation else None
                choice = (
                    next((c for c in package.choices if c.change == change_id), None)
                    if package
                    else None
                )
                if package is None or choice is None:
                    return None
                return package.title, self.words(choice.reason), ()
            case RefKind.DECISION:
                steps = d.proposal.timeline if d.proposal else ()
                step = next((m for m in steps if m.id == ref.id), None)
                when = step.decision or self.date(step.date or step.period) if step else ""
                return (step.title, when, ()) if step else None
            case RefKind.ELEMENT:
                elements = d.proposal.elements() if d.proposal else ()
                element = next((e for e in elements if e.id == ref.id), None)
                return (
                    (element.title, say(f"element.{element.kind.value}"), ()) if element else None
                )
            case RefKind.SERVICE:
                services = (s for a in d.effort.areas for s in a.services) if d.effort else iter(())
                service = next((s for s in services if s.id == ref.id), None)
                return (service.name, service.unit or "", ()) if service else None
            case RefKind.MONEY:
                lines = d.effort.reconciliation.lines if d.effort else ()
                line = next((x for x in lines if x.function == ref.id), None)
                text = say("publishing.function", function=ref.id)
                return (f"{text}: {line.name}", "", ()) if line else None
            case _:
                return None
