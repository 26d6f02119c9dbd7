/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rewrites a brief into the best prompt, by a cascade that ends with the user's own words and so cannot fail. Main
 * thread; owned by the engine.
 */
#include "config.h"
#include "screenwriter/cs-screenwriter.h"

#include "core/cs-task.h"
#include "screenwriter/cs-direct-prompt.h"

struct _CsScreenwriter
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (CsScreenwriter, cs_screenwriter, G_TYPE_OBJECT)

static void
cs_screenwriter_class_init (CsScreenwriterClass *klass)
{
}

static void
cs_screenwriter_init (CsScreenwriter *self)
{
}

CsScreenwriter *
cs_screenwriter_new (void)
{
  return g_object_new (CS_TYPE_SCREENWRITER, NULL);
}

/**
 * cs_screenwriter_write_async:
 * @brief: a checked brief; copied where needed
 */
void
cs_screenwriter_write_async (CsScreenwriter *self, const CsBrief *brief, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_screenwriter_write_async);
  g_task_return_pointer (task, cs_direct_prompt_write (brief), (GDestroyNotify) cs_screenplay_free);
}

/** cs_screenwriter_write_finish: Returns: (transfer full): the screenplay; NULL only when cancelled. */
CS_DEFINE_FINISH_POINTER (CsScreenplay, CsScreenwriter, cs_screenwriter_write_async, cs_screenwriter_write_finish)
