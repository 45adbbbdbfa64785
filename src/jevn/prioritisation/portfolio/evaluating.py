"""What a package costs and gives, and which demands it passes: sums in whole øre, no solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from jevn.prioritisation.portfolio.choices import ORE, POSTS, Demands, Option, Way
from jevn.prioritisation.portfolio.results import Chosen, Limit, Loosened, Portfolio, YearUse
from jevn.terms import Message

MadeBy = Literal["total", "equity", "front", "need", "own"]
_CLOSE = 1e-7


def preview(
    options: Sequence[Option],
    demands: Demands,
    choice: Mapping[str, int],
    *,
    made_by: MadeBy = "own",
    gap: float = 0.0,
) -> Portfolio:
    """A package put together by hand: what it comes to, and what it breaks.

    Nothing blocks: a package that passes a limit is shown with how far.

    Args:
        options: the actions.
        demands: the limits.
        choice: the way (its number) that each action in the package is done.
        made_by: how the package was made.
        gap: how far from the best it can be.

    Raises:
        KeyError: an action or a way that is not there.
    """
    by_id = {o.id: o for o in options}
    picked: dict[str, tuple[Option, Way]] = {}
    for id, w in choice.items():
        if not 0 <= w < len(by_id[id].ways):
            raise KeyError(f"{id}: {w}")
        picked[id] = by_id[id], by_id[id].ways[w]
    groups = len(options[0].ways[0].gain) if options else 0
    gain = [sum(way.gain[g] for _, way in picked.values()) for g in range(groups)]
    for s in demands.synergies:
        if s.one in picked and s.other in picked:
            gain = [a + b for a, b in zip(gain, s.gain, strict=True)]
    posts = dict(demands.posts)
    years = tuple(
        YearUse(
            year,
            sum(way.nok for _, way in picked.values() if way.start <= year),
            frame,
            sum(way.posts for _, way in picked.values() if way.start <= year),
            posts.get(year),
        )
        for year, frame in demands.frame
    )
    chosen = tuple(
        Chosen(id, option.title, way.level, way.start, way.nok, way.posts, way.gain)
        for id, (option, way) in sorted(picked.items())
    )
    broken = (*_passed(years), *_shares(picked, demands), *_worst(gain, demands))
    logical = tuple(_logic(picked, demands))
    return Portfolio(made_by, chosen, tuple(gain), years, (*broken, *logical), gap)


def _passed(years: Sequence[YearUse]) -> Iterator[Loosened]:
    for year in years:
        if year.nok > year.frame:
            yield loosened("frame", str(year.year), year.nok - year.frame)
        if year.posts_limit is not None and year.posts > year.posts_limit:
            yield loosened("posts", str(year.year), year.posts - year.posts_limit)


def _shares(picked: Mapping[str, tuple[Option, Way]], demands: Demands) -> Iterator[Loosened]:
    spent = [(o, max(way.nok, 0)) for o, way in picked.values()]
    everything = sum(nok for _, nok in spent)
    for share in demands.shares:
        inside = sum(
            nok for o, nok in spent if (o.universal if share.area is None else o.area == share.area)
        )
        about = share.area or "universal"
        lacking, over = share.least * everything - inside, inside - share.most * everything
        if lacking > 0.5:  # half an øre
            yield loosened("share_least", about, lacking)
        if over > 0.5:
            yield loosened("share_most", about, over)


def _worst(gain: Sequence[float], demands: Demands) -> Iterator[Loosened]:
    if demands.worst_off is not None and gain:
        lacking = demands.worst_off - gain[0]
        if lacking > _CLOSE * max(1.0, abs(demands.worst_off)):
            yield loosened("worst_off", "", lacking)


def _logic(picked: Mapping[str, tuple[Option, Way]], demands: Demands) -> Iterator[Loosened]:
    for one, other in demands.excludes:
        if one in picked and other in picked:
            yield loosened("excludes", f"{one}, {other}", 0)
    for one, other in demands.requires:
        if one in picked and other not in picked:
            yield loosened("requires", f"{one}, {other}", 0)
    for id, level in demands.locks:
        have = picked[id][1].level if id in picked else 0.0
        if have != level:
            yield loosened("lock", id, 0)


def loosened(limit: Limit, about: str, amount: float) -> Loosened:
    """A demand that gives, in words."""
    params: dict[str, str | float] = {"year": about, "about": about}
    if limit in ("frame", "share_least", "share_most"):
        params["amount_nok"] = amount / ORE
    elif limit == "posts":
        params["amount_exact"] = round(amount / POSTS, 3)
    elif limit == "worst_off":
        params["amount_exact"] = round(amount, 3)
    key = limit
    if limit.startswith("share"):
        params["about_key"] = (
            "portfolio.universal" if about == "universal" else f"area.{about}.short"
        )
    return Loosened(limit, about, amount, Message(f"portfolio.loosened.{key}", params))
