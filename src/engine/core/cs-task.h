/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The bodies of the finish functions, in one place so that none is mismatched: the tag is the async function itself,
 * checked, and the value is stolen from the very result that was handed in.
 */
#define CS_DEFINE_FINISH_POINTER(Type, TypeName, async_function, finish_function)                                   \
  Type *finish_function (TypeName *self, GAsyncResult *result, GError **error)                                      \
  {                                                                                                                 \
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);                                                    \
    g_return_val_if_fail (g_async_result_is_tagged (result, async_function), NULL);                                 \
    return g_task_propagate_pointer (G_TASK (result), error);                                                       \
  }

#define CS_DEFINE_FINISH_BOOLEAN(TypeName, async_function, finish_function)                                         \
  gboolean finish_function (TypeName *self, GAsyncResult *result, GError **error)                                   \
  {                                                                                                                 \
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);                                                   \
    g_return_val_if_fail (g_async_result_is_tagged (result, async_function), FALSE);                                \
    return g_task_propagate_boolean (G_TASK (result), error);                                                       \
  }

G_END_DECLS
