"""The hearing note and the page of answers: every point, its answer, and nobody's private name."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain as joined

from jevn.participation.answering import AnswerChain
from jevn.participation.results import Voices
from jevn.publishing.documents import hearing_note
from jevn.publishing.documents.model import Bullets, Document, Heading, Note, Table
from jevn.publishing.dossier import Dossier
from jevn.publishing.environment import render_page
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page
from jevn.terms import Say
from unit.publishing import fixture_dossier as made
from unit.publishing.fixture_voices import chain


def dossier(own: AnswerChain) -> Dossier:
    d = made.dossier()
    voices: Voices | None = d.voices
    assert voices
    return replace(d, voices=replace(voices, chain=own, unanswered=own.unanswered))


def rows(document: Document) -> list[tuple[str, ...]]:
    return list(joined.from_iterable(b.rows for b in document.blocks if isinstance(b, Table)))


def test_every_point_stands_beside_its_answer_and_what_it_led_to() -> None:
    found = rows(hearing_note(dossier(chain())))
    assert ("1. (M1.2) Vi vil ha los", "Vi er enige.") in {r[:2] for r in found}
    led_to = next(r[2] for r in found if r[0].startswith("1. "))
    assert led_to == "Tatt inn. Tiltak T1 er nytt. «Los på skolen»"
    assert next(r for r in found if r[0].startswith("2. "))[1:] == (
        "Saken hører til vegplanen. Egen plan.",
        "Utenfor planen.",
    )


def test_those_who_wait_are_named_first_but_private_persons_only_as_residents() -> None:
    document = hearing_note(dossier(chain()))
    note = next(b for b in document.blocks if isinstance(b, Note))
    assert note.title == "1 uttalelse venter på svar"
    waiting = next(b for b in document.blocks if isinstance(b, Bullets))
    assert [run.text for item in waiting.items for run in item] == ["Innbygger (H-2)"]
    assert document.status == "Under arbeid"


def test_a_hearing_where_all_are_answered_says_so() -> None:
    whole = AnswerChain(chain().statements[:1])
    document = hearing_note(dossier(whole))
    assert document.status == "Alle uttalelser er besvart"
    assert not any(isinstance(b, Note) for b in document.blocks)


def test_no_statements_yet_is_said() -> None:
    document = hearing_note(dossier(AnswerChain(())))
    assert [type(b) for b in document.blocks] == [Heading, Note]


def test_the_page_leads_from_those_who_wait_to_their_statement() -> None:
    d = dossier(chain())
    links, say = StaticLinks(d).at("svar.html"), Say("nb")
    html = render_page("answers", make_page("answers", d, say, links), say=say, links=links)
    assert 'href="#s-H-2"' in html
    assert 'id="s-H-2"' in html
    assert "1 av 1 punkter venter" in html
    assert "Ny tekst: «Los på skolen»" in html
    assert "Svart sammen med H-7/1" in html
    assert 'href="plan.html#e-T1"' in html
    assert "Ikke besvart ennå." in html
