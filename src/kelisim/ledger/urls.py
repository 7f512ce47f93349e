from django.urls import path

from kelisim.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.entries, name="entries"),
    path("ledger/checkpoint.json", views.checkpoint, name="checkpoint"),
]
