# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benches written in Python share: how long programs take, and how a figure is printed."""
import json
import os
import statistics
import subprocess
import time

BUILD = os.environ['CS_BENCH_BUILD']
WORK = os.environ['CS_BENCH_WORK']
CLI = os.path.join(BUILD, 'src/cli/creative-studio-cli')


def median_seconds(command, runs=7, before=None):
    """The median wall time of a program over some runs, after one that warms the caches."""
    times = []
    for run in range(runs + 1):
        if before is not None:
            before()
        started = time.perf_counter()
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if run > 0:
            times.append(time.perf_counter() - started)
    return statistics.median(times)


def show(name, value, unit, goal, peer=None, peer_value=None, ratio=None):
    """Prints one figure; the ratio is how many times better we are than the peer."""
    def tidy(number):
        return None if number is None else float(f'{number:.4g}')
    print(json.dumps({'name': name, 'value': tidy(value), 'unit': unit, 'peer': peer, 'peer_value': tidy(peer_value),
                      'ratio': tidy(ratio), 'goal': goal}), flush=True)
