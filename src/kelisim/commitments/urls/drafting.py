"""Plans on the desk: begun, and drafted as a table."""

from django.urls import path

from kelisim.commitments.views import drafting, preparing

urlpatterns = [
    path("desk/plans/", drafting.office, name="office-plans"),
    path("desk/plans/new/", drafting.begin, name="begin-plan"),
    path("desk/commitments/<int:pk>/hand-down/", preparing.hand_down, name="hand-down"),
    path("desk/editions/<int:pk>/", drafting.draft, name="draft"),
    path("desk/editions/<int:pk>/acts/", drafting.act, name="draft-act"),
    path("desk/editions/<int:pk>/cells/", drafting.cells, name="cells"),
    path("desk/editions/<int:pk>/rows/", drafting.row, name="new-row"),
    path("desk/editions/<int:pk>/rows/<slug:key>/", drafting.row, name="row"),
    path("desk/editions/<int:pk>/headings/", drafting.new_heading, name="new-heading"),
]
