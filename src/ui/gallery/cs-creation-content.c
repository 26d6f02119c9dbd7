/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Creations for other programs. Main thread; the copies are made on others. */
#include "config.h"
#include "ui/gallery/cs-creation-content.h"

#include "ui/gallery/cs-export.h"

struct _CsCreationContent
{
  GdkContentProvider parent_instance;

  CsStudio *studio;
  GArray *rows;      /* (nullable) until the ids are known */
  GStrv ids;         /* (nullable) */
  char *image_type;  /* (nullable) the MIME type of a single picture */
  GPtrArray *files;  /* (nullable) (element-type GFile) until somebody asked for them */
};

/* One answer that is being written. */
typedef struct
{
  char *mime_type;
  GOutputStream *stream;
} Writing;

G_DEFINE_FINAL_TYPE (CsCreationContent, cs_creation_content, GDK_TYPE_CONTENT_PROVIDER)

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->mime_type);
  g_object_unref (writing->stream);
  g_free (writing);
}

static GdkContentFormats *
cs_creation_content_ref_formats (GdkContentProvider *provider)
{
  CsCreationContent *self = CS_CREATION_CONTENT (provider);
  g_autoptr (GdkContentFormats) list = gdk_content_formats_union_serialize_mime_types (gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST));
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  gsize n_types;
  const char *const *types = gdk_content_formats_get_mime_types (list, &n_types);

  if (self->image_type != NULL)
    gdk_content_formats_builder_add_mime_type (builder, self->image_type);
  for (gsize i = 0; i < n_types; i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i]);
  return gdk_content_formats_builder_free_to_formats (builder);
}

/* Writing */

static void
serialized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_list (GTask *task)
{
  CsCreationContent *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);
  g_autoptr (GSList) files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  for (guint i = self->files->len; i > 0; i--)
    files = g_slist_prepend (files, self->files->pdata[i - 1]);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  gdk_content_serialize_async (writing->stream, writing->mime_type, &value, g_task_get_priority (task),
                               g_task_get_cancellable (task), serialized_cb, task);
}

static void
spliced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) >= 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    g_task_return_error (task, error);
  else
    g_output_stream_splice_async (writing->stream, G_INPUT_STREAM (stream), G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE,
                                  g_task_get_priority (task), g_task_get_cancellable (task), spliced_cb, g_object_ref (task));
}

/* Takes @task: the files are there. */
static void
write_content (GTask *task)
{
  CsCreationContent *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);

  if (g_strcmp0 (writing->mime_type, self->image_type) == 0)
    g_file_read_async (self->files->pdata[0], g_task_get_priority (task), g_task_get_cancellable (task), opened_cb, task);
  else
    write_list (task);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsCreationContent *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (CsExported) exported = cs_export_finish (result, &error);

  if (exported != NULL && exported->files->len == 0)
    error = g_steal_pointer (&exported->error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->files == NULL)
    self->files = g_ptr_array_ref (exported->files);
  write_content (g_steal_pointer (&task));
}

static void
export (GTask *task)
{
  CsCreationContent *self = g_task_get_source_object (task);

  cs_export_async (self->studio, (const char *const *) self->ids, NULL, cs_export_get_mode (self->studio),
                   g_task_get_cancellable (task), exported_cb, task);
}

static void
sum_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsCreationContent *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (CsLibrarySum) sum = cs_library_sum_finish (CS_LIBRARY (source), result, &error);

  if (sum == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_strfreev (self->ids);
  self->ids = g_steal_pointer (&sum->ids);
  export (g_steal_pointer (&task));
}

static void
cs_creation_content_write_mime_type_async (GdkContentProvider *provider, const char *mime_type, GOutputStream *stream,
                                           int io_priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  CsCreationContent *self = CS_CREATION_CONTENT (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->mime_type = g_strdup (mime_type);
  writing->stream = g_object_ref (stream);
  g_task_set_priority (task, io_priority);
  g_task_set_source_tag (task, cs_creation_content_write_mime_type_async);
  g_task_set_task_data (task, writing, writing_free);
  if (self->files != NULL)
    write_content (task);
  else if (self->ids != NULL)
    export (task);
  else
    cs_library_sum_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), self->rows, cancellable, sum_cb, task);
}

static gboolean
cs_creation_content_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_creation_content_write_mime_type_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cs_creation_content_finalize (GObject *object)
{
  CsCreationContent *self = CS_CREATION_CONTENT (object);

  g_clear_object (&self->studio);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_strfreev (self->ids);
  g_free (self->image_type);

  G_OBJECT_CLASS (cs_creation_content_parent_class)->finalize (object);
}

static void
cs_creation_content_class_init (CsCreationContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_creation_content_finalize;
  provider_class->ref_formats = cs_creation_content_ref_formats;
  provider_class->write_mime_type_async = cs_creation_content_write_mime_type_async;
  provider_class->write_mime_type_finish = cs_creation_content_write_mime_type_finish;
}

static void
cs_creation_content_init (CsCreationContent *self)
{
}

/** cs_creation_content_new: Returns: (transfer full): @creation for other programs. */
GdkContentProvider *
cs_creation_content_new (CsStudio *studio, CsCreation *creation)
{
  CsCreationContent *self = g_object_new (CS_TYPE_CREATION_CONTENT, NULL);
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  const char *ids[] = { facts->id, NULL };

  self->studio = g_object_ref (studio);
  self->ids = g_strdupv ((char **) ids);
  if (facts->kind == CS_KIND_IMAGE)
    self->image_type = g_strdup (facts->mime_type);
  return GDK_CONTENT_PROVIDER (self);
}

/** cs_creation_content_new_for_rows: @rows: of a #CsLibraryModel. Returns: (transfer full): those creations as files. */
GdkContentProvider *
cs_creation_content_new_for_rows (CsStudio *studio, GArray *rows)
{
  CsCreationContent *self = g_object_new (CS_TYPE_CREATION_CONTENT, NULL);

  self->studio = g_object_ref (studio);
  self->rows = g_array_ref (rows);
  return GDK_CONTENT_PROVIDER (self);
}
