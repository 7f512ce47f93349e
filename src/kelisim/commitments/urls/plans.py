"""Plans: read in public; agreed, approved, amended and closed on the desk."""

from django.urls import path

from kelisim.commitments.views import agreeing, approving, plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:slug>/", plans.plan, name="plan"),
    path("plans/<slug:slug>/editions/<int:number>/", plans.plan, name="edition"),
    path("plans/<slug:slug>/compare/", plans.compare, name="compare"),
    path("desk/plans/agreements/", agreeing.agreements, name="agreements"),
    path("desk/plans/agreements/<int:pk>/", agreeing.agreement, name="agreement"),
    path("desk/plans/editions/<int:pk>/", agreeing.sheet, name="sheet"),
    path("desk/plans/editions/<int:pk>/approval/", approving.approval, name="approval"),
]
