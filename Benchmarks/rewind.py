#!/usr/bin/env python3
"""What it costs to go back in time.

    Benchmarks/rewind.py [-p PROGRAM] [-n DEPLOYMENTS] [-r ROUNDS] [-j JUMPS] [EVENTS_BACK ...]

Runs rewind.dock once to count its events, and then, for each distance, with and without jumps: the difference of the processor
times by the number of jumps is what one costs, there and back. Beside it the most memory that either run took. A distance that
is longer than the world goes to its middle.
"""
import argparse
import os
import re
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run(program, settings, *flags):
    """Runs the script; answers what it printed, its processor time in seconds and its memory in MiB."""
    arguments = [program, "run", "-q", *flags, os.path.join(HERE, "rewind.dock")]
    for name, value in settings.items():
        arguments += ["--set", f"{name}={value}"]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(arguments, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        text = output.read()
    if status != 0:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{text}")
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-p", "--program", default=os.path.join(HERE, "../.build/release/drydock"))
    parser.add_argument("-n", type=int, default=10)
    parser.add_argument("-r", "--rounds", type=int, default=1)
    parser.add_argument("-j", "--jumps", type=int, default=5)
    parser.add_argument("back", type=int, nargs="*", default=[10_000])
    options = parser.parse_args()
    settings = {"n": options.n, "rounds": options.rounds}
    text, still, memory = run(options.program, settings, "--statistics")
    writes, events = (int(re.search(rf"([\d,]+) {word}", text)[1].replace(",", ""))
                      for word in ("writes", "events"))
    print(f"{options.n * 50} pods, {writes} writes, {events} events: {still:.2f} s, {memory:.0f} MiB")
    for back in options.back:
        target = events - back if back < events else events // 2
        settings.update(target=target, jumps=options.jumps)
        _, moving, most = run(options.program, settings)
        cost = (moving - still) / options.jumps
        print(f"{events - target} events back and forth: {cost * 1000:.0f} ms, {most:.0f} MiB")


main()
