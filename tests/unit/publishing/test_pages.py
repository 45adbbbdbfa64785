"""Page contexts and words: what readers meet."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import jevn.publishing
from jevn.publishing.environment import environment, render_page
from jevn.publishing.links import PAGES, StaticLinks, page_of_ref, slug
from jevn.publishing.pages import PAGE_NAMES, make_page, page_list
from jevn.publishing.words import (
    difference_text,
    listed,
    money,
    money_over_years,
    value_text,
)
from jevn.terms import LANGUAGES, Ref, RefKind, Say, Scale
from jevn.terms.language import text_entry, text_keys
from unit.publishing import fixture_dossier as made

HERE = Path(jevn.publishing.__file__).parent


def test_links_work_from_any_depth_and_language() -> None:
    d = made.dossier()
    deep = StaticLinks(d, "nn").at("omrade/oppvekst.html")
    assert deep.url("front") == "../index.html"
    assert deep.url("indicator", "fullfort/vgs") == "../tall/fullfort.vgs.html"
    assert deep.asset("jevn.css") == "../../assets/jevn.css"
    assert deep.language("nb") == "../../omrade/oppvekst.html"
    assert deep.language("en") == "../../en/omrade/oppvekst.html"
    assert StaticLinks(d).at("plan.html").url("element", "T1") == "#e-T1"
    assert StaticLinks(d).url("intervention", "bolig.forst") == "forskning/bolig.html#i-bolig.forst"


def test_every_kind_of_reference_has_a_page() -> None:
    for kind in RefKind:
        page, _ = page_of_ref(Ref(kind, "a/b"))
        assert page in PAGES
    assert page_of_ref(Ref(RefKind.ASSESSMENT, "tidlig/los")) == ("change", "los")


def test_slugs_keep_different_ids_different() -> None:
    ids = ["a/b", "a b", "a_b", "å", "a-b"]
    assert len({slug(i) for i in ids}) == len(ids)
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", slug("v 1/å"))


def test_values_have_the_unit_of_their_scale() -> None:
    nb, en = Say("nb"), Say("en")
    assert value_text(12.34, Scale.PERCENT, nb) == "12,3\xa0%"
    assert value_text(0.1234, Scale.PROPORTION, en) == "12.3%"
    assert value_text(79.54, Scale.YEARS, nb) == "79,5\xa0år"
    assert value_text(None, Scale.YEARS, nb) == "–"
    assert difference_text(-0.032, Scale.PROPORTION, nb) == "−3,2 prosentpoeng"
    assert difference_text(2.0, Scale.YEARS, nb) == "+2,0 år"


def test_money_is_said_in_millions_and_once() -> None:
    nb = Say("nb")
    assert money(2_400_000, nb) == "2,4 mill. kr"
    assert money(340_000, nb) == "340\xa0000 kr"
    assert money_over_years(((2028, 2.4e6), (2029, 2.4e6)), nb) == "2,4 mill. kr i året, 2028–2029"
    assert (
        money_over_years(((2028, 1e6), (2030, 1e6)), nb) == "2028: 1,0 mill. kr; 2030: 1,0 mill. kr"
    )
    assert money_over_years((), nb) == ""
    assert listed(("a", "b", "c"), nb) == "a, b og c"


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_page_has_a_template_and_renders_in_every_language(name: str) -> None:
    d = made.dossier()
    id = next(i for n, i in page_list(d) if n == name)
    for lang in LANGUAGES:
        links, say = StaticLinks(d, lang), Say(lang)
        html = render_page(name, make_page(name, d, say, links, id), say=say, links=links)
        assert html.startswith("<!doctype html>")
        assert f'<html lang="{lang}"' in html


def test_a_web_application_may_use_its_own_shell() -> None:
    d = made.dossier()
    links, say = StaticLinks(d), Say("nb")
    made_here = environment(say, links)
    shell = made_here.from_string("<my-shell>{% block main %}{% endblock %}</my-shell>")
    page = make_page("plan", d, say, links)
    html = made_here.get_template("plan.html").render(page=page, shell=shell)
    assert html.startswith("<my-shell>")
    assert "Los" in html


def test_contexts_are_frozen_and_hold_only_values() -> None:
    d = made.dossier()

    def check(value: Any) -> None:
        if is_dataclass(value) and not isinstance(value, type):
            with pytest.raises((AttributeError, TypeError)):
                setattr(value, fields(value)[0].name, None)
            for f in fields(value):
                check(getattr(value, f.name))
        elif isinstance(value, tuple):
            for part in value:
                check(part)
        else:
            assert value is None or isinstance(value, str | int | float | bool), value

    for name, id in page_list(d):
        check(make_page(name, d, Say("nb"), StaticLinks(d), id))


def test_unknown_pages_are_refused() -> None:
    d = made.dossier()
    with pytest.raises(KeyError):
        make_page("indicator", d, Say("nb"), StaticLinks(d), "finnes_ikke")
    with pytest.raises(KeyError):
        make_page("area", d, Say("nb"), StaticLinks(d))


def test_judgement_is_marked_and_not_computed_is_said() -> None:
    d = made.dossier()
    page = make_page("change", d, Say("nb"), StaticLinks(d), "bolig")
    assert page.line.verdict.text == "Faglig vurdering, ikke beregnet"
    assert page.helped is None
    assert {c.basis.text for c in page.criteria} == {"Faglig vurdering"}
    assert page.criteria[-1].score == "Ikke kjent"


def test_the_zero_alternative_stands_first() -> None:
    d = made.dossier()
    page = make_page("alternatives", d, Say("nb"), StaticLinks(d))
    assert page.alternatives[0].title == "Nullalternativet: fortsette som i dag"
    assert page.table.headings[1].text == page.alternatives[0].title


def test_the_residual_of_the_accounts_is_always_said() -> None:
    d = made.dossier()
    page = make_page("effort", d, Say("nb"), StaticLinks(d))
    # 160 of 800 million
    assert page.residual.startswith("160 mill. kr (20\xa0%) er ikke fordelt")


def test_next_step_is_the_first_dated_one_ahead_and_participation_is_open() -> None:
    d = made.dossier()
    page = make_page("front", d, Say("nb"), StaticLinks(d))
    assert page.upcoming.title == "Vedtak"
    assert [s.how for s in page.take_part] == ["Skriv til oss."]
    assert [len(t.steps) for t in page.tracks] == [0, 2, 1]


def used_keys() -> set[str]:
    text = "\n".join(
        p.read_text("utf-8")
        for pattern in ("charts/*.py", "pages/*.py", "templates/*.html", "*.py")
        for p in HERE.glob(pattern)
    )
    return set(re.findall(r'"(publishing\.[a-z0-9_.]+[a-z0-9_])"', text))


def test_every_text_asked_for_exists_in_three_languages() -> None:
    known = set(text_keys())
    assert used_keys() - known - {"publishing.charts"} == set()
    for key in known:
        if key.startswith("publishing."):
            assert set(text_entry(key)) == {"nb", "nn", "en"}, key


def test_nynorsk_is_not_bokmaal() -> None:
    """A few words that give bokmål away."""
    wrong = re.compile(r"\b(ikke|hva|hvor|hvem|hvordan|noen|forskning|jeg|uten)\b")
    for key in text_keys():
        if key.startswith("publishing."):
            entry = text_entry(key)["nn"]
            words = " ".join(entry.values()) if isinstance(entry, dict) else entry
            assert not wrong.search(words.lower()), (key, words)
