"""Charts: one module per picture. Each says its finding, and stands beside its text and table."""

from jevn.publishing.charts.ahead import gains_chart, plane_chart
from jevn.publishing.charts.ahead_one import drivers_chart, groups_chart, years_chart
from jevn.publishing.charts.comparison import comparison_chart
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.effects import before_after_chart, helped_chart
from jevn.publishing.charts.gradient import gradient_chart
from jevn.publishing.charts.mini import mini_gradient, telling_gradient
from jevn.publishing.charts.needeffort import need_effort_chart
from jevn.publishing.charts.opinions import opinion_map, opinions_chart
from jevn.publishing.charts.portfolio import packages_chart, standing_chart
from jevn.publishing.charts.pyramid import pyramid_chart
from jevn.publishing.charts.ranking import ranking_chart
from jevn.publishing.charts.reach import reach_chart
from jevn.publishing.charts.render import png
from jevn.publishing.charts.support import support_chart
from jevn.publishing.charts.trend import trend_chart
from jevn.publishing.charts.voices import voices_chart
from jevn.publishing.charts.years import money_chart
from jevn.publishing.charts.zonemap import zone_map
from jevn.publishing.charts.zones import zone_chart

__all__ = [
    "Studio",
    "before_after_chart",
    "comparison_chart",
    "drivers_chart",
    "gains_chart",
    "gradient_chart",
    "groups_chart",
    "helped_chart",
    "mini_gradient",
    "money_chart",
    "need_effort_chart",
    "opinion_map",
    "opinions_chart",
    "packages_chart",
    "plane_chart",
    "png",
    "pyramid_chart",
    "ranking_chart",
    "reach_chart",
    "standing_chart",
    "support_chart",
    "telling_gradient",
    "trend_chart",
    "voices_chart",
    "years_chart",
    "zone_chart",
    "zone_map",
]
