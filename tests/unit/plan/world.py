"""One thing of each kind that the red thread can lead to, made by hand."""

from __future__ import annotations

from jevn.challenges.results import (
    ChallengeProfile,
    Figure,
    Indicator,
    IndicatorStatus,
)
from jevn.effort.results import EffortProfile, FunctionLine, Reconciliation
from jevn.evidence import load_catalogue
from jevn.impact.alternatives import Alternative, ProfileChange
from jevn.impact.results import AlternativeAssessment, Assessment, ChangeAssessment
from jevn.participation.results import Contribution, Voices
from jevn.plan import Targets
from jevn.plan.elements import ActionDetails, Element, ElementKind, Milestone
from jevn.prioritisation.results import Choice, Frame, Package, Prioritisation
from jevn.terms import EffortArea, LocalText, Message, Polarity, Reach, Scale

AREA = EffortArea.OPPVEKST
NOTE = Message("step.plan")


def element(
    id: str,
    kind: ElementKind = ElementKind.ACTION,
    *,
    owner: str | None = "Seksjon barn og unge",
    deadline: str | None = "2029-12-31",
    next_update: str | None = "2028-09-01",
    cost: tuple[tuple[int, float], ...] = ((2028, 100.0),),
) -> Element:
    """An element; an action with all it must say unless told otherwise."""
    details = None
    if kind is ElementKind.ACTION:
        details = ActionDetails(
            owner=owner,
            start="2028-01-01",
            deadline=deadline,
            next_update=next_update,
            cost_nok=cost,
            posts=None,
            reach=Reach.UNIVERSAL,
            target_group=None,
            places=(),
            function="232",
            change="los",
            crpd=(),
        )
    return Element(id, kind, f"Tittel {id}", "", AREA, details, (), (), ())


def _status() -> IndicatorStatus:
    name = LocalText("Fullført videregående", "Fullført vidaregåande", "Completed school")
    indicator = Indicator("fullfort", AREA, name, Scale.PERCENT, Polarity.FAVOURABLE)
    level = Figure(71.0, period="2020–2025")
    return IndicatorStatus(indicator, level, (), (), None, None, None, (), ())


def _change() -> ChangeAssessment:
    change = ProfileChange(
        id="los",
        title="Los i ungdomsskolen",
        area=AREA,
        level="new",
        start_year=2028,
        nok_per_year=3e6,
        posts=3.0,
        reach=Reach.TARGETED,
        target_group=None,
        places=(),
        service=None,
        intervention=None,
        function="232",
    )
    nothing = (None,) * 6
    return ChangeAssessment("tidlig/los", change, None, (), *nothing, "low", NOTE, ())


def _choice(id: str, title: str, chosen: bool) -> Choice:
    return Choice(id, title, AREA, 3e6, 3.0, chosen, None, (), (), NOTE)


def targets(*elements: Element) -> Targets:
    """What references of :data:`WHOLE` point to."""
    change = _change()
    alternative = Alternative("tidlig", "Tidlig innsats", "", (change.change,))
    assessed = AlternativeAssessment(
        alternative, (change,), 3e6, 3.0, (), 0, 1, None, (), "not_known"
    )
    frame = Frame(5e6)
    choices = (_choice("los", "Los i ungdomsskolen", True), _choice("kino", "Kino", False))
    package = Package(
        "lik", "Like vekter", "weights", (), choices, 3e6, 3.0, frame, *(None,) * 3, NOTE
    )
    line = FunctionLine("232", "Helsestasjon", 9e6, 8e6, (), 8e6, 0.0, 0.0, False)
    idea = Contribution(
        id="I-014",
        channel="idea",
        text="Noen å snakke med på skolen.",
        heading=None,
        date=None,
        sender_type="person",
        sender=None,
        place=None,
        areas=(AREA,),
        words=(),
        sorted_by="person",
        language="nb",
    )
    return Targets(
        evidence=load_catalogue(),
        challenges=ChallengeProfile("9901", (), (_status(),), NOTE, 0),
        effort=EffortProfile(
            "9901", 2026, None, (), Reconciliation(2026, (line,), 8e6, 8e6, 0.0, 0.0), ()
        ),
        voices=Voices((idea,), (), (), (), (), ()),
        assessment=Assessment((assessed,)),
        prioritisation=Prioritisation(frame, (), (package,), (), "lik", None),
        elements=elements,
        milestones=(
            Milestone(
                "mandat", "political", "Mandat vedtatt", "2026-10-20", None, "done", "Sak 1/26"
            ),
            Milestone("utkast", "administrative", "Utkast ferdig", "2027-01-10", None, "done"),
        ),
    )
