"""The static site: every link leads somewhere; same input, same bytes; whole or not at all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from jevn.publishing.dossier import from_json, to_json
from jevn.publishing.pages import page_list
from jevn.publishing.site import publish_site
from jevn.terms import UserError
from unit.publishing.fixture_dossier import dossier, empty_dossier
from unit.publishing.site_reader import broken_links, read_page, read_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "site"
    publish_site(dossier(), out, workers=1)
    return out


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "empty"
    publish_site(empty_dossier(), out, ("nn",), workers=1)
    return out


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_every_page_is_there_in_every_language(site: Path) -> None:
    pages = len(page_list(dossier()))
    assert len(list(site.rglob("*.html"))) == 3 * pages
    assert read_page(site / "index.html").lang == "nb"
    assert read_page(site / "nn" / "plan.html").lang == "nn"
    assert read_page(site / "en" / "omrade" / "oppvekst.html").lang == "en"


def test_every_link_source_and_anchor_leads_somewhere(site: Path, empty_site: Path) -> None:
    assert broken_links(site) == []
    assert broken_links(empty_site) == []


def test_the_link_checker_finds_a_missing_anchor_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="#no">x</a><a href="b.html">y</a><p id="yes">', "utf-8"
    )
    assert len(broken_links(tmp_path)) == 2


def test_ids_are_unique_on_every_page(site: Path) -> None:
    for path, page in read_site(site).items():
        assert len(page.ids) == len(set(page.ids)), path


def test_headings_begin_with_one_h1_and_skip_no_level(site: Path, empty_site: Path) -> None:
    for folder in (site, empty_site):
        for path, page in read_site(folder).items():
            assert page.headings.count(1) == 1, path
            assert page.headings[0] == 1, path
            for before, after in zip(page.headings, page.headings[1:], strict=False):
                assert after <= before + 1, (path, page.headings)


def test_no_page_holds_inline_script_style_or_handlers(site: Path) -> None:
    for path, page in read_site(site).items():
        assert page.inline == [], path


def test_nothing_is_fetched_from_other_hosts(site: Path) -> None:
    for path in site.rglob("*.html"):
        for line in path.read_text("utf-8").splitlines():
            if "<script" in line or "<link" in line:
                assert "//" not in line, path


def test_every_chart_has_text_and_table_and_files(site: Path) -> None:
    figures = 0
    for path, page in read_site(site).items():
        assert all(len(text) > 20 for text in page.pictures), path
        assert page.tables_in_figures == page.figures, path
        figures += page.figures
    assert figures >= 3 * 15
    for svg in (site / "charts").glob("*.svg"):
        assert svg.with_suffix(".csv").is_file()


def test_same_dossier_same_bytes_also_with_two_processes_and_after_json(
    site: Path, tmp_path: Path
) -> None:
    publish_site(from_json(to_json(dossier())), tmp_path / "again", workers=2)
    assert fingerprints(tmp_path / "again") == fingerprints(site)


def test_what_is_not_begun_is_said_plainly(empty_site: Path) -> None:
    assert "ikkje noko planutkast enno" in read_page(empty_site / "plan.html").text
    assert "ikkje kartlagd enno" in read_page(empty_site / "innsats.html").text
    assert "ikkje prioritert enno" in read_page(empty_site / "prioriteringer.html").text


def test_the_fictional_municipality_is_named_as_such_on_every_page(site: Path) -> None:
    for path, page in read_site(site).items():
        assert "Prøveby" in page.text, path
        assert any(w in page.text for w in ("oppdiktet", "oppdikta", "fictional")), path


def test_names_of_private_persons_are_never_shown(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert "Kari Nordmann" not in path.read_text("utf-8"), path


def test_texts_from_people_are_escaped(site: Path) -> None:
    html = (site / "innspill-alle.html").read_text("utf-8")
    assert "Vi ønsker &lt;los&gt; (I-1)" in html
    assert "<los>" not in html


def test_from_an_action_figure_evidence_and_voice_are_one_click_away(site: Path) -> None:
    links = read_page(site / "plan.html").links
    assert "tall/fullfort.vgs.html" in links
    assert "forskning/oppvekst.html#i-los" in links
    assert "innspill-alle.html#v-I-1" in links
    assert "innspill-alle.html#v-verksted.1.1.1" in links
    assert "vurdering/los.html" in links
    assert "prioriteringer.html#p-weights-all.los" in links
    assert "index.html#m-mandat" in links
    assert "innsats.html#f-202" in links
    # the publication itself is one click further
    assert "../kilder.html#k-kilde1" in read_page(site / "forskning" / "oppvekst.html").links


def test_a_broken_link_of_the_thread_and_a_stated_gap_are_shown(site: Path) -> None:
    text = read_page(site / "plan.html").text
    assert "Lenken peker på noe som ikke finnes" in text
    assert "Mangler, med oppgitt grunn: Se delmålene." in text
    assert "Mangler, og ingen grunn er oppgitt." in text


def test_an_earlier_site_is_replaced_whole_and_progress_is_told(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "old.html").write_text("old", "utf-8")
    told: list[tuple[int, int]] = []
    publish_site(empty_dossier(), out, ("en",), lambda done, total: told.append((done, total)))
    assert not (out / "old.html").exists()
    assert told[-1][0] == told[-1][1] == len(told) == len(page_list(empty_dossier()))
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_failed_publishing_leaves_the_earlier_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("earlier", "utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jevn.publishing.site.write_pages", fail)
    with pytest.raises(UserError) as refused:
        publish_site(empty_dossier(), out, ("nb",))
    assert refused.value.id == "publishing_out"
    assert (out / "index.html").read_text("utf-8") == "earlier"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_made_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(UserError) as refused:
        publish_site(empty_dossier(), tmp_path / "file" / "site", ("nb",))
    assert refused.value.id == "publishing_out"
