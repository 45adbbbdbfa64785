"""YAML files: every fault is named with its line, nothing gives a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.tables.yamlfile import load_yaml
from jevn.terms import InputRefused


def fault(tmp_path: Path, content: bytes) -> tuple[str, int | None]:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as caught:
        load_yaml(path)
    problem = caught.value.problems[0]
    return problem.id, problem.row


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\nb: [1, 2\nc: 3\n", ("yaml_syntax", 3)),
        (b"a: 1\na: 2\n", ("yaml_duplicate", 2)),
        (b"x: 1\na: &a 1\nb: *a\n", ("yaml_anchor", 2)),
        (b"a: \x00\n", ("yaml_encoding", None)),
        (b"? [1, 2]\n: 3\n", ("yaml_key", 1)),
        (b"[" * 60 + b"]" * 60, ("yaml_depth", 1)),
        (b"a: 2027-13-45\n", ("yaml_syntax", None)),
    ],
)
def test_faults_are_named_with_their_line(
    tmp_path: Path, content: bytes, expected: tuple[str, int | None]
) -> None:
    assert fault(tmp_path, content) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_text_in_common_encodings_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("navn: Åsa Bjørg\n".encode(encoding))
    assert load_yaml(path).data == {"navn": "Åsa Bjørg"}


def test_only_true_and_false_are_truth_values(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("on: yes\noff: true\n", "utf-8")
    assert load_yaml(path).data == {"on": "yes", "off": True}


@given(
    st.binary(max_size=200)
    | st.text(alphabet="a:-[]{}&*!|>'\"#\n ,1?", max_size=80).map(str.encode)
)
def test_any_bytes_give_data_or_a_named_fault(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        path.write_bytes(content)
        try:
            said = load_yaml(path).file
        except InputRefused as refused:
            said = refused.problems[0].what()
    assert said
