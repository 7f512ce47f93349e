"""Addresses of bodies and of the register."""

from django.urls import path

from kelisim.bodies.views import desk, directory, exporting, importing, public, register

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
    path("desk/register/", register.listing, name="register"),
    path("desk/register/due/", register.due, name="due"),
    path("desk/register/enter/", register.enter, name="enter"),
    path("desk/register/missing/", register.missing, name="missing"),
    path("desk/register/accreditations/", register.accreditations, name="accreditations"),
    path("desk/register/accreditations/<int:pk>/revoke/", register.revoke, name="revoke"),
    path("desk/register/yearly/<int:pk>/file/", register.yearly_file, name="yearly-file"),
    path("desk/register/proposals/<int:pk>/", desk.proposal, name="proposal"),
    path("desk/register/doubles/", desk.pairs, name="doubles"),
    path("desk/register/doubles/look/", desk.look_again, name="look-again"),
    path("desk/register/doubles/<slug:one>/<slug:other>/", desk.merge, name="merge"),
    path("desk/register/mergings/<int:pk>/undo/", desk.unmerge, name="unmerge"),
    path("desk/register/<slug:slug>/", register.one, name="office-record"),
    path("desk/register/<slug:slug>/verify/", register.verify, name="verify"),
    path("desk/register/<slug:slug>/propose/", desk.propose, name="propose"),
    path("desk/register/<slug:slug>/correct/", register.correct, name="correct"),
    path("desk/register/<slug:slug>/accredit/", register.accredit, name="accredit"),
    path("desk/register/<slug:slug>/yearly/", register.hand_in, name="hand-in"),
]
