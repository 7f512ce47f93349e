"""Letters that an act brings about: queued inside its transaction, written by `tasks`."""

from typing import TYPE_CHECKING, cast

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.tasks import Task


def post(name: str, number: int) -> None:
    """Queue a task of this room by its name: tasks stand above actions, so none is imported."""
    task = cast("Task[[int], None]", import_string(f"kelisim.meetings.tasks.{name}"))
    task.enqueue(number)
