"""How well a story's words answer a query: BM25 (Robertson and Zaragoza 2009), with statistics of public stories only.

    score = sum over the words t of the query of  n_t idf_t w (k1 + 1) / (w + k1 (1 - b + b L / mean L))
    idf_t = ln(1 + (N - df_t + 1/2) / (df_t + 1/2))

n_t: how often t stands in the query; w: the weight of t in the story; L: the story's length; N and mean L: number and
mean length of public stories; df_t: how many of them have t. Scores are divided by their bound, the sum of
n_t idf_t (k1 + 1), and so lie in 0..1.
"""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from ..models.search import Posting
from .predicate import keys_statement, run, written
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
WITH query (stem, word, factor) AS (VALUES {words}),
matched AS MATERIALIZED (
    SELECT story_id, score FROM (
        SELECT story_id, SUM(factor * weight / (
            weight + CAST(%s AS double precision) + CAST(%s AS double precision) * length
        )) AS score
        FROM ({found}) found
        GROUP BY story_id
    ) scored
    WHERE story_id IN ({visible})
)
SELECT story_id, score FROM (SELECT story_id, score FROM matched ORDER BY score DESC, story_id LIMIT %s) best
"""
FOUND = """
SELECT posting.story_id, query.factor, posting.weight, posting.length
FROM query CROSS JOIN {posting} posting WHERE posting.stem = query.stem
"""
FOUND_ANY = """
SELECT posting.story_id, query.word, query.factor, SUM(posting.weight) AS weight, posting.length
FROM query CROSS JOIN {posting} posting WHERE posting.stem = query.stem
GROUP BY posting.story_id, query.word, query.factor, posting.length
"""
"""A word for which others will do as well is one word: their weights are added (Pirkola 1998)."""
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


def scores(
    query: Sequence[str | tuple[str, ...]], stories: QuerySet, *, limit: int, also: Sequence[int] = ()
) -> dict[int, float]:
    """The scores, 0..1, of the best `limit` of these stories, and of those in `also` that have any of the words.

    A word of the query is a stem, or several of which any will do: it counts as the commonest.
    """
    visible = keys_statement(stories)
    if not query or not visible:
        return {}
    counted, factors, same = _terms(query)
    rows = [(stem, word, factor) for word, factor in factors.items() for stem in sorted(same[word])]
    found = FOUND if len(rows) == len(factors) else FOUND_ANY
    statement = STATEMENT.format(
        words=", ".join(["(%s, %s, CAST(%s AS double precision))"] * len(rows)),
        found=found.format(posting=Posting._meta.db_table),
        visible=visible[0],
    )
    slope = K1 * B / counted.mean_length
    parameters = [*itertools.chain.from_iterable(rows), K1 * (1 - B), slope, *visible[1], limit]
    if also:
        statement += ALSO.format(keys=written(also))
    bound = sum(factors.values())
    return {key: score / bound for key, score in run(stories, statement, parameters)}


def looked_for(query: Sequence[str | tuple[str, ...]]) -> set[str]:
    """Every stem for which `scores` looks: of a long query not its commonest."""
    _counted, factors, same = _terms(query)
    return set().union(*(same[word] for word in factors))


def _terms(
    query: Sequence[str | tuple[str, ...]],
) -> tuple[Statistics, dict[str, float], Mapping[str, set[str]]]:
    """The statistics that the query needs, the factor of each word that tells something, and the stems of each."""
    counted = statistics({form for word in query for form in _forms(word)})
    same: dict[str, set[str]] = collections.defaultdict(set)
    stems = []
    for word in query:
        stems.append(known_form(word, counted) if isinstance(word, str) else _commonest(word, counted))
        same[stems[-1]].update([stems[-1]] if isinstance(word, str) else word)
    return counted, _factors(telling(stems, counted), counted), same


def _forms(word: str | tuple[str, ...]) -> Iterable[str]:
    return radicals(word) if isinstance(word, str) else word


def _commonest(stems: Iterable[str], counted: Statistics) -> str:
    return max(stems, key=lambda stem: (counted.frequency.get(stem, 0), stem))


def _factors(stems: Sequence[str], counted: Statistics) -> dict[str, float]:
    """n idf (k1 + 1) of each stem: what the best possible story would get for it."""
    return {stem: n * counted.idf(stem) * (K1 + 1) for stem, n in collections.Counter(stems).items()}
