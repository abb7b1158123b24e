import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import learning_portal.common.constraints
import learning_portal.common.public_ids
import stories.models.watch


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
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("networks", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name_en", models.CharField(max_length=120, verbose_name="Name in English")),
                ("name_cy", models.CharField(blank=True, max_length=120, verbose_name="Name in Welsh")),
            ],
            options={
                "ordering": ["name_en", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("slug"), 60
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("slug"), _negated=True),
                        ),
                        name="programme_slug_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_en"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_en"), _negated=True),
                        ),
                        name="programme_name_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_cy"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_cy"), _negated=True),
                        ),
                        name="programme_name_cy_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectList",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("rows", models.TextField()),
                ("matching", models.JSONField(default=dict)),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("rows"), 4000000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("rows"), _negated=True),
                        ),
                        name="projectlist_rows_bounded",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("text", models.TextField()),
                ("query", models.CharField(blank=True, max_length=2000)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.organisation",
                    ),
                ),
                ("expires_on", models.DateField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("token_sha256"), 64)
                        ),
                        name="sharedplan_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="sharedplan_text_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("query"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("query"), _negated=True),
                        ),
                        name="sharedplan_query_bounded",
                    ),
                ],
            },
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
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("text", models.TextField()),
                ("topics", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.organisation",
                    ),
                ),
                ("looked_on", models.DateField(default=django.utils.timezone.localdate)),
                ("expires_on", models.DateField(default=stories.models.watch.last_day)),
                ("thread", models.BigIntegerField(default=learning_portal.common.public_ids.random_key)),
            ],
            options={
                "ordering": ["expires_on", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="watch_has_a_plan"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="watch_text_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("title_en", models.CharField(max_length=120)),
                ("title_cy", models.CharField(max_length=120)),
                ("introduction_en", models.TextField()),
                ("introduction_cy", models.TextField()),
            ],
            options={
                "ordering": ["title_en", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title_en", ""), _negated=True),
                            models.Q(("title_cy", ""), _negated=True),
                            models.Q(("introduction_en", ""), _negated=True),
                            models.Q(("introduction_cy", ""), _negated=True),
                        ),
                        name="collection_introduced_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("slug"), 60
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("slug"), _negated=True),
                        ),
                        name="collection_slug_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("title_en"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("title_en"), _negated=True),
                        ),
                        name="collection_title_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("title_cy"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("title_cy"), _negated=True),
                        ),
                        name="collection_title_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("introduction_en"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("introduction_en"), _negated=True),
                        ),
                        name="collection_introduction_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("introduction_cy"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("introduction_cy"), _negated=True),
                        ),
                        name="collection_introduction_cy_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitedProject",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.organisation"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("folded", models.CharField(max_length=240)),
                ("own_id", models.CharField(blank=True, max_length=80)),
                ("lead", models.CharField(blank=True, max_length=254)),
                ("thread", models.BigIntegerField(default=learning_portal.common.public_ids.random_key)),
                ("invited_on", models.DateField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("lead", ""), _negated=True),
                        fields=["invited_on"],
                        name="invitedproject_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("own_id"),
                        condition=models.Q(("own_id", ""), _negated=True),
                        name="invitedproject_once_by_own_id",
                    ),
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("folded"),
                        condition=models.Q(("own_id", "")),
                        name="invitedproject_once_by_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminded_on", None), ("invited_on__isnull", False), _connector="OR"),
                        name="invitedproject_reminded_after_invited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name"), _negated=True),
                        ),
                        name="invitedproject_name_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("folded"), 240
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("folded"), _negated=True),
                        ),
                        name="invitedproject_folded_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("own_id"), 80
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("own_id"), _negated=True),
                        ),
                        name="invitedproject_own_id_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("lead"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("lead"), _negated=True),
                        ),
                        name="invitedproject_lead_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("lessons", "Lessons record"), ("summary", "Project summary")], max_length=10
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("worked", "It worked"),
                            ("mixed", "Mixed results"),
                            ("failed", "It did not work"),
                            ("stopped", "Stopped early"),
                            ("early", "Too early to say"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("confidential", "Confidential: the service knows who wrote it, readers do not"),
                            ("anonymous", "Anonymous: nobody knows who wrote it"),
                        ],
                        default="named",
                        max_length=12,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Anyone"),
                            ("members", "Verified public servants"),
                            ("front_line", "People in front-line bodies"),
                            ("network", "Members of named networks"),
                        ],
                        default="public",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("awaiting", "Awaiting approval"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("retired", "Retired"),
                            ("hidden", "Hidden after a report"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "language",
                    models.CharField(choices=[("en", "English"), ("cy", "Cymraeg")], default="en", max_length=2),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.organisation",
                    ),
                ),
                ("band", models.CharField(blank=True, max_length=80)),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.programme",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stories.story",
                    ),
                ),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Idea"), (1, "Design"), (2, "Pilot"), (3, "Roll-out"), (4, "Running")],
                        null=True,
                    ),
                ),
                (
                    "delivery",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "In-house"),
                            (2, "Shared with other bodies"),
                            (3, "Partnership"),
                            (4, "Outsourced"),
                            (5, "Grant-funded third party"),
                            (6, "Own company"),
                        ],
                        null=True,
                    ),
                ),
                (
                    "evaluation",
                    models.CharField(
                        choices=[
                            ("none", "Not evaluated"),
                            ("own", "Evaluated by the team itself"),
                            ("independent", "Independently evaluated"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("cost", models.PositiveBigIntegerField(blank=True, null=True)),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "facets",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(0),
                                            "+",
                                            models.Case(
                                                models.When(outcome="worked", then=models.Value(1)),
                                                models.When(outcome="mixed", then=models.Value(2)),
                                                models.When(outcome="failed", then=models.Value(3)),
                                                models.When(outcome="stopped", then=models.Value(4)),
                                                models.When(outcome="early", then=models.Value(5)),
                                                default=models.Value(0),
                                            ),
                                        ),
                                        "+",
                                        models.Case(
                                            models.When(kind="lessons", then=models.Value(8)),
                                            models.When(kind="summary", then=models.Value(16)),
                                            default=models.Value(0),
                                        ),
                                    ),
                                    "+",
                                    models.Case(
                                        models.When(stage=0, then=models.Value(32)),
                                        models.When(stage=1, then=models.Value(64)),
                                        models.When(stage=2, then=models.Value(96)),
                                        models.When(stage=3, then=models.Value(128)),
                                        models.When(stage=4, then=models.Value(160)),
                                        default=models.Value(0),
                                    ),
                                ),
                                "+",
                                models.Case(
                                    models.When(evaluation="none", then=models.Value(256)),
                                    models.When(evaluation="own", then=models.Value(512)),
                                    models.When(evaluation="independent", then=models.Value(768)),
                                    default=models.Value(0),
                                ),
                            ),
                            "+",
                            models.Case(
                                models.When(language="en", then=models.Value(1024)),
                                models.When(language="cy", then=models.Value(2048)),
                                default=models.Value(0),
                            ),
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("in_person", models.BooleanField(default=False)),
                ("champion", models.CharField(blank=True, max_length=120)),
                ("cross_sector", models.BooleanField(default=False)),
                (
                    "origin",
                    models.CharField(
                        choices=[("told", "Told here"), ("imported", "Imported"), ("example", "Invented for the demo")],
                        default="told",
                        max_length=10,
                    ),
                ),
                ("source_name", models.CharField(blank=True, max_length=120)),
                ("source_id", models.CharField(blank=True, max_length=120)),
                ("source_url", models.CharField(blank=True, max_length=500)),
                ("source_licence", models.CharField(blank=True, max_length=120)),
                ("source_organisation", models.CharField(blank=True, max_length=160)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("approved_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "pool",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("network", "Convenors of the network"),
                            ("front_line", "Moderators who work at a front-line body"),
                            ("moderators", "Moderators"),
                        ],
                        max_length=10,
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("not_before", models.DateField(blank=True, null=True)),
                ("publish_unchanged", models.BooleanField(default=False)),
                (
                    "revises",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stories",
                "indexes": [
                    models.Index(
                        fields=["status", "audience", "organisation", "id", "facets", "programme", "year"],
                        name="story_list",
                    ),
                    models.Index(fields=["status", "-published_on", "id"], name="story_newest"),
                    models.Index(
                        condition=models.Q(("project__isnull", False)), fields=["project"], name="story_project"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["lessons", "summary"])), name="story_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["worked", "mixed", "failed", "stopped", "early"])),
                        name="story_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voice__in", ["named", "confidential", "anonymous"])),
                        name="story_voice_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members", "front_line", "network"])),
                        name="story_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "returned",
                                    "awaiting",
                                    "approved",
                                    "published",
                                    "withdrawn",
                                    "retired",
                                    "hidden",
                                ],
                            )
                        ),
                        name="story_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["told", "imported", "example"])), name="story_origin_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evaluation__in", ["none", "own", "independent"])),
                        name="story_evaluation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pool", ""), ("pool__in", ["network", "front_line", "moderators"]), _connector="OR"
                        ),
                        name="story_pool_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ("submitted", "returned", "awaiting", "approved", "hidden")),
                                _negated=True,
                            ),
                            models.Q(("pool", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="story_waits_in_a_pool",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cy"])), name="story_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage", None), ("stage__in", [0, 1, 2, 3, 4]), _connector="OR"),
                        name="story_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delivery", None), ("delivery__in", [1, 2, 3, 4, 5, 6]), _connector="OR"),
                        name="story_delivery_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year", None), ("year__range", (1900, 2100)), _connector="OR"),
                        name="story_year_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("band", ""), ("voice", "named")),
                            models.Q(
                                models.Q(("voice", "named"), _negated=True),
                                models.Q(("band", ""), _negated=True),
                                ("champion", ""),
                                ("cost", None),
                                ("months", None),
                                ("organisation", None),
                                ("programme", None),
                                ("project", None),
                                ("source_organisation", ""),
                                ("year", None),
                            ),
                            _connector="OR",
                        ),
                        name="story_unnamed_shows_its_band_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voice", "named"), _negated=True),
                            ("organisation__isnull", False),
                            ("origin", "imported"),
                            _connector="OR",
                        ),
                        name="story_told_by_name_has_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(("origin", "told"), _negated=True),
                            models.Q(("approved_sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="story_told_is_published_by_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "imported"), _negated=True),
                            models.Q(
                                models.Q(("source_name", ""), _negated=True),
                                models.Q(("source_id", ""), _negated=True),
                                models.Q(("source_licence", ""), _negated=True),
                                ("voice", "named"),
                            ),
                            _connector="OR",
                        ),
                        name="story_imported_names_its_source",
                    ),
                    models.UniqueConstraint(
                        models.F("revises"),
                        condition=models.Q(("revises__isnull", False)),
                        name="story_changed_once_at_a_time",
                    ),
                    models.UniqueConstraint(
                        models.F("source_name"),
                        models.F("source_id"),
                        condition=models.Q(("source_id", ""), _negated=True),
                        name="story_imported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("band"), 80
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("band"), _negated=True),
                        ),
                        name="story_band_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("champion"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("champion"), _negated=True),
                        ),
                        name="story_champion_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source_name"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("source_name"), _negated=True),
                        ),
                        name="story_source_name_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source_id"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("source_id"), _negated=True),
                        ),
                        name="story_source_id_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source_url"), 500
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("source_url"), _negated=True),
                        ),
                        name="story_source_url_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source_licence"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("source_licence"), _negated=True),
                        ),
                        name="story_source_licence_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source_organisation"), 160
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("source_organisation"), _negated=True),
                        ),
                        name="story_source_organisation_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("on", models.DateField(verbose_name="Date")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("on_track", "On track"),
                            ("wobbling", "Wobbling"),
                            ("stuck", "Stuck"),
                            ("changed_course", "Changed course"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=14,
                    ),
                ),
                ("line", models.CharField(max_length=250)),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["on_track", "wobbling", "stuck", "changed_course", "stopped"])
                        ),
                        name="progressupdate_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("line"), 250
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("line"), _negated=True),
                        ),
                        name="progressupdate_line_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelayMessage",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("from_author", models.BooleanField()),
                ("text", models.TextField()),
                ("week", models.DateField()),
                ("read", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(models.F("story"), models.F("number"), name="relaymessage_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="relaymessage_text_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.organisation"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField()),
                ("on", models.DateField()),
                ("shown", models.BooleanField(default=False)),
                ("version", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("story"),
                        models.F("organisation"),
                        condition=models.Q(("shown", False)),
                        name="reply_waits_once_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="reply_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("role"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("role"), _negated=True),
                        ),
                        name="reply_role_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 1200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="reply_text_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reuse",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.organisation"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("adopted", "We are using it"),
                            ("adapting", "We are adapting it"),
                            ("not_for_us", "It is not for us"),
                            ("stopped", "We used it and stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=250)),
                ("may_be_named", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("organisation"), models.F("story"), name="reuse_once"),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["adopted", "adapting", "not_for_us", "stopped"])),
                        name="reuse_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("why"), 250
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("why"), _negated=True),
                        ),
                        name="reuse_why_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryAction",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.action"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryComment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("week", models.DateField()),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(models.F("story"), models.F("number"), name="storycomment_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 1800
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="storycomment_text_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.contact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("story"), models.F("contact"), name="storycontact_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryIntroduction",
            fields=[
                (
                    "introduction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="networks.introduction",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryNetwork",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("story"), models.F("network"), name="storynetwork_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryQuestion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("week", models.DateField()),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_week", models.DateField(blank=True, null=True)),
                ("author_told", models.BooleanField(default=False)),
                ("asker_told", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["week", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("story"), models.F("asker"), models.F("week"), name="storyquestion_once_a_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="storyquestion_asks_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_week", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_week__isnull", False)),
                            _connector="OR",
                        ),
                        name="storyquestion_answered_in_a_week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 1000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="storyquestion_text_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("answer"), 1000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("answer"), _negated=True),
                        ),
                        name="storyquestion_answer_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryReport",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("personal", "It tells too much about a person"),
                            ("wrong", "Something in it is wrong"),
                            ("unfair", "It is unfair"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField()),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(max_length=2)),
                ("week", models.DateField()),
                ("answer", models.CharField(blank=True, max_length=600)),
                ("answered_week", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["week", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["personal", "wrong", "unfair", "other"])),
                        name="storyreport_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="storyreport_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_week", None)),
                            models.Q(
                                ("address", ""),
                                ("answered_week__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="storyreport_answered_keeps_no_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 1000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="storyreport_words_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("address"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("address"), _negated=True),
                        ),
                        name="storyreport_address_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("language"), 2
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("language"), _negated=True),
                        ),
                        name="storyreport_language_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("answer"), 600
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("answer"), _negated=True),
                        ),
                        name="storyreport_answer_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryTopic",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="storytopic+", to="networks.topic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("tag"), models.F("content_object"), name="storytopic_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("confidential", "Confidential: the service knows who wrote it, readers do not"),
                            ("anonymous", "Anonymous: nobody knows who wrote it"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Anyone"),
                            ("members", "Verified public servants"),
                            ("front_line", "People in front-line bodies"),
                            ("network", "Members of named networks"),
                        ],
                        max_length=10,
                    ),
                ),
                ("band", models.CharField(blank=True, max_length=80)),
                (
                    "written_by",
                    models.CharField(
                        choices=[("author", "Author"), ("moderator", "Moderator"), ("import", "Import")], max_length=10
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("story"), models.F("number"), name="version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("voice__in", ["named", "confidential", "anonymous"])),
                        name="version_voice_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members", "front_line", "network"])),
                        name="version_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64)
                        ),
                        name="version_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 250000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="version_words_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("band"), 80
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("band"), _negated=True),
                        ),
                        name="version_band_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchFound",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.watch"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("watch"), models.F("story"), name="watchfound_once")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("number", models.PositiveIntegerField(default=0)),
                ("words", models.TextField(default="{}")),
                ("week", models.DateField()),
                ("other_words", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 60000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="draft_words_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("other_words"), 60000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("other_words"), _negated=True),
                        ),
                        name="draft_other_words_bounded",
                    ),
                ],
            },
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
            options={
                "indexes": [models.Index(fields=["model", "change"], name="embedding_changes")],
            },
        ),
        migrations.CreateModel(
            name="Handling",
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("since", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportedFacts",
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
                ("facts", models.JSONField()),
            ],
        ),
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
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryContext",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="context",
                        serialize=False,
                        to="stories.story",
                    ),
                ),
                ("problem", models.BigIntegerField(default=0)),
                ("problem_n", models.PositiveSmallIntegerField(default=0)),
                ("users", models.BigIntegerField(default=0)),
                ("users_n", models.PositiveSmallIntegerField(default=0)),
                ("constraint", models.BigIntegerField(default=0)),
                ("constraint_n", models.PositiveSmallIntegerField(default=0)),
                ("service", models.PositiveSmallIntegerField(null=True)),
                ("population", models.PositiveSmallIntegerField(null=True)),
                ("staff", models.PositiveSmallIntegerField(null=True)),
                ("budget", models.PositiveSmallIntegerField(null=True)),
                ("rurality", models.PositiveSmallIntegerField(null=True)),
                ("deprivation", models.PositiveSmallIntegerField(null=True)),
                ("delivery", models.PositiveSmallIntegerField(null=True)),
                ("nation", models.PositiveSmallIntegerField(null=True)),
                ("cost", models.PositiveSmallIntegerField(null=True)),
                ("duration", models.PositiveSmallIntegerField(null=True)),
                ("kind", models.PositiveSmallIntegerField(null=True)),
                ("stage", models.PositiveSmallIntegerField(null=True)),
                ("method", models.BigIntegerField(default=0)),
                ("sector", models.PositiveSmallIntegerField(null=True)),
                ("region", models.PositiveSmallIntegerField(null=True)),
                ("size", models.PositiveSmallIntegerField(null=True)),
                (
                    "facets",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(0),
                                            "+",
                                            models.Case(
                                                models.When(sector=1, then=models.Value(1)),
                                                models.When(sector=2, then=models.Value(2)),
                                                models.When(sector=3, then=models.Value(3)),
                                                models.When(sector=4, then=models.Value(4)),
                                                models.When(sector=5, then=models.Value(5)),
                                                models.When(sector=6, then=models.Value(6)),
                                                models.When(sector=7, then=models.Value(7)),
                                                default=models.Value(0),
                                            ),
                                        ),
                                        "+",
                                        models.Case(
                                            models.When(nation=1, then=models.Value(8)),
                                            models.When(nation=2, then=models.Value(16)),
                                            models.When(nation=3, then=models.Value(24)),
                                            models.When(nation=4, then=models.Value(32)),
                                            models.When(nation=5, then=models.Value(40)),
                                            default=models.Value(0),
                                        ),
                                    ),
                                    "+",
                                    models.Case(
                                        models.When(region=1, then=models.Value(64)),
                                        models.When(region=2, then=models.Value(128)),
                                        models.When(region=3, then=models.Value(192)),
                                        models.When(region=4, then=models.Value(256)),
                                        models.When(region=5, then=models.Value(320)),
                                        models.When(region=6, then=models.Value(384)),
                                        models.When(region=7, then=models.Value(448)),
                                        models.When(region=8, then=models.Value(512)),
                                        models.When(region=9, then=models.Value(576)),
                                        models.When(region=10, then=models.Value(640)),
                                        models.When(region=11, then=models.Value(704)),
                                        models.When(region=12, then=models.Value(768)),
                                        default=models.Value(0),
                                    ),
                                ),
                                "+",
                                models.Case(
                                    models.When(size=1, then=models.Value(1024)),
                                    models.When(size=2, then=models.Value(2048)),
                                    models.When(size=3, then=models.Value(3072)),
                                    models.When(size=4, then=models.Value(4096)),
                                    default=models.Value(0),
                                ),
                            ),
                            "+",
                            models.Case(
                                models.When(rurality=0, then=models.Value(8192)),
                                models.When(rurality=1, then=models.Value(16384)),
                                models.When(rurality=2, then=models.Value(24576)),
                                models.When(rurality=3, then=models.Value(32768)),
                                default=models.Value(0),
                            ),
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sector", "nation", "size", "rurality"], name="context_facets")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("submitted", "Sent in by its author"),
                            ("edited", "Changed by a moderator"),
                            ("asked", "Question asked by a moderator"),
                            ("approved", "Approved by a moderator"),
                            ("returned", "Returned by a moderator"),
                            ("author_approved", "Approved by its author"),
                            ("published", "Published"),
                            ("hidden", "Hidden by a moderator"),
                            ("restored", "Shown again by a moderator"),
                            ("withdrawn", "Withdrawn"),
                            ("retired", "Retired by a moderator"),
                            ("merged", "Merged with another by a moderator"),
                            ("handed", "Handed to the next moderator"),
                            ("revealed", "Its author was revealed to the custodian"),
                            ("kept", "Link to its author erased"),
                            ("curated", "The service's own words were changed"),
                            ("refused", "A change refused by a moderator"),
                        ],
                        max_length=15,
                    ),
                ),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("by_label", models.CharField(blank=True, max_length=254)),
                ("version", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verb__in",
                                [
                                    "submitted",
                                    "edited",
                                    "asked",
                                    "approved",
                                    "returned",
                                    "author_approved",
                                    "published",
                                    "hidden",
                                    "restored",
                                    "withdrawn",
                                    "retired",
                                    "merged",
                                    "handed",
                                    "revealed",
                                    "kept",
                                    "curated",
                                    "refused",
                                ],
                            )
                        ),
                        name="decision_verb_known",
                    ),
                    models.UniqueConstraint(models.F("story"), models.F("number"), name="decision_number_once"),
                    models.UniqueConstraint(
                        models.F("story"),
                        models.F("seal"),
                        models.F("version"),
                        condition=models.Q(("verb", "approved")),
                        name="decision_approves_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("by_label"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("by_label"), _negated=True),
                        ),
                        name="decision_by_label_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("reason"), 1000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("reason"), _negated=True),
                        ),
                        name="decision_reason_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectionStory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.collection"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("collection"), models.F("story"), name="collectionstory_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorLink",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("is_warned", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("story"), models.F("user"), name="authorlink_once")],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.event"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(models.F("event"), models.F("story"), name="agendaitem_once")],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("on_track", "On track"),
                            ("wobbling", "Wobbling"),
                            ("stuck", "Stuck"),
                            ("changed_course", "Changed course"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=14,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("user"), models.F("story"), name="follow_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seen__in", ["on_track", "wobbling", "stuck", "changed_course", "stopped"])
                        ),
                        name="follow_seen_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Helped",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("change", "This changes what I'll do"), ("thanks", "Thank you")], max_length=6
                    ),
                ),
                ("seal", models.CharField(max_length=64)),
                ("told_in", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("story"), models.F("kind"), models.F("seal"), name="helped_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["change", "thanks"])), name="helped_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("seal"), 64)
                        ),
                        name="helped_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeavingRequest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=2)),
                ("ends_on", models.DateField()),
                ("thread", models.BigIntegerField(default=learning_portal.common.public_ids.random_key)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reminded_on", None), ("sent_on__isnull", False), _connector="OR"),
                        name="leavingrequest_reminded_after_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("address"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("address"), _negated=True),
                        ),
                        name="leavingrequest_address_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("language"), 2
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("language"), _negated=True),
                        ),
                        name="leavingrequest_language_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("author", "Author"),
                            ("leaving", "Leaving link"),
                            ("interview", "Interview"),
                            ("colleague", "Shown to a colleague"),
                        ],
                        max_length=10,
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True)),
                (
                    "leaver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stories.leavingrequest",
                    ),
                ),
                ("is_told", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["author", "leaving", "interview", "colleague"])),
                        name="receipt_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64)
                        ),
                        name="receipt_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leaver", None), ("kind", "leaving"), _connector="OR"),
                        name="receipt_mailed_to_who_leaves",
                    ),
                ],
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
            name="PostStory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=learning_portal.common.public_ids.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.networkpost"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.story"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="invitedproject",
            name="story",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="stories.story",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="topics",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="stories.StoryTopic",
                to="networks.Topic",
                verbose_name="Tags",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="published_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stories.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "hidden"), _negated=True),
                    models.Q(("published_on__isnull", False), ("published_version__isnull", False)),
                    _connector="OR",
                ),
                name="story_hidden_has_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    models.Q(("published_on__isnull", False), ("published_version__isnull", False)),
                    _connector="OR",
                ),
                name="story_published_has_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revises", None),
                    models.Q(
                        ("origin", "told"),
                        ("published_on", None),
                        ("published_version", None),
                        models.Q(("status__in", ["published", "hidden"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="story_change_is_never_shelved",
            ),
        ),
        migrations.RunPython(hold_all_columns_in_key, migrations.RunPython.noop),
    ]
