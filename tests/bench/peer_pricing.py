# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench-api: a FastAPI application as one writes it, that answers the price list of ours."""
import json
import os

from fastapi import FastAPI

with open(os.environ['CS_BENCH_ANSWER'], encoding='utf-8') as file:
    ANSWER = json.load(file)

app = FastAPI()


@app.get('/api/studio/pricing')
async def get_pricing():
    return ANSWER
