"""Static files by WhiteNoise, answered whole: small enough to be compressed on the way out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

FOREVER = "max-age=31536000, public, immutable"


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise with answers that are not streamed, so that GZipMiddleware above sees them whole.

    An address with a fingerprint (``jevn.css?0f3a…``) never changes its content and is kept
    for a year; without one for ``WHITENOISE_MAX_AGE``.
    """

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """The file's answer; ranges are not offered for files this small."""
        meta = {k: v for k, v in request.META.items() if k != "HTTP_RANGE"}
        found = static_file.get_response(request.method, meta)
        body = b""
        if found.file is not None:
            with found.file as file:
                body = file.read()
        answer = HttpResponse(body, status=int(found.status))
        del answer.headers["Content-Type"]
        for name, value in found.headers:
            answer.headers[name] = value
        if request.META.get("QUERY_STRING") and answer.status_code in (200, 304):
            answer.headers["Cache-Control"] = FOREVER
        return answer
