"""Files to take away: the documents, and the result of each step as JSON, as it was stored."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from jevn.publishing.datapackage import STEPS
from jevn.publishing.links import DOCUMENTS
from jevn_web.design.reading import read_only
from jevn_web.work.documents import document
from jevn_web.work.selectors import newest_work, stored_part


@read_only
def data_list(request: HttpRequest) -> HttpResponse:
    """What there is, with addresses."""
    if newest_work() is None:
        raise Http404("nothing loaded")
    address = request.build_absolute_uri("/data/")
    answer = JsonResponse({"results": {part: f"{address}{part}.json" for part in STEPS}})
    return _open(answer)


@read_only
def data_part(request: HttpRequest, part: str) -> HttpResponse:
    """The result of one step."""
    work = newest_work()
    found = stored_part(work, part) if work is not None and part in STEPS else None
    if found is None:
        raise Http404(part)
    return _open(HttpResponse(found, content_type="application/json; charset=utf-8"))


@read_only
def document_file(request: HttpRequest, name: str) -> HttpResponse:
    """A document, e.g. the plan as PDF."""
    return document(name)


def _open(answer: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it too."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


urlpatterns = [
    path("data/", data_list),
    path("data/<str:part>.json", data_part),
    path(f"{DOCUMENTS}/<str:name>", document_file),
]
