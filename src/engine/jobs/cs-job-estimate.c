/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guesses about a rendering, from how long such things usually take. */
#include "config.h"
#include "jobs/cs-job-estimate.h"

#define MOST 0.95         /* only the provider's word is the end */
#define LEAST_TRUSTED 0.1 /* below it a share says little about the rest */

/**
 * cs_job_estimate_progress:
 * @elapsed: microseconds since it was sent
 * @typical: seconds that it usually takes
 *
 * Returns: 0 to 0.95: how far it should be; 0 where nothing is known.
 */
double
cs_job_estimate_progress (gint64 elapsed, double typical)
{
  if (typical <= 0 || elapsed <= 0)
    return 0;
  return MIN ((double) elapsed / G_USEC_PER_SEC / typical, MOST);
}

/**
 * cs_job_estimate_left:
 * @progress: 0 to 1, said or guessed
 * @typical: seconds that it usually takes; 0: not known
 *
 * Returns: seconds that the rest should take; below 0 where nobody can say, also when it takes longer than usual.
 */
double
cs_job_estimate_left (gint64 elapsed, double progress, double typical)
{
  double seconds = (double) elapsed / G_USEC_PER_SEC;

  if (elapsed < 0 || progress >= MOST)
    return -1;
  if (progress >= LEAST_TRUSTED)
    return seconds * (1 - progress) / progress;
  return typical > seconds ? typical - seconds : -1;
}
