"""Accounts from KOSTRA tables, in the shapes Statistics Norway gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from jevn.effort import schemas
from jevn.effort.accounts import account_problems, function_money
from jevn.effort.kostra_import import is_unrevised, kostra_accounts
from jevn.effort.results import EffortProfile
from jevn.sources.jsonstat import read_jsonstat
from jevn.sources.tidyfile import write_tidy
from jevn.tables import Origin, OriginKind, table_from_rows
from jevn.terms import EffortArea, UserError

from .conftest import account

# Amounts in 1000 kroner, kroner per inhabitant beside; 202 school, 244 child welfare.
_VALUES = {
    ("3301", "202", "AGD10"): (1_100_000, 10_800),
    ("3301", "202", "AGD2"): (1_000_000, 9_800),
    ("3301", "244", "AGD10"): (120_000, 1_180),
    ("3301", "244", "AGD2"): (100_000, 980),
    ("EKG11", "202", "AGD2"): (None, 10_500),
    ("EKG11", "244", "AGD2"): (None, 1_250),
    ("EAKUO", "202", "AGD2"): (None, 12_000),
    ("3301", "FGK8b", "AGD2"): (1_300_000, 12_700),
}
_LABELS = {
    "202": "Grunnskole",
    "244": "Barneverntjeneste",
    "FGK8b": "Grunnskole i alt",
    "AGD10": "Brutto driftsutgifter på funksjon/tjenesteområde",
    "AGD2": "Netto driftsutgifter på funksjon/tjenesteområde",
    "3301": "Drammen",
    "EKG11": "Kostragruppe 11",
    "EAKUO": "Landet uten Oslo",
    "KOSbelop0000": "Beløp (1000 kr)",
    "KOSbelopinnbygge0000": "Beløp per innbygger (kr)",
    "A": "A Konsern",
    "B": "B Kommunekassen",
}


def _jsonstat(updated: str | None = "2026-03-15T07:00:00Z", **without: bool) -> bytes:
    dimensions = {
        "KOKkommuneregion0000": ("region", ["3301", "EKG11", "EAKUO"]),
        "KOKregnskapsomfa0000": ("regnskapsomfang", ["A", "B"]),
        "KOKfunksjon0000": ("funksjon", ["202", "244", "FGK8b"]),
        "KOKart0000": ("art", ["AGD10", "AGD2"]),
        "ContentsCode": ("statistikkvariabel", ["KOSbelop0000", "KOSbelopinnbygge0000"]),
        "Tid": ("år", ["2024", "2025"]),
    }
    dimensions = {k: v for k, v in dimensions.items() if not without.get(k)}
    values: list[Any] = []
    for codes in product(*(c for _, c in dimensions.values())):
        at = dict(zip(dimensions, codes, strict=True))
        both = _VALUES.get(
            (at["KOKkommuneregion0000"], at.get("KOKfunksjon0000", ""), at["KOKart0000"]),
            (None, None),
        )
        value = both[at["ContentsCode"] != "KOSbelop0000"]
        if value is not None and at.get("KOKregnskapsomfa0000") == "B":
            value -= 1
        values.append(None if value is None else value - (at["Tid"] == "2024"))
    return json.dumps(
        {
            "class": "dataset",
            "version": "2.0",
            "label": "12367: Detaljerte regnskapstall driftsregnskapet",
            "source": "Statistisk sentralbyrå",
            **({"updated": updated} if updated else {}),
            "id": list(dimensions),
            "size": [len(c) for _, c in dimensions.values()],
            "dimension": {
                code: {
                    "label": label,
                    "category": {
                        "index": {c: i for i, c in enumerate(codes)},
                        "label": {c: _LABELS.get(c, c) for c in codes},
                    },
                }
                for code, (label, codes) in dimensions.items()
            },
            "value": values,
        }
    ).encode()


def test_a_fetched_table_becomes_accounts_and_comparison() -> None:
    found = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301")
    money = {(m.year, m.function): (m.gross, m.net) for m in function_money(found.accounts)}
    assert money == {
        (2024, "202"): (109_999_900_000, 99_999_900_000),
        (2024, "244"): (11_999_900_000, 9_999_900_000),
        (2025, "202"): (110_000_000_000, 100_000_000_000),
        (2025, "244"): (12_000_000_000, 10_000_000_000),
    }
    rows = {
        (r["place"], r["year"], r["function"]): r["net_nok_per_inhabitant"]
        for r in found.comparison.iter_rows(named=True)
    }
    assert rows["KG11", 2025, "202"] == 10_500
    assert rows["0", 2025, "202"] == 12_000
    assert len(rows) == 6
    assert not account_problems(found.accounts, 2025)
    assert found.origin.id == "ssb-12367"


def test_sums_of_functions_are_left_out_and_said() -> None:
    found = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301")
    assert set(found.accounts["function"]) == {"202", "244"}
    (said,) = [m for m in found.steps if m.key == "effort.kostra.sums"]
    assert said.params["functions"] == "FGK8b"


def test_figures_published_before_15_june_are_marked_unrevised() -> None:
    found = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301")
    assert found.unrevised == (2025,)
    status = dict(found.comparison.select("year", "status").unique().iter_rows())
    assert status == {2024: "revised", 2025: "unrevised"}
    assert [m.params["year"] for m in found.steps if m.key == "effort.kostra.unrevised"] == [2025]
    revised = kostra_accounts(read_jsonstat(_jsonstat("2026-06-15")), municipality="3301")
    assert revised.unrevised == ()
    assert not is_unrevised(2025, None)


def test_without_a_date_nothing_is_claimed() -> None:
    found = kostra_accounts(read_jsonstat(_jsonstat(None)), municipality="3301")
    assert found.comparison["status"].drop_nulls().is_empty()
    assert "effort.kostra.no_date" in [m.key for m in found.steps]


def test_the_scope_can_be_chosen() -> None:
    own = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301", scope="B")
    assert {m.net for m in function_money(own.accounts)} >= {99_999_900_000}


def test_places_that_the_folder_does_not_know_are_left_out_and_named() -> None:
    found = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301", places=["3301", "0"])
    assert set(found.comparison["place"]) == {"0"}
    said = {m.key: m.params for m in found.steps}
    assert said["effort.kostra.unknown_places"]["places"] == "KG11"
    assert "effort.kostra.without_oslo" in said


def test_scopes_are_known_by_name(tmp_path: Path) -> None:
    path = tmp_path / "tabell.csv"
    path.write_text(
        "region;regnskapsomfang;funksjon;art;2025\n"
        "3301;Kommunekonsern;202;AGD2;10\n3301;Kommunekasse;202;AGD2;9\n",
        "utf-8",
    )
    found = [
        kostra_accounts(path, municipality="3301", scope=s).accounts["amount"].to_list()
        for s in ("A", "B")
    ]
    assert found == [[10_000.0], [9_000.0]]


def test_amounts_over_known_inhabitants_where_none_are_published() -> None:
    found = kostra_accounts(
        read_jsonstat(_jsonstat()), municipality="KG11", persons={("3301", 2025): 100_000}
    )
    rows = {(r["year"], r["function"], r["place"]): r["net_nok_per_inhabitant"]
            for r in found.comparison.iter_rows(named=True)}  # fmt: skip
    assert rows[2025, "202", "3301"] == 9_800  # as published, not 1 000 000 000 / 100 000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "tabell.csv",
            "12362: Utgifter til tjenesteområdene\nregion;funksjon;art;Beløp (1000 kr) 2025;"
            "Beløp per innbygger (kr) 2025\n"
            "3301 Drammen;202 Grunnskole;AGD10 Brutto driftsutgifter;1100000;10800\n"
            "3301 Drammen;202 Grunnskole;AGD2 Netto driftsutgifter;1000000;9800\n"
            "EKG11 Kostragruppe 11;202 Grunnskole;AGD2 Netto driftsutgifter;..;10500\n"
            "Sist oppdatert: 15.03.2026\n",
        ),
        (
            "koder.csv",
            '"KOKkommuneregion0000","KOKfunksjon0000","KOKart0000","ContentsCode","Tid","value"\n'
            '"3301","202","AGD10","KOSbelop0000","2025",1100000\n'
            '"3301","202","AGD2","KOSbelop0000","2025",1000000\n'
            '"EKG11","202","AGD2","KOSbelopinnbygge0000","2025",10500\n',
        ),
    ],
)
def test_saved_files_are_read_as_the_table_is(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = kostra_accounts(tmp_path / name, municipality="3301")
    (money,) = function_money(found.accounts)
    assert (money.year, money.gross, money.net) == (2025, 110_000_000_000, 100_000_000_000)
    (row,) = found.comparison.iter_rows(named=True)
    assert (row["place"], row["net_nok_per_inhabitant"]) == ("KG11", 10_500)


def test_a_saved_json_file_is_the_fetched_table(tmp_path: Path) -> None:
    path = tmp_path / "12367.json"
    path.write_bytes(_jsonstat())
    saved = kostra_accounts(path, municipality="3301")
    fetched = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301")
    assert saved.accounts.equals(fetched.accounts)
    assert saved.comparison.equals(fetched.comparison)


@pytest.mark.parametrize("name", ["12367.csv", "12367.parquet"])
def test_a_file_of_fetched_figures_is_the_fetched_table(tmp_path: Path, name: str) -> None:
    data = read_jsonstat(_jsonstat())
    origin = Origin("ssb-12367", "SSB", "12367", OriginKind.PUBLISHED)
    write_tidy(data, origin, tmp_path / name)
    saved = kostra_accounts(tmp_path / name, municipality="3301")
    fetched = kostra_accounts(data, municipality="3301")
    assert saved.accounts.equals(fetched.accounts)
    assert saved.comparison.equals(fetched.comparison)
    assert saved.unrevised == fetched.unrevised == (2025,)
    assert saved.origin == fetched.origin


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("region;funksjon;art;2025\n3301;FGK8;AGD2;10\n", "effort_kostra_no_functions"),
        ("region;art;2025\n3301;AGD2;10\n", "effort_kostra_dimensions"),
        ("region;funksjon;art;2025\n0301;202;AGD2;10\n", "effort_kostra_nothing"),
        ("region;funksjon;art;2025\n3301;202;AGD2;mange\n", "effort_import_amount"),
        ("region;funksjon;art;beløp\n3301;202;AGD2;10\n", "effort_kostra_dimensions"),
    ],
)
def test_other_tables_are_refused(tmp_path: Path, text: str, id: str) -> None:
    path = tmp_path / "tabell.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        kostra_accounts(path, municipality="3301")
    assert refused.value.id == id
    assert refused.value.problems[0].file == "tabell.csv"


def test_a_table_without_functions_is_refused() -> None:
    data = read_jsonstat(_jsonstat(KOKfunksjon0000=True))
    with pytest.raises(UserError) as refused:
        kostra_accounts(data, municipality="3301")
    assert refused.value.id == "effort_kostra_dimensions"


@pytest.mark.parametrize(
    ("types", "id"),
    [
        (("AGD2", "010"), "effort_net_and_types"),
        (("AGD2", None), "effort_net_and_types"),
        (("AGD10",), "effort_gross_without_net"),
    ],
)
def test_sums_beside_what_they_sum_are_refused(
    profile: Callable[..., EffortProfile], types: tuple[str | None, ...], id: str
) -> None:
    with pytest.raises(UserError) as refused:
        profile(accounts=[account("202", 5.0, t) for t in types])
    assert [p.id for p in refused.value.problems] == [id]


def test_the_profile_says_when_figures_may_still_change(
    profile: Callable[..., EffortProfile],
) -> None:
    rows = [
        account("202", 10.0, "AGD10"),
        account("202", 8.0, "AGD2"),
    ]
    there = [{"place": "EKG11", "year": 2026, "function": "202", "net_nok_per_inhabitant": 1.0,
              "status": "unrevised"}]  # fmt: skip
    found = profile(accounts=rows, comparison=there)
    assert found.area(EffortArea.OPPVEKST).gross_nok == 10
    assert found.area(EffortArea.OPPVEKST).net_nok == 8
    assert "effort.note.comparison_unrevised" in [n.key for n in found.notes]


def test_the_rows_are_those_of_the_plan_folder() -> None:
    found = kostra_accounts(read_jsonstat(_jsonstat()), municipality="3301")
    for frame, schema in (
        (found.accounts, schemas.ACCOUNTS),
        (found.comparison, schemas.COMPARISON_ACCOUNTS),
    ):
        assert table_from_rows(schema, frame.to_dicts()).height == frame.height
