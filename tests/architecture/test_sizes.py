"""Files stay small and say in their name what they hold."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LINES_MAX = 300
CSS_BYTES_MAX, JS_BYTES_MAX = 25_000, 12_000
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|info|common|misc|stuff)(_|$)")
TOP_LEVEL = {
    "pyproject.toml",
    "README.md",
    "seed_programs.yaml",
    "LICENSE",
    "matching",
    "referral",
    "templates",
    "tests",
}


def python_files():
    folders = ("matching", "referral", "tests")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_file_is_longer_than_300_lines():
    long = {
        str(p.relative_to(ROOT)): n
        for p in python_files()
        if (n := len(p.read_text().splitlines())) > LINES_MAX
    }

    assert long == {}


def test_no_file_has_a_vague_name():
    assert [str(path.relative_to(ROOT)) for path in python_files() if VAGUE.search(path.stem)] == []


def test_style_and_scripts_stay_light():
    static = ROOT / "referral" / "static"

    assert sum(path.stat().st_size for path in static.rglob("*.css")) <= CSS_BYTES_MAX
    assert sum(path.stat().st_size for path in static.rglob("*.js")) <= JS_BYTES_MAX


def test_the_top_level_is_fixed():
    kept = {line.split("/")[0] for line in tracked_files()}

    assert {name for name in kept if not name.startswith(".")} <= TOP_LEVEL | {"constraints.txt"}


def tracked_files():
    """Every file of the tree that is not ignored, by path from the root."""
    ignored = {".git", ".venv", "instance", "dist", "build", "mutants"}
    return [
        path.name
        for path in ROOT.iterdir()
        if path.name not in ignored and not path.name.endswith((".egg-info", "cache", ".log"))
    ]
