"""Versions: anchors that stay, a digest that tells, differences exact on constructed cases."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jevn.plan.elements import ElementKind
from jevn.plan.versions import (
    ChangeReason,
    FrozenElement,
    FrozenTarget,
    Paragraph,
    PlanVersion,
    anchored,
    compare,
    digest_of,
    freeze,
    read_reasons,
    read_versions,
    save_version,
    version_kind,
    words,
)
from jevn.tables.yamlfile import YamlDocument
from jevn.terms import LANGUAGES, InputRefused, UserError
from unit.publishing import fixture_dossier as made

TEXT = st.text(alphabet="abc æ.\n", max_size=60)


def version(id: str, *elements: FrozenElement, **more: Any) -> PlanVersion:
    made_of = PlanVersion(id, "draft", "2027-01-01", "Plan", "Kort.", "Mandat.", elements, **more)
    return replace(made_of, digest=digest_of(made_of))


def action(id: str, **more: Any) -> FrozenElement:
    text = more.pop("text", ("Vi gjør noe.",))
    paragraphs = tuple(Paragraph(f"{id}.{i + 1}", t) for i, t in enumerate(text))
    given = {"owner": "Leder", "cost_nok": ((2028, 1e6),), "paragraphs": paragraphs, **more}
    return FrozenElement(id, ElementKind.ACTION, f"Tiltak {id}", "M1", "proposed", **given)


def test_a_frozen_plan_holds_everything_and_freezes_alike() -> None:
    proposal = made.proposal()
    first = freeze(proposal, id="a", kind="hearing", date="2027-02-02")
    assert [e.id for e in first.elements] == [e.id for e in proposal.elements()]
    assert first.cost() == dict(proposal.cost_nok)
    assert first == freeze(proposal, id="a", kind="hearing", date="2027-02-02")
    again = freeze(proposal, id="b", kind="draft", date="2027-03-01", earlier=first)
    assert compare(first, again).changes == ()


@given(old=st.lists(TEXT, max_size=5), new=st.lists(TEXT, max_size=5))
def test_anchors_are_never_used_twice(old: list[str], new: list[str]) -> None:
    first = anchored("T1", old, ())
    second = anchored("T1", new, first)
    assert len({p.anchor for p in second}) == len(new)
    assert [p.text for p in second] == new
    kept = {p.anchor: p.text for p in first}
    for text in set(old) & set(new):
        if old.count(text) == new.count(text) == 1:
            (anchor,) = (p.anchor for p in second if p.text == text)
            assert kept[anchor] == text, "the same text keeps its anchor"


def test_a_paragraph_put_in_between_moves_no_anchor() -> None:
    first = anchored("T1", ["Det første avsnittet.", "Det andre avsnittet her."], ())
    texts = [
        "Det første avsnittet.",
        "Noe ganske annet om møteplasser!",
        "Det andre avsnittet her, nå.",
    ]
    assert [p.anchor for p in anchored("T1", texts, first)] == ["T1.1", "T1.3", "T1.2"]


@given(before=TEXT, after=TEXT)
def test_pieces_put_together_are_the_two_texts(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(p.text for p in pieces if p.part != "added") == before
    assert "".join(p.text for p in pieces if p.part != "removed") == after


def test_differences_are_exact() -> None:
    target = FrozenTarget("fullfort", "level", 70.0, 80.0, 2034)
    old = version(
        "a",
        action("T1", targets=(target,)),
        action("T2", text=("Tre loser fra 2028.", "Dette går ut.")),
        action("T3"),
    )
    new = version(
        "b",
        action("T1", targets=(replace(target, target=82.0),), owner="Ny leder"),
        replace(action("T2", text=("Fire loser fra 2028.",)), parent="M2", title="Loser"),
        action("T4", cost_nok=((2028, 5e5), (2029, 5e5))),
    )
    found = compare(old, new)
    told = [(c.element, c.what, c.about, c.before, c.after) for c in found.changes]
    assert told == [
        ("T1", "target", "fullfort", "level: 70 → 80 (2034)", "level: 70 → 82 (2034)"),
        ("T1", "action", "owner", "Leder", "Ny leder"),
        ("T2", "title", "", "Tiltak T2", "Loser"),
        ("T2", "moved", "", "M1", "M2"),
        ("T2", "text", "T2.1", "Tre loser fra 2028.", "Fire loser fra 2028."),
        ("T2", "text", "T2.2", "Dette går ut.", ""),
        ("T4", "new", "", "", "Tiltak T4"),
        ("T4", "money", "2028", "0", "500000"),
        ("T4", "money", "2029", "0", "500000"),
        ("T3", "gone", "", "Tiltak T3", ""),
    ]
    assert found.money == ((2028, 3e6, 2.5e6), (2029, 0.0, 5e5))
    back = compare(new, old)
    assert {(c.element, c.about) for c in back.changes if c.what == "text"} == {
        ("T2", "T2.1"),
        ("T2", "T2.2"),
    }


def test_what_lacks_an_origin_is_named() -> None:
    old = version("a", action("T1"), action("T2"), action("T3"))
    new = version("b", *(action(f"T{i}", owner="Ny") for i in (1, 2, 3)))
    reasons = (
        ChangeReason("a", "T1", "Høringen.", "voice:H-01"),
        ChangeReason("a", "T2", "Bare en grunn."),
        ChangeReason("z", "T3", "En annen utgave.", "voice:H-02"),
    )
    found = compare(old, new, reasons)
    assert found.unexplained == ("T2", "T3")
    assert [r.reason for r in found.reasons_of("T2")] == ["Bare en grunn."]


def test_versions_are_kept_whole_and_refused_when_touched(tmp_path: Path) -> None:
    one = version("2027-01-01-draft", action("T1"))
    two = replace(one, id="2027-02-02-hearing", kind="hearing", date="2027-02-02", digest="")
    two = replace(two, digest=digest_of(two))
    for v in (two, one):
        save_version(v, tmp_path)
    assert read_versions(tmp_path) == (one, two), "oldest first"
    with pytest.raises(UserError) as again:
        save_version(one, tmp_path)
    assert again.value.id == "version_exists"
    path = tmp_path / "versions" / "2027-01-01-draft.json"
    data = json.loads(path.read_text("utf-8"))
    data["elements"][0]["owner"] = "En annen"
    path.write_text(json.dumps(data), "utf-8")
    (tmp_path / "versions" / "rot.json").write_text("{}", "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_versions(tmp_path)
    assert {p.id for p in refused.value.problems} == {"version_changed", "version_unreadable"}
    for p in refused.value.problems:
        assert all(p.remedy(lang) for lang in LANGUAGES)


def test_a_version_needs_a_name_that_can_be_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        save_version(version("../ute", action("T1")), tmp_path)
    assert refused.value.id == "version_id"
    with pytest.raises(UserError) as kind:
        version_kind("kladd")
    assert kind.value.id == "version_kind"


def test_reasons_are_read_with_their_origin() -> None:
    def read(text: str) -> Any:
        return read_reasons(YamlDocument("changes.yaml", yaml.safe_load(text), {}))

    good = """
- {since: a, element: T1, reason: Fordi., origin: 'voice:H-01'}
- {since: a, element: T2, reason: Derfor.}
"""
    assert read(good) == (
        ChangeReason("a", "T1", "Fordi.", "voice:H-01"),
        ChangeReason("a", "T2", "Derfor."),
    )
    for wrong in ("money:202", "tull", "voice"):
        with pytest.raises(InputRefused) as refused:
            read(good.replace("voice:H-01", wrong))
        assert refused.value.id == "change_origin"
