/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/* What answers the rows of cs-api-routes.c. Each is a CsApiHandler. */

/* cs-api-create.c, cs-api-presentation.c: POST generate-… */
void cs_api_generate_video        (CsApiCall *call);
void cs_api_generate_image        (CsApiCall *call);
void cs_api_generate_presentation (CsApiCall *call);

/* cs-api-status.c */
void cs_api_video_status          (CsApiCall *call);
void cs_api_image_status          (CsApiCall *call);

/* cs-api-pricing.c */
void cs_api_pricing               (CsApiCall *call);

/* cs-api-creations.c */
void cs_api_list_creations        (CsApiCall *call);
void cs_api_get_creation          (CsApiCall *call);
void cs_api_delete_creation       (CsApiCall *call);
void cs_api_restore_creation      (CsApiCall *call);

/* cs-api-file.c */
void cs_api_get_file              (CsApiCall *call);
void cs_api_get_thumbnail         (CsApiCall *call);
void cs_api_get_markdown          (CsApiCall *call);

/* cs-api-jobs.c */
void cs_api_list_jobs             (CsApiCall *call);
void cs_api_get_job               (CsApiCall *call);
void cs_api_cancel_job            (CsApiCall *call);
void cs_api_check_job             (CsApiCall *call);
void cs_api_resend_job            (CsApiCall *call);
void cs_api_give_up_job           (CsApiCall *call);

/* cs-api-usage.c */
void cs_api_usage                 (CsApiCall *call);

/* cs-api-events.c */
void cs_api_events                (CsApiCall *call);

/* cs-api-about.c */
void cs_api_health                (CsApiCall *call);
void cs_api_describe              (CsApiCall *call);
void cs_api_publish               (CsApiCall *call);

G_END_DECLS
