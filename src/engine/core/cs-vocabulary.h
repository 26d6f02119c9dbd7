/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a creation is. */
typedef enum
{
  CS_KIND_VIDEO,
  CS_KIND_IMAGE,
  CS_KIND_DECK,
} CsKind;

/* How a picture or a video looks. */
typedef enum
{
  CS_STYLE_PHOTOREALISTIC,
  CS_STYLE_CINEMATIC,
  CS_STYLE_ANIME,
  CS_STYLE_3D_RENDER,
  CS_STYLE_ARTISTIC,
  CS_N_STYLES
} CsStyle;

/* Width to height. */
typedef enum
{
  CS_ASPECT_16_9,
  CS_ASPECT_9_16,
  CS_ASPECT_1_1,
  CS_ASPECT_4_3,
  CS_N_ASPECTS
} CsAspect;

/* How a deck looks. */
typedef enum
{
  CS_THEME_DARK,
  CS_THEME_LIGHT,
  CS_THEME_SOLARIZED,
  CS_N_THEMES
} CsTheme;

/* The language of a deck. */
typedef enum
{
  CS_LANGUAGE_FR,
  CS_LANGUAGE_AR,
  CS_LANGUAGE_EN,
  CS_N_LANGUAGES
} CsLanguage;

const char *cs_kind_to_string       (CsKind kind);
gboolean    cs_kind_from_string     (const char *text, CsKind *kind);
const char *cs_style_to_string      (CsStyle style);
gboolean    cs_style_from_string    (const char *text, CsStyle *style);
const char *cs_aspect_to_string     (CsAspect aspect);
gboolean    cs_aspect_from_string   (const char *text, CsAspect *aspect);
const char *cs_theme_to_string      (CsTheme theme);
gboolean    cs_theme_from_string    (const char *text, CsTheme *theme);
const char *cs_language_to_string   (CsLanguage language);
gboolean    cs_language_from_string (const char *text, CsLanguage *language);
CsLanguage  cs_language_guess       (const char *text, CsLanguage fallback);

G_END_DECLS
