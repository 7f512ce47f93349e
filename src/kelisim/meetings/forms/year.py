"""What a member says of their own year."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AccountForm(forms.Form):
    undertook = forms.CharField(
        label=_("What I undertook"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("What I did"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
