"""``jevn.toml``: what holds, and what is refused with line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.planwork.settings import SettingsFile, read_settings
from jevn.terms import InputRefused

GOOD = """\
[municipality]
name = "Ås"
number = "3218"

[work]
as_of = 2027-03-01
year = 2026
comparison = ["0"]
"""


def refused(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    path = tmp_path / "jevn.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRefused) as caught:
        read_settings(path)
    assert all(p.what() and p.remedy() and p.file == "jevn.toml" for p in caught.value.problems)
    return [(p.id, p.row) for p in caught.value.problems]


def test_good_settings_are_read_with_defaults(tmp_path: Path) -> None:
    path = tmp_path / "jevn.toml"
    path.write_text(GOOD, "utf-8")
    town, work, rules = read_settings(path)
    assert (town.name, town.number, town.language, town.fictional) == ("Ås", "3218", "nb", False)
    assert (work.as_of, work.year, work.comparison) == ("2027-03-01", 2026, ("0",))
    assert (rules.least_cases, rules.least_segment) == (3, 10)


def test_a_byte_order_mark_and_latin_1_are_understood(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "latin-1"):
        path = tmp_path / "jevn.toml"
        path.write_bytes(GOOD.encode(encoding))
        assert read_settings(path)[0].name == "Ås"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "Ås"\n', "", ("yaml_missing", 1)),
        ('number = "3218"', 'nummer = "3218"', ("yaml_unknown", 3)),
        ("as_of = 2027-03-01", 'as_of = "i går"', ("yaml_value", 6)),
        ("year = 2026", "year = 26", ("yaml_value", 7)),
        ("year = 2026", 'year = 2026\nstatus = "ferdig"', ("yaml_choice", 8)),
        ("as_of = 2027-03-01", "as_of = 01.03.2027", ("toml_syntax", None)),
    ],
)
def test_faults_are_named_with_their_line(
    tmp_path: Path, old: str, new: str, expected: tuple[str, int | None]
) -> None:
    assert expected in refused(tmp_path, GOOD.replace(old, new))


def test_a_folder_without_settings_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        read_settings(tmp_path / "jevn.toml")
    assert caught.value.id == "toml_missing"
    assert "jevn new" in caught.value.render()


def test_every_key_is_documented() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "plan-folder.md"
    text = page.read_text("utf-8")
    for table, field in SettingsFile.model_fields.items():
        assert f"[{table}]" in text
        for key in field.annotation.model_fields:  # type: ignore[union-attr]
            assert f"{key} = " in text or f"`{key}`" in text, f"{table}.{key}"
