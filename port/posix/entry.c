/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"

int main(int argc, char *argv[])
{
    return app_main(argc, (const char *const *)argv);
}
