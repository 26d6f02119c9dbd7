#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP API under 64 connections: its price list beside FastAPI and uvicorn with one worker answering the same, the wait for
a status, memory, and a library of 10,000 creations listed page by page."""
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time

from figures import CLI, WORK, show

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = 64
SECONDS = 6
REQUESTS = 100_000
CREATIONS = 10_000
PAGE = 200
HOME = os.environ['CREATIVE_STUDIO_HOME']
PREFIX = '/api/studio/'


class Server:
    """A program that listens on a port of this computer, until the end of the block."""

    def __init__(self, command, port=None, env=None):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True, env={**os.environ, **(env or {})})
        self.port = port or int(json.loads(self.process.stdout.readline())['listening'].rsplit(':', 1)[1])
        self.base = f'http://127.0.0.1:{self.port}'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def wait(self):
        """Until somebody answers."""
        for _ in range(300):
            try:
                return self.read('pricing')
            except OSError:
                time.sleep(0.1)
        sys.exit('The peer did not come up.')

    def read(self, path):
        """One answer, as text."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port)
        connection.request('GET', PREFIX + path)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f'{path} was answered with {answer.status}.')
        return text

    def memory(self):
        """Resident, in MiB."""
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as file:
            return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) / 1024


def serve():
    return Server([CLI, 'serve', '--port', '0'])


def load(server, path, seconds=SECONDS):
    """Requests a second, how many in all, and what 99 of 100 waited at most, in ms."""
    result = subprocess.run(['wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '--latency', server.base + PREFIX + path],
                            check=True, capture_output=True, text=True).stdout
    if 'Non-2xx' in result or 'Socket errors' in result:
        sys.exit(f'{path} was not answered well:\n{result}')
    number, unit = re.search(r'99%\s+([\d.]+)(us|ms|s)', result).groups()
    return (float(re.search(r'Requests/sec:\s+([\d.]+)', result).group(1)),
            int(re.search(r'(\d+) requests in', result).group(1)),
            float(number) * {'us': 0.001, 'ms': 1, 's': 1000}[unit])


def find_free_port():
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return free.getsockname()[1]


def measure_peer(answer):
    """Requests a second of the peer, or None where it is not installed."""
    if not os.access('/usr/bin/uvicorn', os.X_OK):
        return None
    place = os.path.join(WORK, 'pricing.json')
    with open(place, 'wb') as file:
        file.write(answer)
    port = find_free_port()
    command = ['/usr/bin/uvicorn', '--app-dir', HERE, '--port', str(port), '--log-level', 'warning', '--workers', '1',
               'peer_pricing:app']
    with Server(command, port, {'CS_BENCH_ANSWER': place, 'PYTHONDONTWRITEBYTECODE': '1'}) as peer:
        if json.loads(peer.wait()) != json.loads(answer):
            sys.exit('The peer answers something else.')
        load(peer, 'pricing', 2)
        return load(peer, 'pricing')[0]


def show_pricing(server):
    answer = server.read('pricing')
    load(server, 'pricing', 2)
    ours = load(server, 'pricing')[0]
    peer = measure_peer(answer)
    show('api pricing', ours, 'req/s', '>= 5x', 'fastapi + uvicorn, 1 worker', peer, peer and ours / peer)


def show_memory(server, creation):
    """After the caches are warm, the same again and again costs nothing more."""
    before, count = server.memory(), 0
    while count < REQUESTS:
        count += load(server, 'pricing', 2)[1] + load(server, f'video-status/{creation}', 2)[1]
    show('api memory after 100,000 requests', server.memory() - before, 'MiB more', '<= 4 MiB')


def show_status(server, creation):
    path = f'video-status/{creation}'
    load(server, path, 2)
    rate, _, wait = load(server, path)
    show('api video-status p99, 64 connections', wait, 'ms', '<= 100 ms')
    show('api video-status', rate, 'req/s', None)


def fill():
    """Copies of a video that was made, in the library: nobody asks for their files."""
    with sqlite3.connect(os.path.join(HOME, 'studio.db')) as database:
        columns = [row[1] for row in database.execute('PRAGMA table_info (creations)') if row[1] not in ('id', 'created_at')]
        names = ', '.join(columns)
        database.executemany(f'INSERT INTO creations (id, created_at, {names}) SELECT ?, ?, {names} FROM creations LIMIT 1',
                             ((f'01BENCH{number:019}', number * 1_000_000) for number in range(1, CREATIONS + 1)))
    database.close()


def list_all(connection):
    """Seconds for all pages, one after the other on one connection, and how many creations there were."""
    started, count, cursor = time.perf_counter(), 0, ''
    while cursor is not None:
        connection.request('GET', f'{PREFIX}creations?limit={PAGE}' + (f'&cursor={cursor}' if cursor else ''))
        page = json.loads(connection.getresponse().read())
        count += len(page['creations'])
        cursor = page.get('next')
    return time.perf_counter() - started, count


def show_list():
    fill()
    with serve() as server:
        connection = http.client.HTTPConnection('127.0.0.1', server.port)
        runs = [list_all(connection) for _ in range(6)][1:]
    if any(count <= CREATIONS for _, count in runs):
        sys.exit('Not all creations were listed.')
    show(f'api list of 10,000, {PAGE} a page', statistics.median(seconds for seconds, _ in runs) * 1000, 'ms', '<= 1000 ms')


def main():
    if shutil.which('wrk') is None:
        sys.exit('wrk is not installed.')
    made = subprocess.run([CLI, 'video', 'a lighthouse', '--provider', 'sketch', '--no-screenwriter', '--json'], check=True,
                          capture_output=True, text=True)
    with serve() as server:
        show_pricing(server)
        show_status(server, json.loads(made.stdout)['id'])
        show_memory(server, json.loads(made.stdout)['id'])
    show_list()


main()
