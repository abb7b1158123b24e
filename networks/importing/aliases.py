"""Other names of bodies from a file of their own. Pure."""

import collections
import dataclasses
from collections.abc import Sequence

from learning_portal.common.text import clean_line

from .bodies import Body, distinct
from .tables import Problem, Table, require


def add_aliases(bodies: Sequence[Body], table: Table) -> tuple[list[Body], list[Problem]]:
    """The bodies with their other names. Names of a body that is not among them make a body of their own, which must
    then stand in the register already. Raises BadFile."""
    column = "org_id" if "org_id" in table.columns else "code"
    require(table, ["alias", column])
    names: dict[str, list[str]] = collections.defaultdict(list)
    lines: dict[str, int] = {}
    problems = list(table.problems)
    for line, row in table.rows:
        code, alias = clean_line(row[column]), clean_line(row["alias"]).replace("|", " ")
        if not code or not alias:
            problems.append(Problem(line, f"({table.name}) it needs both alias and {column}"))
        names[code].append(alias)
        lines.setdefault(code, line)
    known = {code: body for body in bodies for code in (body.code, *body.other_codes)}
    added: dict[str, Body] = {}
    for code, others in names.items():
        body = known.get(code) or Body(line=lines[code], code=code, facts={}, file=table.name)
        body = added.get(body.code, body)
        added[body.code] = dataclasses.replace(body, aliases=distinct([*body.aliases, *others]))
    rest = [body for code, body in added.items() if code not in known]
    return [added.get(body.code, body) for body in bodies] + rest, problems
