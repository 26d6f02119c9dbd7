/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this server answers: one row a call, in the order of the contract. The tests hold openapi.json against it. */
#include "config.h"
#include "server/cs-api-handlers.h"
#include "server/cs-api-router.h"

const CsApiRoute cs_api_routes[] = {
  { "POST", "generate-video", cs_api_generate_video, TRUE },
  { "GET", "video-status/{id}", cs_api_video_status },
  { "POST", "generate-image", cs_api_generate_image, TRUE },
  { "GET", "image-status/{id}", cs_api_image_status },
  { "POST", "generate-presentation", cs_api_generate_presentation, TRUE },
  { "GET", "pricing", cs_api_pricing },
  { "POST", "publish-to-youtube", cs_api_publish },
  { "POST", "publish-to-tiktok", cs_api_publish },
  { "POST", "publish-to-instagram", cs_api_publish },
  { "GET", "health", cs_api_health },
  { "GET", "openapi.json", cs_api_describe },
  { NULL },
};
