import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import learning_portal.common.constraints
import learning_portal.common.public_ids
import networks.models.question
import networks.models.sponsorship


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("common", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("sha256"), name="calendarfeed_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64)
                        ),
                        name="calendarfeed_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("sha256"), _negated=True),
                        ),
                        name="calendarfeed_sha256_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=120,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?!suggest\\Z)(?!\\.+\\Z)[A-Za-z0-9._-]+\\Z",
                                "A code holds letters without accents, figures, dots, hyphens and underscores. It is neither dots alone nor the word suggest.",
                            )
                        ],
                        verbose_name="Code",
                    ),
                ),
                ("name_en", models.CharField(max_length=160, verbose_name="Name in English")),
                ("name_cy", models.CharField(blank=True, max_length=160, verbose_name="Name in Welsh")),
                (
                    "aliases",
                    models.CharField(
                        blank=True, help_text="Separated by |", max_length=600, verbose_name="Other names"
                    ),
                ),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Public body of a kind not known"),
                            (8, "Council (all local services)"),
                            (9, "District council"),
                            (10, "County council"),
                            (11, "Combined or regional authority"),
                            (16, "Health board"),
                            (17, "NHS trust"),
                            (18, "Integrated care board"),
                            (24, "Police force"),
                            (32, "Fire and rescue service"),
                            (40, "Government department"),
                            (41, "Government agency or public body"),
                            (42, "Auditor, inspectorate or regulator"),
                            (48, "University"),
                            (49, "Further education college"),
                            (56, "National park authority"),
                            (57, "Housing association"),
                        ],
                        default=0,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "nation",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Wales"),
                            (2, "England"),
                            (3, "Scotland"),
                            (4, "Northern Ireland"),
                            (5, "United Kingdom"),
                        ],
                        verbose_name="Nation",
                    ),
                ),
                (
                    "region",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "North East"),
                            (2, "North West"),
                            (3, "Yorkshire and The Humber"),
                            (4, "East Midlands"),
                            (5, "West Midlands"),
                            (6, "East of England"),
                            (7, "London"),
                            (8, "South East"),
                            (9, "South West"),
                            (10, "Wales"),
                            (11, "Scotland"),
                            (12, "Northern Ireland"),
                        ],
                        null=True,
                        verbose_name="Region",
                    ),
                ),
                ("population", models.PositiveIntegerField(blank=True, null=True, verbose_name="Population")),
                ("staff", models.PositiveIntegerField(blank=True, null=True, verbose_name="Staff")),
                (
                    "budget",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="Yearly budget in pounds"),
                ),
                ("area_km2", models.FloatField(blank=True, null=True, verbose_name="Area in square kilometres")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="Latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="Longitude")),
                (
                    "rurality",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Urban"), (1, "Urban with rural areas"), (2, "Rural"), (3, "Sparse and rural")],
                        null=True,
                        verbose_name="Rurality",
                    ),
                ),
                (
                    "deprivation",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Most deprived fifth"),
                            (2, "More deprived than most"),
                            (3, "Middle"),
                            (4, "Less deprived than most"),
                            (5, "Least deprived fifth"),
                        ],
                        null=True,
                        verbose_name="Deprivation",
                    ),
                ),
                ("deprivation_score", models.FloatField(blank=True, null=True, verbose_name="Deprivation score")),
                (
                    "email_domains",
                    models.CharField(
                        blank=True, help_text="Separated by |", max_length=300, verbose_name="E-mail domains"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="networks.organisation",
                    ),
                ),
                ("is_example", models.BooleanField(default=False, verbose_name="Invented for the demo")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="Source of the figures")),
            ],
            options={
                "ordering": ["name_en", "pk"],
                "indexes": [models.Index(fields=["is_example", "replaced_by", "kind"], name="organisation_current")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("code"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("code"), _negated=True),
                        ),
                        name="organisation_code_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_en"), 160
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_en"), _negated=True),
                        ),
                        name="organisation_name_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_cy"), 160
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_cy"), _negated=True),
                        ),
                        name="organisation_name_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("aliases"), 600
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("aliases"), _negated=True),
                        ),
                        name="organisation_aliases_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("email_domains"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("email_domains"), _negated=True),
                        ),
                        name="organisation_email_domains_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("source"), _negated=True),
                        ),
                        name="organisation_source_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", [0, 8, 9, 10, 11, 16, 17, 18, 24, 32, 40, 41, 42, 48, 49, 56, 57])
                        ),
                        name="organisation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nation__in", [1, 2, 3, 4, 5])), name="organisation_nation_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_en", ""), _negated=True), name="organisation_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                models.Func(
                                    models.F("code"),
                                    models.Value("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"),
                                    function="TRIM",
                                    output_field=models.CharField(),
                                ),
                                "",
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        models.F("code"),
                                        models.Value("."),
                                        function="TRIM",
                                        output_field=models.CharField(),
                                    ),
                                    "",
                                ),
                                _negated=True,
                            ),
                            models.Q(("code", "suggest"), _negated=True),
                        ),
                        name="organisation_code_fits_addresses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("region", None), ("region__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), _connector="OR"
                        ),
                        name="organisation_region_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rurality", None), ("rurality__in", [0, 1, 2, 3]), _connector="OR"),
                        name="organisation_rurality_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deprivation", None), ("deprivation__in", [1, 2, 3, 4, 5]), _connector="OR"
                        ),
                        name="organisation_deprivation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area_km2", None), ("area_km2__gt", 0), _connector="OR"),
                        name="organisation_area_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_on_earth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None),
                            models.Q(("replaced_by", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_not_its_own_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.organisation"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("employee", "Employee"), ("elected", "Elected member"), ("contractor", "Contractor")],
                        default="employee",
                        max_length=10,
                        verbose_name="Capacity",
                    ),
                ),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="Verified on")),
                ("verified_by", models.CharField(blank=True, max_length=254, verbose_name="Verified by")),
                ("domain", models.CharField(blank=True, max_length=253, verbose_name="E-mail domain")),
                (
                    "is_mixed",
                    models.BooleanField(
                        default=False, verbose_name="Shares its domain with bodies that are not front line"
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Ended on")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"),
                        models.F("organisation"),
                        condition=models.Q(("ended_on", None)),
                        name="affiliation_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_on", None), models.Q(("verified_by", ""), _negated=True), _connector="OR"
                        ),
                        name="affiliation_verified_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__in", ["employee", "elected", "contractor"])),
                        name="affiliation_capacity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("verified_by"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("verified_by"), _negated=True),
                        ),
                        name="affiliation_verified_by_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("domain"), 253
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("domain"), _negated=True),
                        ),
                        name="affiliation_domain_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.organisation"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("role", models.CharField(max_length=120, verbose_name="Role")),
                ("on", models.DateField(verbose_name="Date")),
            ],
            options={
                "ordering": ["-on", "pk"],
                "constraints": [
                    models.UniqueConstraint(models.F("user"), models.F("organisation"), name="pledge_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("role", ""), _negated=True)
                        ),
                        name="pledge_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name"), _negated=True),
                        ),
                        name="pledge_name_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("role"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("role"), _negated=True),
                        ),
                        name="pledge_role_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sponsorship",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.organisation"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("employee", "Employee"), ("elected", "Elected member"), ("contractor", "Contractor")],
                        max_length=10,
                    ),
                ),
                (
                    "sponsor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("confirmed", "Confirmed"), ("refused", "Refused")],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("expires_on", models.DateField(default=networks.models.sponsorship.last_day)),
            ],
            options={
                "ordering": ["expires_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), condition=models.Q(("state", "asked")), name="sponsorship_one_waits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sponsor", None), models.Q(("sponsor", models.F("user")), _negated=True), _connector="OR"
                        ),
                        name="sponsorship_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "confirmed", "refused"])),
                        name="sponsorship_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__in", ["employee", "elected", "contractor"])),
                        name="sponsorship_capacity_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("problem", "Problem"),
                            ("users", "Who it serves"),
                            ("constraint", "Constraint"),
                            ("method", "Method"),
                            ("service", "Service area"),
                        ],
                        max_length=10,
                        verbose_name="Group",
                    ),
                ),
                ("bit", models.PositiveSmallIntegerField(verbose_name="Bit")),
                ("code", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Service code")),
                ("name_cy", models.CharField(max_length=100, verbose_name="Name in Welsh")),
                ("meaning_en", models.CharField(max_length=200, verbose_name="Meaning")),
                ("meaning_cy", models.CharField(max_length=200, verbose_name="Meaning in Welsh")),
                (
                    "words_en",
                    models.CharField(
                        blank=True, help_text="Separated by |", max_length=600, verbose_name="Other words for it"
                    ),
                ),
                (
                    "words_cy",
                    models.CharField(
                        blank=True, help_text="Separated by |", max_length=600, verbose_name="Other words in Welsh"
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["group", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(models.F("group"), models.F("bit"), name="topic_bit_once_a_group"),
                    models.UniqueConstraint(models.F("code"), name="topic_code_once"),
                    models.CheckConstraint(condition=models.Q(("bit__range", (0, 62))), name="topic_bit_fits_a_mask"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__isnull", False), ("group", "service")),
                            models.Q(models.Q(("group", "service"), _negated=True), ("code", None)),
                            _connector="OR",
                        ),
                        name="topic_service_has_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["problem", "users", "constraint", "method", "service"])),
                        name="topic_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("slug"), 100
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("slug"), _negated=True),
                        ),
                        name="topic_slug_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 100
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name"), _negated=True),
                        ),
                        name="topic_name_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_cy"), 100
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_cy"), _negated=True),
                        ),
                        name="topic_name_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("meaning_en"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("meaning_en"), _negated=True),
                        ),
                        name="topic_meaning_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("meaning_cy"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("meaning_cy"), _negated=True),
                        ),
                        name="topic_meaning_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words_en"), 600
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words_en"), _negated=True),
                        ),
                        name="topic_words_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words_cy"), 600
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words_cy"), _negated=True),
                        ),
                        name="topic_words_cy_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("role", models.CharField(max_length=120, verbose_name="Role")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.organisation"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Anybody"),
                            ("members", "Verified public servants"),
                            ("networks", "Members of my networks"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="Who may see this card",
                    ),
                ),
                ("team_mailbox", models.EmailField(blank=True, max_length=254, verbose_name="Team mailbox")),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="networks.contact",
                    ),
                ),
                ("can_help_with", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                ("wants_to_learn", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                (
                    "formats",
                    models.CharField(
                        blank=True, help_text="Separated by |", max_length=80, verbose_name="Ways to meet"
                    ),
                ),
                (
                    "working_days",
                    models.CharField(blank=True, help_text="Separated by |", max_length=9, verbose_name="Working days"),
                ),
                (
                    "languages",
                    models.CharField(blank=True, help_text="Separated by |", max_length=20, verbose_name="Languages"),
                ),
                ("monthly_limit", models.PositiveSmallIntegerField(default=2, verbose_name="Meetings a month")),
                ("paused_until", models.DateField(blank=True, null=True, verbose_name="Not to be asked until")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="Confirmed on")),
                (
                    "moved_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="networks.contact",
                    ),
                ),
                ("archived_on", models.DateField(blank=True, null=True, verbose_name="Left on")),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name"), _negated=True),
                        ),
                        name="contact_name_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("role"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("role"), _negated=True),
                        ),
                        name="contact_role_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("team_mailbox"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("team_mailbox"), _negated=True),
                        ),
                        name="contact_team_mailbox_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("formats"), 80
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("formats"), _negated=True),
                        ),
                        name="contact_formats_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("working_days"), 9
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("working_days"), _negated=True),
                        ),
                        name="contact_working_days_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("languages"), 20
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("languages"), _negated=True),
                        ),
                        name="contact_languages_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members", "networks"])),
                        name="contact_audience_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="contact_named"),
                    models.CheckConstraint(condition=models.Q(("monthly_limit__lte", 31)), name="contact_limit_sane"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy", None), models.Q(("deputy", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="contact_deputy_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("moved_to", None), models.Q(("moved_to", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="contact_moved_to_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
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
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
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
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.contact",
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        choices=[
                            ("host", "The person asked"),
                            ("deputy", "Their deputy"),
                            ("team", "Their team’s mailbox"),
                            ("convenor", "The convenor of a network that you share"),
                            ("colleague", "A colleague whom they named"),
                            ("desk", "Somebody whom the matching desk found"),
                        ],
                        default="host",
                        max_length=9,
                    ),
                ),
                ("questions", models.TextField(max_length=753)),
                ("plan", models.TextField(blank=True, max_length=2000)),
                ("topics", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("video", "Video call"),
                            ("visit", "Visit"),
                            ("shadowing", "Shadowing"),
                            ("mentoring", "Mentoring"),
                            ("secondment", "Secondment"),
                        ],
                        max_length=12,
                    ),
                ),
                ("days", models.CharField(blank=True, max_length=9)),
                ("may_pass_to", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("at_desk", "The matching desk is looking for somebody"),
                            ("accepted", "Agreed"),
                            ("not_now", "Not now"),
                            ("declined", "They cannot help"),
                            ("met", "You met"),
                            ("not_met", "You did not meet"),
                            ("unheard", "We did not hear whether you met"),
                            ("withdrawn", "Withdrawn"),
                            ("off", "Called off by the person asked"),
                            ("nobody", "We found nobody"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("sent_on", models.DateField()),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=600)),
                ("meets_at", models.DateTimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("visit", models.BigIntegerField(blank=True, null=True)),
                ("is_mentoring", models.BooleanField(default=False)),
                ("meetings", models.PositiveSmallIntegerField(default=0)),
                ("followed_up_on", models.DateField(blank=True, null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("using", "We are using it"),
                            ("adapting", "We are adapting it"),
                            ("helped", "It helped us think"),
                            ("not_for_us", "It is not for us"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("thread", models.BigIntegerField(default=learning_portal.common.public_ids.random_key)),
            ],
            options={
                "ordering": ["-sent_on", "pk"],
                "indexes": [
                    models.Index(models.F("host"), models.F("state"), models.F("asked_on"), name="introduction_load"),
                    models.Index(models.F("state"), models.F("due_on"), name="introduction_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("asker"),
                        models.F("host"),
                        condition=models.Q(("state__in", ["asked", "accepted"])),
                        name="introduction_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "asked",
                                    "at_desk",
                                    "accepted",
                                    "not_now",
                                    "declined",
                                    "met",
                                    "not_met",
                                    "unheard",
                                    "withdrawn",
                                    "off",
                                    "nobody",
                                ],
                            )
                        ),
                        name="introduction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder__in", ["host", "deputy", "team", "convenor", "colleague", "desk"])),
                        name="introduction_holder_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("format__in", ["call", "video", "visit", "shadowing", "mentoring", "secondment"])
                        ),
                        name="introduction_format_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", ""),
                            ("result__in", ["using", "adapting", "helped", "not_for_us"]),
                            _connector="OR",
                        ),
                        name="introduction_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("questions", ""), _negated=True), name="introduction_asks_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_on__isnull", False),
                                ("host__isnull", False),
                                ("state__in", ["asked", "accepted"]),
                            ),
                            models.Q(("asked_on", None), ("host", None), ("state", "at_desk")),
                            models.Q(("state__in", ["asked", "accepted", "at_desk"]), _negated=True),
                            _connector="OR",
                        ),
                        name="introduction_somebody_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on", None), ("state", "asked"), _connector="OR"),
                        name="introduction_due_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("followed_up_on", None), ("meets_at", None), ("visit", None)),
                            ("state__in", ["accepted", "met", "not_met", "unheard", "withdrawn", "off"]),
                            _connector="OR",
                        ),
                        name="introduction_meets_once_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("state__in", ["asked", "at_desk", "accepted"])),
                            models.Q(
                                models.Q(("state__in", ["asked", "at_desk", "accepted"]), _negated=True),
                                ("ended_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="introduction_ended_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("meetings__lte", 1),
                            models.Q(("is_mentoring", True), ("meetings__lte", 3)),
                            _connector="OR",
                        ),
                        name="introduction_meetings_few",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("questions"), 753
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("questions"), _negated=True),
                        ),
                        name="introduction_questions_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("plan"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("plan"), _negated=True),
                        ),
                        name="introduction_plan_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("days"), 9),
                            models.Q(learning_portal.common.constraints.HasNul("days"), _negated=True),
                        ),
                        name="introduction_days_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("may_pass_to"), 20
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("may_pass_to"), _negated=True),
                        ),
                        name="introduction_may_pass_to_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 600
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="introduction_words_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("place"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("place"), _negated=True),
                        ),
                        name="introduction_place_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntroductionStep",
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
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.introduction"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("team_asked", "Team Asked"),
                            ("unanswered", "Unanswered"),
                            ("away", "Away"),
                            ("redirected", "Redirected"),
                            ("accepted", "Accepted"),
                            ("moved", "Moved"),
                            ("called_off", "Called Off"),
                            ("not_now", "Not Now"),
                            ("declined", "Declined"),
                            ("to_desk", "To Desk"),
                            ("withdrawn", "Withdrawn"),
                            ("nobody", "Nobody"),
                            ("met", "Met"),
                            ("not_met", "Not Met"),
                            ("unheard", "Unheard"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.contact",
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["introduction", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("introduction"), models.F("number"), name="introductionstep_number_once"
                    ),
                    models.UniqueConstraint(
                        models.F("introduction"),
                        models.F("contact"),
                        models.F("verb"),
                        condition=models.Q(("verb__in", ["asked", "team_asked"])),
                        name="introductionstep_asks_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verb__in",
                                [
                                    "asked",
                                    "team_asked",
                                    "unanswered",
                                    "away",
                                    "redirected",
                                    "accepted",
                                    "moved",
                                    "called_off",
                                    "not_now",
                                    "declined",
                                    "to_desk",
                                    "withdrawn",
                                    "nobody",
                                    "met",
                                    "not_met",
                                    "unheard",
                                ],
                            )
                        ),
                        name="introductionstep_verb_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeftReport",
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.contact"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("left", "Left"), ("here", "Still Here")],
                        default="asked",
                        max_length=5,
                    ),
                ),
                ("is_mailed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("contact"), condition=models.Q(("state", "asked")), name="leftreport_one_waits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "left", "here"])), name="leftreport_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="leftreport_words_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="Name in English")),
                ("name_cy", models.CharField(blank=True, max_length=120, verbose_name="Name in Welsh")),
                ("purpose_en", models.CharField(blank=True, max_length=300, verbose_name="Purpose in English")),
                ("purpose_cy", models.CharField(blank=True, max_length=300, verbose_name="Purpose in Welsh")),
                ("topics", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                (
                    "sectors",
                    models.CharField(blank=True, help_text="Separated by |", max_length=40, verbose_name="Sectors"),
                ),
                (
                    "how_to_join",
                    models.CharField(
                        choices=[
                            ("open", "Any verified public servant can join"),
                            ("approval", "Ask, and a convenor decides"),
                            ("invitation", "By invitation of a convenor"),
                            ("elsewhere", "It lives elsewhere"),
                        ],
                        default="approval",
                        max_length=10,
                        verbose_name="How to join",
                    ),
                ),
                ("elsewhere_url", models.URLField(blank=True, max_length=300, verbose_name="Where it lives")),
                ("joining_en", models.CharField(blank=True, max_length=300, verbose_name="How to join, in English")),
                ("joining_cy", models.CharField(blank=True, max_length=300, verbose_name="How to join, in Welsh")),
                ("convenor_name", models.CharField(blank=True, max_length=120, verbose_name="Who convenes it")),
                ("convenor_role", models.CharField(blank=True, max_length=120, verbose_name="Their role")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="Last checked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for its second convenor"),
                            ("active", "Active"),
                            ("resting", "Resting"),
                            ("merged", "Merged into another"),
                        ],
                        default="active",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="Started on")),
                ("kept_on", models.DateField(blank=True, null=True, verbose_name="Kept on")),
                ("why_new", models.CharField(blank=True, max_length=400, verbose_name="Why none of the others fitted")),
                ("rest_asked_on", models.DateField(blank=True, editable=False, null=True)),
                ("rest_thread", models.BigIntegerField(blank=True, editable=False, null=True, unique=True)),
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
                        name="network_slug_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_en"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_en"), _negated=True),
                        ),
                        name="network_name_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name_cy"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("name_cy"), _negated=True),
                        ),
                        name="network_name_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("purpose_en"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("purpose_en"), _negated=True),
                        ),
                        name="network_purpose_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("purpose_cy"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("purpose_cy"), _negated=True),
                        ),
                        name="network_purpose_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("sectors"), 40
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("sectors"), _negated=True),
                        ),
                        name="network_sectors_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("elsewhere_url"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("elsewhere_url"), _negated=True),
                        ),
                        name="network_elsewhere_url_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("joining_en"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("joining_en"), _negated=True),
                        ),
                        name="network_joining_en_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("joining_cy"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("joining_cy"), _negated=True),
                        ),
                        name="network_joining_cy_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("convenor_name"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("convenor_name"), _negated=True),
                        ),
                        name="network_convenor_name_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("convenor_role"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("convenor_role"), _negated=True),
                        ),
                        name="network_convenor_role_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("why_new"), 400
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("why_new"), _negated=True),
                        ),
                        name="network_why_new_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how_to_join__in", ["open", "approval", "invitation", "elsewhere"])),
                        name="network_how_to_join_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "active", "resting", "merged"])),
                        name="network_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_en", ""), _negated=True),
                            models.Q(("name_cy", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="network_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how_to_join", "elsewhere"), models.Q(("elsewhere_url", ""), _negated=True)),
                            models.Q(models.Q(("how_to_join", "elsewhere"), _negated=True), ("elsewhere_url", "")),
                            _connector="OR",
                        ),
                        name="network_elsewhere_has_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", False),
                                ("state", "merged"),
                                models.Q(("merged_into", models.F("pk")), _negated=True),
                            ),
                            models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                            _connector="OR",
                        ),
                        name="network_merged_into_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rest_asked_on", None), ("rest_thread", None)),
                            models.Q(
                                ("rest_asked_on__isnull", False), ("rest_thread__isnull", False), ("state", "active")
                            ),
                            _connector="OR",
                        ),
                        name="network_asked_by_thread",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoffeeSeries",
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
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("monthly", "Every month, until you stop it"), ("once", "Once")], max_length=7
                    ),
                ),
                ("seed", models.CharField(max_length=13)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("next_on", models.DateField(null=True)),
                ("is_held", models.BooleanField(default=False)),
                ("stopped_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("network"), condition=models.Q(("stopped_on", None)), name="coffeeseries_one_runs"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_on__isnull", False), ("stopped_on", None)),
                            models.Q(("is_held", False), ("next_on", None), ("stopped_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="coffeeseries_runs_or_stopped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seed", ""), _negated=True), name="coffeeseries_has_seed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rhythm__in", ["monthly", "once"])), name="coffeeseries_rhythm_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("seed"), 13
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("seed"), _negated=True),
                        ),
                        name="coffeeseries_seed_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoffeeRound",
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
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.coffeeseries"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("seed", models.CharField(max_length=20)),
                ("basis", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("preview", "Preview"), ("sent", "Sent"), ("over", "Over")],
                        default="preview",
                        max_length=7,
                    ),
                ),
                ("made_on", models.DateField()),
                ("told_on", models.DateField(null=True)),
                ("is_changed", models.BooleanField(default=False)),
                ("sent_on", models.DateField(null=True)),
                ("asked_on", models.DateField(null=True)),
                ("repeats", models.PositiveSmallIntegerField(default=0)),
                ("rounds_left", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "ordering": ["-sent_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(models.F("series"), models.F("number"), name="coffeeround_once"),
                    models.UniqueConstraint(
                        models.F("series"), condition=models.Q(("state", "preview")), name="coffeeround_one_preview"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="coffeeround_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_on", None), ("state", "preview")),
                            models.Q(models.Q(("state", "preview"), _negated=True), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="coffeeround_sent_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_on", None), ("sent_on__isnull", False), _connector="OR"),
                        name="coffeeround_asked_when_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["preview", "sent", "over"])), name="coffeeround_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("seed"), 20
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("seed"), _negated=True),
                        ),
                        name="coffeeround_seed_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("basis"), 64
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("basis"), _negated=True),
                        ),
                        name="coffeeround_basis_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True, max_length=2000)),
                (
                    "language",
                    models.CharField(choices=[("en", "English"), ("cy", "Welsh")], default="en", max_length=2),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("online", "Online"),
                            ("open_day", "Open day"),
                            ("visit", "Site visit"),
                        ],
                        max_length=9,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("link", models.CharField(blank=True, max_length=300)),
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
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["network", "starts_at"], name="event_of_network")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["in_person", "online", "open_day", "visit"])),
                        name="event_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cy"])), name="event_language_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="event_titled"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="event_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places", None), ("places__gte", 1), _connector="OR"),
                        name="event_has_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("title"), 120
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("title"), _negated=True),
                        ),
                        name="event_title_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("description"), 2000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("description"), _negated=True),
                        ),
                        name="event_description_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("place"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("place"), _negated=True),
                        ),
                        name="event_place_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("link"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("link"), _negated=True),
                        ),
                        name="event_link_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("going", "Going"),
                            ("waiting", "On the waiting list"),
                            ("back", "Not going any more"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                ("came", models.BooleanField(blank=True, null=True)),
            ],
            options={
                "ordering": ["turn", "pk"],
                "constraints": [
                    models.UniqueConstraint(models.F("event"), models.F("user"), name="attendance_once"),
                    models.UniqueConstraint(models.F("event"), models.F("turn"), name="attendance_in_turn"),
                    models.CheckConstraint(
                        condition=models.Q(("came", None), ("state", "going"), _connector="OR"),
                        name="attendance_came_who_was_going",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["going", "waiting", "back"])), name="attendance_state_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("is_convenor", models.BooleanField(default=False, verbose_name="Convenor")),
                ("joined_on", models.DateField(verbose_name="Joined on")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="Left on")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("network"),
                        models.F("user"),
                        condition=models.Q(("left_on", None)),
                        name="membership_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoffeeChoice",
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
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("yes", "Yes, put me together with somebody"),
                            ("skip", "Yes, but not in the next round"),
                            ("no", "No, not any more"),
                        ],
                        max_length=4,
                    ),
                ),
                ("reach", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("network"), models.F("user"), name="coffeechoice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["yes", "skip", "no"])), name="coffeechoice_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("part", "no"), _negated=True), ("reach", ""), _connector="OR"),
                        name="coffeechoice_no_says_no_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("reach"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("reach"), _negated=True),
                        ),
                        name="coffeechoice_reach_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Admission",
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
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked to join"),
                            ("invited", "Invited to join"),
                            ("convene", "Invited to convene"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=400)),
                ("asked_on", models.DateField(default=django.utils.timezone.localdate)),
                ("taken_back_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["asked_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("address"), 254
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("address"), _negated=True),
                        ),
                        name="admission_address_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 400
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="admission_words_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["asked", "invited", "convene"])), name="admission_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("user__isnull", False)),
                            models.Q(("user", None), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="admission_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("kind", "asked"), ("user__isnull", False)),
                            models.Q(models.Q(("kind", "asked"), _negated=True), ("by__isnull", False)),
                            _connector="OR",
                        ),
                        name="admission_asked_by_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_back_on", None), models.Q(("kind", "asked"), _negated=True), _connector="OR"
                        ),
                        name="admission_invitation_taken_back",
                    ),
                    models.UniqueConstraint(
                        models.F("network"),
                        models.F("user"),
                        condition=models.Q(("taken_back_on", None), ("user__isnull", False)),
                        name="admission_one_waits_for_a_person",
                    ),
                    models.UniqueConstraint(
                        models.F("network"),
                        django.db.models.functions.text.Lower("address"),
                        condition=models.Q(("taken_back_on", None), models.Q(("address", ""), _negated=True)),
                        name="admission_one_waits_for_an_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="networks.event",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dropped", "Given up"), ("declined", "Declined")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("is_recorded", models.BooleanField(default=False)),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                (
                    "thread",
                    models.BigIntegerField(default=learning_portal.common.public_ids.random_key, editable=False),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("event"),
                        models.F("owner"),
                        condition=models.Q(("event__isnull", False), ("is_recorded", False)),
                        name="action_one_at_an_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="action_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_recorded", False), ("network__isnull", False), _connector="OR"),
                        name="action_recorded_of_a_network",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True), ("is_recorded", True), _connector="OR"
                        ),
                        name="action_declined_was_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "dropped", "declined"])),
                        name="action_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="action_text_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkPost",
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
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                ("language", models.CharField(default="en", max_length=2)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                ("number", models.PositiveIntegerField(default=0)),
                ("is_of_story", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 1000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="networkpost_words_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("language"), 2
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("language"), _negated=True),
                        ),
                        name="networkpost_language_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="networkpost_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("language", models.CharField(default="en", max_length=2)),
                ("asked_on", models.DateField(default=django.utils.timezone.localdate)),
                ("closes_on", models.DateField(default=networks.models.question.last_day)),
                ("is_counted", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-asked_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 200
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("text"), _negated=True),
                        ),
                        name="question_text_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("language"), 2
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("language"), _negated=True),
                        ),
                        name="question_language_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="question_asks_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gt", models.F("asked_on"))), name="question_closes_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionChoice",
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
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.question"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=80)),
                ("votes", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("label"), 80
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("label"), _negated=True),
                        ),
                        name="questionchoice_label_bounded",
                    ),
                    models.UniqueConstraint(
                        models.F("question"), models.F("number"), name="questionchoice_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="questionchoice_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.question"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "choice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.questionchoice"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("question"), models.F("user"), name="answer_once")],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.introduction"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.contact"
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(models.F("introduction"), models.F("contact"), name="report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="report_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 1000
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="report_words_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("knows", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                ("wants", models.ManyToManyField(blank=True, related_name="+", to="networks.topic")),
                ("formats", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("formats"), 80
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("formats"), _negated=True),
                        ),
                        name="preferences_formats_bounded",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionFollowUp",
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.action"
                    ),
                ),
                ("months", models.PositiveSmallIntegerField()),
                ("asked_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "I passed it on"),
                            ("learning", "I am learning more about it"),
                            ("doing", "I am doing it"),
                            ("helped", "It helped"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["months", "pk"],
                "constraints": [
                    models.UniqueConstraint(models.F("action"), models.F("months"), name="actionfollowup_once"),
                    models.CheckConstraint(
                        condition=models.Q(("months__in", (1, 3, 6))), name="actionfollowup_months_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on", None)),
                            models.Q(
                                ("answer__in", ["passed", "learning", "doing", "helped"]),
                                ("answered_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="actionfollowup_answered_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardPrompt",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="networks.contact",
                    ),
                ),
                ("thread", models.BigIntegerField(default=learning_portal.common.public_ids.random_key)),
                ("asked_on", models.DateField()),
                ("times", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("times__range", (1, 2))), name="cardprompt_times_sane")
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.contact"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("contact"), models.F("user"), name="block_once")],
            },
        ),
        migrations.CreateModel(
            name="CoffeeSeat",
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.coffeeround"
                    ),
                ),
                ("group", models.PositiveSmallIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("is_guest", models.BooleanField(default=False)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("said_on", models.DateField(null=True)),
                (
                    "met",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes, we met"), ("not_yet", "Not yet, but we will"), ("no", "No")],
                        max_length=7,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["group", "is_guest", "pk"],
                "indexes": [models.Index(fields=["round", "group"], name="coffeeseat_group")],
                "constraints": [
                    models.UniqueConstraint(models.F("round"), models.F("user"), name="coffeeseat_once"),
                    models.CheckConstraint(
                        condition=models.Q(("is_guest", False), ("group__gt", 0), _connector="OR"),
                        name="coffeeseat_guest_has_hosts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("met", "")),
                            models.Q(("answered_on__isnull", False), ("met__in", ["yes", "not_yet", "no"])),
                            _connector="OR",
                        ),
                        name="coffeeseat_answer_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), ("said_on__isnull", False), _connector="OR"),
                        name="coffeeseat_words_have_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("words"), 300
                            ),
                            models.Q(learning_portal.common.constraints.HasNul("words"), _negated=True),
                        ),
                        name="coffeeseat_words_bounded",
                    ),
                ],
            },
        ),
    ]
