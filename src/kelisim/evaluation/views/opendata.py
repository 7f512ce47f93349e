"""Open data of everything public: the catalogue, the data dictionary, and the files."""

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control

from kelisim.evaluation.exports import opendata as exporting
from kelisim.evaluation.queries import opendata as reading
from kelisim.evaluation.views.discipline import tongue

HOUR = 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every dataset with its columns and what each means."""
    language = tongue()
    return TemplateResponse(
        request,
        "evaluation/opendata.html",
        {
            "section": "evaluation",
            "licence": reading.licence(),
            "datasets": [
                (of, [(one, one.words[language]) for one in of.columns])
                for of in reading.datasets().values()
            ],
        },
    )


def package(_request: HttpRequest) -> HttpResponse:
    """The catalogue for programs: a data package."""
    language = tongue()
    address = f"{settings.ORIGIN}/{language}/open-data/"
    every = reading.datasets().values()
    response = JsonResponse(
        exporting.package(every, language, address, reading.licence()),
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


def dataset(_request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """A dataset as it stands now, in one of three forms."""
    of = reading.datasets().get(key)
    if of is None:
        raise Http404(key)
    rows = reading.rows(of)
    name = f"{key}.{form}"
    if form == "xlsx":
        book = exporting.workbook(of, rows, tongue())
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
    pieces, kind = (
        (exporting.separated(of, rows), "text/csv; charset=utf-8")
        if form == "csv"
        else (exporting.objects(of, rows), "application/json")
    )
    return StreamingHttpResponse(
        pieces,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
