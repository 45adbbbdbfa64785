"""How long step 2 takes: a whole challenge profile, with zones, ranks and redrawn rankings."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest


def bench_challenge_profile(tmp_path_factory: pytest.TempPathFactory) -> None:
    from jevn.demo import write_elvebyen
    from jevn.planwork import challenges_of, read_folder

    folder: Path = tmp_path_factory.mktemp("profile") / "plan"
    write_elvebyen(folder)
    work = read_folder(folder)
    times = []
    for _ in range(3):
        began = perf_counter()
        profile = challenges_of(work)
        times.append(perf_counter() - began)
    assert profile is not None
    assert profile.ranking is not None
    number = len(profile.indicators)
    print(f"\n{number} indicators, 10 zones, 2 x 2 000 draws: {min(times):.1f} s (at most 6 s)")
    assert min(times) < 6
