/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wallet keys: how one is made, what is kept of it, and its rows. The key itself is told once, to whoever makes it: the
 * database holds its SHA-256 and its last four characters.
 */
#include "config.h"
#include "wallet/cs-wallet-key.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-words.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define N_GROUPS 5
#define GROUP_LENGTH 5
#define ENDING_LENGTH 4

#define COLUMNS "id, ending, label, balance, held, created_at"

/* Crockford's: nothing that is taken for something else when it is read aloud. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

CsWalletKey *
cs_wallet_key_copy (const CsWalletKey *self)
{
  CsWalletKey *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->label = g_strdup (self->label);
  return copy;
}

void
cs_wallet_key_free (CsWalletKey *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->label);
  g_free (self);
}

static void
fill_random (guint8 *bytes, gsize length)
{
  for (gsize done = 0; done < length;)
    {
      ssize_t got = getrandom (bytes + done, length - done, 0);

      if (got > 0)
        done += got;
      else if (errno != EINTR)
        g_error ("This system gives no random numbers: %s", g_strerror (errno));
    }
}

/** cs_wallet_key_make_code: Returns: (transfer full): "KEY-" and five groups of five characters: 125 random bits. */
char *
cs_wallet_key_make_code (void)
{
  guint8 random[N_GROUPS * GROUP_LENGTH];
  g_autoptr (GString) code = g_string_new ("KEY");

  fill_random (random, sizeof random);
  for (guint i = 0; i < sizeof random; i++)
    {
      if (i % GROUP_LENGTH == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, alphabet[random[i] & 31]);
    }
  return g_string_free (g_steal_pointer (&code), FALSE);
}

/* As it is meant: typed by hand it may have other cases, and spaces around it. */
static char *
normalise (const char *code)
{
  g_autofree char *upper = g_ascii_strup (code, -1);

  return g_strdup (g_strstrip (upper));
}

/** cs_wallet_key_hash: @code: any text. Returns: (transfer full): what the database knows the key by. */
char *
cs_wallet_key_hash (const char *code)
{
  g_autofree char *normal = normalise (code);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, normal, -1);
}

/**
 * cs_wallet_key_insert:
 * @code: as cs_wallet_key_make_code() made it
 * @label: checked text
 *
 * Returns: the id of a new key without credit; 0 on failure.
 */
gint64
cs_wallet_key_insert (CsDatabase *database, const char *code, const char *label, GError **error)
{
  g_autofree char *normal = normalise (code);
  g_autofree char *hash = cs_wallet_key_hash (code);
  gsize length = strlen (normal);
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "INSERT INTO wallet_keys (hash, ending, label, created_at) VALUES (:hash, :ending, :label, :now) RETURNING id",
      error);

  if (statement == NULL)
    return 0;
  cs_statement_bind_text (statement, "hash", hash);
  cs_statement_bind_text (statement, "ending", normal + (length > ENDING_LENGTH ? length - ENDING_LENGTH : 0));
  cs_statement_bind_text (statement, "label", label);
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  return cs_statement_step (statement, error) ? cs_statement_get_int (statement, 0) : 0;
}

/** cs_wallet_key_make_name: @ending: its last characters. Returns: (transfer full): the key as it may be shown. */
char *
cs_wallet_key_make_name (const char *ending)
{
  return g_strconcat ("KEY-…-", ending, NULL);
}

static CsWalletKey *
read_row (CsStatement *row)
{
  CsWalletKey *key = g_new0 (CsWalletKey, 1);

  key->id = cs_statement_get_int (row, 0);
  key->name = cs_wallet_key_make_name (cs_statement_get_text (row, 1));
  key->label = cs_statement_dup_text (row, 2);
  key->balance = cs_statement_get_int (row, 3);
  key->held = cs_statement_get_int (row, 4);
  key->created_at = cs_statement_get_int (row, 5);
  return key;
}

/** cs_wallet_key_find: @hash: of cs_wallet_key_hash(). Returns: (transfer full): the key as it stands now. */
CsWalletKey *
cs_wallet_key_find (CsDatabase *database, const char *hash, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT " COLUMNS " FROM wallet_keys WHERE hash = :hash", error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "hash", hash);
  if (cs_statement_step (statement, &failure))
    return read_row (statement);
  if (failure == NULL)
    cs_set_error (error, CS_ERROR_INSUFFICIENT_CREDIT, _ ("This wallet key is not known here, so it has no credit. Check how it is written."));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/** cs_wallet_key_list: Returns: (transfer full) (element-type CsWalletKey): all keys, newest first. */
GPtrArray *
cs_wallet_key_list (CsDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_wallet_key_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT " COLUMNS " FROM wallet_keys ORDER BY id DESC", error);

  if (statement == NULL)
    return NULL;
  while (cs_statement_step (statement, &failure))
    g_ptr_array_add (keys, read_row (statement));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&keys);
}
