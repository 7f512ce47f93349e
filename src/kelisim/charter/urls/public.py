"""What changed, what stands beside a charter, and its files."""

from django.urls import URLPattern, path

from kelisim.charter.exports.serving import FORMATS
from kelisim.charter.views import permanent, public


def files() -> list[URLPattern]:
    """A version in each format: `v2.akn.xml`, `v2.json`, `v2.docx`."""
    return [
        path(
            f"charters/<slug:slug>/v<int:number>.{ending}",
            permanent.file,
            {"ending": ending},
            name=f"file-{ending}",
        )
        for ending in FORMATS
    ]


urlpatterns = [
    path("charters/<slug:slug>/compare/<int:a>/<int:b>/", public.compare, name="compare"),
    path("charters/<slug:slug>/correspondence/", public.correspondence, name="correspondence"),
    *files(),
]
