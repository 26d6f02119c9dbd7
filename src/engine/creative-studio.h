/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The engine as its front ends see it: the only header of ours that a window, a command or a server includes. */

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-json.h"
#include "core/cs-money.h"
#include "core/cs-paths.h"
#include "core/cs-task.h"
#include "core/cs-text.h"
#include "core/cs-vocabulary.h"
#include "cs-engine.h"
#include "jobs/cs-deck-maker.h"
#include "jobs/cs-job-chain.h"
#include "jobs/cs-job-json.h"
#include "jobs/cs-job-queue.h"
#include "library/cs-creation-json.h"
#include "library/cs-library.h"
#include "media/cs-media-info.h"
#include "media/cs-provenance.h"
#include "providers/cs-text-look.h"
#include "screenwriter/cs-screenwriter.h"
