"""The control table, its filters, acts on many at once."""

from django.urls import path

from kelisim.commitments.views import bulk, control

urlpatterns = [
    path("desk/control/", control.control, name="control"),
    path("desk/control/filters/", control.keep, name="keep-filter"),
    path("desk/control/filters/<int:pk>/", control.forget, name="forget-filter"),
    path("desk/control/acts/", bulk.acts, name="bulk"),
    path("desk/control/export.<str:form>", control.export, name="control-export"),
]
