"""Try so many inputs of an area: ``python -m tests.fuzz readers 10000 --seed 1``.

Whatever goes wrong is printed once for each place in the code, with the number of the input;
``--first NUMBER`` with a count of 1 brings that input back. Exit code 1 where anything did.
"""

from __future__ import annotations

import argparse
import gc
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from random import Random
from time import process_time

from tests.fuzz import AREAS

PATIENCE = 20
"""So many seconds of the processor an input may take."""
MEMORY = 1500
"""So many MB all of them together may take."""


class SlowError(BaseException):
    """An input takes too long. Not an Exception, so that nobody catches it on the way."""


def main() -> int:
    """Try, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="begin with this number")
    parser.add_argument("--every", type=int, default=10_000, help="tell after so many inputs")
    given = parser.parse_args()
    signal.signal(signal.SIGPROF, _stop)
    wrong: dict[str, int] = {}
    tried, number, told = 0, given.first, 0
    while tried < given.count:
        tried += _one(AREAS[given.area](), Random(f"{given.seed} {number}"), number, wrong)
        number += 1
        if tried // given.every > told:
            told = tried // given.every
            _tell(given.area, tried, given.seed, wrong)
    _tell(given.area, tried, given.seed, wrong)
    memory = _memory()
    if memory > MEMORY:
        print(f"{memory} MB are more than {MEMORY}")
    return int(bool(wrong) or memory > MEMORY)


def _one(try_: Callable[[Random], int], random: Random, number: int, wrong: dict[str, int]) -> int:
    """How many inputs were tried; what is wrong with one is printed where it is new."""
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        return try_(random)
    except (Exception, SlowError) as error:
        signal.setitimer(signal.ITIMER_PROF, 0)
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} {last.filename}:{last.lineno}"
        if place not in wrong:
            print(f"input {number}:", *traceback.format_exception(error), sep="\n", flush=True)
        wrong[place] = wrong.get(place, 0) + 1
        gc.collect()
        return 1
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _tell(area: str, tried: int, seed: int, wrong: dict[str, int]) -> None:
    print(
        f"{area}: {tried:,} inputs of seed {seed}, {sum(wrong.values())} wrong in {len(wrong)} "
        f"ways, {process_time():.0f} s of the processor, at most {_memory()} MB",
        flush=True,
    )


def _memory() -> int:
    """The most that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _stop(*_: object) -> None:
    raise SlowError(f"more than {PATIENCE} s of the processor")


if __name__ == "__main__":
    sys.exit(main())
