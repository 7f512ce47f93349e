from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kelisim.charter import guards


def guard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection)


def unguard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("charter", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
