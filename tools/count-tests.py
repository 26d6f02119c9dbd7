#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads meson's testlog.json and prints one line: how many tests passed, failed and were skipped.

A program that speaks TAP counts for each of its tests, any other as one. A program that crashed, hung or stopped
early counts as one failure even when it did not say so itself.
"""
import json
import re
import sys

TAP_LINE = re.compile(r'^(ok|not ok)\b[^#]*(#\s*(skip|todo)?)?', re.IGNORECASE)


def count_program(entry):
    """The passed, failed and skipped tests of one program."""
    passed = failed = skipped = 0
    for line in entry.get('stdout', '').splitlines():
        match = TAP_LINE.match(line)
        if match is None:
            continue
        if (match.group(3) or '').lower() == 'skip':
            skipped += 1
        elif match.group(1).lower() == 'ok':
            passed += 1
        else:
            failed += 1
    result = entry['result']
    if result in ('FAIL', 'TIMEOUT', 'ERROR', 'INTERRUPT', 'UNEXPECTEDPASS'):
        return passed, max(failed, 1), skipped
    if passed + failed + skipped == 0:
        return (0, 0, 1) if result == 'SKIP' else (1, 0, 0)
    return passed, failed, skipped


def main():
    totals = (0, 0, 0)
    try:
        with open(sys.argv[1], encoding='utf-8') as log:
            for line in log:
                totals = tuple(map(sum, zip(totals, count_program(json.loads(line)))))
    except FileNotFoundError:
        pass
    passed, failed, skipped = totals
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
