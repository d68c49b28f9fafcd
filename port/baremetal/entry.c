/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Cuts the semihosting host's command line into arguments at its blanks. Text between two
 * quotes, ' or ", stays as it is.
 */
#include "port.h"
#include "semihosting.h"
#include "startup.h"

#define LINE_SIZE 2048
#define ARGUMENTS_MAX 64

static bool is_line_blank(char c)
{
    return c == ' ' || c == '\t';
}

static int print_and_fail(const char *line, size_t size)
{
    (void)!port_print(PORT_ERR, line, size - 1);
    return CODE_FAULT;
}
#define PRINT_AND_FAIL(line) print_and_fail(line "\n", sizeof line "\n")

/*
 * Removes the quotes of the argument that `*rest` begins with, in place, and moves `*rest`
 * after it. Returns false if a quote has no end.
 */
static bool cut_argument(char **rest)
{
    char *from = *rest;
    char *to = *rest;
    char quote = '\0';
    for (; *from != '\0' && (quote != '\0' || !is_line_blank(*from)); from++) {
        if (quote == '\0' && (*from == '"' || *from == '\''))
            quote = *from;
        else if (quote != '\0' && *from == quote)
            quote = '\0';
        else
            *to++ = *from;
    }
    *rest = *from == '\0' ? from : from + 1;
    *to = '\0';
    return quote == '\0';
}

/* Returns the count of arguments, or -1 if a quote has no end or there are too many. */
static int cut_line(char *rest, const char *arguments[ARGUMENTS_MAX + 1])
{
    int count = 0;
    for (;;) {
        while (is_line_blank(*rest))
            rest++;
        arguments[count] = NULL;
        if (*rest == '\0')
            return count;
        if (count == ARGUMENTS_MAX)
            return -1;
        arguments[count++] = rest;
        if (!cut_argument(&rest))
            return -1;
    }
}

int main(void)
{
    static char line[LINE_SIZE];
    static const char *arguments[ARGUMENTS_MAX + 1];
    uintptr_t block[] = {(uintptr_t)line, sizeof line};
    if (semihosting_call(SEMIHOSTING_COMMAND_LINE, block) != 0)
        return PRINT_AND_FAIL(
            "ERROR: the host gives no command line, or one of more than 2047 characters");
    line[sizeof line - 1] = '\0';
    int count = cut_line(line, arguments);
    if (count < 0)
        return PRINT_AND_FAIL(
            "ERROR: the command line has a quote without an end, or over 64 arguments");
    return app_main(count, arguments);
}
