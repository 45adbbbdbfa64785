"""The process that reads one Word file or PDF: bytes in, lines as JSON out."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import astuple

from jevn.participation.opening.limits import MEMORY
from jevn.terms import InputRefused


def main() -> None:
    """Read the file on standard input, of the kind and within the seconds given."""
    kind, seconds = sys.argv[1], int(sys.argv[2])
    data = sys.stdin.buffer.read()
    logging.disable(logging.CRITICAL)
    if kind == "docx":
        from jevn.participation.opening.word import read
    else:
        from jevn.participation.opening.pdf import read
    _limit(seconds)
    answer: dict[str, object]
    try:
        lines, title, date = read(data)
        answer = {"lines": [astuple(line) for line in lines], "title": title, "date": date}
    except InputRefused as refused:
        problem = refused.problems[0]
        id = problem.id.removeprefix("document_")
        answer = {"problem": id, "params": dict(problem.params)}
    except MemoryError:
        answer = {"problem": "slow", "params": {"seconds": seconds}}
    except Exception:
        # Whatever a broken or hostile file makes a library do, the file is refused.
        answer = {"problem": "damaged", "params": {"ending": f".{kind}"}}
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int) -> None:
    """Limit processor time, memory and files written, where the system can."""
    try:
        import resource
    except ImportError:
        return
    from contextlib import suppress
    from pathlib import Path

    sys.setrecursionlimit(2000)
    limits = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)]
    status = Path("/proc/self/statm")
    if status.exists():
        now = int(status.read_text("ascii").split()[0]) * resource.getpagesize()
        limits.append((resource.RLIMIT_AS, now + MEMORY))
    for what, most in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
