/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stamp of a deck: a block of JSON-LD in its head. The deck's writer puts one there; a copy gets it anew. */
#include "config.h"
#include "media/cs-provenance-head.h"
#include "media/cs-provenance-private.h"

#include <string.h>

#define MAX_HEAD (1024 * 1024)
#define BLOCK_START "<script type=\"application/ld+json\">"
#define BLOCK_END "</script>"

/* (transfer full): the beginning of the file, where its head stands. */
static char *
read_head (const CsMediaFile *file, gsize *length)
{
  g_autofree char *head = NULL;

  *length = MIN (file->size, MAX_HEAD);
  head = g_malloc (*length + 1);
  if (!cs_media_file_read (file, 0, head, *length))
    return NULL;
  head[*length] = '\0';
  return g_steal_pointer (&head);
}

/* Our block: the first that speaks of a source. FALSE when there is none. */
static gboolean
find_block (const char *head, gsize length, gsize *start, gsize *end)
{
  const char *block = head;

  while ((block = memmem (block, length - (block - head), BLOCK_START, strlen (BLOCK_START))) != NULL)
    {
      const char *close = memmem (block, length - (block - head), BLOCK_END, strlen (BLOCK_END));

      if (close == NULL)
        return FALSE;
      *start = block - head;
      *end = close + strlen (BLOCK_END) - head;
      if (memmem (block, close - block, "digitalSourceType", strlen ("digitalSourceType")) != NULL)
        return TRUE;
      block = close;
    }
  return FALSE;
}

/* Where a block would go: right behind the tag that opens the head. */
static gboolean
find_place (const char *head, gsize *place)
{
  const char *tag = strcasestr (head, "<head");
  const char *end = tag != NULL ? strchr (tag, '>') : NULL;

  if (end == NULL || (tag[5] != '>' && !g_ascii_isspace (tag[5])))
    return FALSE;
  *place = end + 1 - head;
  return TRUE;
}

CsStampOutcome
cs_html_stamp (CsStamp *stamp)
{
  gsize length, start, end;
  g_autofree char *head = read_head (&stamp->in, &length);
  g_autofree char *block = cs_provenance_to_html (stamp->provenance);

  if (head == NULL)
    return CS_STAMP_DAMAGED;
  if (!find_block (head, length, &start, &end))
    {
      if (!find_place (head, &start))
        return CS_STAMP_NO_PLACE;
      end = start;
    }
  return cs_stamp_copy_range (stamp, 0, start) && cs_stamp_write (stamp, block, strlen (block))
             && cs_stamp_copy_range (stamp, end, stamp->in.size - end)
           ? CS_STAMP_DONE
           : CS_STAMP_FAILED;
}

char *
cs_html_read_block (const CsMediaFile *file)
{
  gsize length, start, end;
  g_autofree char *head = read_head (file, &length);

  return head != NULL && find_block (head, length, &start, &end) ? g_strndup (head + start, end - start) : NULL;
}
