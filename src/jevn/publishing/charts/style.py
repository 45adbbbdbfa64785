"""How all charts look: one colour-blind-safe palette, one font, one width, quiet axes."""

from __future__ import annotations

from typing import Any

from jevn.challenges.results import Sign
from jevn.terms import Reach

FONT = "Inter, sans-serif"
WIDTH = 420
"""Natural width of every chart in pixels: still legible scaled to a phone."""

TEXT = 14
SMALL = 13

INK = "#1e2b3c"
QUIET = "#5b6573"
LINE = "#aeb6c0"
GRID = "#e6e9ed"
PAPER = "#ffffff"

ACCENT = "#0062ba"
WORSE = "#b84a00"
BETTER = "#0062ba"
SAME = "#6b7480"
UNKNOWN = "#aeb6c0"

HATCH = "#dfe3e9"
"""Fill that becomes a hatched pattern when the picture is finished."""

HALO: dict[str, Any] = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
"""White rim of labels; it is painted behind the letters when the picture is finished."""

SIGN_COLOURS: dict[Sign, str] = {
    Sign.WORSE: WORSE,
    Sign.BETTER: BETTER,
    Sign.SAME: SAME,
    Sign.UNKNOWN: UNKNOWN,
}

REACH_COLOURS: dict[Reach, str] = {
    Reach.UNIVERSAL: "#0062ba",
    Reach.PROPORTIONATE: "#3c9d8f",
    Reach.TARGETED: "#e8a33d",
}


def config() -> dict[str, Any]:
    """Vega-Lite configuration shared by all charts."""
    return {
        "aria": False,
        "background": None,
        "font": FONT,
        "padding": 2,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "labelFontSize": SMALL,
            "labelFont": FONT,
            "titleFont": FONT,
            "titleColor": QUIET,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "domain": False,
            "ticks": False,
            "gridColor": GRID,
            "labelPadding": 8,
            "titlePadding": 8,
            "labelLimit": 170,
        },
        "axisX": {"titleAlign": "right", "titleAnchor": "end"},
        "text": {"font": FONT, "fontSize": TEXT, "color": INK},
        "legend": {
            "labelFont": FONT,
            "labelFontSize": SMALL,
            "labelColor": INK,
            "title": None,
            "symbolType": "square",
            "symbolSize": 140,
        },
        "bar": {"cornerRadius": 0},
    }


def number_locale(english: bool) -> dict[str, Any]:
    """d3 format locale: ``1 234,5`` in Norwegian, ``1,234.5`` in English."""
    decimal, thousands = (".", ",") if english else (",", "\xa0")
    return {
        "decimal": decimal,
        "thousands": thousands,
        "grouping": [3],
        "currency": ["", ""],
        "minus": "−",
    }
