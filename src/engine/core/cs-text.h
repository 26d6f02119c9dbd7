/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_PROMPT_MAX_CHARACTERS 10000

char    *cs_text_check_prompt    (const char *text, gssize length, GError **error);
char    *cs_text_check_line      (const char *field, const char *text, gsize max_characters, GError **error);
char    *cs_text_make_line       (const char *text, gsize max_bytes);
char    *cs_text_make_title      (const char *prompt, gsize max_characters);
char    *cs_text_make_file_name  (const char *title, const char *extension);
char    *cs_text_ellipsize       (const char *text, gsize max_characters);
char    *cs_text_fold            (const char *text);
gboolean cs_text_is_rtl          (const char *text);
char    *cs_text_format_time     (gint64 time_us);
gboolean cs_text_parse_time      (const char *text, gint64 *time_us);
gboolean cs_text_parse_int       (const char *text, gint64 minimum, gint64 maximum, gint64 *value);
gboolean cs_set_string           (char **where, const char *text);

G_END_DECLS
