/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The money of this studio as the front ends see it. Main thread; every call is one transaction on the worker. */
#include "config.h"
#include "wallet/cs-wallet.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-text.h"

#define MAX_LABEL_CHARACTERS 128

struct _CsWallet
{
  GObject parent_instance;

  CsStore *store;
};

G_DEFINE_FINAL_TYPE (CsWallet, cs_wallet, G_TYPE_OBJECT)

/* What one call is about; each uses what it needs. */
typedef struct
{
  char *code;  /* (nullable) the key as it was given, or was just made */
  char *label; /* (nullable) */
  CsMoney amount;
  CsBudget caps;
  char *user_id; /* (nullable) */
  gint64 from, to;
  gint64 key_id;
  CsSpendingQuery spending;
} Order;

static Order *
order_new (const char *code)
{
  Order *order = g_new0 (Order, 1);

  order->code = g_strdup (code);
  return order;
}

static void
order_free (Order *order)
{
  g_free (order->code);
  g_free (order->label);
  g_free (order->user_id);
  g_free (order);
}

void
cs_wallet_statement_free (CsWalletStatement *self)
{
  if (self == NULL)
    return;
  cs_wallet_key_free (self->key);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

static void
cs_wallet_finalize (GObject *object)
{
  g_clear_object (&CS_WALLET (object)->store);

  G_OBJECT_CLASS (cs_wallet_parent_class)->finalize (object);
}

static void
cs_wallet_class_init (CsWalletClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_wallet_finalize;
}

static void
cs_wallet_init (CsWallet *self)
{
}

/* The proof */

/* A ledger that cannot be is written down as such, and whoever moves money reads that: so this is committed. */
static gpointer
prove_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (cs_ledger_prove (database, &failure))
    return NULL;
  if (g_error_matches (failure, CS_ERROR, CS_ERROR_CORRUPT) && !cs_ledger_check (database, NULL))
    g_warning ("%s", failure->message);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* What was not proved now is proved at the next start; every move is checked by itself all the same. */
static void
prove_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    g_debug ("The ledger was not proved: %s", error->message);
}

/**
 * cs_wallet_new:
 * @store: just opened: the balances are proved from the ledger before anything else that is queued after this
 */
CsWallet *
cs_wallet_new (CsStore *store)
{
  CsWallet *self = g_object_new (CS_TYPE_WALLET, NULL);

  self->store = g_object_ref (store);
  cs_store_run_async (store, CS_STORE_WRITE, prove_func, NULL, NULL, NULL, NULL, prove_cb, NULL);
  return self;
}

/* Calls */

/* Starts @func on @order (transfer full); what it returns is the value of the task. */
static void
run (CsWallet *self, gpointer tag, CsStoreMode mode, CsStoreFunc func, Order *order, GDestroyNotify result_free,
     GAsyncReadyCallback done, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* what is written is said */
  cs_store_run_async (self->store, mode, func, order, (GDestroyNotify) order_free, result_free, cancellable, done, task);
}

static void
return_value (GObject *source, GAsyncResult *result, GTask *task, GDestroyNotify result_free)
{
  GError *error = NULL;
  gpointer value = cs_store_run_finish (CS_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, result_free);
  g_object_unref (task);
}

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, (GDestroyNotify) cs_wallet_key_free);
}

static CsWalletKey *
find_key (CsDatabase *database, const Order *order, GError **error)
{
  g_autofree char *hash = cs_wallet_key_hash (order->code);

  return cs_ledger_check (database, error) ? cs_wallet_key_find (database, hash, error) : NULL;
}

/* Creating */

/* A new key, and the only time that it is told. */
typedef struct
{
  CsWalletKey *key;
  char *code;
} Created;

static void
created_free (Created *created)
{
  cs_wallet_key_free (created->key);
  g_free (created->code);
  g_free (created);
}

static gpointer
create_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  g_autoptr (CsWalletKey) key = NULL;
  Created *created;
  gint64 id;

  if (!cs_ledger_check (database, error))
    return NULL;
  id = cs_wallet_key_insert (database, order->code, order->label, error);
  if (id == 0 || (order->amount != 0 && !cs_ledger_credit (database, id, order->amount, error)))
    return NULL;
  key = find_key (database, order, error);
  if (key == NULL)
    return NULL;
  created = g_new0 (Created, 1);
  created->key = g_steal_pointer (&key);
  created->code = g_strdup (order->code);
  return created;
}

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, (GDestroyNotify) created_free);
}

/* No label is one too. */
static char *
check_label (const char *label, GError **error)
{
  return label == NULL || *label == '\0' ? g_strdup ("") : cs_text_check_line ("label", label, MAX_LABEL_CHARACTERS, error);
}

/**
 * cs_wallet_create_async:
 * @label: (nullable): what the operator calls it
 * @credit: micro-USD; 0 for none yet
 *
 * Makes a key. Errors: those of cs_wallet_credit_async(), and of the label.
 */
void
cs_wallet_create_async (CsWallet *self, const char *label, CsMoney credit, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GError *error = NULL;
  g_autofree char *checked = check_label (label, &error);
  Order *order;

  if (checked == NULL)
    {
      g_task_report_error (self, callback, user_data, cs_wallet_create_async, error);
      return;
    }
  order = order_new (NULL);
  order->code = cs_wallet_key_make_code ();
  order->label = g_steal_pointer (&checked);
  order->amount = credit;
  run (self, cs_wallet_create_async, CS_STORE_WRITE, create_func, order, (GDestroyNotify) created_free, create_cb, cancellable,
       callback, user_data);
}

/**
 * cs_wallet_create_finish:
 * @code: (out) (transfer full): the key itself, which nobody can ask for again
 *
 * Returns: (transfer full): the key as it stands.
 */
CsWalletKey *
cs_wallet_create_finish (CsWallet *self, GAsyncResult *result, char **code, GError **error)
{
  Created *created;
  CsWalletKey *key;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_wallet_create_async), NULL);

  created = g_task_propagate_pointer (G_TASK (result), error);
  if (created == NULL)
    return NULL;
  key = g_steal_pointer (&created->key);
  *code = g_steal_pointer (&created->code);
  created_free (created);
  return key;
}

/* Crediting and asking */

static gpointer
credit_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  g_autoptr (CsWalletKey) key = find_key (database, order, error);

  if (key == NULL || !cs_ledger_credit (database, key->id, order->amount, error))
    return NULL;
  return find_key (database, order, error);
}

/**
 * cs_wallet_credit_async:
 * @code: the key
 * @amount: micro-USD
 *
 * Puts credit on a key. Errors: %CS_ERROR_INSUFFICIENT_CREDIT when there is no such key, %CS_ERROR_INVALID_VALUE when
 * @amount is none, or more than a key can hold, %CS_ERROR_CORRUPT when the ledger does not add up.
 */
void
cs_wallet_credit_async (CsWallet *self, const char *code, CsMoney amount, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  Order *order = order_new (code);

  order->amount = amount;
  run (self, cs_wallet_credit_async, CS_STORE_WRITE, credit_func, order, (GDestroyNotify) cs_wallet_key_free, key_cb,
       cancellable, callback, user_data);
}

/** cs_wallet_credit_finish: Returns: (transfer full): the key as it stands. */
CS_DEFINE_FINISH_POINTER (CsWalletKey, CsWallet, cs_wallet_credit_async, cs_wallet_credit_finish)

static gpointer
top_up_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;

  if (cs_ledger_check (database, error))
    cs_ledger_credit (database, order->key_id, order->amount, error);
  return NULL;
}

static void
top_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * cs_wallet_top_up_async:
 * @key_id: as in the list of keys: the operator does not have the key itself any more
 *
 * Puts credit on a key. Errors: as cs_wallet_credit_async().
 */
void
cs_wallet_top_up_async (CsWallet *self, gint64 key_id, CsMoney amount, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Order *order = order_new (NULL);

  order->key_id = key_id;
  order->amount = amount;
  run (self, cs_wallet_top_up_async, CS_STORE_WRITE, top_up_func, order, NULL, top_up_cb, cancellable, callback, user_data);
}

CS_DEFINE_FINISH_BOOLEAN (CsWallet, cs_wallet_top_up_async, cs_wallet_top_up_finish)

static gpointer
find_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return find_key (database, data, error);
}

/** cs_wallet_find_async: Errors: %CS_ERROR_INSUFFICIENT_CREDIT when there is no such key, %CS_ERROR_CORRUPT. */
void
cs_wallet_find_async (CsWallet *self, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  run (self, cs_wallet_find_async, CS_STORE_READ, find_func, order_new (code), (GDestroyNotify) cs_wallet_key_free, key_cb,
       cancellable, callback, user_data);
}

static gpointer
find_hash_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_ledger_check (database, error) ? cs_wallet_key_find (database, data, error) : NULL;
}

/** cs_wallet_find_hash_async: @hash: as CsBrief.wallet_key has it. Ends with cs_wallet_find_finish(); errors: the same. */
void
cs_wallet_find_hash_async (CsWallet *self, const char *hash, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_wallet_find_async);
  cs_store_run_async (self->store, CS_STORE_READ, find_hash_func, g_strdup (hash), g_free, (GDestroyNotify) cs_wallet_key_free,
                      cancellable, key_cb, task);
}

/** cs_wallet_find_finish: Returns: (transfer full): the key as it stands. */
CS_DEFINE_FINISH_POINTER (CsWalletKey, CsWallet, cs_wallet_find_async, cs_wallet_find_finish)

static gpointer
list_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_ledger_check (database, error) ? cs_wallet_key_list (database, error) : NULL;
}

static void
array_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, (GDestroyNotify) g_ptr_array_unref);
}

void
cs_wallet_list_async (CsWallet *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, cs_wallet_list_async, CS_STORE_READ, list_func, order_new (NULL), (GDestroyNotify) g_ptr_array_unref, array_cb,
       cancellable, callback, user_data);
}

/** cs_wallet_list_finish: Returns: (transfer full) (element-type CsWalletKey): all keys, newest first. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsWallet, cs_wallet_list_async, cs_wallet_list_finish)

static gpointer
statement_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsWalletStatement) statement = g_new0 (CsWalletStatement, 1);

  statement->key = find_key (database, data, error);
  if (statement->key == NULL)
    return NULL;
  statement->entries = cs_ledger_list (database, statement->key->id, error);
  return statement->entries != NULL ? g_steal_pointer (&statement) : NULL;
}

static void
statement_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, (GDestroyNotify) cs_wallet_statement_free);
}

/** cs_wallet_statement_async: Errors: as cs_wallet_find_async(). */
void
cs_wallet_statement_async (CsWallet *self, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  run (self, cs_wallet_statement_async, CS_STORE_READ, statement_func, order_new (code),
       (GDestroyNotify) cs_wallet_statement_free, statement_cb, cancellable, callback, user_data);
}

/** cs_wallet_statement_finish: Returns: (transfer full): the key with its moves, of one moment. */
CS_DEFINE_FINISH_POINTER (CsWalletStatement, CsWallet, cs_wallet_statement_async, cs_wallet_statement_finish)

/* Usage */

static gpointer
usage_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  const CsUsageQuery query = { order->user_id, order->code, order->from, order->to };

  return cs_usage_load (database, &query, error);
}

static void
usage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, (GDestroyNotify) cs_usage_free);
}

/** cs_wallet_usage_async: Errors: %CS_ERROR_INSUFFICIENT_CREDIT when a key is asked about that there is not. */
void
cs_wallet_usage_async (CsWallet *self, const CsUsageQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Order *order = order_new (query->key_code);

  order->user_id = g_strdup (query->user_id);
  order->from = query->from;
  order->to = query->to;
  run (self, cs_wallet_usage_async, CS_STORE_READ, usage_func, order, (GDestroyNotify) cs_usage_free, usage_cb, cancellable,
       callback, user_data);
}

/** cs_wallet_usage_finish: Returns: (transfer full): what was used. */
CS_DEFINE_FINISH_POINTER (CsUsage, CsWallet, cs_wallet_usage_async, cs_wallet_usage_finish)

/* The book */

static gpointer
moves_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;

  return cs_moves_load (database, order->key_id, error);
}

/** cs_wallet_moves_async: @key_id: whose: a wallet key's, %CS_MOVES_ALL or %CS_MOVES_WITHOUT_KEY. */
void
cs_wallet_moves_async (CsWallet *self, gint64 key_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Order *order = order_new (NULL);

  order->key_id = key_id;
  run (self, cs_wallet_moves_async, CS_STORE_READ, moves_func, order, (GDestroyNotify) g_ptr_array_unref, array_cb, cancellable,
       callback, user_data);
}

/** cs_wallet_moves_finish: Returns: (transfer full) (element-type CsMove): the newest first. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsWallet, cs_wallet_moves_async, cs_wallet_moves_finish)

static gpointer
spending_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_spending_load (database, &((const Order *) data)->spending, error);
}

static void
spending_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, (GDestroyNotify) cs_spending_free);
}

void
cs_wallet_spending_async (CsWallet *self, const CsSpendingQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Order *order = order_new (NULL);

  order->spending = *query;
  run (self, cs_wallet_spending_async, CS_STORE_READ, spending_func, order, (GDestroyNotify) cs_spending_free, spending_cb,
       cancellable, callback, user_data);
}

/** cs_wallet_spending_finish: Returns: (transfer full): the sums. */
CS_DEFINE_FINISH_POINTER (CsSpending, CsWallet, cs_wallet_spending_async, cs_wallet_spending_finish)

/* The budget */

static gpointer
get_budget_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  CsBudget budget;

  return cs_budget_load (database, &budget, error) ? g_memdup2 (&budget, sizeof budget) : NULL;
}

static gpointer
set_budget_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;

  return cs_budget_set_all (database, &order->caps, error) ? get_budget_func (database, NULL, cancellable, error) : NULL;
}

static void
budget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_value (source, result, user_data, g_free);
}

void
cs_wallet_get_budget_async (CsWallet *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, cs_wallet_get_budget_async, CS_STORE_READ, get_budget_func, order_new (NULL), g_free, budget_cb, cancellable,
       callback, user_data);
}

/** cs_wallet_get_budget_finish: Returns: (transfer full): caps and spending; free it with g_free(). */
CS_DEFINE_FINISH_POINTER (CsBudget, CsWallet, cs_wallet_get_budget_async, cs_wallet_get_budget_finish)

/**
 * cs_wallet_set_budget_async:
 * @caps: of which only the caps are read: micro-USD, below 0 to take one away, %CS_BUDGET_KEEP to leave one as it is
 */
void
cs_wallet_set_budget_async (CsWallet *self, const CsBudget *caps, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Order *order = order_new (NULL);

  order->caps = *caps;
  run (self, cs_wallet_set_budget_async, CS_STORE_WRITE, set_budget_func, order, g_free, budget_cb, cancellable, callback,
       user_data);
}

/** cs_wallet_set_budget_finish: Returns: (transfer full): caps and spending as they are now; free it with g_free(). */
CS_DEFINE_FINISH_POINTER (CsBudget, CsWallet, cs_wallet_set_budget_async, cs_wallet_set_budget_finish)
