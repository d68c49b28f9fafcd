/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How the targets that run a whole command split their input: the failing call, the stride of
 * reads, two bytes of buffer size; arguments, each with a NUL after it, up to an empty one;
 * files, each with two bytes of size before it, which are called -, a, b, c and so on. A size
 * with its highest bit set is of one byte over and over, such as a page of 4096.
 */
#ifndef SEVLAUNCH_COMMAND_INPUT_H
#define SEVLAUNCH_COMMAND_INPUT_H

#include "cli/input.h"
#include "fuzz.h"
#include "memory_port/memory.h"

#define ARGUMENTS_MAX 64
#define FILES_MAX 8

struct command_input {
    char *text; /* the words point into it */
    struct memory_file files[FILES_MAX];
    struct memory_setting setting; /* with these files */
    struct cli_buffer buffer;
    const char *words[ARGUMENTS_MAX + 1];
};

static void take_words(struct command_input *command, struct input *input)
{
    size_t count = 0;
    while (input->left > 0 && count < ARGUMENTS_MAX) {
        const char *word = (const char *)input->next;
        size_t length = strlen(word);
        size_t taken = length < input->left ? length + 1 : length;
        input->next += taken;
        input->left -= taken;
        if (length == 0)
            break;
        command->words[count++] = word;
    }
}

static struct memory_file take_file(struct input *input, const char *name)
{
    uint16_t kind = take16(input);
    size_t size = kind & 0x7fff;
    bool is_constant = (kind & 0x8000) != 0;
    uint8_t *bytes = malloc(size + 1);
    REQUIRE(bytes != NULL);
    if (is_constant)
        memset(bytes, take8(input), size);
    else
        size = take(input, bytes, size);
    return (struct memory_file){name, bytes, size};
}

/* Free it with free_command_input(). It points to itself. */
static void take_command_input(struct command_input *command, const uint8_t *data, size_t size)
{
    static const char *const names[FILES_MAX] = {"-", "a", "b", "c", "d", "e", "f", "g"};
    *command = (struct command_input){.text = copy_text(data, size)};
    struct input input = {(const uint8_t *)command->text, size};
    command->setting.files = command->files;
    command->setting.failing_call = take8(&input);
    command->setting.stride = take8(&input);
    command->buffer.size = (size_t)take16(&input) + 1;
    command->buffer.memory = malloc(command->buffer.size);
    REQUIRE(command->buffer.memory != NULL);
    take_words(command, &input);
    for (size_t *count = &command->setting.count; input.left > 0 && *count < FILES_MAX; (*count)++)
        command->files[*count] = take_file(&input, names[*count]);
}

static void free_command_input(struct command_input *command)
{
    for (size_t i = 0; i < command->setting.count; i++)
        free((void *)(uintptr_t)command->files[i].bytes);
    free(command->buffer.memory);
    free(command->text);
}

#endif
