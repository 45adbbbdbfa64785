"""Read a Word file or PDF in a process of its own, which is ended when it takes too long.

Such files can make a reader use any time and memory. The process gets the bytes, limits on
time, memory, and no right to write files; it gives lines back as JSON. Where it is ended by a
limit, the file is refused and nothing else is harmed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from jevn.participation.opening.limits import SECONDS, refusal
from jevn.participation.opening.lines import Line
from jevn.participation.opening.opened import DocumentKind, Opened

_OUT_OF_TIME = (-9, -24, 137, 152)
_FIELDS = tuple(Line.__dataclass_fields__)


def read_apart(data: bytes, name: str, kind: DocumentKind, *, seconds: float = SECONDS) -> Opened:
    """Read the lines of a Word file or PDF within a time limit.

    Raises:
        InputRefused: ``document_slow`` if it takes too long, and what the reader refuses.
    """
    paths = [path for path in sys.path if path]
    try:
        ran = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "jevn.participation.opening.worker", kind, str(int(seconds))],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("slow", name, seconds=int(seconds)) from error
    if ran.returncode in _OUT_OF_TIME:
        raise refusal("slow", name, seconds=int(seconds))
    if ran.returncode or not ran.stdout:
        raise refusal("damaged", name, ending=f".{kind}")
    answer = json.loads(ran.stdout)
    if "problem" in answer:
        raise refusal(answer["problem"], name, **answer["params"])
    lines = tuple(_line(values) for values in answer["lines"])
    return Opened(name, kind, lines, title=answer["title"], date=answer["date"])


def _line(values: list[Any]) -> Line:
    fields = dict(zip(_FIELDS, values, strict=True))
    return Line(**{**fields, "cells": tuple(fields["cells"])})
