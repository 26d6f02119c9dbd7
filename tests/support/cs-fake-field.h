/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One field of a vendor's input, as its documentation describes it. */
typedef struct
{
  const char *name;
  enum
  {
    CS_FAKE_TEXT,
    CS_FAKE_WHOLE,   /* a whole number of min .. max */
    CS_FAKE_NUMBER,  /* of min .. max */
    CS_FAKE_SWITCH,
    CS_FAKE_LINK,    /* an http(s) address */
    CS_FAKE_PICTURE, /* an http(s) or data: address */
    CS_FAKE_ANY,
  } type;
  const char *choices; /* (nullable) "one|two" */
  double min, max;
  gboolean is_needed;
} CsFakeField;

/* Seeds survive every reader of JSON. */
#define CS_FAKE_SEED { "seed", CS_FAKE_WHOLE, NULL, 0, 9007199254740991.0, FALSE }
#define CS_FAKE_PROMPT { "prompt", CS_FAKE_TEXT, NULL, 0, 0, TRUE }

/* The list ends with a field without a name. Returns: (transfer full) (nullable): what is wrong; @name: the field. */
char *cs_fake_fields_check (const CsFakeField *fields, JsonObject *input, const char **name);

G_END_DECLS
