"""Pages for what went wrong, in the language of the address."""

from __future__ import annotations

from html import escape

from django.http import HttpRequest, HttpResponse

from jevn.publishing.environment import STYLESHEETS
from jevn.terms import LANGUAGES, Language, Say
from jevn_web.design.assets import asset
from jevn_web.work.pages import not_found_page

_BARE = """<!doctype html>
<html lang="{lang}" data-color-scheme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
{sheets}
</head>
<body data-size="md" data-color="accent">
<main><div class="page-top"><div class="wrap">
<h1 class="ds-heading" data-size="xl">{title}</h1>
<p class="lead">{text}</p>
</div></div></main>
</body>
</html>
"""


def _language(request: HttpRequest) -> Language | None:
    first = request.path_info.strip("/").partition("/")[0]
    return next((known for known in LANGUAGES if known == first), None)


def _bare(lang: Language, key: str, status: int) -> HttpResponse:
    """A page that needs no stored work and no database."""
    say = Say(lang)
    sheets = "\n".join(f'<link rel="stylesheet" href="{asset(sheet)}">' for sheet in STYLESHEETS)
    page = _BARE.format(
        lang=lang,
        sheets=sheets,
        icon=asset("icon.svg"),
        title=escape(say(f"{key}.title")),
        text=escape(say(f"{key}.text")),
    )
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page; or nothing is loaded yet."""
    lang = _language(request)
    page = not_found_page(lang)
    if page is None:
        return _bare(lang or "nb", "web.nothing", 404)
    return HttpResponse(page, status=404, headers={"Cache-Control": "no-cache"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was asked for cannot be understood, or this is not the host's name."""
    return _bare(_language(request) or "nb", "web.bad", 400)


def failed(request: HttpRequest) -> HttpResponse:
    """Something went wrong in the program."""
    return _bare(_language(request) or "nb", "web.failed", 500)
