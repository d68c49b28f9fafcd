/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

#include "guest_report.h"
#include "next.h"
#include "require.h"

#define SINKS_MAX 4

/* After the bytes that a read returns, there may be anything. */
#define JUNK_MAX 256

static struct {
    struct memory_setting setting;
    unsigned calls;
    bool failed;
    bool source_is_open;
    const char *next;
    size_t sinks;
    struct memory_sink sink[SINKS_MAX];
    size_t length[2];
    char text[2][65536];
} memory;

void memory_start(struct memory_setting setting)
{
    memory.setting = setting;
    memory.calls = 0;
    memory.failed = false;
    memory.source_is_open = false;
    memory.next = NULL;
    for (size_t i = 0; i < memory.sinks; i++)
        free(memory.sink[i].name);
    memory.sinks = 0;
    memory.length[PORT_OUT] = memory.length[PORT_ERR] = 0;
}

void memory_check_end(void)
{
    REQUIRE(!memory.source_is_open);
    for (size_t i = 0; i < memory.sinks; i++)
        REQUIRE(memory.sink[i].state != MEMORY_BEGUN);
}

bool memory_has_failed(void)
{
    return memory.failed;
}

static bool is_failing_call(void)
{
    return ++memory.calls == memory.setting.failing_call;
}

static bool fail(void)
{
    memory.failed = true;
    return false;
}

static const struct memory_file *find(const char *name)
{
    for (size_t i = 0; i < memory.setting.count; i++)
        if (strcmp(memory.setting.files[i].name, name) == 0)
            return &memory.setting.files[i];
    return NULL;
}

bool port_open(struct port_source *source, const char *name)
{
    REQUIRE(!memory.source_is_open);
    *source = (struct port_source){.file = find(name)};
    if (source->file == NULL || is_failing_call())
        return fail();
    memory.source_is_open = true;
    return true;
}

bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    REQUIRE(memory.source_is_open && size > 0);
    *got = 0;
    memset(buffer, 0xa5, size < JUNK_MAX ? size : JUNK_MAX);
    source->failed = source->failed || is_failing_call();
    if (source->failed)
        return fail();
    size_t left = source->file->size - source->position;
    size_t max = memory.setting.stride == 0 ? size : memory.setting.stride;
    *got = left < size ? left : size;
    *got = *got < max ? *got : max;
    if (*got > 0)
        memcpy(buffer, source->file->bytes + source->position, *got);
    source->position += *got;
    return true;
}

bool port_size(const struct port_source *source, uint64_t *size)
{
    REQUIRE(memory.source_is_open);
    *size = source->file->size - source->position;
    return !is_failing_call() || (*size = 0, fail());
}

void port_close(struct port_source *source)
{
    REQUIRE(memory.source_is_open);
    source->failed = true;
    memory.source_is_open = false;
}

const char *port_reason(const struct port_source *source)
{
    return source->file == NULL ? "there is none of that name" : "it failed";
}

/* Printed text may be long, but not endless. */
bool port_print(enum port_stream stream, const char *text, size_t length)
{
    size_t room = sizeof memory.text[stream] - memory.length[stream];
    REQUIRE(length <= room);
    if (length > 0)
        memcpy(memory.text[stream] + memory.length[stream], text, length);
    memory.length[stream] += length;
    return !is_failing_call() || (stream == PORT_OUT ? fail() : false);
}

/* There are no links, and no names for streams: equal names are one file. */
bool port_is_same(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

bool port_is_stream(const char *name, enum port_stream stream)
{
    (void)name;
    (void)stream;
    return false;
}

bool port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    (void)readers;
    *sink = (struct port_sink){.reason = "it was not begun"};
    if (is_failing_call())
        return fail();
    REQUIRE(memory.sinks < SINKS_MAX);
    *sink = (struct port_sink){.sink = &memory.sink[memory.sinks++]};
    sink->sink->name = malloc(strlen(name) + 1);
    REQUIRE(sink->sink->name != NULL);
    memcpy(sink->sink->name, name, strlen(name) + 1);
    sink->sink->state = MEMORY_BEGUN;
    sink->sink->size = 0;
    return true;
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    struct memory_sink *written = sink->sink;
    REQUIRE(written != NULL && written->state == MEMORY_BEGUN);
    REQUIRE(size <= sizeof written->bytes - written->size);
    if (size > 0)
        memcpy(written->bytes + written->size, bytes, size);
    written->size += size;
    if (!is_failing_call())
        return true;
    sink->reason = "it failed";
    return fail();
}

/* All or none; the last one fails. */
bool port_commit(struct port_sink sinks[], size_t count)
{
    bool failing = is_failing_call();
    REQUIRE(count > 0);
    for (size_t i = 0; i < count; i++) {
        REQUIRE(sinks[i].sink != NULL && sinks[i].sink->state == MEMORY_BEGUN);
        sinks[i].sink->state = failing ? MEMORY_ABANDONED : MEMORY_COMMITTED;
    }
    if (!failing)
        return true;
    sinks[count - 1].reason = "it failed";
    return fail();
}

void port_abandon(struct port_sink *sink)
{
    REQUIRE(sink->sink != NULL && sink->sink->state == MEMORY_BEGUN);
    sink->sink->state = MEMORY_ABANDONED;
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return sink->reason;
}

bool port_random(void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(memory.setting.random + 7 * i);
    return !is_failing_call() || fail();
}

bool port_time(uint64_t *seconds)
{
    *seconds = memory.setting.time;
    return memory.setting.time != 0;
}

bool port_load_next(const char **reason, const char *name)
{
    REQUIRE(memory.next == NULL);
    *reason = "it failed";
    if (is_failing_call())
        return fail();
    memory.next = name;
    return true;
}

/* Of version 3, and not signed; with a table of one entry, of no certificate. */
bool port_get_report(struct port_report *report, const struct port_report_request *request)
{
    static const uint8_t table[48] = {[0] = 1, [16] = sizeof table};
    report->way = "memory";
    memset(report->bytes, 0, sizeof report->bytes);
    memcpy(report->reason, "it failed", sizeof "it failed");
    if (is_failing_call())
        return fail();
    report->bytes[0] = 3;
    report->bytes[0x30] = (uint8_t)request->vmpl;
    memcpy(report->bytes + 0x50, request->data, sizeof request->data);
    report->size = 1184;
    report->vmpl = request->vmpl;
    report->table_size = report->table_max < sizeof table ? 0 : sizeof table;
    memcpy(report->table, table, report->table_size);
    return true;
}

static bool begins(const char *line, size_t length, const char *start)
{
    return length >= strlen(start) && memcmp(line, start, strlen(start)) == 0;
}

size_t memory_count_lines(enum port_stream stream, const char *start)
{
    const char *line = memory.text[stream];
    const char *end = line + memory.length[stream];
    size_t count = 0;
    for (const char *at = line; at < end; at++) {
        REQUIRE(*at == '\n' || ((unsigned char)*at >= ' ' && *at != '\x7f'));
        if (*at != '\n')
            continue;
        count += begins(line, (size_t)(at - line), start);
        line = at + 1;
    }
    REQUIRE(line == end);
    return count;
}

struct memory_text memory_printed(enum port_stream stream)
{
    return (struct memory_text){memory.text[stream], memory.length[stream]};
}

const char *memory_next(void)
{
    return memory.next;
}

const struct memory_sink *memory_written(const char *name)
{
    for (size_t i = 0; i < memory.sinks; i++)
        if (memory.sink[i].state == MEMORY_COMMITTED && strcmp(memory.sink[i].name, name) == 0)
            return &memory.sink[i];
    return NULL;
}
