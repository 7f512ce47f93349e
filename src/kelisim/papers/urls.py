"""Addresses of papers on the desk."""

from django.urls import path, re_path

from kelisim.papers.views import approval, journal, signing, templates

app_name = "papers"
urlpatterns = [
    path("desk/papers/", journal.journal, name="journal"),
    path("desk/papers/register/", journal.register, name="register"),
    path("desk/papers/<int:pk>/", journal.document, name="document"),
    path("desk/papers/<int:pk>/files/<int:attached>/", journal.file, name="file"),
    path("desk/papers/offices/", journal.offices, name="offices"),
    path("desk/papers/of/<slug:slug>/index/", journal.index, name="index"),
    path("desk/papers/of/<slug:slug>/templates/", templates.listing, name="templates"),
    path(
        "desk/papers/of/<slug:slug>/templates/<slug:kind>/<slug:language>/",
        templates.template,
        name="template",
    ),
    path(
        "desk/papers/of/<slug:slug>/templates/<slug:kind>.<slug:language>.docx",
        templates.current,
        name="template-file",
    ),
    path(
        "desk/papers/of/<slug:slug>/templates/<slug:kind>/<slug:language>/<int:number>/",
        templates.edition,
        name="edition",
    ),
    path("desk/papers/signatures/", signing.listing, name="signatures"),
    path("desk/papers/signatures/receive/", signing.receive, name="receive"),
    path("desk/papers/<int:document>/signatures/receive/", signing.receive, name="receive-to"),
    path("desk/papers/signatures/<int:pk>/", signing.signature, name="signature"),
    path("desk/papers/signatures/<int:pk>/file/", signing.container, name="signature-file"),
    path("desk/papers/signatures/<int:pk>/content/", signing.content, name="signature-content"),
    path("desk/papers/rounds/", approval.listing, name="rounds"),
    path("desk/papers/rounds/begin/", approval.begin, name="begin-round"),
    path("desk/papers/rounds/<int:pk>/", approval.round_, name="round"),
    path("desk/papers/rounds/<int:pk>/file/", approval.file, name="round-file"),
    path("desk/papers/rounds/<int:pk>/answers/<int:consent>/", approval.answer, name="say"),
    re_path(
        r"^desk/papers/rounds/(?P<pk>\d{1,9})/(?P<kind>[a-z]+)\.(?P<language>[a-z]{2})\.(?P<ending>docx|pdf)$",
        approval.paper,
        name="round-paper",
    ),
]
