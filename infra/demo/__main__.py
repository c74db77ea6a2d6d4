"""`make demo`: plays a made-up arrival day into the running stack through its public face, and says how it stands."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from infra.demo.client import Client, Refused, Unreachable
from infra.demo.day import FULL, ArrivalDay, planned
from infra.demo.figures import PATIENCE
from infra.demo.perform import deeds, perform
from infra.demo.play import POINT, Play, Told, spoken
from infra.demo.tables import tables
from infra.local import product
from infra.local.plan import Plan
from infra.local.process import StartError
from infra.local.stack import Stack, prefix_of


def main() -> int:
    """Play the day; 1 with a sentence when nothing runs here, or something is refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="", help="a number: another one is another day's crowd")
    parser.add_argument("--heads", default="", help=f"travellers, {FULL} by default")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds to wait for texts on their way")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    try:
        seed, heads = _number("SEED", arguments.seed), _number("HEADS", arguments.heads)
        _play(console, seed, FULL if heads is None else heads, arguments.patience)
    except (StartError, Unreachable, Refused, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 0


def _number(name: str, text: str) -> int | None:
    if text and not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{name}={text} is no number.")
    return int(text) if text else None


def _play(console: Console, seed: int | None, heads: int, patience: float) -> None:
    plan, began = Plan.from_environment(), time.monotonic()
    base = plan.running().public_base
    Client(base).check_alive()
    desk = Client(base, product.make_key(Stack(plan.stage, plan.running(), prefix_of(plan.stage)), "coordination"))
    day = _planned(desk, seed, heads)
    console.print(f"{day.heads} made-up travellers of {day.date} with seed {day.seed} arrive at {base}.")
    with _bar(console, day) as told:
        found = perform(Play(day, Client(base), desk, told), patience)
    for table in tables(found):
        console.print(table)
    _say_goodbye(console, day, base, time.monotonic() - began)


def _planned(desk: Client, seed: int | None, heads: int) -> ArrivalDay:
    point = desk.get(f"/points/{POINT}").body
    today: date = datetime.now(ZoneInfo(point["time_zone"])).date()
    return planned(int(f"{today:%Y%m%d}") if seed is None else seed, today, heads, spoken(point))


@contextmanager
def _bar(console: Console, day: ArrivalDay) -> Iterator[Told]:
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Flights", total=deeds(day))

        def told(scene: str) -> None:
            progress.update(task, advance=1, description=scene)

        yield told


def _say_goodbye(console: Console, day: ArrivalDay, base: str, seconds: float) -> None:
    console.print(f"That took {seconds:.0f} seconds. A reference typed into the search of {base}/console finds them.")
    console.print(f"SEED={day.seed} again today answers the same receipts and doubles nothing.")
    console.print("Another SEED is a new crowd.")


if __name__ == "__main__":
    sys.exit(main())
