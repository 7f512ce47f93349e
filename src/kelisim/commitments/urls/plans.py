"""Plans: read in public; drafted, agreed and approved on the desk."""

from django.urls import path

from kelisim.commitments.views import plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:slug>/", plans.plan, name="plan"),
    path("plans/<slug:slug>/editions/<int:number>/", plans.plan, name="edition"),
    path("plans/<slug:slug>/compare/", plans.compare, name="compare"),
]
