"""Three floors: imports point down only, also inside functions; and nothing else stands at the top."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["learning_portal.common", "networks", "stories", "learning_portal.site"]
TOP_LEVEL = {
    "manage.py",
    "pyproject.toml",
    "learning_portal",
    "stories",
    "networks",
    "templates",
    "static",
    "tests",
    "docs",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "Makefile",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-meaning.txt",
    "requirements-styles.txt",
    "requirements-test.txt",
}


def floor_of(module: str) -> int | None:
    found = [level for level, name in enumerate(FLOORS) if module == name or module.startswith(f"{name}.")]
    return found[0] if found else None


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(source: str, module: str, is_package: bool) -> set[str]:
    """The absolute names of everything that a module imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".") if is_package else module.split(".")[:-1]
            above = parts[: len(parts) - node.level + 1] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            names.update({base, *(f"{base}.{alias.name}" for alias in node.names)})
    return names


def upward(source: str, module: str, is_package: bool = False) -> set[str]:
    """What a module imports from a floor above its own."""
    own = floor_of(module)
    if own is None:
        return set()
    return {name for name in imports_of(source, module, is_package) if (floor_of(name) or 0) > own}


SOURCES = [path for name in ("learning_portal", "networks", "stories") for path in (ROOT / name).rglob("*.py")]


def test_imports_point_down():
    found = {path: upward(path.read_text(encoding="utf-8"), module_of(path), is_package(path)) for path in SOURCES}
    assert {str(path.relative_to(ROOT)): names for path, names in found.items() if names} == {}


def is_package(path: Path) -> bool:
    return path.name == "__init__.py"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("networks.models.topic", "from stories.models import Story"),
        ("networks.resolve", "def late():\n    import stories.models"),
        ("learning_portal.common.text", "from networks import gower"),
        ("stories.views.story", "from learning_portal.site.views import home"),
    ],
)
def test_an_import_upwards_is_caught(module, source):
    assert upward(source, module)


def test_who_cannot_name_what():
    """No field of networks points at a story, and no field of a story leaves a way back from a person."""
    from django.apps import apps

    for model in [*apps.get_app_config("networks").get_models(), *apps.get_app_config("common").get_models()]:
        relations = [rel for rel in model._meta.related_objects if rel.related_model._meta.app_label == "stories"]
        assert [rel for rel in relations if hasattr(model, rel.get_accessor_name() or "+")] == [], model


def test_nothing_else_stands_at_the_top():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    top = {name.split("/")[0] for name in tracked}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_no_module_has_grown_past_its_size():
    grown = {module_of(path): len(path.read_text().splitlines()) for path in SOURCES if "migrations" not in path.parts}
    assert {name: lines for name, lines in grown.items() if lines > 350} == {}


def test_who_is_of_the_programme_team_is_asked_in_one_place():
    asks = re.compile(r"(has_role\(|groups__name=)Role\.PROGRAMME_TEAM")
    assert [module_of(path) for path in SOURCES if asks.search(path.read_text())] == ["learning_portal.common.team"]
