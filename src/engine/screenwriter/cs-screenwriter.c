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

  CsProviderRegistry *registry; /* (nullable) */
  CsPriceList *prices;          /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CsScreenwriter, cs_screenwriter, G_TYPE_OBJECT)

static void
cs_screenwriter_finalize (GObject *object)
{
  CsScreenwriter *self = CS_SCREENWRITER (object);

  g_clear_object (&self->registry);
  g_clear_pointer (&self->prices, cs_price_list_unref);

  G_OBJECT_CLASS (cs_screenwriter_parent_class)->finalize (object);
}

static void
cs_screenwriter_class_init (CsScreenwriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_screenwriter_finalize;
}

static void
cs_screenwriter_init (CsScreenwriter *self)
{
}

/** cs_screenwriter_new: @registry, @prices: (nullable): without them the cascade is its end alone. */
CsScreenwriter *
cs_screenwriter_new (CsProviderRegistry *registry, CsPriceList *prices)
{
  CsScreenwriter *self = g_object_new (CS_TYPE_SCREENWRITER, NULL);

  self->registry = registry != NULL ? g_object_ref (registry) : NULL;
  self->prices = prices != NULL ? cs_price_list_ref (prices) : NULL;
  return self;
}

/**
 * cs_screenwriter_write_async:
 * @brief: a checked brief; copied where needed
 */
void
cs_screenwriter_write_async (CsScreenwriter *self, const CsBrief *brief, const CsModel *model, CsMoney max_cost,
                             CsChatFunc func, gpointer func_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_screenwriter_write_async);
  g_task_return_pointer (task, cs_direct_prompt_write (brief), (GDestroyNotify) cs_screenplay_free);
}

/** cs_screenwriter_write_finish: Returns: (transfer full): the screenplay; NULL only when cancelled. */
CS_DEFINE_FINISH_POINTER (CsScreenplay, CsScreenwriter, cs_screenwriter_write_async, cs_screenwriter_write_finish)
