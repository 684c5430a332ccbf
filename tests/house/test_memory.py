import subprocess
import sys

from tests.house.source import ROOT
from tests.house.test_layers import HEAVY

LOADED = "import sys, app; app.create_app(); print(*sorted({m.split('.')[0] for m in sys.modules}))"


def test_a_process_that_takes_answers_loads_no_heavy_library(tmp_path):
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env={"OUTSIDEIN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert HEAVY & set(loaded.stdout.split()) == set()
