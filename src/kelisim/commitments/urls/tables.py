"""The official table of a plan: taken away as a file, and brought back."""

from django.urls import path

from kelisim.commitments.views import importing, tables

urlpatterns = [
    path("plans/<slug:slug>/table.xlsx", tables.plan_xlsx, name="plan_xlsx"),
    path("plans/<slug:slug>/table.docx", tables.plan_docx, name="plan_docx"),
    path("desk/editions/<int:pk>/table.xlsx", tables.draft_xlsx, name="draft_xlsx"),
    path("desk/editions/<int:pk>/import/", importing.upload, name="import"),
    path("desk/editions/<int:pk>/import/take/", importing.take, name="import-take"),
]
