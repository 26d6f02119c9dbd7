/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

G_BEGIN_DECLS

/* What kind of thing a talk is about; each has slides of its own in resources/deck/outline. */
typedef enum
{
  CS_TOPIC_ANY,
  CS_TOPIC_HOW_TO,
  CS_TOPIC_EDUCATION,
  CS_TOPIC_HEALTH,
  CS_TOPIC_HISTORY,
  CS_TOPIC_TRAVEL,
  CS_TOPIC_BUSINESS,
  CS_TOPIC_TECHNOLOGY,
  CS_N_TOPICS
} CsTopic;

char    *cs_deck_topic_clean      (const char *prompt, CsLanguage language);
char    *cs_deck_topic_escape     (const char *topic, gboolean capital);
CsTopic  cs_deck_topic_guess      (const char *topic);
gboolean cs_deck_topic_from_string (const char *name, gsize length, CsTopic *topic);

G_END_DECLS
