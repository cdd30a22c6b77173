"""The library stands alone and is light to import: nothing of what is slow comes with it."""

import json
import subprocess
import sys

HEAVY = ("pandas", "sklearn", "scipy", "flask", "sqlalchemy", "wtforms", "pydantic", "referral", "ortools")


def _modules_after_import() -> list[str]:
    script = "import json, sys, matching; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def test_importing_the_library_loads_neither_the_web_nor_slow_libraries():
    loaded = {name.partition(".")[0] for name in _modules_after_import()}

    assert "matching" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_importing_the_library_takes_less_than_a_third_of_a_second():
    """Processor time, as other work on the machine is not ours; the least of three."""
    script = "import time; import matching; print(time.process_time())"
    times = [
        float(
            subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        )
        for _again in range(3)
    ]

    assert min(times) < 0.3
