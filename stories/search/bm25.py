"""How well a story's words answer a query: BM25 (Robertson and Zaragoza 2009), with statistics of public stories only.

    score = sum over the words t of the query of  n_t idf_t w (k1 + 1) / (w + k1 (1 - b + b L / mean L))
    idf_t = ln(1 + (N - df_t + 1/2) / (df_t + 1/2))

n_t: how often t stands in the query; w: the weight of t in the story; L: the story's length; N and mean L: number and
mean length of public stories; df_t: how many of them have t. Scores are divided by their bound, the sum of
n_t idf_t (k1 + 1), and so lie in 0..1.
"""

from __future__ import annotations

import collections
from collections.abc import Sequence

from django.db.models import QuerySet

from ..models.search import Posting
from .predicate import keys_statement, run
from .vocabulary import Statistics, statistics
from .welsh import radicals

K1, B = 1.2, 0.75
SHORT = 4
"""A query of up to so many words keeps them all."""
COMMON = 3
"""A word in more than one in so many stories says little: a longer query drops it."""
KEPT = 2
"""The fewest words that a query keeps."""
READ = 60_000
"""The most rows that the words of a long query may have: a tenth of a second. Reached from some 30,000 stories on."""

STATEMENT = """
WITH query (stem, factor) AS (VALUES {words}),
matched AS MATERIALIZED (
    SELECT story_id, score FROM (
        SELECT posting.story_id, SUM(query.factor * posting.weight / (
            posting.weight + CAST(%s AS double precision) + CAST(%s AS double precision) * posting.length
        )) AS score
        FROM query CROSS JOIN {posting} posting WHERE posting.stem = query.stem
        GROUP BY posting.story_id
    ) scored
    WHERE story_id IN ({visible})
)
SELECT story_id, score FROM (SELECT story_id, score FROM matched ORDER BY score DESC, story_id LIMIT %s) best
"""
ALSO = "UNION SELECT story_id, score FROM matched WHERE story_id IN ({keys})"


def known_form(stem: str, counted: Statistics) -> str:
    """A stem that no story has may be a Welsh word after mutation: then the commonest word that it may come from."""
    if counted.frequency.get(stem):
        return stem
    return max(radicals(stem), key=lambda form: (counted.frequency.get(form, 0), form == stem, form))


def telling(stems: Sequence[str], counted: Statistics) -> list[str]:
    """The stems worth looking for. A long query drops its commonest: those in more than a third of the stories, and
    those beyond what there is time to read. It keeps two that are in some; what no story has stays, and rightly lowers
    every score."""
    rarest_first = sorted(set(stems), key=lambda stem: (counted.frequency.get(stem, 0), stem))
    if len(rarest_first) <= SHORT:
        return list(stems)
    kept, seen, read = set(), 0, 0
    for stem in rarest_first:
        found = counted.frequency.get(stem, 0)
        if seen >= KEPT and (found * COMMON > counted.documents or read + found > READ):
            break
        kept.add(stem)
        seen += found > 0
        read += found
    return [stem for stem in stems if stem in kept]


def scores(stems: Sequence[str], stories: QuerySet, *, limit: int, also: Sequence[int] = ()) -> dict[int, float]:
    """The scores, 0..1, of the best `limit` of these stories, and of those in `also` that have any of the words."""
    visible = keys_statement(stories)
    if not stems or not visible:
        return {}
    counted = statistics({form for stem in stems for form in radicals(stem)})
    factors = _factors(telling([known_form(stem, counted) for stem in stems], counted), counted)
    statement = STATEMENT.format(
        words=", ".join(["(%s, CAST(%s AS double precision))"] * len(factors)),
        posting=Posting._meta.db_table,
        visible=visible[0],
    )
    slope = K1 * B / counted.mean_length
    parameters = [*(value for pair in factors.items() for value in pair), K1 * (1 - B), slope, *visible[1], limit]
    if also:
        statement += ALSO.format(keys=", ".join(["%s"] * len(also)))
        parameters += also
    bound = sum(factors.values())
    return {key: score / bound for key, score in run(stories, statement, parameters)}


def _factors(stems: Sequence[str], counted: Statistics) -> dict[str, float]:
    """n idf (k1 + 1) of each stem: what the best possible story would get for it."""
    return {stem: n * counted.idf(stem) * (K1 + 1) for stem, n in collections.Counter(stems).items()}
