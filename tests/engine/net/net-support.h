/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of calls share. */
#pragma once

#include "cs-raw-server.h"
#include "cs-test.h"
#include "net/cs-http.h"

#include <string.h>

#define OK_HEAD "HTTP/1.1 200 OK\r\n"

/* Keeps the answer of a call where a test waits for it. */
static inline void
net_keep_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsHttpAnswer **answer = user_data;

  *answer = cs_http_call_finish (CS_HTTP (source), result);
}

static inline gboolean
net_has_answer_cb (gpointer user_data)
{
  CsHttpAnswer **answer = user_data;

  return *answer != NULL;
}

/* Takes over @call. */
static inline CsHttpAnswer *
net_call (CsHttp *http, CsHttpCall *call, GCancellable *cancellable)
{
  CsHttpAnswer *answer = NULL;

  cs_http_call_async (http, call, cancellable, net_keep_answer_cb, &answer);
  g_assert_true (cs_test_wait (net_has_answer_cb, &answer));
  return answer;
}

static inline CsHttpAnswer *
net_get (CsHttp *http, CsRawServer *server, const char *path)
{
  g_autofree char *address = cs_raw_server_dup_address (server, path);

  return net_call (http, cs_http_call_new ("GET", address), NULL);
}

/* What a raw connection does: for each request, @user_data is the answer; and then the connection is closed. */
static inline void
net_answer_once (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);

  if (request != NULL)
    cs_raw_write (connection, user_data);
}

static inline void
net_answer_all (CsRawConnection *connection, gpointer user_data)
{
  char *request;

  while ((request = cs_raw_read (connection)) != NULL)
    {
      g_free (request);
      if (!cs_raw_write (connection, user_data))
        return;
    }
}

static inline void
net_assert_body (const CsHttpAnswer *answer, const char *expected)
{
  gsize length = 0;
  const char *data = answer->body != NULL ? g_bytes_get_data (answer->body, &length) : NULL;

  g_assert_cmpmem (data, length, expected, strlen (expected));
}
