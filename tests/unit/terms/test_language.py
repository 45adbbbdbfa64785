"""Texts, numbers and dates in three languages."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest

from jevn.terms import LANGUAGES, LocalText, Message, Say
from jevn.terms.language import text_entry, text_keys


def _fields(text: str) -> set[str]:
    """Names of the parameters; ``name_nn`` and ``name_en`` stand for ``name`` in their language."""
    found = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return {re.sub(r"_(nn|en)$", "", name) for name in found}


def _forms(entry: object) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [str(entry)]


@pytest.mark.parametrize("key", text_keys())
def test_every_text_exists_in_every_language_with_the_same_parameters(key: str) -> None:
    entry = text_entry(key)
    assert set(entry) == set(LANGUAGES), key
    fields = {lang: set().union(*(_fields(f) for f in _forms(entry[lang]))) for lang in LANGUAGES}
    assert fields["nb"] == fields["nn"] == fields["en"], key
    assert all(form.strip() for lang in LANGUAGES for form in _forms(entry[lang])), key


@pytest.mark.parametrize("key", [k for k in text_keys() if k.startswith("problem.")])
def test_every_problem_has_a_remedy(key: str) -> None:
    if key.startswith("problem.place.") or key.endswith(".remedy"):
        assert len(key) > 8
        return
    assert f"{key}.remedy" in text_keys()


def test_numbers_follow_the_language() -> None:
    # Språkrådet: space between thousands, comma before decimals; English: the reverse signs
    assert Say("nb").number(1234.5, 1) == "1\xa0234,5"
    assert Say("en").number(1234.5, 1) == "1,234.5"
    assert Say("nb").number(-3, 0) == "−3"
    assert Say("nb").number(None) == "–"


def test_exact_numbers_keep_the_decimals_they_have() -> None:
    assert [Say("nb").exact(x) for x in (10.39, 2.0, -0.125)] == ["10,39", "2", "−0,125"]


def test_percent_has_a_space_in_norwegian_and_none_in_english() -> None:
    assert Say("nb").percent(0.125, 1) == "12,5\xa0%"
    assert Say("en").percent(0.125, 1) == "12.5%"


def test_large_amounts_are_given_in_millions() -> None:
    assert Say("nb").nok(32_000_000) == "32,0 mill. kr"
    assert Say("nb").nok(450_000) == "450\xa0000 kr"


def test_dates_are_written_out() -> None:
    day = date(2027, 3, 1)
    assert Say("nb").date(day) == "1. mars 2027"
    assert Say("en").date(day) == "1 March 2027"


def test_a_text_key_can_be_a_parameter_of_another_text() -> None:
    message = Message("check.challenges.area", {"area_key": "area.bolig.short"})
    assert Say("nn").message(message) == "Bustad: ingen indikatorar."


def test_plural_form_follows_the_number() -> None:
    say = Say("nb")
    assert say("check.voices.unanswered", n=1).endswith("uttalelse er ubesvart.")
    assert say("check.voices.unanswered", n=2).endswith("uttalelser er ubesvart.")


def test_a_missing_translation_falls_back_to_bokmal() -> None:
    text = LocalText.of({"nb": "Bolig", "en": "Housing"})
    assert (text("nn"), text("en"), LocalText.of("Bolig")("en")) == ("Bolig", "Housing", "Bolig")


def test_an_unknown_key_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        Say("nb")("no.such.text")
