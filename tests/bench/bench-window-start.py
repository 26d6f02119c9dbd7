#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program from outside: how soon its window is there beside gnome-text-editor, with an empty library and with 10,000
creations, and what it needs of memory and processor when nothing happens. Needs an X server and a session bus: see run."""
import json
import os
import re
import shutil
import statistics
import subprocess
import time

from figures import BUILD, CLI, WORK, show

RUNS = 7
CREATIONS = 10_000
JOBS = 20
PATIENCE = 60
QUIET = 0.004  # seconds of work in one second: nothing happens any more
SECONDS = 10
PEER = 'gnome-text-editor'
APP = os.path.join(BUILD, 'src/ui/creative-studio')
TOOLS = os.path.join(BUILD, 'tests/bench')
HOME = os.environ['CREATIVE_STUDIO_HOME']
FULL = os.path.join(WORK, 'full')


def make_environment(home, page='video'):
    """A person of his own, who saw a page last."""
    place = os.path.join(WORK, f'person-{page}')
    settings = os.path.join(place, 'config/glib-2.0/settings')
    os.makedirs(settings, exist_ok=True)
    with open(os.path.join(settings, 'keyfile'), 'w', encoding='ascii') as file:
        file.write(f"[dz/iafactory/CreativeStudio]\npage='{page}'\n")
    return {**os.environ, 'HOME': place, 'XDG_CONFIG_HOME': f'{place}/config', 'XDG_DATA_HOME': f'{place}/data',
            'XDG_CACHE_HOME': f'{place}/cache', 'XDG_STATE_HOME': f'{place}/state', 'GSETTINGS_BACKEND': 'keyfile',
            'CREATIVE_STUDIO_HOME': home}


def look(program, environment):
    """What a look from outside found: see first-frame.c."""
    answer = subprocess.run([os.path.join(TOOLS, 'first-frame'), program], check=True, env=environment,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return json.loads(answer.stdout)


def show_start(looks, name, goal):
    """Ours beside the peer's, each the median of the same runs."""
    def median(who, what):
        times = [one[what] for one in looks.get(who, [])]
        return statistics.median(times) if times else None
    for what, label in (('first', name), ('work', f'{name}-processor')):
        ours, peer = median(name, what), median(PEER, what)
        show(label, ours, 'ms', goal, PEER, peer, peer and peer / ours)
    show(f'{name}-settled', median(name, 'settled'), 'ms', None)


def measure_start():
    """All in turns, so that what else the machine does is everybody's. The first turn warms the caches."""
    wanted = {'window-first-frame-empty': (APP, make_environment(HOME)),
              'window-first-frame-10000': (APP, make_environment(FULL)),
              'window-first-frame-10000-gallery': (APP, make_environment(FULL, 'gallery'))}
    if shutil.which(PEER) is not None:
        wanted[PEER] = (PEER, make_environment(HOME))
    looks = {name: [] for name in wanted}
    for run in range(RUNS + 1):
        for name, (program, environment) in wanted.items():
            found = look(program, environment)
            if run > 0:
                looks[name].append(found)
    show_start(looks, 'window-first-frame-empty', '<= 1x the peer')
    show_start(looks, 'window-first-frame-10000', '<= 1.2x the peer')
    show_start(looks, 'window-first-frame-10000-gallery', None)


class Program:
    """The program, from when nothing in it moves any more to the end of the block."""

    def __init__(self, environment):
        self.process = subprocess.Popen([APP], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def __enter__(self):
        time.sleep(3)
        before, end = 0, time.monotonic() + PATIENCE
        while self.processor() - before > QUIET and time.monotonic() < end:
            before = self.processor()
            time.sleep(1)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def memory(self, what):
        """In MiB: Rss, or Pss, which counts what is shared with others as a share."""
        with open(f'/proc/{self.process.pid}/smaps_rollup', encoding='ascii') as file:
            return int(re.search(rf'^{what}:\s+(\d+)', file.read(), re.MULTILINE).group(1)) / 1024

    def processor(self):
        """Seconds of all threads on a processor."""
        total, tasks = 0, f'/proc/{self.process.pid}/task'
        for task in os.listdir(tasks):
            with open(f'{tasks}/{task}/schedstat', encoding='ascii') as file:
                total += int(file.read().split()[0]) / 1e9
        return total

    def share(self):
        """Per cent of one core while nothing is done to it."""
        before = self.processor()
        time.sleep(SECONDS)
        return max(self.processor() - before, 0) / SECONDS * 100


def show_idle(name, environment):
    with Program(environment) as program:
        share = program.share()
        show(f'{name}-rss', program.memory('Rss'), 'MiB', '<= 120 MiB')
        show(f'{name}-pss', program.memory('Pss'), 'MiB', None)
        show(f'{name}-processor', share, '% of one core', '0.0 %')


class Providers:
    """The providers' stand-ins; what they take they never finish."""

    def __init__(self):
        self.process = subprocess.Popen([os.path.join(BUILD, 'tests/support/fake-server'), '--usual', 'replicate.create=polls:1000000',
                                         '--usual', 'replicate.get=polls:1000000'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        base = json.loads(self.process.stdout.readline())['bases']['replicate']
        self.environment = {'REPLICATE_BASE_URL': base, 'REPLICATE_API_TOKEN': 'r8_bench0123456789'}

    def stop(self):
        self.process.terminate()
        self.process.wait()


def measure_jobs(environment):
    """With jobs that are asked for again and again, and then the same with nobody who answers."""
    providers = Providers()
    environment = {**environment, **providers.environment}
    try:
        for _ in range(JOBS // 4):
            subprocess.run([CLI, 'image', 'a lighthouse', '--provider', 'replicate', '--count', '4', '--no-screenwriter', '--detach'],
                           check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        show_idle(f'window-idle-{JOBS}-jobs', environment)
    finally:
        providers.stop()
    show_idle(f'window-idle-{JOBS}-jobs-offline', environment)


def main():
    subprocess.run([os.path.join(TOOLS, 'fill-library'), str(CREATIONS)], check=True, stderr=subprocess.DEVNULL,
                   env={**os.environ, 'CREATIVE_STUDIO_HOME': FULL, 'GSETTINGS_BACKEND': 'memory'})
    measure_start()
    environment = make_environment(HOME)
    show_idle('window-idle', environment)
    show_idle('window-idle-10000', make_environment(FULL))
    measure_jobs(environment)


main()
