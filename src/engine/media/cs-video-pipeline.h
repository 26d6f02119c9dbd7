/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-video-encoder.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* The elements that will write one video, chosen among those this computer has; a plain value. */
typedef struct
{
  const char *mime_type;
  char *note;          /* (nullable) (owned) what had to be done another way, in the user's language */
  guint sound_delay;   /* samples that the sound encoder puts before ours */
  GstElement *pipeline;/* (owned) */
  GstElement *frames;  /* (owned) the appsrc of frames */
  GstElement *sound;   /* (nullable) (owned) the appsrc of sound */
} CsVideoPipeline;

gboolean cs_video_pipeline_build (CsVideoPipeline *self, const char *path, const char *scratch, const CsVideoFormat *format, GError **error);
void     cs_video_pipeline_clear (CsVideoPipeline *self);

G_END_DECLS
