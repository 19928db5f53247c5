"""How soon the program answers, against the smallest Typer program's help."""

from importlib.metadata import version
from pathlib import Path

from figures import Figure
from running import MERCHANT, merchant_import, run

ROUNDS = 15
EXAMPLE_SHOP = Path(__file__).parents[1] / "examples" / "shop"
BARE = '''
import typer

app = typer.Typer()


@app.command()
def one(name: str) -> None:
    """The first command."""


@app.command()
def two(count: int = 1) -> None:
    """The second command."""


if __name__ == "__main__":
    app()
'''


def measure_start(folder: Path, rounds: int) -> list[Figure]:
    """At least 15 rounds in which each program runs once, or 1; a first round that is not counted warms up."""
    merchant_import(sorted(EXAMPLE_SHOP.iterdir()), folder)
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    python = MERCHANT[0]
    programs = {
        "python -c pass": (python, "-c", "pass"),
        "bare Typer --help": (python, "-m", "bare", "--help"),
        "merchant --help": (*MERCHANT, "--help"),
        "merchant inventory reorder --json": (*MERCHANT, "inventory", "reorder", "--json"),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range((max(ROUNDS, rounds) if rounds > 1 else 1) + 1):
        for name, words in programs.items():
            seconds = run(words, folder).seconds
            if number:
                times[name].append(seconds)
    return [*_ratios(times), *(Figure(name, "ms", [s * 1000 for s in found]) for name, found in times.items())]


def _ratios(times: dict[str, list[float]]) -> list[Figure]:
    bare, note = times["bare Typer --help"], f"typer {version('typer')}"
    bars = (("merchant --help", 1.0), ("merchant inventory reorder --json", 1.3))
    return [Figure(f"{name} ÷ bare Typer --help", "×", times[name], bare, bar, note=note) for name, bar in bars]
