"""Packages under a frame: the best one, the front, how sure it is, and why.

* :func:`best_package`: most gain to all, or with weight on the worst off, within the demands; if
  they cannot all be met, the cheapest to loosen give way and are named;
* :func:`front`: packages that cannot give more to all without giving less to the worst off;
* :func:`need_based`: the same money by need, without an optimiser;
* :func:`preview`: any package put together by hand, at once and without a solver;
* :func:`robustness`: what is always, sometimes or never in when the uncertain is drawn again;
* :func:`why`: why an action is in or out, and what it would take;
* :func:`study`: all of it for a plan, beside the packages that people and rules have made.
"""

from jevn.prioritisation.portfolio.choices import (
    Demands,
    Option,
    ShareDemand,
    Synergy,
    Way,
    check,
)
from jevn.prioritisation.portfolio.evaluating import preview
from jevn.prioritisation.portfolio.judging import robustness, why
from jevn.prioritisation.portfolio.results import (
    Chosen,
    Loosened,
    OptionStanding,
    Portfolio,
    Robustness,
    Why,
    YearUse,
)
from jevn.prioritisation.portfolio.solving import best_package, front, need_based
from jevn.prioritisation.portfolio.study import Offered, Point, PortfolioStudy, study
from jevn.prioritisation.portfolio.wishes import PackageWishes

__all__ = [
    "Chosen",
    "Demands",
    "Loosened",
    "Offered",
    "Option",
    "OptionStanding",
    "PackageWishes",
    "Point",
    "Portfolio",
    "PortfolioStudy",
    "Robustness",
    "ShareDemand",
    "Synergy",
    "Way",
    "Why",
    "YearUse",
    "best_package",
    "check",
    "front",
    "need_based",
    "preview",
    "robustness",
    "study",
    "why",
]
