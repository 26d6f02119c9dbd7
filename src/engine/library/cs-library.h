/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "library/cs-collection.h"
#include "library/cs-creation.h"
#include "store/cs-store.h"

G_BEGIN_DECLS

#define CS_TYPE_LIBRARY (cs_library_get_type ())
G_DECLARE_FINAL_TYPE (CsLibrary, cs_library, CS, LIBRARY, GObject)

/* The provider of a creation that is the user's own file. */
#define CS_LIBRARY_IMPORT_PROVIDER "import"

/* Names that one list of a report holds at most; its count goes on. */
#define CS_LIBRARY_REPORT_MAX 10000

typedef enum
{
  CS_SORT_NEWEST,
  CS_SORT_OLDEST,
  CS_SORT_PRICE,
  CS_SORT_LONGEST,
} CsLibrarySort;

/* What to list; a plain value, zero means no filter. Texts are borrowed during the call only. */
typedef struct
{
  const char *text;       /* words to find: prefixes, all must match, diacritics and Arabic forms folded */
  gboolean has_kind;
  CsKind kind;
  gboolean favourites;
  gboolean trashed;       /* only the trash; else everything but the trash */
  const char *provider;
  const char *style;
  gint64 from, to;        /* created_at, microseconds: from the first, before the second; 0: open */
  gint64 collection;      /* id; 0: any */
  gint64 key_id;          /* only what this wallet key pays, at the cost that it was debited; 0: whoever pays */
  CsLibrarySort sort;
  guint limit;            /* 0: 50; at most 500 */
  const char *cursor;     /* from the page before */
} CsLibraryQuery;

typedef struct
{
  GPtrArray *creations;   /* (element-type CsCreation) */
  char *next;             /* (nullable) cursor */
} CsLibraryPage;

/* How much a file that leaves the library says about itself. */
typedef enum
{
  CS_EXPORT_STAMPED,      /* everything, prompt included */
  CS_EXPORT_LABEL_ONLY,   /* the AI label and the system, not the prompt */
} CsExportMode;

/* What `library check` found. */
typedef struct
{
  guint checked;
  guint n_missing, n_changed, n_orphans;
  GPtrArray *missing;     /* (element-type utf8) ids whose file is gone; this and the next at most CS_LIBRARY_REPORT_MAX */
  GPtrArray *changed;     /* (element-type utf8) ids whose SHA-256 differs */
  GPtrArray *orphans;     /* (element-type utf8) names in the creations folder that no row knows */
} CsLibraryReport;

/* What some creations come to. */
typedef struct
{
  GStrv ids;              /* in the order of the rows that were asked for */
  guint n_videos, n_images, n_decks, n_favourites;
  gint64 size;            /* bytes of their files */
} CsLibrarySum;

/* What the studio takes on the disk; a plain value. Sizes are bytes. */
typedef struct
{
  guint n_creations, n_trashed; /* those in the trash are not among the first */
  gint64 creations_size;        /* all their files, those in the trash too */
  gint64 trash_size;
  gint64 thumbnails_size, backups_size;
  gint64 free_size;             /* what is left there; below 0: not known */
} CsLibraryStorage;

/*
 * Signals, on the main context:
 * "changed" (const char *id): a creation came, went or is another; NULL: any, for example by another process
 * "collections-changed": a collection came, went or has another name
 */

CsLibrary       *cs_library_new                 (CsStore *store, CsPaths *paths);
void             cs_library_notify              (CsLibrary *self, const char *id);
char            *cs_library_dup_file_path       (CsLibrary *self, CsCreation *creation);

void             cs_library_list_async          (CsLibrary *self, const CsLibraryQuery *query, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
CsLibraryPage   *cs_library_list_finish         (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_get_async           (CsLibrary *self, const char *id, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
CsCreation      *cs_library_get_finish          (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_favourite_async     (CsLibrary *self, const char *id, gboolean favourite, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
CsCreation      *cs_library_favourite_finish    (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_trash_async         (CsLibrary *self, const char *id, gboolean trashed, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
CsCreation      *cs_library_trash_finish        (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_rename_async        (CsLibrary *self, const char *id, const char *title, const char *notes,
                                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsCreation      *cs_library_rename_finish       (CsLibrary *self, GAsyncResult *result, GError **error);

void             cs_library_sum_async           (CsLibrary *self, GArray *rows, GCancellable *cancellable, GAsyncReadyCallback callback,
                                                 gpointer user_data);
CsLibrarySum    *cs_library_sum_finish          (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_favourite_all_async (CsLibrary *self, const char *const *ids, gboolean favourite, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean         cs_library_favourite_all_finish (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_trash_all_async     (CsLibrary *self, const char *const *ids, gboolean trashed, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean         cs_library_trash_all_finish    (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_lineage_async       (CsLibrary *self, const char *id, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray       *cs_library_lineage_finish      (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_row_async           (CsLibrary *self, const char *id, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gint64           cs_library_row_finish          (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_return_async        (CsLibrary *self, const char *id, const char *path, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean         cs_library_return_finish       (CsLibrary *self, GAsyncResult *result, GError **error);

void             cs_library_storage_async       (CsLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                                 gpointer user_data);
CsLibraryStorage *cs_library_storage_finish     (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_empty_trash_async   (CsLibrary *self, gint64 before, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gssize           cs_library_empty_trash_finish  (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_delete_all_async    (CsLibrary *self, const char *const *ids, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
gssize           cs_library_delete_all_finish   (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_import_async        (CsLibrary *self, const char *path, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
CsCreation      *cs_library_import_finish       (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_export_async        (CsLibrary *self, const char *id, const char *path, gboolean replace, CsExportMode mode,
                                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean         cs_library_export_finish       (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_check_async         (CsLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsLibraryReport *cs_library_check_finish        (CsLibrary *self, GAsyncResult *result, GError **error);

void             cs_library_collections_async          (CsLibrary *self, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
GPtrArray       *cs_library_collections_finish         (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_create_collection_async    (CsLibrary *self, const char *name, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
CsCollection    *cs_library_create_collection_finish   (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_rename_collection_async    (CsLibrary *self, gint64 collection, const char *name, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
CsCollection    *cs_library_rename_collection_finish   (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_delete_collection_async    (CsLibrary *self, gint64 collection, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean         cs_library_delete_collection_finish   (CsLibrary *self, GAsyncResult *result, GError **error);
void             cs_library_collect_async              (CsLibrary *self, gint64 collection, const char *const *ids, gboolean collected,
                                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsCollection    *cs_library_collect_finish             (CsLibrary *self, GAsyncResult *result, GError **error);

void             cs_library_page_free           (CsLibraryPage *page);
void             cs_library_report_free         (CsLibraryReport *report);
void             cs_library_sum_free            (CsLibrarySum *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryPage, cs_library_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryReport, cs_library_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibrarySum, cs_library_sum_free)

G_END_DECLS
