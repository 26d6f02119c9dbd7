/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an idea on the stage, with providers over real HTTP: made, cancelled, refused, in doubt, without a key. */
#include "config.h"

#include "ui-scene.h"

#include "ui/composer/cs-composer.h"
#include "ui/stage/cs-message-row.h"
#include "ui/stage/cs-review-view.h"
#include "ui/stage/cs-screenplay-card.h"
#include "ui/stage/cs-working-view.h"

#define PRICE 280000 /* of the first model of the chain, micro-USD */

static const char *const piapi[] = { "PIAPI_KEY", NULL };

static char *
dup_sent (UiScene *scene, guint n)
{
  g_autoptr (JsonObject) request = cs_fake_server_dup_request (scene->server, "piapi", "create", n);

  return request != NULL ? g_strdup (json_object_get_string_member (request, "body")) : NULL;
}

static gboolean
is_in_state_cb (gpointer user_data)
{
  const gpointer *wanted = user_data;

  return cs_job_get_facts (wanted[0])->state == (CsJobState) GPOINTER_TO_INT (wanted[1]);
}

static void
wait_state (CsJob *job, CsJobState state)
{
  gpointer wanted[] = { job, GINT_TO_POINTER (state) };

  ui_wait (is_in_state_cb, wanted);
}

static gboolean
is_cancel_requested_cb (gpointer job)
{
  return cs_job_get_facts (job)->cancel_requested;
}

static void
wait_cancel_requested (CsJob *job)
{
  ui_wait (is_cancel_requested_cb, job);
}

static gboolean
is_final_cb (gpointer job)
{
  return cs_job_state_is_final (cs_job_get_facts (job)->state);
}

static void
wait_final (CsJob *job)
{
  ui_wait (is_final_cb, job);
}

/* The facts, the steps, what was sent byte for byte, and the film. */
static void
test_made (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);
  GtkWidget *row;
  g_autofree char *shown = NULL;
  g_autofree char *sent = NULL;

  cs_fake_server_set_usual (scene->server, "piapi", "get", "status:processing");
  ui_scene_make (scene, CS_KIND_VIDEO, "a lighthouse at dusk", PRICE, 1);
  ui_scene_wait_page (scene, "working");
  ui_scene_wait_words (scene, "5 s, \xe2\x81\xa8" "16:9\xe2\x81\xa9, photorealistic · $0.28 on hold");
  ui_scene_wait_words (scene, "PiAPI · Wan 2.2 took the job");
  ui_scene_wait_words (scene, "Rendering");
  ui_scene_wait_words (scene, "What was sent");
  ui_check_names (GTK_WIDGET (scene->page));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-working");
  row = ui_find (ui_find (GTK_WIDGET (scene->page), CS_TYPE_WORKING_VIEW, NULL), CS_TYPE_MESSAGE_ROW, NULL);
  shown = g_strdup (cs_message_row_get_text (CS_MESSAGE_ROW (row)));
  sent = dup_sent (scene, 0);
  g_assert_cmpstr (shown, ==, sent);
  g_assert_null (strstr (shown, "canary"));
  cs_fake_server_set_usual (scene->server, "piapi", "get", "ok");
  ui_scene_wait_page (scene, "done");
  ui_scene_wait_words (scene, "Again · $0.28");
  g_assert_cmpuint (cs_fake_server_count_accepted (scene->server, "piapi"), ==, 1);
  ui_scene_close (scene);
}

/* What was rewritten is shown word by word while it is made; a phrase that is marked can be kept for the next version. */
static void
test_rewritten (void)
{
  UiScene *scene = ui_scene_open_writing (CS_KIND_VIDEO, piapi,
                                          "{\"prompt\": \"A red and white striped lighthouse at dusk, slow aerial orbit\","
                                          " \"negative_prompt\": \"\", \"notes\": [\"A named camera move gives a steadier shot.\"]}");
  g_autoptr (CsBrief) brief = NULL;
  GtkWidget *working;
  GtkTextView *text;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  cs_fake_server_set_usual (scene->server, "piapi", "get", "status:processing");
  ui_scene_rewrite (scene, "A lighthouse at dusk, the camera circles", PRICE);
  ui_scene_wait_words (scene, "PiAPI · Wan 2.2 took the job");
  ui_scene_wait_words (scene, "Already sent. For the next version:");
  ui_settle (scene->fixture);
  ui_check_names (GTK_WIDGET (scene->page));
  ui_shoot (scene->fixture, "stage-working-rewritten");
  working = ui_find (GTK_WIDGET (scene->page), CS_TYPE_WORKING_VIEW, NULL);
  text = GTK_TEXT_VIEW (ui_find (working, GTK_TYPE_TEXT_VIEW, NULL));
  buffer = gtk_text_view_get_buffer (text);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_get_end_iter (buffer, &end);
  g_assert_true (gtk_text_iter_forward_search (&start, "slow aerial orbit", 0, &start, &end, NULL));
  gtk_text_buffer_select_range (buffer, &start, &end);
  ui_scene_wait_words (scene, "Lock These Words");
  ui_scene_click (scene, "Lock These Words");
  brief = cs_composer_dup_brief (CS_COMPOSER (ui_find (GTK_WIDGET (scene->page), CS_TYPE_COMPOSER, NULL)));
  g_assert_cmpstr (brief->prompt, ==, "A lighthouse at dusk, the camera circles, slow aerial orbit");
  cs_fake_server_set_usual (scene->server, "piapi", "get", "ok");
  ui_scene_wait_page (scene, "done");
  ui_scene_wait_words (scene, "Rewritten by Ollama");
  ui_scene_close (scene);
}

/* Whoever has begun may still bill it: it is asked about, with its name; until then nothing is given up. */
static void
test_cancel_after_sending (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);
  CsJob *job;

  cs_fake_server_set_usual (scene->server, "piapi", "get", "status:processing");
  ui_scene_make (scene, CS_KIND_VIDEO, "a lighthouse at dusk", PRICE, 1);
  ui_scene_wait_words (scene, "PiAPI · Wan 2.2 took the job");
  job = g_object_ref (ui_scene_get_job (scene));
  ui_scene_click (scene, "Cancel");
  g_assert_true (ui_scene_has_dialog (scene));
  ui_scene_answer (scene, "no");
  g_assert_false (cs_job_get_facts (job)->cancel_requested);
  ui_scene_click (scene, "Cancel");
  ui_scene_answer (scene, "yes");
  wait_cancel_requested (job);
  ui_settle (scene->fixture);
  g_assert_false (gtk_widget_is_sensitive (ui_scene_find_button (scene, "Cancel")));
  cs_fake_server_set_usual (scene->server, "piapi", "get", "ok");
  wait_final (job);
  g_object_unref (job);
  ui_scene_close (scene);
}

/* Refused, and the next one is dearer than what was agreed: it is offered at its price, and taken when the user says so. */
static void
test_refused (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);

  cs_fake_server_script (scene->server, "piapi", "create", "400");
  ui_scene_make (scene, CS_KIND_VIDEO, "a shooting star", PRICE, 1);
  ui_scene_wait_page (scene, "failed");
  ui_scene_wait_words (scene, "PiAPI refused this prompt");
  ui_scene_wait_words (scene, "Nothing was billed, and the $0.28 on hold is yours again.");
  ui_scene_wait_words (scene, "Retry with PiAPI · $0.40");
  ui_scene_wait_words (scene, "What PiAPI said");
  ui_check_names (GTK_WIDGET (scene->page));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-refused");
  g_assert_cmpuint (cs_fake_server_count_accepted (scene->server, "piapi"), ==, 0);
  ui_scene_click (scene, "Retry with PiAPI");
  ui_scene_wait_page (scene, "done");
  g_assert_cmpuint (cs_fake_server_count_accepted (scene->server, "piapi"), ==, 1);
  ui_scene_close (scene);
}

/* Its words go back into the composer, and nobody waits any more. */
static void
test_refused_edit (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);
  CsJob *job;

  cs_fake_server_script (scene->server, "piapi", "create", "400");
  ui_scene_make (scene, CS_KIND_VIDEO, "a shooting star", PRICE, 1);
  ui_scene_wait_words (scene, "PiAPI refused this prompt");
  job = g_object_ref (ui_scene_get_job (scene));
  ui_scene_click (scene, "Edit Prompt");
  ui_scene_wait_page (scene, "idle");
  wait_state (job, CS_JOB_CANCELLED);
  g_object_unref (job);
  ui_scene_close (scene);
}

static void
make_uncertain (UiScene *scene)
{
  cs_fake_server_script (scene->server, "piapi", "create", "lost");
  ui_scene_make (scene, CS_KIND_VIDEO, "a dhow under a red sky", PRICE, 1);
  ui_scene_wait_page (scene, "failed");
  ui_scene_wait_words (scene, "May have been billed, $0.28");
}

/* Nobody knows whether it was taken: nothing is sent again by itself. */
static void
test_uncertain_send_again (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);

  make_uncertain (scene);
  ui_check_names (GTK_WIDGET (scene->page));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-uncertain");
  ui_scene_click (scene, "Check Again");
  g_assert_false (ui_scene_has_dialog (scene));
  ui_scene_wait_words (scene, "May have been billed, $0.28");
  ui_scene_click (scene, "Send Again…");
  ui_scene_answer (scene, "no");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", "create"), ==, 1);
  ui_scene_click (scene, "Send Again…");
  ui_scene_answer (scene, "yes");
  ui_scene_wait_page (scene, "done");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", "create"), ==, 2);
  ui_scene_close (scene);
}

static void
test_uncertain_give_up (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);

  make_uncertain (scene);
  ui_scene_click (scene, "Give Up…");
  ui_scene_answer (scene, "yes");
  ui_scene_wait_words (scene, "You stopped looking");
  ui_scene_wait_words (scene, "It may have been billed: nobody knows.");
  ui_scene_click (scene, "Close");
  ui_scene_wait_page (scene, "idle");
  g_assert_cmpuint (g_list_model_get_n_items (cs_studio_get_jobs (scene->fixture->studio)), ==, 0);
  ui_scene_close (scene);
}

/* "Later" is not "no": it says until when, and goes on by itself. */
static void
test_rate_limited (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);

  cs_fake_server_script (scene->server, "piapi", "create", "429:2");
  ui_scene_make (scene, CS_KIND_VIDEO, "a harbour", PRICE, 1);
  ui_scene_wait_words (scene, "PiAPI asks for a pause. Next try in");
  ui_scene_wait_page (scene, "done");
  g_assert_cmpuint (cs_fake_server_count_accepted (scene->server, "piapi"), ==, 1);
  ui_scene_close (scene);
}

/* Without its key it waits, and goes on as soon as there is one. */
static void
test_no_key (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, NULL);
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);

  brief->prompt = g_strdup ("a harbour");
  brief->model = g_strdup ("piapi/wan-2.2");
  brief->screenwriter = FALSE;
  brief->max_cost = PRICE;
  cs_create_page_make (scene->page, brief, 1);
  ui_scene_wait_page (scene, "failed");
  ui_scene_wait_words (scene, "A key is needed");
  ui_scene_wait_words (scene, "Nothing was sent, and nothing is on hold.");
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-no-key");
  ui_scene_click (scene, "Add Key");
  ui_wait_asked (scene->fixture, "add-key: 'PIAPI_KEY'");
  ui_scene_give_keys (scene, piapi);
  ui_scene_wait_page (scene, "done");
  ui_scene_close (scene);
}

/* The newest is on the stage; the one before goes on. */
static void
test_two_at_once (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);
  CsJob *first;

  cs_fake_server_set_usual (scene->server, "piapi", "get", "status:processing");
  ui_scene_make (scene, CS_KIND_VIDEO, "a lighthouse at dusk", PRICE, 1);
  ui_scene_wait_words (scene, "PiAPI · Wan 2.2 took the job");
  first = g_object_ref (ui_scene_get_job (scene));
  ui_scene_make (scene, CS_KIND_VIDEO, "a second one", PRICE, 1);
  wait_state (first, CS_JOB_RENDERING);
  while (cs_fake_server_count_accepted (scene->server, "piapi") < 2)
    ui_settle (scene->fixture);
  g_assert_cmpuint (g_list_model_get_n_items (cs_studio_get_jobs (scene->fixture->studio)), ==, 2);
  cs_fake_server_set_usual (scene->server, "piapi", "get", "ok");
  wait_state (first, CS_JOB_DONE);
  ui_scene_wait_page (scene, "done");
  ui_scene_wait_words (scene, "a second one");
  g_object_unref (first);
  ui_scene_close (scene);
}

/* Read first, as the setting says: what is shown is what is sent. */
static void
test_review (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);
  GSettings *settings = cs_studio_get_settings (scene->fixture->studio);
  g_autofree char *shown = NULL;
  g_autofree char *sent = NULL;
  GtkWidget *row;

  g_settings_set_boolean (settings, "ask-before-sending", TRUE);
  ui_scene_make (scene, CS_KIND_VIDEO, "a lighthouse at dusk", PRICE, 1);
  ui_scene_wait_page (scene, "review");
  ui_scene_wait_words (scene, "Nothing has been sent yet.");
  ui_scene_wait_words (scene, "What will be sent");
  ui_check_names (GTK_WIDGET (scene->page));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-review");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", NULL), ==, 0);
  row = ui_find (ui_find (GTK_WIDGET (scene->page), CS_TYPE_REVIEW_VIEW, NULL), CS_TYPE_MESSAGE_ROW, NULL);
  shown = g_strdup (cs_message_row_get_text (CS_MESSAGE_ROW (row)));
  ui_scene_click (scene, "Accept and Send · $0.28");
  ui_scene_click (scene, "Accept and Send · $0.28"); /* in haste: once */
  ui_scene_wait_page (scene, "done");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", "create"), ==, 1);
  sent = dup_sent (scene, 0);
  g_assert_cmpstr (shown, ==, sent);
  g_settings_reset (settings, "ask-before-sending");
  ui_scene_close (scene);
}

static gboolean
is_unrewritten_cb (gpointer user_data)
{
  UiScene *scene = user_data;
  GtkWidget *review = ui_find (GTK_WIDGET (scene->page), CS_TYPE_REVIEW_VIEW, NULL);

  return gtk_widget_get_mapped (review) && ui_count (review, CS_TYPE_SCREENPLAY_CARD) == 0;
}

/* Until the words that wait are the user's. */
static void
wait_unrewritten (UiScene *scene)
{
  ui_wait (is_unrewritten_cb, scene);
}

static gboolean
has_height_cb (gpointer user_data)
{
  return gtk_widget_get_height (user_data) > 0;
}

/* What the screenwriter made of it is read, compared, and its words can be kept, changed or refused. */
static void
test_review_rewritten (void)
{
  UiScene *scene = ui_scene_open_writing (CS_KIND_VIDEO, piapi,
                                          "{\"prompt\": \"A red and white striped lighthouse at dusk, slow aerial orbit\","
                                          " \"negative_prompt\": \"\", \"notes\": [\"A named camera move gives a steadier shot.\"]}");
  GSettings *settings = cs_studio_get_settings (scene->fixture->studio);
  g_autofree char *sent = NULL;

  g_settings_set_boolean (settings, "ask-before-sending", TRUE);
  ui_scene_rewrite (scene, "A lighthouse at dusk, the camera circles", PRICE);
  ui_scene_wait_page (scene, "review");
  ui_scene_wait_words (scene, "The screenwriter’s version");
  ui_check_names (GTK_WIDGET (scene->page));
  ui_wait (has_height_cb, ui_find (ui_find (GTK_WIDGET (scene->page), CS_TYPE_REVIEW_VIEW, NULL), GTK_TYPE_TEXT_VIEW, NULL));
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-review-rewritten");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", NULL), ==, 0);
  ui_scene_click (scene, "Use My Words");
  wait_unrewritten (scene);
  ui_scene_click (scene, "Accept and Send · $0.28");
  ui_scene_wait_page (scene, "done");
  sent = dup_sent (scene, 0);
  g_assert_nonnull (strstr (sent, "A lighthouse at dusk, the camera circles"));
  g_assert_null (strstr (sent, "orbit"));
  g_settings_reset (settings, "ask-before-sending");
  ui_scene_close (scene);
}

/* Refused by the user: nothing left, nothing is on hold. */
static void
test_review_cancel (void)
{
  UiScene *scene = ui_scene_open (CS_KIND_VIDEO, piapi);
  GSettings *settings = cs_studio_get_settings (scene->fixture->studio);

  g_settings_set_boolean (settings, "ask-before-sending", TRUE);
  ui_scene_make (scene, CS_KIND_VIDEO, "a lighthouse at dusk", PRICE, 1);
  ui_scene_wait_page (scene, "review");
  ui_scene_click (scene, "Cancel");
  g_assert_false (ui_scene_has_dialog (scene));
  ui_scene_wait_page (scene, "idle");
  ui_wait_asked (scene->fixture, "say: Cancelled. Nothing was billed.");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", NULL), ==, 0);
  g_settings_reset (settings, "ask-before-sending");
  ui_scene_close (scene);
}

/* What was not sent waits, and says so; nothing is on hold meanwhile, and it ends at once when nobody wants it any more. */
static void
test_offline (void)
{
  UiScene *scene = ui_scene_open_offline (CS_KIND_VIDEO, piapi);
  CsJob *job;

  ui_scene_make (scene, CS_KIND_VIDEO, "a harbour", PRICE, 1);
  ui_scene_wait_words (scene, "PiAPI does not answer. It is asked again by itself");
  ui_scene_wait_words (scene, "What will be sent");
  ui_scene_wait_page (scene, "working");
  ui_settle (scene->fixture);
  ui_shoot (scene->fixture, "stage-offline");
  job = g_object_ref (ui_scene_get_job (scene));
  g_assert_cmpint (cs_job_get_facts (job)->waiting, ==, CS_WAITING_OFFLINE);
  ui_scene_click (scene, "Cancel");
  g_assert_false (ui_scene_has_dialog (scene));
  wait_state (job, CS_JOB_CANCELLED);
  ui_scene_wait_page (scene, "idle");
  g_assert_cmpuint (cs_fake_server_count (scene->server, "piapi", NULL), ==, 0);
  g_object_unref (job);
  ui_scene_close (scene);
}

static void
assert_narrow (UiScene *scene)
{
  ui_settle (scene->fixture);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (scene->page)), <=, 400);
}

/* Everything has room on a telephone. */
static void
test_narrow (void)
{
  UiScene *scene = ui_scene_open_narrow (CS_KIND_VIDEO, piapi);
  GSettings *settings = cs_studio_get_settings (scene->fixture->studio);

  g_settings_set_boolean (settings, "ask-before-sending", TRUE);
  cs_fake_server_script (scene->server, "piapi", "create", "400");
  ui_scene_make (scene, CS_KIND_VIDEO, "a shooting star over a lighthouse", PRICE, 1);
  ui_scene_wait_page (scene, "review");
  assert_narrow (scene);
  ui_shoot (scene->fixture, "stage-review-narrow");
  ui_scene_click (scene, "Accept and Send");
  ui_scene_wait_page (scene, "failed");
  ui_scene_wait_words (scene, "Retry with PiAPI · $0.40");
  assert_narrow (scene);
  ui_shoot (scene->fixture, "stage-refused-narrow");
  cs_fake_server_set_usual (scene->server, "piapi", "get", "status:processing");
  ui_scene_click (scene, "Retry with");
  ui_scene_wait_page (scene, "review");
  ui_scene_click (scene, "Accept and Send");
  ui_scene_wait_words (scene, "PiAPI · Wan 2.6 took the job");
  assert_narrow (scene);
  ui_shoot (scene->fixture, "stage-working-narrow");
  cs_fake_server_set_usual (scene->server, "piapi", "get", "ok");
  ui_scene_wait_page (scene, "done");
  assert_narrow (scene);
  ui_shoot (scene->fixture, "stage-done-narrow");
  g_settings_reset (settings, "ask-before-sending");
  ui_scene_close (scene);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/stage/made", test_made);
  g_test_add_func ("/stage/rewritten", test_rewritten);
  g_test_add_func ("/stage/cancel-after-sending", test_cancel_after_sending);
  g_test_add_func ("/stage/refused", test_refused);
  g_test_add_func ("/stage/refused-edit", test_refused_edit);
  g_test_add_func ("/stage/promise-3-uncertain-send-again", test_uncertain_send_again);
  g_test_add_func ("/stage/promise-3-uncertain-give-up", test_uncertain_give_up);
  g_test_add_func ("/stage/rate-limited", test_rate_limited);
  g_test_add_func ("/stage/offline", test_offline);
  g_test_add_func ("/stage/no-key", test_no_key);
  g_test_add_func ("/stage/two-at-once", test_two_at_once);
  g_test_add_func ("/stage/promise-2-review", test_review);
  g_test_add_func ("/stage/review-rewritten", test_review_rewritten);
  g_test_add_func ("/stage/review-cancel", test_review_cancel);
  g_test_add_func ("/stage/narrow", test_narrow);
  return g_test_run ();
}
