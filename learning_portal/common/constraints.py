"""Check constraints that every text column needs: SQLite takes megabytes in a varchar(200), and NUL bytes."""

from collections.abc import Mapping

from django.db import models
from django.db.models.functions import Length


class HasNul(models.Func):
    """True where a text holds a NUL. PostgreSQL never stores one; SQLite's own text functions stop at it."""

    arity = 1
    output_field = models.BooleanField()
    conditional = True

    def as_sqlite(self, compiler, connection, **context):
        return super().as_sql(
            compiler, connection, template="instr(CAST(%(expressions)s AS BLOB), x'00') > 0", **context
        )

    def as_postgresql(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, template="(%(expressions)s) IS NULL", **context)


def bounded_text(model: str, limits: Mapping[str, int]) -> list[models.CheckConstraint]:
    """For each field: no more than so many characters, and no NUL. Names start with the model's."""
    return [
        models.CheckConstraint(
            name=f"{model}_{field}_bounded",
            condition=models.Q(models.lookups.LessThanOrEqual(Length(field), limit)) & ~models.Q(HasNul(field)),
        )
        for field, limit in limits.items()
    ]


def one_of(model: str, field: str, choices: type[models.Choices]) -> models.CheckConstraint:
    """The column holds one of the declared choices."""
    return models.CheckConstraint(name=f"{model}_{field}_known", condition=models.Q(**{f"{field}__in": choices.values}))


def exactly(field: str, length: int) -> models.Q:
    """The column holds exactly so many characters."""
    return models.Q(models.lookups.Exact(Length(field), length))


def only_of(field: str, characters: str) -> models.Q:
    """The column holds none but these characters: stripping them off both ends leaves nothing. So does a blank."""
    stripped = models.Func(models.F(field), models.Value(characters), function="TRIM", output_field=models.CharField())
    return models.Q(models.lookups.Exact(stripped, ""))
