"""`kelisim person invite`: the first administrator of a new installation."""

import re

import pytest
from django.test import Client

from kelisim.people import commands
from kelisim.people.models import Person
from tests.people.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_made_at_the_command_line(capsys):
    assert commands.invite("boss@demo.example", "Бақыт", "kk", administrator=True) == 0
    link = re.search(r"/kk/account/password/reset/key/\S+", capsys.readouterr().out)[0]
    page = (client := Client()).get(link, follow=True)
    twice = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(page.request["PATH_INFO"], twice).status_code == 302
    signed_in = client.post(
        "/kk/account/login/", {"login": "boss@demo.example", "password": PASSWORD}
    )
    assert signed_in.status_code == 302
    assert client.get("/kk/people/").status_code == 200


def test_a_link_works_once(capsys):
    commands.invite("boss@demo.example", "Бақыт")
    link = re.search(r"/kk/account/password/reset/key/\S+", capsys.readouterr().out)[0]
    page = (client := Client()).get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_a_refusal_at_the_command_line_says_why(capsys):
    assert commands.invite("boss@demo.example", "Бақыт") == 0
    assert commands.invite("boss@demo.example", "Бақыт") == 1
    assert "есептік жазба бар" in capsys.readouterr().err
    assert Person.objects.count() == 1
