"""Pages for what went wrong, in the reader's language, without looking anything up."""

from __future__ import annotations

from html import escape

from django.http import HttpRequest, HttpResponse

from jevn.terms import LANGUAGES, Language, Say
from jevn_web.work.selectors import newest_work

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/static/jevn/vendor/css/designsystemet.css">
<link rel="stylesheet" href="/static/jevn/vendor/css/designsystemet-theme.css">
<link rel="stylesheet" href="/static/jevn/vendor/css/inter.css">
<link rel="stylesheet" href="/static/jevn/jevn.css"></head>
<body class="error-page" data-color-scheme="light"><main>
<h1 class="ds-heading" data-size="lg">{title}</h1>
<p class="ds-paragraph">{text}</p>{link}</main></body></html>
"""


def _language(request: HttpRequest) -> Language:
    first = request.path.strip("/").partition("/")[0]
    return next((known for known in LANGUAGES if known == first), "nb")


def _answer(lang: Language, key: str, status: int, *, home: bool) -> HttpResponse:
    say = Say(lang)
    link = f'<p><a class="ds-link" href="/">{escape(say("web.not_found.home"))}</a></p>'
    page = _PAGE.format(
        lang=lang,
        title=escape(say(f"{key}.title")),
        text=escape(say(f"{key}.text")),
        link=link if home else "",
    )
    return HttpResponse(page, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page; or nothing is loaded yet."""
    empty = newest_work() is None
    return _answer(
        _language(request), "web.nothing" if empty else "web.not_found", 404, home=not empty
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Something went wrong in the program."""
    return _answer(_language(request), "web.failed", 500, home=False)
