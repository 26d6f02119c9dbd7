/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-arguments.h"
#include "cli/cs-cli.h"

G_BEGIN_DECLS

/* The values that options may have, as they are shown. */
#define CS_STYLE_WORDS "photorealistic, cinematic, anime, 3d-render, artistic"
#define CS_VIDEO_ASPECT_WORDS "16:9, 9:16, 1:1"
#define CS_IMAGE_ASPECT_WORDS "1:1, 16:9, 9:16, 4:3"
#define CS_THEME_WORDS "dark, light, solarized"
#define CS_LANGUAGE_WORDS "fr, ar, en"
#define CS_KIND_WORDS "video, image, deck"

extern const CsOption cs_video_options[];
extern const CsOption cs_image_options[];
extern const CsOption cs_deck_options[];
extern const CsOption cs_picture_options[]; /* of what is seen: video and image */
extern const CsOption cs_maker_options[];   /* of everything that is made */

CsBrief *cs_brief_from_arguments  (CsCli *cli, CsArguments *arguments, CsKind kind, GError **error);
gboolean cs_brief_find_image      (CsCli *cli, CsBrief *brief, const char *value, GError **error);
char    *cs_brief_read_prompt     (CsCli *cli, const char *word, GError **error);
gboolean cs_arguments_get_style   (CsArguments *arguments, CsStyle *style, GError **error);
gboolean cs_arguments_get_theme   (CsArguments *arguments, CsTheme *theme, GError **error);
gboolean cs_arguments_get_language (CsArguments *arguments, gboolean *has_language, CsLanguage *language, GError **error);
gboolean cs_arguments_get_kind    (CsArguments *arguments, gboolean *has_kind, CsKind *kind, GError **error);

G_END_DECLS
