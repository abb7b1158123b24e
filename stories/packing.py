"""Small codes of several columns in one whole number, which the database itself keeps: browse reads one column where it
would read six, and counts its few different values."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Case, Expression, GeneratedField, IntegerField, Value, When
from django.db.models.expressions import Combinable, CombinedExpression

from networks.choices import Nation, Region, Rurality, Sector

from .choices import Evaluation, Outcome, SizeBand, Stage, StoryKind

Code = str | int


class Packing:
    """Columns with the values that each may have. A column takes as many bits as it needs; 0 is "not stated"."""

    def __init__(self, **columns: Sequence[Code]):
        self.columns = columns
        self._shift: dict[str, int] = {}
        width = 0
        for name, values in columns.items():
            self._shift[name] = width
            width += len(values).bit_length()

    def field(self) -> GeneratedField:
        """The column that holds the number."""
        total: Expression = Value(0)
        for name, values in self.columns.items():
            whens = [When(**{name: code}, then=Value(place << self._shift[name])) for place, code in _places(values)]
            total = CombinedExpression(total, Combinable.ADD, Case(*whens, default=Value(0)))
        return GeneratedField(expression=total, output_field=IntegerField(), db_persist=True)

    def counts(self, name: str, numbers: Mapping[int, int]) -> Counter[Code]:
        """How often each value of one column stands there, from how often each packed number does."""
        shift, values = self._shift[name], dict(_places(self.columns[name]))
        mask = (1 << len(values).bit_length()) - 1
        found: Counter[Code] = Counter()
        for number, count in numbers.items():
            if place := number >> shift & mask:
                found[values[place]] += count
        return found


def _places(values: Sequence[Code]) -> list[tuple[int, Code]]:
    return list(enumerate(values, start=1))


OF_STORY = Packing(
    outcome=Outcome.values,
    kind=StoryKind.values,
    stage=Stage.values,
    evaluation=Evaluation.values,
    language=["en", "cy"],
)
OF_PLACE = Packing(
    sector=Sector.values,
    nation=Nation.values,
    region=Region.values,
    size=SizeBand.values,
    rurality=Rurality.values,
)
