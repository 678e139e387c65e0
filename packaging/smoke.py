"""Install a wheel into a fresh place and run it from elsewhere: are the bundled files there, do the commands start?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

CODE = """
import sys; sys.path.insert(0, sys.argv[1])
from stylelab import paths
assert str(paths.bundled('models')).startswith(sys.argv[1]), paths.bundled('models')
from stylelab.basemodels.identity import bundled_base, inspect
from stylelab.language.lexicon import load
from stylelab.persona.card import bundled_personas
inspect(bundled_base()); assert load().plain; assert bundled_personas()
from stylelab.cli.main import main
sys.exit(main(['new', sys.argv[2], '--author', 'Nobody']))
"""


def main(wheel: str) -> int:
    """Return 0 when the wheel works outside the source tree."""
    with tempfile.TemporaryDirectory() as place:
        target, project = Path(place) / "site", Path(place) / "project"
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target)]
        subprocess.run([*pip, str(Path(wheel).resolve())], check=True)
        done = subprocess.run([sys.executable, "-c", CODE, str(target), str(project)], cwd=place, check=False)
        print(f"{wheel}: {'works' if done.returncode == 0 else 'is broken'}")
        return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
