/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be true of every ledger, whatever happened: questions to a studio's database, each answered with a number. */
#pragma once

/* Holds that nothing has become of yet: the end of a SELECT. */
#define CS_SQL_OPEN_HOLDS                                                                                           \
  "FROM ledger AS h WHERE h.kind = 'hold' AND NOT EXISTS (SELECT 1 FROM ledger AS e WHERE e.job_id = h.job_id"      \
  " AND e.attempt = h.attempt AND e.round = h.round AND e.kind IN ('capture', 'release'))"

/* 0: what is written beside every key is what its moves come to. */
#define CS_SQL_WRONG_BALANCES                                                                                       \
  "SELECT count(*) FROM wallet_keys AS k WHERE balance <>"                                                          \
  " (SELECT coalesce(sum(CASE kind WHEN 'credit' THEN amount WHEN 'capture' THEN -amount ELSE 0 END), 0)"           \
  "  FROM ledger WHERE key_id = k.id) - (SELECT coalesce(sum(amount), 0) " CS_SQL_OPEN_HOLDS " AND h.key_id = k.id)"
#define CS_SQL_WRONG_HELD                                                                                           \
  "SELECT count(*) FROM wallet_keys AS k WHERE held <>"                                                             \
  " (SELECT coalesce(sum(amount), 0) " CS_SQL_OPEN_HOLDS " AND h.key_id = k.id)"

/* 0: what has ended holds nothing. */
#define CS_SQL_HELD_BY_ENDED                                                                                        \
  "SELECT count(*) " CS_SQL_OPEN_HOLDS " AND h.job_id IN (SELECT id FROM jobs WHERE state IN ('done', 'failed', 'cancelled'))"

/* 0 or 1: one creation is paid once. */
#define CS_SQL_MOST_CAPTURES                                                                                        \
  "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM ledger WHERE kind = 'capture' GROUP BY job_id)"

/* 0: one event for every attempt that made something or may have been billed, and for no other. */
#define CS_SQL_WRONG_EVENTS                                                                                         \
  "SELECT count(*) FROM attempts AS a WHERE (ended_at IS NOT NULL AND (status = 'succeeded' OR billed <> 'no'))"    \
  " <> EXISTS (SELECT 1 FROM usage_events AS e WHERE e.job_id = a.job_id AND e.attempt = a.number)"

/* 0: the events say what was debited, and what was quoted and taken. */
#define CS_SQL_WRONG_SALES                                                                                          \
  "SELECT count(*) FROM usage_events AS e WHERE sale <> coalesce((SELECT sum(amount) FROM ledger AS l"              \
  " WHERE l.kind = 'capture' AND l.job_id = e.job_id AND l.attempt = e.attempt), 0)"
#define CS_SQL_WRONG_COSTS                                                                                          \
  "SELECT count(*) FROM usage_events AS e WHERE attempt > 0 AND NOT EXISTS (SELECT 1 FROM attempts AS a"            \
  " WHERE a.job_id = e.job_id AND a.number = e.attempt AND e.estimated = a.hold"                                    \
  " AND e.cost = CASE a.billed WHEN 'unknown' THEN a.hold ELSE a.cost END)"
