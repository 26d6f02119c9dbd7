/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli demo */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-make.h"

#include <errno.h>
#include <glib/gstdio.h>

static const CsOption options[] = {
  { "dir", 0, N_ ("FOLDER"), N_ ("Also copy everything there; the folder is made if it is missing") },
  { "force", 0, NULL, N_ ("Replace files of the same name there") },
  { NULL },
};

static const CsOption *const tables[] = { options, NULL };

static const struct
{
  CsKind kind;
  const char *prompt;
  CsStyle style;
} ideas[] = {
  /* translators: three ideas that show what the program does; choose words that sound lovely in your language
   */
  { CS_KIND_VIDEO, N_ ("A lighthouse in a storm at night, waves breaking on the rocks"), CS_STYLE_CINEMATIC },
  { CS_KIND_IMAGE, N_ ("A mountain lake at sunrise, mist over the water"), CS_STYLE_ARTISTIC },
  { CS_KIND_DECK, N_ ("Why the night sky is dark"), CS_STYLE_PHOTOREALISTIC },
};

static gpointer
make_folder_work (gpointer data, GCancellable *cancellable, GError **error)
{
  const char *folder = data;

  if (g_mkdir (folder, 0777) == 0 || errno == EEXIST)
    return data;
  cs_set_error (error, CS_ERROR_NOT_WRITABLE,
                _ ("The folder “%1$s” cannot be made: %2$s. Choose another one."), folder,
                g_strerror (errno));
  return NULL;
}

/* There is a folder, and files can be put into it. */
static gboolean
prepare_folder (CsCli *cli, const char *folder, GError **error)
{
  g_autofree char *probe = g_build_filename (folder, "creative-studio-demo", NULL);

  if (folder[0] == '\0')
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The name of the folder is empty. Give it a name."));
      return FALSE;
    }
  return cs_cli_do (cli, make_folder_work, g_strdup (folder), g_free, NULL, error) != NULL
         && cs_cli_check_target (cli, probe, TRUE, error);
}

static GPtrArray *
make_briefs (GError **error)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  for (guint i = 0; i < G_N_ELEMENTS (ideas); i++)
    {
      CsBrief *brief = cs_brief_new (ideas[i].kind);

      brief->prompt = g_strdup (_ (ideas[i].prompt));
      brief->provider = g_strdup ("sketch"); /* a demo costs nothing, whatever keys there are */
      brief->style = ideas[i].style;
      brief->sound = CS_WISH_YES;
      brief->aspect = CS_ASPECT_16_9;
      g_ptr_array_add (briefs, brief);
      if (!cs_brief_check (brief, error))
        return NULL;
    }
  return g_steal_pointer (&briefs);
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (GPtrArray) briefs = make_briefs (error);
  CsMakeOrder order = { .briefs = briefs, .is_set = TRUE };

  order.folder = cs_arguments_get (arguments, "dir");
  order.force = cs_arguments_has (arguments, "force");
  if (briefs == NULL || !cs_make_get_patience (arguments, &order.patience, error)
      || (order.folder != NULL && !prepare_folder (cli, order.folder, error)))
    return FALSE;
  return cs_make (cli, &order, error);
}

const CsCommand cs_command_demo = {
  .name = "demo",
  .summary = N_ ("Make a video, a picture and a presentation, to see what comes out"),
  .details = N_ ("They are drawn on this computer, without AI and free of charge, whatever keys you have."),
  .options = tables,
  .run = run,
};
