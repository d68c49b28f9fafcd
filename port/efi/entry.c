/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "arguments.h"
#include "cpu/registers.h"
#include "next_image.h"
#include "platform.h"

#define WIPED_STACK 32768

static struct arguments arguments;

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static const EFI_GUID shell_parameters_guid = EFI_SHELL_PARAMETERS_PROTOCOL_GUID;

static bool read_load_arguments(EFI_HANDLE handle)
{
    const EFI_SHELL_PARAMETERS_PROTOCOL *shell = platform_protocol(handle, &shell_parameters_guid);
    if (shell != NULL)
        return arguments_from_argv(&arguments, shell->Argc, shell->Argv);
    return arguments_from_options(&arguments, platform_image->LoadOptions,
                                  platform_image->LoadOptionsSize);
}

static void print_complaint(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    (void)!port_print(PORT_ERR, text, length);
}

static int run_application(EFI_HANDLE handle)
{
    if (read_load_arguments(handle))
        return app_main(arguments.count, arguments.argv);
    print_complaint("ERROR: ");
    print_complaint(arguments.problem);
    print_complaint("\n");
    return 2;
}

/*
 * An interrupt saves all registers, which may hold parts of keys, on the application's
 * stack, below the frames that wipe themselves. Firmware gives 128 KiB of stack.
 */
static __attribute__((noinline)) void wipe_stack_below(void)
{
    volatile uint64_t below[WIPED_STACK / sizeof(uint64_t)];
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        below[i] = 0;
}

EFI_STATUS efi_main(EFI_HANDLE handle, EFI_SYSTEM_TABLE *system)
{
    platform_system = system;
    platform_handle = handle;
    platform_image = platform_protocol(handle, &loaded_image_guid);
    if (platform_image == NULL)
        return EFI_LOAD_ERROR;
    /* A boot manager resets the machine after five minutes: large files take longer. */
    (void)system->BootServices->SetWatchdogTimer(0, 0, 0, NULL);
    int code = run_application(handle);
    registers_wipe(); /* before the stack: until then, an interrupt saves them there */
    wipe_stack_below();
    return next_image_end(code);
}
