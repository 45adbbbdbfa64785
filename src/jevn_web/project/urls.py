"""All addresses. The apps' pages do not overlap: each page name belongs to one app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("jevn_web.publication.data")),
    path("", include("jevn_web.knowledge.urls")),
    path("", include("jevn_web.dialogue.urls")),
    path("", include("jevn_web.decisions.urls")),
    path("", include("jevn_web.publication.urls")),
]

handler400 = "jevn_web.project.errors.bad_request"
handler404 = "jevn_web.project.errors.not_found"
handler500 = "jevn_web.project.errors.failed"
