import re
import subprocess

from tests.house.source import ROOT, name_of

PATHS = re.compile(r"(?<![\w.<{])/(work|root|home|tmp|Users)/[\w.-]+")


def committed_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in {".png", ".txt"}]


def test_no_file_names_a_path_of_the_machine_it_was_written_on():
    named = [
        f"{name_of(path)}: {found.group()}"
        for path in committed_files()
        if (found := PATHS.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]

    assert named == []
