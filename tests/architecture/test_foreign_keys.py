"""Foreign keys point the way that imports do. Keys named by a string no import checker can see."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

PYPROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
FLOW = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
DEPTH = {room: depth for depth, layer in enumerate(FLOW) for room in layer.split(" | ")}


def upward(found):
    """Relations of these models to a model of an earlier or an equal room of the contract."""
    return [
        f"{model._meta.label}.{field.name} → {other._meta.label}"
        for model in found
        if model._meta.app_label in DEPTH
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
        if (other := field.related_model) and other._meta.app_label in DEPTH
        if other._meta.app_label != model._meta.app_label
        if other._meta.label != settings.AUTH_USER_MODEL
        if DEPTH[other._meta.app_label] <= DEPTH[model._meta.app_label]
    ]


def test_every_room_with_models_stands_in_the_contract():
    ours = {a.label for a in apps.get_app_configs() if a.name.startswith("kelisim.")}
    assert ours <= set(DEPTH)


def test_foreign_keys_point_one_way():
    assert upward(apps.get_models()) == []


@pytest.mark.parametrize("room", ["jobs", "ledger", "pages"])
def test_rooms_below_people_know_no_person(room):
    """Even the one model that everybody may point to is not for the rooms below it."""
    below = [m for m in apps.get_models() if m._meta.app_label == room]
    assert [
        f"{m._meta.label}.{f.name}"
        for m in below
        for f in m._meta.get_fields()
        if f.is_relation and f.related_model and f.related_model._meta.app_label == "people"
    ] == []


@isolate_apps("kelisim.charter", "kelisim.ledger", "kelisim.people")
def test_a_key_that_points_back_is_seen():
    class Act(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "charter"

    class Note(models.Model):  # noqa: DJ008
        act = models.ForeignKey("charter.Act", on_delete=models.CASCADE)

        class Meta:
            app_label = "ledger"

    class Page(models.Model):  # noqa: DJ008
        note = models.ForeignKey("ledger.Note", on_delete=models.CASCADE)

        class Meta:
            app_label = "charter"

    assert upward([Act, Note, Page]) == ["ledger.Note.act → charter.Act"]
