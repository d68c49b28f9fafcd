/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "help.h"

#include "console.h"
#include "forms.h"
#include "text.h"

/* Two blanks, "-m, ", the longest name with its value, and two blanks. */
#define HELP_COLUMN 34

static const char blanks[] = "                                  ";
_Static_assert(sizeof blanks == HELP_COLUMN + 1, "blanks fill the column");

static const char *padding(size_t used)
{
    return blanks + (used < HELP_COLUMN ? used : HELP_COLUMN - 1);
}

static bool print_form(const struct option_form *form)
{
    const char letter[] = {'-', form->letter, ',', ' ', '\0'};
    const char *value = form->value == NULL ? "" : form->value;
    const char *gap = form->value == NULL ? "" : " ";
    size_t used = 2 + 4 + text_length(form->name) + text_length(gap) + text_length(value);
    return console_line(PORT_OUT, "  ", form->letter == '\0' ? "    " : letter, form->name, gap,
                        value, padding(used), form->help);
}

static bool print_options(void)
{
    bool printed = true;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_form *form = &option_forms[i];
        if (form->group != NULL)
            printed &= console_line(PORT_OUT, "") && console_line(PORT_OUT, form->group, ":");
        printed &= print_form(form);
    }
    return printed;
}

bool help_print(void)
{
    static const char *const before[] = {
        "usage: virt-qemu-sev-validate [OPTION]...",
        "",
        "Validates the launch measurement of an AMD SEV or SEV-ES guest: whether it was",
        "launched with the firmware that its owner chose.",
    };
    static const char *const after[] = {
        "",
        "Numbers are decimal, or hexadecimal after 0x. A PATH of - is standard input.",
        "Options may be abbreviated; the last of a repeated one counts.",
        "",
        "Exit status: 0 the measurement matches, 1 it does not, 2 usage, 3 other errors.",
    };
    bool printed = true;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        printed &= console_line(PORT_OUT, before[i]);
    printed &= print_options();
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        printed &= console_line(PORT_OUT, after[i]);
    return printed;
}

bool help_print_version(void)
{
    return console_line(PORT_OUT, "virt-qemu-sev-validate (sevlaunch) " SEVLAUNCH_VERSION);
}
