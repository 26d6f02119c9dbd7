/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One slide of a deck: its Markdown without the separators, and its speaker notes. */
typedef struct
{
  char *content;  /* Markdown */
  char *notes;    /* (nullable) Markdown */
  gboolean below; /* stands under the slide before it (separator `--`) */
} CsSlide;

/* A picture that a slide asked for. */
typedef struct
{
  GBytes *bytes;         /* PNG, JPEG, WebP or GIF */
  const char *mime_type; /* static */
} CsDeckPicture;

/*
 * Finds the picture behind an address of the Markdown (`creation:ID`). Called on the thread that exports. NULL: there
 * is none, the slide shows a grey box with its alt text and the export goes on.
 */
typedef CsDeckPicture *(*CsDeckResolver) (const char *address, gpointer user_data);

typedef struct
{
  char *title;               /* (nullable) else the first heading */
  CsTheme theme;
  CsLanguage language;
  char *stamp;               /* (nullable) ready-made <meta>/<script type=application/ld+json> block for the head */
  CsDeckResolver resolver;   /* (nullable) */
  gpointer resolver_data;
} CsDeckOptions;

typedef struct
{
  char *html;
  gsize length;
  int n_slides;              /* vertical ones included */
  GPtrArray *missing;        /* (element-type utf8) addresses of pictures that were not found or not allowed */
} CsDeckExport;

#define CS_DECK_MAX_MARKDOWN (4 * 1024 * 1024) /* bytes */

GPtrArray    *cs_deck_split       (const char *markdown, gsize length, GError **error); /* (element-type CsSlide) */
char         *cs_deck_get_title   (GPtrArray *slides);
CsDeckExport *cs_deck_export      (const char *markdown, gsize length, const CsDeckOptions *options,
                                   GCancellable *cancellable, GError **error);          /* blocking: any thread */
void          cs_deck_export_async (GBytes *markdown, const CsDeckOptions *options, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);  /* on a worker thread */
CsDeckExport *cs_deck_export_finish (GAsyncResult *result, GError **error);
void          cs_deck_export_free  (CsDeckExport *self);
void          cs_deck_picture_free (CsDeckPicture *self);

/* The built-in outline: @n_slides slides about @topic in @language, without any AI. The same input gives the same text. */
char         *cs_deck_outline     (const char *topic, int n_slides, CsLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeckExport, cs_deck_export_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeckPicture, cs_deck_picture_free)

G_END_DECLS
