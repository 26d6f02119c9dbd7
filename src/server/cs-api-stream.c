/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin layer between a socket and the HTTP library, which tells of reads, of writes and of the end. Main thread. */
#include "config.h"
#include "server/cs-api-stream.h"

/* Its input */

#define CS_TYPE_API_INPUT (cs_api_input_get_type ())
G_DECLARE_FINAL_TYPE (CsApiInput, cs_api_input, CS, API_INPUT, GFilterInputStream)

struct _CsApiInput
{
  GFilterInputStream parent_instance;

  GPollableInputStream *base; /* (unowned): the stream below */
  const CsApiStreamWatch *watch;
  gpointer user_data;
};

static void cs_api_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsApiInput, cs_api_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, cs_api_input_pollable_init))

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (CS_API_INPUT (stream)->base);
}

static GSource *
input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  return g_pollable_input_stream_create_source (CS_API_INPUT (stream)->base, cancellable);
}

static gssize
input_read (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  CsApiInput *self = CS_API_INPUT (stream);
  GError *own_error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (self->base, buffer, count, NULL, &own_error);

  if (!g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    n = self->watch->read (self->user_data, n, &own_error);
  if (own_error != NULL)
    g_propagate_error (error, own_error);
  return n;
}

static void
cs_api_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read;
}

static void
cs_api_input_class_init (CsApiInputClass *klass)
{
}

static void
cs_api_input_init (CsApiInput *self)
{
}

/* Its output. libsoup writes the end of a stream in chunks from another thread, and that is not watched. */

#define CS_TYPE_API_OUTPUT (cs_api_output_get_type ())
G_DECLARE_FINAL_TYPE (CsApiOutput, cs_api_output, CS, API_OUTPUT, GFilterOutputStream)

struct _CsApiOutput
{
  GFilterOutputStream parent_instance;

  GPollableOutputStream *base; /* (unowned): the stream below */
  const CsApiStreamWatch *watch;
  gpointer user_data;
};

static void cs_api_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsApiOutput, cs_api_output, G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, cs_api_output_pollable_init))

static gboolean
output_is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (CS_API_OUTPUT (stream)->base);
}

static GSource *
output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  return g_pollable_output_stream_create_source (CS_API_OUTPUT (stream)->base, cancellable);
}

static gssize
output_write (GPollableOutputStream *stream, const void *buffer, gsize count, GError **error)
{
  CsApiOutput *self = CS_API_OUTPUT (stream);

  if (!self->watch->write (self->user_data, buffer, count, error))
    return -1;
  return g_pollable_output_stream_write_nonblocking (self->base, buffer, count, NULL, error);
}

static void
cs_api_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = output_is_writable;
  iface->create_source = output_create_source;
  iface->write_nonblocking = output_write;
}

static void
cs_api_output_class_init (CsApiOutputClass *klass)
{
}

static void
cs_api_output_init (CsApiOutput *self)
{
}

/* The stream */

struct _CsApiStream
{
  GIOStream parent_instance;

  GIOStream *base;     /* (owned) */
  CsApiInput *input;   /* (owned) */
  CsApiOutput *output; /* (owned) */
  const CsApiStreamWatch *watch;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (CsApiStream, cs_api_stream, G_TYPE_IO_STREAM)

static GInputStream *
get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (CS_API_STREAM (stream)->input);
}

static GOutputStream *
get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (CS_API_STREAM (stream)->output);
}

/* Once: GIOStream sees to that, and closes what is let go of. */
static gboolean
close_fn (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  CsApiStream *self = CS_API_STREAM (stream);

  return !self->watch->closed (self->user_data) || g_io_stream_close (self->base, cancellable, error);
}

static void
cs_api_stream_finalize (GObject *object)
{
  CsApiStream *self = CS_API_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);

  G_OBJECT_CLASS (cs_api_stream_parent_class)->finalize (object);
}

static void
cs_api_stream_class_init (CsApiStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_api_stream_finalize;
  stream_class->get_input_stream = get_input_stream;
  stream_class->get_output_stream = get_output_stream;
  stream_class->close_fn = close_fn;
}

static void
cs_api_stream_init (CsApiStream *self)
{
}

/** cs_api_stream_new: @base: both its ends can be polled; @watch: static. Returns: (transfer full): a stream over it. */
GIOStream *
cs_api_stream_new (GIOStream *base, const CsApiStreamWatch *watch, gpointer user_data)
{
  CsApiStream *self = g_object_new (CS_TYPE_API_STREAM, NULL);
  GInputStream *input = g_io_stream_get_input_stream (base);
  GOutputStream *output = g_io_stream_get_output_stream (base);

  self->base = g_object_ref (base);
  self->watch = watch;
  self->user_data = user_data;
  self->input = g_object_new (CS_TYPE_API_INPUT, "base-stream", input, "close-base-stream", FALSE, NULL);
  self->input->base = G_POLLABLE_INPUT_STREAM (input);
  self->input->watch = watch;
  self->input->user_data = user_data;
  self->output = g_object_new (CS_TYPE_API_OUTPUT, "base-stream", output, "close-base-stream", FALSE, NULL);
  self->output->base = G_POLLABLE_OUTPUT_STREAM (output);
  self->output->watch = watch;
  self->output->user_data = user_data;
  return G_IO_STREAM (self);
}
