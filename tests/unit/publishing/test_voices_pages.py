"""Pages of what people have said: ways further in, and a page for each conversation."""

from __future__ import annotations

from dataclasses import replace

from jevn.publishing.dossier import Dossier, from_json, to_json
from jevn.publishing.environment import render_page
from jevn.publishing.links import StaticLinks
from jevn.publishing.pages import make_page, page_list
from jevn.terms import Language, Say
from unit.publishing import fixture_dossier as made
from unit.publishing.fixture_voices import conversation


def dossier(*, split: bool = True) -> Dossier:
    d = made.dossier()
    assert d.voices
    return replace(d, voices=replace(d.voices, opinions=(conversation(split=split),)))


def page(d: Dossier, name: str, id: str | None = None, lang: Language = "nb") -> str:
    path, _ = StaticLinks(d, lang).path(name, id)
    links, say = StaticLinks(d, lang).at(path), Say(lang)
    return render_page(name, make_page(name, d, say, links, id), say=say, links=links)


def test_a_conversation_has_a_page_that_the_overview_leads_to() -> None:
    d = dossier()
    assert ("opinions", "samtale") in page_list(d)
    overview = page(d, "voices")
    assert 'href="samtale/samtale.html"' in overview
    assert "De deler seg i 2 grupper" in overview
    for other in ("prioriterte-lister.html", "hvem-har-snakket.html", "svar.html"):
        assert other in overview


def test_groups_show_their_statements_with_everybody_s_votes_beside() -> None:
    html = page(dossier(), "opinions", "samtale")
    assert "Gruppe A" in html
    assert "25 personer (62" in html or "25 personer (63" in html
    assert "Er uenig i" in html
    assert "80 % enige, 10 % uenige (25 svar)".replace(" %", "\xa0%") in html
    assert '<rect class="agree" x="0" y="0" width="80"' in html
    assert "&lt;badebuss&gt;" in html


def test_no_split_is_said_and_no_group_is_shown() -> None:
    html = page(dossier(split=False), "opinions", "samtale")
    assert "Ingen tydelige grupper" in html
    assert "Gruppe A" not in html
    assert "Det som skiller gruppene" not in html


def test_a_statement_with_few_votes_has_no_figures() -> None:
    context = make_page("opinions", dossier(), Say("nb"), StaticLinks(dossier()), "samtale")
    few = next(s for s in context.statements if s.text == "Lite stemt på")
    assert few.bars == ()


def test_it_reads_in_every_language() -> None:
    assert "Groups that think alike" in page(dossier(), "opinions", "samtale", "en")
    assert "Grupper som meiner det same" in page(dossier(), "opinions", "samtale", "nn")


def test_conversations_survive_being_stored() -> None:
    assert from_json(to_json(dossier())) == dossier()


def test_silence_is_seen_and_small_numbers_are_not() -> None:
    html = page(dossier(), "who_spoke")
    assert "ingen har snakket" in html
    assert "skjult" in html
    assert "13–19" in html
    assert "60\xa0% av innspillene måtte ha kommet fra andre" in html
    assert "12 deltakere · Leder 7, andre eller ikke oppgitt 5" in html
    assert 'href="samtale/samtale.html"' in html


def test_nobody_heard_yet_is_said() -> None:
    html = page(replace(dossier(), represented=None), "who_spoke")
    assert "Ingen innspill er lagt inn ennå." in html
