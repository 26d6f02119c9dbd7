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
  { "GET", "creations", cs_api_list_creations },
  { "GET", "creations/{id}", cs_api_get_creation },
  { "DELETE", "creations/{id}", cs_api_delete_creation },
  { "POST", "creations/{id}/restore", cs_api_restore_creation },
  { "GET", "creations/{id}/file", cs_api_get_file },
  { "GET", "creations/{id}/thumbnail", cs_api_get_thumbnail },
  { "GET", "creations/{id}/markdown", cs_api_get_markdown },
  { "GET", "jobs", cs_api_list_jobs },
  { "GET", "jobs/{id}", cs_api_get_job },
  { "POST", "jobs/{id}/cancel", cs_api_cancel_job },
  { "POST", "jobs/{id}/check", cs_api_check_job },
  { "POST", "jobs/{id}/resend", cs_api_resend_job },
  { "POST", "jobs/{id}/giveup", cs_api_give_up_job },
  { "GET", "usage", cs_api_usage },
  { "GET", "events", cs_api_events },
  { "POST", "publish-to-youtube", cs_api_publish },
  { "POST", "publish-to-tiktok", cs_api_publish },
  { "POST", "publish-to-instagram", cs_api_publish },
  { "GET", "health", cs_api_health },
  { "GET", "openapi.json", cs_api_describe },
  { NULL },
};
