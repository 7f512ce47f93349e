"""Where drafts are prepared, reviewed and published."""

from django.urls import path

from kelisim.charter.views import beginning, checking, corresponding, drafting, reviewing

VERSION = "desk/charters/<slug:slug>/v<int:number>/"

urlpatterns = [
    path("desk/charters/", drafting.drafts, name="drafts"),
    path("desk/charters/new/", beginning.begin, name="begin"),
    path("desk/charters/new/<str:token>/", beginning.preview, name="preview"),
    path("desk/charters/<slug:slug>/next/", beginning.begin, name="begin-version"),
    path("desk/charters/<slug:slug>/next/<str:token>/", beginning.preview, name="preview-version"),
    path(VERSION, drafting.draft, name="draft"),
    path(f"{VERSION}provision/<int:key>/", drafting.provision, name="step"),
    path(f"{VERSION}undo/", drafting.undo, name="undo"),
    path(f"{VERSION}redo/", drafting.redo, name="redo"),
    path(f"{VERSION}problems/", checking.problems, name="problems"),
    path(f"{VERSION}leavings/", checking.leavings, name="leavings"),
    path(f"{VERSION}titles/", drafting.titles, name="titles"),
    path(f"{VERSION}passport/", beginning.describe, name="passport"),
    path(f"{VERSION}languages/", beginning.languages, name="editions"),
    path(f"{VERSION}mapping/", reviewing.mapping, name="mapping"),
    path(f"{VERSION}correspondence/", corresponding.table, name="corresponding"),
    path(f"{VERSION}review/", reviewing.review, name="review"),
    path(f"{VERSION}submit/", reviewing.submit, name="submit"),
    path(f"{VERSION}discard/", reviewing.discard, name="discard"),
]
