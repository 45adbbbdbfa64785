"""The summary for politicians: four pages whatever the municipality, nothing cut in the middle."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.challenges.results import ChallengeProfile, Sign
from jevn.publishing.documents import summary, write_summary
from jevn.publishing.documents.burning import burning
from jevn.publishing.documents.fitting import first_lines, first_that_fits, whole
from jevn.publishing.documents.model import Bullets, Feature, Heading, Paragraph, Table, Text
from jevn.publishing.dossier import Dossier
from jevn.terms import EffortArea, LocalText

LONG = "Nordre Gudbrandsdalsfjordens samkommune for Østre og Vestre Størrelsesorden"
NAME = (
    "Andel innbyggere som oppgir at de svært ofte eller alltid opplever manglende tilgang til "
    "spesialisthelsetjenester og arbeidsrettede rehabiliteringstilbud i eget nærområde"
)


def long_names(dossier: Dossier) -> Dossier:
    """The same work with very long names of everything a municipality names itself."""
    profile = dossier.challenges
    assert profile is not None

    def renamed(value: Any) -> Any:
        indicator = replace(value.indicator, name=LocalText(NAME, NAME, NAME))
        comparisons = tuple(replace(c, place_name=LONG) for c in value.comparisons)
        return replace(value, indicator=indicator, comparisons=comparisons)

    def headed(area: Any) -> Any:
        params = dict(area.headline.params)
        if "name" in params:
            params |= {"name": NAME, "name_nn": NAME, "name_en": NAME}
        return replace(area, headline=replace(area.headline, params=params))

    return replace(
        dossier,
        cover=replace(dossier.cover, municipality=LONG, plan_title=f"{LONG}: {NAME}"),
        challenges=replace(
            profile,
            indicators=tuple(renamed(s) for s in profile.indicators),
            areas=tuple(headed(a) for a in profile.areas),
        ),
    )


def with_areas(dossier: Dossier, areas: tuple[EffortArea, ...]) -> Dossier:
    """The same work where only some areas have been looked at."""
    profile = dossier.challenges
    assert profile is not None
    ranking = profile.ranking
    kept = replace(
        profile,
        areas=tuple(a for a in profile.areas if a.area in areas),
        ranking=replace(ranking, areas=tuple(a for a in ranking.areas if a.area in areas))
        if ranking
        else None,
    )
    return replace(
        dossier,
        challenges=kept,
        need_effort=tuple(p for p in dossier.need_effort if p.area in areas),
    )


def all_burning(dossier: Dossier) -> Dossier:
    """The same work where every sign of every area points the wrong way."""
    profile = dossier.challenges
    assert profile is not None
    areas = tuple(
        replace(a, signs=tuple(replace(s, sign=Sign.WORSE) for s in a.signs)) for a in profile.areas
    )
    points = tuple(replace(p, corner="high_need_low_effort") for p in dossier.need_effort)
    return replace(dossier, challenges=replace(profile, areas=areas), need_effort=points)


CASES: dict[str, Any] = {
    "as it is": lambda d: d,
    "nynorsk": lambda d: replace(d, cover=replace(d.cover, language="nn")),
    "english": lambda d: replace(d, cover=replace(d.cover, language="en")),
    "long names": long_names,
    "long names, all burning": lambda d: all_burning(long_names(d)),
    "only figures": lambda d: replace(d, effort=None, need_effort=(), effort_gaps=()),
    "only effort": lambda d: replace(d, challenges=None, need_effort=(), zone_need=()),
    "nothing": lambda d: replace(
        d, challenges=None, effort=None, need_effort=(), zone_need=(), effort_gaps=()
    ),
    "one area": lambda d: with_areas(d, (EffortArea.BOLIG,)),
    "all burning": all_burning,
}


@pytest.fixture(scope="module", params=list(CASES))
def case(request: pytest.FixtureRequest, elvebyen: Dossier) -> Dossier:
    return CASES[request.param](elvebyen)  # type: ignore[no-any-return]


def texts_of(dossier: Dossier) -> list[str]:
    """Every sentence-bearing text of the four pages."""

    def plain(text: Text) -> str:
        return "".join(run.text for run in text)

    found = []
    for block in summary(dossier).blocks:
        if isinstance(block, Paragraph):
            found.append(plain(block.text))
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Feature):
            found += [plain(text) for text in block.texts]
    return found


def test_it_is_four_pages(case: Dossier, tmp_path: Path) -> None:
    from pypdf import PdfReader

    write_summary(case, tmp_path)
    reader = PdfReader(tmp_path / "summary.pdf")
    assert len(reader.pages) == 4
    headings = [b.text for b in summary(case).blocks if isinstance(b, Heading) and b.level == 1]
    assert len(headings) == 4
    for page, heading in zip(reader.pages, headings, strict=True):
        assert box_of(page) == (595, 842)  # A4 in points
        words = re.sub(r"\s+", " ", page.extract_text())
        assert heading in words


def box_of(page: Any) -> tuple[int, int]:
    """Width and height of a page in points."""
    return round(float(page.mediabox.width)), round(float(page.mediabox.height))


def test_letters_are_not_drawn_smaller_to_make_room(elvebyen: Dossier, tmp_path: Path) -> None:
    """Running text is 11 points where texts are as they are expected to be."""
    from pypdf import PdfReader

    write_summary(elvebyen, tmp_path)
    for page in PdfReader(tmp_path / "summary.pdf").pages:
        sizes: set[float] = set()

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float, to: Any = sizes) -> None:
            if text.strip():
                to.add(round(abs(size * tm[3] * cm[3]), 1))

        page.extract_text(visitor_text=visit)
        assert max(sizes) >= 11, sizes


def test_no_sentence_is_cut(case: Dossier) -> None:
    for words in texts_of(case):
        assert words
        assert "…" not in words
        assert not words.endswith((",", " "))


def test_every_text_is_short_enough_for_its_place(case: Dossier) -> None:
    assert max(len(words) for words in texts_of(case)) <= 460
    decided = [b for b in summary(case).blocks if isinstance(b, Bullets)]
    assert all(len(b.items) <= 5 for b in decided)


def test_no_heading_level_is_skipped(case: Dossier) -> None:
    levels = [b.level for b in summary(case).blocks if isinstance(b, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_an_independent_checker_finds_no_error_in_the_pdf(case: Dossier, tmp_path: Path) -> None:
    outloud = pytest.importorskip("outloud", reason="the PDF/UA checker outloud is not installed")
    write_summary(case, tmp_path)
    report = outloud.check(str(tmp_path / "summary.pdf"))
    assert report.error is None
    assert [f for f in report.findings if f.severity == "error"] == []


def test_the_first_page_shows_the_areas_first_in_the_order(elvebyen: Dossier) -> None:
    profile = elvebyen.challenges
    assert profile is not None
    shown = [b for b in summary(elvebyen).blocks if isinstance(b, Feature)][:3]
    names = [a.area for a in burning(profile)]
    assert len(names) == 3
    assert [a.area for a in profile.areas[:3]] == names
    assert all(f.chart is not None and f.figure and f.caption for f in shown)


def test_the_number_beside_an_area_is_the_gap_its_headline_tells(elvebyen: Dossier) -> None:
    profile = elvebyen.challenges
    assert profile is not None
    first = next(b for b in summary(elvebyen).blocks if isinstance(b, Feature))
    gap = profile.areas[0].headline.params["gap"]
    assert isinstance(gap, float)
    assert first.figure.startswith(f"{gap:.1f}".replace(".", ","))


def test_the_matrix_says_every_sign_in_words_and_repeats_it_in_tone(elvebyen: Dossier) -> None:
    profile = elvebyen.challenges
    assert profile is not None
    matrix = next(b for b in summary(elvebyen).blocks if isinstance(b, Table))
    assert len(matrix.rows) == len(profile.areas) == len(matrix.tones)
    symbols = {"worse": "▲", "same": "=", "better": "✓", "unknown": "?"}
    for row, tones in zip(matrix.rows, matrix.tones, strict=True):
        for cell, tone in list(zip(row, tones, strict=True))[1:]:
            assert cell.startswith(f"{symbols[tone]} ")
            assert len(cell) > 3


def test_missing_steps_are_said(elvebyen: Dossier) -> None:
    bare = CASES["only effort"](elvebyen)
    said = " ".join(texts_of(bare))
    assert "Tall for status i kommunen er ikke lagt inn ennå." in said
    assert "Regnskap og tjenester er ikke lagt inn ennå." in " ".join(
        texts_of(CASES["only figures"](elvebyen))
    )


def test_without_effort_it_is_said_what_to_gather_and_which_need_waits(elvebyen: Dossier) -> None:
    only_figures = CASES["only figures"](elvebyen)
    said = " ".join(texts_of(only_figures))
    assert "KOSTRA" in said
    headings = [b.text for b in summary(only_figures).blocks if isinstance(b, Heading)]
    assert "God dokumentasjon, men vi vet ikke om vi gjør det" in headings
    waiting = [b for b in summary(only_figures).blocks if isinstance(b, Table)][1]
    profile = elvebyen.challenges
    assert profile is not None
    counted = ("level", "trend", "gradient", "spread")
    for (_, words), area in zip(waiting.rows, profile.areas, strict=True):
        signs = [s.sign for s in area.signs if s.kind in counted and s.sign is not Sign.UNKNOWN]
        assert words == f"{signs.count(Sign.WORSE)} av {len(signs)}"


def test_too_few_figures_are_never_said_to_be_good_news(elvebyen: Dossier) -> None:
    profile = elvebyen.challenges
    assert profile is not None
    areas = tuple(
        replace(a, signs=tuple(replace(s, sign=Sign.UNKNOWN) for s in a.signs))
        for a in profile.areas
    )
    unknown = replace(elvebyen, challenges=replace(profile, areas=areas, ranking=None))
    said = texts_of(unknown)
    assert said[0] == "Vi har for få tall til å si hvor det brenner mest."
    shown = [b for b in summary(unknown).blocks if isinstance(b, Feature)]
    assert not shown[0].title.startswith("1.")


def test_money_on_what_was_tested_without_effect_is_said_first(elvebyen: Dossier) -> None:
    assert elvebyen.effort is not None
    spent = [s.name for a in elvebyen.effort.areas for s in a.services if s.strength == "E"]
    assert spent
    line = next(w for w in texts_of(elvebyen) if "bruker" in w and w.startswith(tuple(spent)))
    assert "kr" in line


def test_a_word_document_holds_the_same_and_breaks_before_each_page(
    elvebyen: Dossier, tmp_path: Path
) -> None:
    import docx

    write_summary(elvebyen, tmp_path)
    word = docx.Document(str(tmp_path / "summary.docx"))
    ones = [p for p in word.paragraphs if p.style.name == "Heading 1"]
    expected = [b.text for b in summary(elvebyen).blocks if isinstance(b, Heading) and b.level == 1]
    assert [p.text for p in ones] == expected
    assert [bool(p.paragraph_format.page_break_before) for p in ones] == [False, True, True, True]
    xml = word.part.element.xml
    assert xml.count("<wp:docPr ") == 5  # three areas, the order, need against effort
    assert all(len(d) > 20 for d in re.findall(r'descr="([^"]*)"', xml))
    assert "FBE0CD" in xml


@given(st.lists(st.text(min_size=1, max_size=60)), st.integers(0, 200))
def test_what_is_kept_is_whole_and_has_room(sentences: list[str], room: int) -> None:
    kept = whole(room, sentences)
    assert len(kept) <= room
    lines = first_lines(3, room, sentences)
    assert len(lines) <= 3
    assert all(line in sentences and len(line) <= room for line in lines)
    rest = kept
    for sentence in sentences:
        if rest.startswith(sentence):
            rest = rest[len(sentence) :].removeprefix(" ")
    assert not sentences or len(rest) < len(kept) or not kept


def test_the_last_wording_is_taken_where_none_has_room() -> None:
    assert first_that_fits(10, "a wording too long", "short") == "short"
    assert first_that_fits(3, "a wording too long", "short") == "short"
    assert first_that_fits(30, "", "a wording", "short") == "a wording"
    with pytest.raises(ValueError, match="wording"):
        first_that_fits(3)


def test_the_profile_is_not_changed(elvebyen: Dossier) -> None:
    before = elvebyen.challenges
    summary(elvebyen)
    assert isinstance(elvebyen.challenges, ChallengeProfile)
    assert elvebyen.challenges == before


WIDE, TALL = 16.6, 26.9  # centimetres of a Word page within its margins
LINE = 0.47  # centimetres of a line of 10 points with its share of the space after


def lines_of(words: str, wide: float, points: float = 10) -> int:
    """Lines that a text takes, reckoned with wide letters (0.56 of the size)."""
    letter = 0.56 * points * 0.0353
    return max(1, -(-len(words) * letter // wide).__int__())


def height_of(block: Any) -> float:
    """Height of a block on a Word page in centimetres, reckoned high."""

    def plain(text: Text) -> str:
        return "".join(run.text for run in text)

    match block:
        case Heading():
            return 0.95
        case Paragraph():
            large = 1.1 if block.style == "lead" else 1.0
            return LINE * large * lines_of(plain(block.text), WIDE, 10 * large) + 0.15
        case Bullets():
            return sum(LINE * lines_of(plain(i), WIDE - 1) + 0.05 for i in block.items)
        case Table():
            whole = sum(block.widths)
            room = [WIDE * w / whole - 0.4 for w in block.widths]
            tall = 0.0
            for row in (block.headings, *block.rows):
                most = max(lines_of(c, w, 9) for c, w in zip(row, room, strict=True))
                tall += 0.4 * most + 0.1
            return tall + 1.1
        case Feature():
            beside = 0.8 * block.width / 10 if block.chart else 0.0
            room = WIDE - beside - 0.4
            words = (0.9 + 0.4 * lines_of(block.caption, room, 8.5)) if block.figure else 0.0
            words += sum(LINE * lines_of(plain(t), room) + 0.1 for t in block.texts)
            chart = block.chart
            picture = beside * chart.height / chart.width + 1.1 if chart else 0.0
            return 0.8 + max(words, picture)
        case _:
            return 1.5


def test_every_page_has_room_in_word(case: Dossier) -> None:
    """By a rough reckoning on the high side; the PDF is sure by itself."""
    pages: list[float] = []
    for block in summary(case).blocks:
        if isinstance(block, Heading) and block.level == 1:
            pages.append(2.9 if not pages else 0.0)
        pages[-1] += height_of(block)
    assert len(pages) == 4
    assert max(pages) <= TALL, pages
