import django.db.models.deletion
from django.db import migrations, models


def hold_all_columns_in_key(apps, schema_editor):
    """Make the key of the inverted index hold its other columns, so that ranking reads nothing else.

    SQLite: a table without row numbers. PostgreSQL: a key that includes the columns, in byte order (quicker to keep).
    """
    table = apps.get_model("stories", "Posting")._meta.db_table
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN stem TYPE varchar(64) COLLATE "C"')
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey")
        schema_editor.execute(
            f"ALTER TABLE {table} ADD PRIMARY KEY (stem, story_id) INCLUDE (weight, length, is_public)"
        )
    else:
        _without_row_numbers(schema_editor, table)


def _without_row_numbers(schema_editor, table):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
        made = cursor.fetchall()
    schema_editor.execute(f"DROP TABLE {table}")
    for kind, sql in sorted(made, key=lambda row: row[0] != "table"):
        schema_editor.execute(f"{sql} WITHOUT ROWID" if kind == "table" else sql)


class Migration(migrations.Migration):
    """The index holds nothing that `manage.py reindex` does not make again: its old tables are dropped, not converted."""

    dependencies = [("stories", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="SearchDocument"),
        migrations.DeleteModel(name="Term"),
        migrations.DeleteModel(name="Embedding"),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="stories.story",
                    ),
                ),
                ("words", models.TextField()),
                ("length", models.PositiveIntegerField()),
                ("is_public", models.BooleanField()),
                ("fingerprint", models.PositiveBigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["is_public", "length", "fingerprint"], name="searchdocument_statistics")
                ]
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "stem", "story", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stem", models.CharField(max_length=64)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField()),
                ("length", models.PositiveIntegerField()),
                ("is_public", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("stem", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
                ("words", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Vocabulary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("documents", models.PositiveBigIntegerField()),
                ("length", models.PositiveBigIntegerField()),
                ("fingerprint", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Embedding",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="stories.story",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("model", models.CharField(max_length=64)),
                ("change", models.PositiveBigIntegerField(unique=True)),
                ("vector", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["model", "change"], name="embedding_changes")]},
        ),
        migrations.RunPython(hold_all_columns_in_key, migrations.RunPython.noop),
    ]
