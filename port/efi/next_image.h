/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The image that follows the application: see next.h. */
#ifndef SEVLAUNCH_NEXT_IMAGE_H
#define SEVLAUNCH_NEXT_IMAGE_H

#include "efi.h"

/*
 * Ends the application with an exit code. If that is 0 and an image is loaded, starts the
 * image and returns its status once it returns. Otherwise the image is unloaded, if there is
 * one, and the status is that of status_of_exit().
 */
EFI_STATUS next_image_end(int code);

#endif
