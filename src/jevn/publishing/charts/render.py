"""From a Vega-Lite chart to a finished SVG: same input, same bytes; no styles, no loose ids."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path

from jevn.publishing.charts import style
from jevn.publishing.charts.parts import Spec
from jevn.terms import Language

VENDOR = Path(__file__).parent.parent / "assets" / "vendor"


def svg(spec: Spec, id: str, summary: str, lang: Language) -> tuple[str, int, int]:
    """Render a chart.

    Args:
        spec: the chart in Vega-Lite, without configuration.
        id: file-name-safe id; ids inside the picture begin with it.
        summary: text alternative.
        lang: language of numbers on the axes.

    Returns:
        SVG text, natural width and height in pixels.
    """
    whole = {**spec, "config": style.config()}
    return _finished(_converted(json.dumps(whole, sort_keys=True), lang == "en"), id, summary)


@cache
def _fonts() -> None:
    import vl_convert

    for folder in sorted({p.parent for p in VENDOR.rglob("*.ttf")}):
        vl_convert.register_font_directory(str(folder))


@lru_cache(maxsize=512)
def _converted(spec: str, english: bool) -> str:
    import vl_convert

    _fonts()
    text: str = vl_convert.vegalite_to_svg(
        spec, format_locale=style.number_locale(english), allowed_base_urls=[]
    )
    return text


_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_NAMED = re.compile(r' (?:role|class|aria-[a-z]+|pointer-events)="[^"]*"')
_LONG = re.compile(r"(\d+\.\d{2})\d+")
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r'\bid="([^"]+)"')


def _finished(picture: str, id: str, summary: str) -> tuple[str, int, int]:
    """Name the picture, turn styles into attributes, give its parts ids of their own."""
    head, rest = re.match(r"(<svg[^>]*>)(.*)\Z", picture, re.S).groups()  # type: ignore[union-attr]
    width = round(float(re.search(r'width="([\d.]+)"', head).group(1)))  # type: ignore[union-attr]
    height = round(float(re.search(r'height="([\d.]+)"', head).group(1)))  # type: ignore[union-attr]
    rest = _TAG.sub(_plain, rest)
    rest = rest.replace("<text ", '<text paint-order="stroke" ')
    names = {name: f"{id}-{n}" for n, name in enumerate(dict.fromkeys(_ID.findall(rest)), 1)}
    for old, new in names.items():
        rest = rest.replace(f'id="{old}"', f'id="{new}"').replace(f"url(#{old})", f"url(#{new})")
    if f'fill="{style.HATCH}"' in rest:
        rest = hatch(id) + rest.replace(f'fill="{style.HATCH}"', f'fill="url(#{id}-hatch)"')
    return f"{opening(width, height, summary)}{rest}", width, height


def opening(width: int, height: int, summary: str) -> str:
    """The opening tag of a picture with its text alternative."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(summary, quote=True)}">'
    )


def hatch(id: str) -> str:
    """Light diagonal stripes: what cannot be told apart."""
    return (
        f'<defs><pattern id="{id}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="#f4f5f7"/>'
        f'<rect width="2" height="7" fill="#c3c9d1"/></pattern></defs>'
    )


def _plain(match: re.Match[str]) -> str:
    """A tag without roles, classes, styles (the picture as a whole is named); short numbers."""
    return _LONG.sub(r"\1", _STYLE.sub(_attributes, _NAMED.sub("", match.group())))


def _attributes(match: re.Match[str]) -> str:
    pairs = (part.split(":", 1) for part in match.group(1).split(";") if ":" in part)
    return "".join(f' {k.strip()}="{v.strip()}"' for k, v in pairs if k.strip() != "mix-blend-mode")


def png(svg_text: str, scale: float = 2.0) -> bytes:
    """The picture as PNG, e.g. for a DOCX file."""
    import vl_convert

    _fonts()
    return bytes(vl_convert.svg_to_png(svg_text, scale=scale))
