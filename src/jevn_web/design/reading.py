"""Views that only read: other methods are refused, browsers ask again and get 304 if unchanged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def read_only(view: View) -> View:
    """GET and HEAD only (405 for others; nothing is written, so no token is asked for)."""

    @wraps(view)
    def reading(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-cache")
        return answer

    safe: View = csrf_exempt(require_safe(reading))
    return safe
