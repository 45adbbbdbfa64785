"""A small dossier, written by hand, with something of everything."""

from __future__ import annotations

import json
from typing import Any

from jevn.challenges.results import (
    AreaStatus,
    ChallengeProfile,
    Comparison,
    Figure,
    Gradient,
    GroupValue,
    Indicator,
    IndicatorStatus,
    PlaceSpread,
    PlaceValue,
    Sign,
    SignCell,
    Trend,
)
from jevn.effort.results import (
    AreaEffort,
    EffortProfile,
    FunctionLine,
    NeedEffortPoint,
    Reconciliation,
    Service,
)
from jevn.evidence.entries import (
    AreaEvidence,
    Direction,
    Effect,
    EvidenceCatalogue,
    Intervention,
    Principle,
    Source,
)
from jevn.followup.results import ActionStatus, FollowUp, StatusReport, TargetStatus
from jevn.impact.alternatives import Alternative, ProfileChange
from jevn.impact.results import (
    AlternativeAssessment,
    Assessment,
    ChangeAssessment,
    ComputedEffect,
    CriterionResult,
    GroupEffect,
    Interval,
)
from jevn.indices import INDICES, GroupedData
from jevn.participation.results import (
    Answer,
    CombinedRanking,
    Contribution,
    RankedItem,
    Spoken,
    Voices,
)
from jevn.plan.elements import (
    ActionDetails,
    Element,
    ElementKind,
    Milestone,
    Placement,
    Plan,
    Relation,
    StatedGap,
    Target,
)
from jevn.plan.results import Branch, PlanProposal, Thread, ThreadLink
from jevn.prioritisation.results import (
    ChangeSupport,
    Choice,
    CriteriaOrder,
    Frame,
    Package,
    Prioritisation,
)
from jevn.publishing.dossier import Cover, Dossier, Place
from jevn.tables import Origin, OriginKind
from jevn.terms import (
    CRITERIA,
    Criterion,
    EffortArea,
    LocalText,
    Message,
    Polarity,
    Reach,
    Ref,
    Scale,
    SocialDimension,
)
from unit.publishing.fixture_ahead import projection
from unit.publishing.fixture_portfolio import portfolio, shared_budget
from unit.publishing.fixture_process import followed
from unit.publishing.fixture_voices import chain, conversation, represented

OPPVEKST, BOLIG = EffortArea.OPPVEKST, EffortArea.BOLIG
SAID = Message("publishing.none")
"""Any message: what other rooms say is not tested here."""

KINDS: tuple[Any, ...] = ("level", "trend", "gradient", "people", "spread", "certainty")


def indicator_status() -> IndicatorStatus:
    """Completed upper secondary: told apart by education, one zone surely worse, one hidden."""
    indicator = Indicator(
        "fullfort/vgs",
        OPPVEKST,
        LocalText("Fullført videregående", "Fullført vidaregåande", "Completed upper secondary"),
        Scale.PERCENT,
        Polarity.FAVOURABLE,
        LocalText("Andel som fullfører <innen fem år>"),
        "ssb",
    )
    groups = (
        GroupValue("basic", 61.2, 59.0, 63.4, 900),
        GroupValue("upper_secondary", 78.5, 77.0, 80.0, 1800),
        GroupValue("higher", 90.3, 79.9, 91.2, 2100),
    )
    data = GroupedData(
        tuple(g.value for g in groups),
        tuple(g.population for g in groups),
        (1.1, 0.8, 0.5),
        (1.0, 2.0, 3.0),
        Scale.PERCENT,
        Polarity.FAVOURABLE,
    )
    gradient = Gradient(
        SocialDimension.EDUCATION,
        "9901",
        "2025",
        groups,
        (0.1, 0.38, 0.78),
        Figure(40.4, 37.0, 43.8),
        Figure(1.6, 1.5, 1.7),
        Figure(29.1),
        60.0,
        Sign.WORSE,
        False,
        "ssb",
        indices=tuple(INDICES[name](data) for name in ("sii_linear", "rii_linear")),
    )
    estimated = Gradient(
        SocialDimension.INCOME,
        "9901",
        "2025",
        (
            GroupValue("q1", 70.0, None, None, 500),
            GroupValue("q5", 90.0, None, None, 500),
            GroupValue("q3", None, None, None, None, hidden=True),
        ),
        (0.1, 0.9, 0.5),
        None,
        None,
        None,
        None,
        Sign.UNKNOWN,
        True,
        "estimate",
    )
    zones = (
        PlaceValue("Z1", "Furulia", 64.0, 61.0, 67.0, 9000, Sign.WORSE),
        PlaceValue("Z2", "Sentrum & havna", 79.0, 76.0, 82.0, 9000, Sign.SAME),
        PlaceValue("Z3", "Øvre Dalen", 88.0, 86.0, 90.0, 9000, Sign.BETTER),
        PlaceValue("Z4", "Skogheim", None, None, None, 80, Sign.UNKNOWN, hidden=True),
    )
    return IndicatorStatus(
        indicator,
        Figure(79.4, 78.6, 80.2, "2025", "ssb"),
        (
            Comparison(
                "0",
                "Norge",
                Figure(79.4, 78.6, 80.2, "2025"),
                Figure(81.0, 80.9, 81.1, "2025"),
                Figure(-1.6, -2.4, -0.8),
                Sign.WORSE,
            ),
        ),
        (gradient, estimated),
        PlaceSpread("2025", zones, 79.4, 24.0, 1, Figure(8.0, 5.0, 11.0), Sign.WORSE, "ssb"),
        Trend(
            tuple(
                Figure(v, v - 1, v + 1, str(y))
                for y, v in ((2022, 75.0), (2023, 77.0), (2025, 79.4))
            ),
            Figure(1.4, 0.9, 1.9),
            Sign.BETTER,
        ),
        1234.0,
        (),
        ("ssb",),
    )


def bare_status() -> IndicatorStatus:
    """An indicator of which nothing is known here."""
    indicator = Indicator(
        "trangbodd", BOLIG, LocalText("Bor trangt"), Scale.PROPORTION, Polarity.ADVERSE
    )
    return IndicatorStatus(indicator, None, (), (), None, None, None, (SAID,), ())


def _area_status(area: EffortArea, sign: Sign, ids: tuple[str, ...]) -> AreaStatus:
    counts = {s: 1 if s is sign else 0 for s in Sign}
    cells = tuple(
        SignCell(
            k,
            sign,
            counts[Sign.WORSE],
            counts[Sign.SAME],
            counts[Sign.BETTER],
            counts[Sign.UNKNOWN],
            SAID,
            ids,
        )
        for k in KINDS
    )
    return AreaStatus(area, SAID, cells, ids, "Første avsnitt.\n\nAndre avsnitt." if ids else None)


def challenges() -> ChallengeProfile:
    return ChallengeProfile(
        "Prøveby",
        (
            _area_status(OPPVEKST, Sign.WORSE, ("fullfort/vgs",)),
            _area_status(BOLIG, Sign.UNKNOWN, ("trangbodd",)),
        ),
        (indicator_status(), bare_status()),
        SAID,
        3,
    )


def evidence() -> EvidenceCatalogue:
    def intervention(id: str, area: EffortArea, strength: Any) -> Intervention:
        return Intervention(
            id,
            area,
            (),
            LocalText(f"Tiltakstype {id}"),
            Reach.UNIVERSAL,
            (LocalText("læring"),),
            strength,
            LocalText("gradert"),
            "egen",
            "kilde1",
            (Effect(LocalText("frafall"), "RR", "0,8", None, "RCT", "kilde1"),),
            "positive" if strength == "A" else "unknown",
            None,
            None,
            "low",
            None,
            "short",
            (),
            None,
            ("kilde1", "kilde2"),
        )

    def area(area: EffortArea, interventions: tuple[Intervention, ...]) -> AreaEvidence:
        return AreaEvidence(
            area,
            LocalText("Hvorfor dette."),
            ("kilde1",),
            (LocalText("mekanisme"),),
            (Direction(LocalText("Tidlig innsats"), ("kilde1",)),),
            interventions,
            (),
            (),
            (),
        )

    return EvidenceCatalogue(
        (
            area(
                OPPVEKST, (intervention("los", OPPVEKST, "A"), intervention("iko", OPPVEKST, "E"))
            ),
            area(BOLIG, (intervention("bolig.forst", BOLIG, "U"),)),
        ),
        (Principle("pu", LocalText("Proporsjonal universalisme"), ("kilde2",)),),
        (
            Source(
                "kilde1",
                "Hansen K",
                2020,
                "Om los",
                "NTNU",
                "https://example.org/1",
                True,
                "article",
            ),
            Source("kilde2", "Berg L", None, "Om alt.", None, None, False, "report"),
        ),
        (),
        (("r1", LocalText("Oversikt 1")),),
        ((OPPVEKST, (("r1", 2),)), (BOLIG, (("r1", 0),))),
    )


def effort() -> EffortProfile:
    service = Service(
        "los/1",
        "Loser",
        "service",
        OPPVEKST,
        2026,
        "Skole",
        "202",
        Reach.TARGETED,
        "Ungdom",
        (),
        None,
        2_400_000.0,
        3.0,
        90.0,
        "los",
        "counted",
        "high",
        None,
    )

    def area(area: EffortArea, nok: float, services: tuple[Service, ...]) -> AreaEffort:
        return AreaEffort(
            area,
            2026,
            nok,
            nok / 100_000,
            nok / 110_000,
            ((Reach.UNIVERSAL, nok * 0.9), (Reach.TARGETED, nok * 0.1)),
            (),
            0.5,
            None,
            services,
            (),
            (),
            ((2025, nok * 0.9), (2026, nok)),
            ("bolig.forst",),
        )

    line = FunctionLine(
        "202",
        "Grunnskole",
        9e8,
        8e8,
        ((OPPVEKST, 0.8, Reach.UNIVERSAL, "default"),),
        6.4e8,
        1.6e8,
        2.4e6,
        False,
    )
    return EffortProfile(
        "Prøveby",
        2026,
        100_000.0,
        (area(OPPVEKST, 6.4e8, (service,)), area(BOLIG, 5e7, ())),
        Reconciliation(2026, (line,), 8e8, 6.4e8, 1.6e8, 6.4e8),
        ("regnskap",),
    )


def voices() -> Voices:
    def said(id: str, channel: Any, areas: tuple[EffortArea, ...], **more: Any) -> Contribution:
        base: dict[str, Any] = {
            "heading": None,
            "date": "2026-03-19",
            "sender_type": "person",
            "sender": "Kari Nordmann",
            "place": None,
            "words": tuple((a, ("skole",)) for a in areas),
            "sorted_by": "word_list",
            "language": "nb",
        }
        return Contribution(
            id=id, channel=channel, text=f"Vi ønsker <los> ({id})", areas=areas, **(base | more)
        )

    return Voices(
        (
            said("I-1", "idea", (OPPVEKST,), support=4),
            said(
                "H-1", "hearing", (BOLIG, OPPVEKST), sender_type="organisation", sender="Røde Kors"
            ),
            said(
                "verksted/1/1/1",
                "workshop",
                (OPPVEKST,),
                sender_type="politician",
                sender="Gruppe 1",
            ),
            said("I-2", "idea", (), words=(), sorted_by="none"),
        ),
        (),
        (
            CombinedRanking(
                "verksted",
                "helse",
                ("Gruppe 1", "Gruppe 2"),
                (
                    RankedItem(
                        "los",
                        "Los",
                        OPPVEKST,
                        1,
                        7.5,
                        ("Gruppe 1",),
                        1.0,
                        ("verksted/1/1/1",),
                        False,
                    ),
                    RankedItem("x", "Annet", None, 2, 3.0, ("Gruppe 2",), 1.0, ("Annet",), False),
                ),
                True,
                SAID,
            ),
        ),
        (Spoken("zone", "Z1", 2, 0.2), Spoken("channel", "idea", 2, None)),
        (Answer("H-1", 1, "Vil ha los", "Enig.", "taken_in", "Tatt inn", "T1"),),
        ("H-1",),
        opinions=(conversation(split=True),),
        chain=chain(),
    )


def _change(id: str, area: EffortArea) -> ProfileChange:
    return ProfileChange(
        id,
        f"Endring {id}",
        area,
        "more",
        2028,
        2_400_000.0,
        Reach.TARGETED,
        3.0,
        "Ungdom",
        ("Z1",),
        intervention="los",
    )


def assessment() -> Assessment:
    def group(id: str, before: float, after: float, helped: float) -> GroupEffect:
        return GroupEffect(
            id,
            1000,
            500,
            100,
            before,
            Interval(after, after - 0.01, after + 0.01),
            Interval(helped, helped - 3, helped + 3),
            None,
            None,
        )

    computed = ComputedEffect(
        "es1",
        "fullfort/vgs",
        None,
        SocialDimension.EDUCATION,
        (
            group("basic", 0.39, 0.36, 12),
            group("upper_secondary", 0.21, 0.2, 6),
            group("higher", 0.1, 0.1, 1),
        ),
        150,
        150,
        0.0,
        Interval(19, 10, 28),
        None,
        0.29,
        Interval(0.26, 0.25, 0.28),
        0.4,
        Interval(0.37, 0.36, 0.39),
        "narrows",
        126_000.0,
        (SAID,),
        (SAID,),
    )
    criteria = tuple(
        CriterionResult(
            c, None if c is Criterion.AUTONOMY else 1.5, "judged", SAID, "Fordi.", "low"
        )
        for c in CRITERIA
    )
    los = ChangeAssessment(
        "tidlig/los",
        _change("los", OPPVEKST),
        computed,
        criteria,
        "Ungdom",
        None,
        None,
        None,
        None,
        None,
        "medium",
        None,
        ("kilde1",),
    )
    bolig = ChangeAssessment(
        "tidlig/bolig",
        _change("bolig", BOLIG),
        None,
        criteria,
        None,
        None,
        None,
        None,
        None,
        None,
        "low",
        SAID,
        (),
    )
    zero = AlternativeAssessment(
        Alternative("zero", "", "", ()), (), 0.0, 0.0, criteria, 0, 0, None, (), "no_change"
    )
    early = AlternativeAssessment(
        Alternative("tidlig", "Tidlig innsats", "Om tidlig.", (los.change, bolig.change)),
        (los, bolig),
        4.8e6,
        6.0,
        criteria,
        1,
        1,
        Interval(19, 10, 28),
        (),
        "narrows",
    )
    return Assessment((zero, early))


def prioritisation() -> Prioritisation:
    frame = Frame(3e6, 4.0, "regnskap")

    def choice(id: str, area: EffortArea, chosen: bool) -> Choice:
        return Choice(
            id,
            f"Endring {id}",
            area,
            2.4e6,
            3.0,
            chosen,
            0.7,
            (),
            (),
            SAID,
            () if chosen else ("los",),
        )

    def package(id: str, made_by: Any) -> Package:
        return Package(
            id,
            f"Pakke {id}",
            made_by,
            ((Criterion.BENEFIT, 0.6), (Criterion.COST, 0.4)),
            (choice("los", OPPVEKST, True), choice("bolig", BOLIG, False)),
            2.4e6,
            3.0,
            frame,
            0.7,
            19.0,
            12.0,
            SAID,
        )

    return Prioritisation(
        frame,
        (CriteriaOrder("Gruppe 1", CRITERIA, (0.52, 0.27, 0.15, 0.06)),),
        (package("weights-all", "weights"), package("need", "need")),
        (
            ChangeSupport(
                "los", "Endring los", ("weights-all", "need"), "always", ("Gruppe 1",), 3.0, 1
            ),
            ChangeSupport("bolig", "Endring bolig", (), "never", (), 0.0, 2),
        ),
        "weights-all",
        "Mest likt fordelt.",
    )


def proposal() -> PlanProposal:
    goal = Element(
        "M1",
        ElementKind.GOAL,
        "Flere fullfører",
        "Mål.\n\nMer.",
        OPPVEKST,
        None,
        (Target("fullfort/vgs", "absolute_gap", 29.1, 20.0, 2034, SocialDimension.EDUCATION),),
        ("fullfort/vgs",),
        ("4.1",),
    )
    action = Element(
        "T1",
        ElementKind.ACTION,
        "Los",
        "Tre loser.",
        OPPVEKST,
        ActionDetails(
            "Skolesjef",
            "2028-01-01",
            "2030-06-30",
            "2028-10-01",
            ((2028, 2.4e6), (2029, 2.4e6)),
            3.0,
            Reach.TARGETED,
            "Ungdom",
            ("Z1",),
            "202",
            "los",
            (),
        ),
        (),
        ("fullfort/vgs",),
        (),
    )

    def link(relation: Relation, ref: str, whole: bool = True) -> ThreadLink:
        return ThreadLink(relation, Ref.parse(ref), ref, None, whole)

    threads = (
        Thread(
            "T1",
            (
                link(Relation.RESTS_ON, "evidence:los"),
                link(Relation.ANSWERS, "figure:fullfort/vgs"),
                link(Relation.ASKED_BY, "voice:I-1"),
                link(Relation.ASKED_BY, "voice:verksted/1/1/1"),
                link(Relation.ASSESSED_IN, "assessment:tidlig/los"),
                link(Relation.PRIORITISED_BY, "priority:weights-all/los"),
                link(Relation.DECIDED_IN, "decision:mandat"),
                link(Relation.RESTS_ON, "source:finnes_ikke", whole=False),
            ),
            (
                link(Relation.FUNDED_BY, "money:202"),
                link(Relation.MEASURED_BY, "indicator:fullfort/vgs"),
            ),
            (),
            (),
        ),
        Thread(
            "M1",
            (),
            (),
            (StatedGap("M1", Relation.ANSWERS, "Se delmålene."),),
            (Relation.MEASURED_BY,),
        ),
    )
    tree = (
        Branch(
            goal,
            Placement("plan", "M1", None, 1, "proposed"),
            (Branch(action, Placement("plan", "T1", "M1", 1, "proposed"), ()),),
        ),
    )
    return PlanProposal(
        Plan(
            "plan", "Plan for jevnere helse", "temaplan", 2027, 2034, "Formålet.", "Sammendraget."
        ),
        "Mandat.",
        tree,
        (("T1", ("Skoleplan",)),),
        threads,
        ((2028, 2.4e6), (2029, 2.4e6)),
        (
            Milestone(
                "mandat", "political", "Mandat vedtatt", "2026-10-20", None, "done", "Sak 1/26"
            ),
            Milestone(
                "horing",
                "participation",
                "Høring",
                None,
                "Vår 2027",
                "now",
                None,
                None,
                "Skriv til oss.",
            ),
            Milestone("vedtak", "political", "Vedtak", "2027-05-25", None, "planned"),
        ),
        (SAID,),
        "draft-1",
        "hearing",
        "2027-03-01",
    )


def followup() -> FollowUp:
    return FollowUp(
        "2027-03-01",
        (
            ActionStatus(
                "T1",
                "delayed",
                StatusReport("T1", "2027-01-01", "delayed", "Venter.", "Skolesjef", 1e5),
                59,
                False,
                False,
                SAID,
            ),
        ),
        (
            TargetStatus(
                "M1",
                Target("fullfort/vgs", "level", 79.0, 85.0, 2034),
                79.4,
                "2025",
                0.07,
                "moving",
                SAID,
            ),
        ),
    )


def geojson() -> str:
    """Four squares in a row at 59 degrees north."""

    def square(n: int) -> dict[str, Any]:
        x = 10 + n * 0.02
        ring = [[x, 59.0], [x + 0.02, 59.0], [x + 0.02, 59.02], [x, 59.02], [x, 59.0]]
        return {
            "type": "Feature",
            "properties": {"place": f"Z{n + 1}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    return json.dumps({"type": "FeatureCollection", "features": [square(n) for n in range(4)]})


def dossier() -> Dossier:
    """Everything."""
    return Dossier(
        Cover(
            "Prøveby",
            "9902",
            True,
            "nb",
            None,
            "post@proveby.example",
            None,
            "2027-03-01",
            "Plan for jevnere helse",
            "Sammendraget.",
        ),
        (
            Place("9902", "Prøveby", "municipality", None, 100_000.0),
            Place("Z1", "Furulia", "zone", "9902", 9000.0),
        ),
        (
            Origin(
                "ssb",
                "SSB",
                "Gjennomføring",
                OriginKind.PUBLISHED,
                "2025",
                "2026-10-01",
                "NLOD",
                "https://www.ssb.no/",
                ("slått sammen",),
            ),
            Origin("estimate", "Jevn", "Anslag", OriginKind.ESTIMATE),
            Origin("regnskap", "Prøveby", "Regnskap", OriginKind.FICTIONAL),
        ),
        evidence(),
        challenges(),
        effort(),
        (
            NeedEffortPoint(OPPVEKST, 0.8, 0.9, 6400.0, "high_need_low_effort", SAID),
            NeedEffortPoint(BOLIG, 0.2, 1.1, 500.0, "low_need_high_effort", SAID),
        ),
        voices(),
        assessment(),
        prioritisation(),
        proposal(),
        followup(),
        geojson(),
        (("observations.csv", "ab12"),),
        represented=represented(),
        projection=projection(),
        shared_budgets=(shared_budget(),),
        **followed(proposal(), evidence()),
        portfolio=portfolio((_change("los", OPPVEKST), _change("bolig", BOLIG)), prioritisation()),
    )


def empty_dossier() -> Dossier:
    """A work where nothing has begun but the catalogue."""
    full = dossier()
    return Dossier(
        full.cover, (), (), full.evidence, None, None, (), None, None, None, None, None, None, ()
    )
