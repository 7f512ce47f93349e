"""Addresses of bodies and of the register."""

from django.urls import path

from kelisim.bodies.views import directory, exporting, importing, public

app_name = "bodies"
urlpatterns = [
    path("bodies/", public.whole, name="whole"),
    path("bodies/<slug:slug>/", public.body, name="body"),
    path("bodies/<slug:slug>/history/", public.history, name="history"),
    path("houses/", public.houses, name="houses"),
    path("associations/", directory.directory, name="directory"),
    path("associations/booklet/", directory.booklet, name="booklet"),
    path("associations/booklet.pdf", directory.booklet_pdf, name="booklet-pdf"),
    path("associations/export.<slug:ending>", exporting.public, name="public-export"),
    path("desk/register/export.<slug:ending>", exporting.office, name="export"),
    path("desk/register/import/", importing.upload, name="import"),
    path("desk/register/import/<int:pk>/", importing.look, name="import-preview"),
    path("desk/register/import/<int:pk>/faults.csv", importing.faults, name="import-faults"),
    path("desk/register/import/<int:pk>/apply/", importing.apply, name="import-apply"),
    path("associations/<slug:slug>/", directory.association, name="association"),
    path("associations/<slug:slug>/card/", directory.card, name="card"),
]
