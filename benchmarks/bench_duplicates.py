"""How long near-duplicates take among 10 000 contributions, and how much memory."""

from __future__ import annotations

import random
import resource
from time import perf_counter

from jevn.participation.duplicates import Text, find_duplicates

WISHES = ("Flere", "Bedre", "Gratis", "Billigere", "Mindre", "Bygg ut", "Ikke kutt i", "Vi trenger")
THINGS = (
    "leksehjelp", "bussavganger", "møteplasser", "sykkelveier", "sommerjobber", "læreplasser",
    "lekeplasser", "utleieboliger", "svømmetimer", "kulturskole", "skolefrokost", "gatelys",
    "norskkurs", "støttekontakter", "turstier", "helsesykepleiere", "fastleger", "sykehjemsplasser",
)  # fmt: skip
GROUPS = ("for ungdom", "for eldre", "for småbarnsfamilier", "for flyktninger", "for alle", "")
PLACES = ("på Fjell", "på Konnerud", "i sentrum", "i Svelvik", "i Mjøndalen", "ved elva", "")
TIMES = ("om kvelden", "i helgene", "om sommeren", "på dagtid", "hver uke", "")


def bench_duplicates() -> None:
    texts = [Text(str(i), text) for i, text in enumerate(made_up(10_000))]
    find_duplicates(texts[:10])
    for number in (1_000, 10_000):
        began = perf_counter()
        found = find_duplicates(texts[:number])
        seconds = perf_counter() - began
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{number:6} contributions: {seconds:5.1f} s, {most:4.0f} MiB, "
            f"{len(found.pairs)} pairs, {len(found.clusters)} clusters"
        )


def made_up(number: int) -> list[str]:
    """Contributions of one to eight sentences, many alike, some with slips of the keyboard."""
    rng = random.Random(2027)
    return [_contribution(rng) for _ in range(number)]


def _contribution(rng: random.Random) -> str:
    sentences = [
        " ".join(
            filter(None, (rng.choice(part) for part in (WISHES, THINGS, GROUPS, PLACES, TIMES)))
        )
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8)))
    ]
    text = ". ".join(sentences)
    if rng.random() < 0.2:
        at = rng.randrange(len(text))
        text = text[:at] + text[at + 1 :]
    return text


if __name__ == "__main__":
    bench_duplicates()
