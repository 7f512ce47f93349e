"""A commitment, its reports and its control by one person."""

from django.urls import path

from kelisim.commitments.views import duty, public, reporting, reviewing

urlpatterns = [
    path("commitments/<int:pk>/", public.commitment, name="commitment"),
    path("commitments/evidence/<int:pk>/", public.evidence, name="evidence"),
    path("commitments/photos/<int:pk>/", public.photo, name="photo"),
    path("desk/commitments/<int:pk>/", duty.duty, name="duty"),
    path("desk/commitments/terms/<int:pk>/report/", reporting.report, name="report"),
    path("desk/reports/<int:pk>/", reviewing.review, name="review"),
]
