"""The system administrator's last resort: to look at people. Acts are done on our own pages."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from kelisim.people.models import Person
from kelisim.people.states import PersonState

# Whoever opens the admin has gone through the same sign-in, second step included.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Secrets of the second step and bare addresses are nobody's to browse; groups have no meaning here.
for model in (EmailAddress, Authenticator, Group):
    try:
        admin.site.unregister(model)
    except NotRegistered:
        continue


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Reads only: adding and changing lead to the pages whose acts the ledger records."""

    list_display = ("name", "email", "state")
    list_filter = ("state", "is_staff")

    def get_queryset(self, request: HttpRequest):  # type: ignore[no-untyped-def]  # noqa: ANN201
        return super().get_queryset(request).exclude(state=PersonState.ERASED)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:  # noqa: ARG002
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return self.has_module_permission(request) and obj is not None

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:  # noqa: ARG002
        return False

    def add_view(self, *_args: object, **_facts: object) -> HttpResponseRedirect:
        return redirect("people:invite")

    def change_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        object_id: str,
        *_args: object,
        **_facts: object,
    ) -> HttpResponseRedirect:
        return redirect("people:person", object_id)
