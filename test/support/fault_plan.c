/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "fault_plan.h"

#include <stdlib.h>
#include <string.h>

#include "guest_report.h"
#include "next.h"
#include "require.h"

bool __real_port_open(struct port_source *source, const char *name);
bool __real_port_read(struct port_source *source, void *buffer, size_t size, size_t *got);
bool __real_port_print(enum port_stream stream, const char *text, size_t length);
bool __real_port_create(struct port_sink *sink, const char *name, enum port_readers readers);
bool __real_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __real_port_commit(struct port_sink sinks[], size_t count);
bool __real_port_random(void *bytes, size_t size);
bool __real_port_time(uint64_t *seconds);
bool __real_port_load_next(const char **reason, const char *name);
bool __real_port_get_report(struct port_report *report, const struct port_report_request *request);

bool __wrap_port_open(struct port_source *source, const char *name);
bool __wrap_port_read(struct port_source *source, void *buffer, size_t size, size_t *got);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_create(struct port_sink *sink, const char *name, enum port_readers readers);
bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __wrap_port_commit(struct port_sink sinks[], size_t count);
bool __wrap_port_random(void *bytes, size_t size);
bool __wrap_port_time(uint64_t *seconds);
bool __wrap_port_load_next(const char **reason, const char *name);
bool __wrap_port_get_report(struct port_report *report, const struct port_report_request *request);

/* On the heap, since static data is searched for what is in here. */
static struct plan {
    const struct memory_file *files;
    size_t count;
    unsigned n;
    enum fault fault;
    unsigned calls;
    enum call call[CALLS_MAX];
    uint64_t time; /* as it was delivered */
    bool is_ended; /* of the open source, as are those below */
    bool is_dead;
    bool grows;
    struct delivery *open;
    struct delivery delivery[PLAN_FILES_MAX];
    uint8_t scratch[65536];
} * plan;

#define KIND(call) (1u << (call))
#define PRINTS (KIND(CALL_OUT) | KIND(CALL_ERR))
#define ALL (KIND(CALL_REPORT + 1) - 1)

bool plan_applies(enum fault fault, enum call call)
{
    static const unsigned kinds[FAULTS] = {
        [FAILS] = ALL,
        [FAILS_EVER_SINCE] = ALL,
        [FAILS_ONCE] = KIND(CALL_READ),
        [FAILS_DONE] = KIND(CALL_READ) | PRINTS | KIND(CALL_WRITE) | KIND(CALL_RANDOM) |
                       KIND(CALL_NEXT) | KIND(CALL_REPORT),
        [FAILS_HALF_DONE] = PRINTS | KIND(CALL_WRITE) | KIND(CALL_COMMIT),
        [READS_ONE_LESS] = KIND(CALL_READ),
        [READS_ONE] = KIND(CALL_READ),
        [ENDS] = KIND(CALL_READ),
        [ENDS_ONCE] = KIND(CALL_READ),
        [SHRINKS] = KIND(CALL_READ),
        [GROWS] = KIND(CALL_READ),
        [SKIPS] = KIND(CALL_READ),
        [FLIPS_FIRST] = KIND(CALL_READ),
        [FLIPS_MIDDLE] = KIND(CALL_READ) | KIND(CALL_REPORT),
        [FLIPS_LAST] = KIND(CALL_READ),
        [OPENS_ANOTHER] = KIND(CALL_OPEN),
        [READS_NOTHING] = KIND(CALL_READ),
        [COUNTS_ONE_MORE] = KIND(CALL_READ),
        [COUNTS_ALL] = KIND(CALL_READ) | KIND(CALL_TIME),
        [FILLS_ZERO] = KIND(CALL_RANDOM) | KIND(CALL_TIME),
        [FILLS_CONSTANT] = KIND(CALL_RANDOM),
        [FILLS_NOTHING] = KIND(CALL_RANDOM),
        [DOES_NOTHING] =
            PRINTS | KIND(CALL_WRITE) | KIND(CALL_COMMIT) | KIND(CALL_NEXT) | KIND(CALL_REPORT),
        [DOES_HALF] = PRINTS | KIND(CALL_WRITE),
    };
    return (kinds[fault] & KIND(call)) != 0;
}

void plan_start(const struct memory_file *files, size_t count, unsigned n, enum fault fault)
{
    REQUIRE(count <= PLAN_FILES_MAX && (n == 0) == (fault == FAULT_NONE));
    if (plan == NULL)
        plan = malloc(sizeof *plan);
    REQUIRE(plan != NULL);
    memset(plan, 0, offsetof(struct plan, delivery));
    for (size_t i = 0; i < PLAN_FILES_MAX; i++)
        plan->delivery[i].is_opened = false;
    plan->files = files;
    plan->count = count;
    plan->n = n;
    plan->fault = fault;
}

unsigned plan_calls(void)
{
    return plan->calls;
}

enum call plan_call(unsigned n)
{
    REQUIRE(n >= 1 && n <= plan->calls);
    return plan->call[n - 1];
}

uint64_t plan_time(void)
{
    return plan->time;
}

static size_t index_of(const char *name)
{
    size_t i = 0;
    while (i < plan->count && strcmp(plan->files[i].name, name) != 0)
        i++;
    REQUIRE(i < plan->count);
    return i;
}

const struct delivery *plan_delivery(const char *name)
{
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->files[i].name, name) == 0 && plan->delivery[i].is_opened)
            return &plan->delivery[i];
    return NULL;
}

/* Counts a call. Returns its fault. */
static enum fault next(enum call call)
{
    REQUIRE(plan->calls < CALLS_MAX);
    plan->call[plan->calls++] = call;
    if (plan->calls == plan->n)
        return plan->fault;
    return plan->fault == FAILS_EVER_SINCE && plan->calls > plan->n ? FAILS : FAULT_NONE;
}

static bool is_failure(enum fault fault)
{
    return fault == FAILS || fault == FAILS_EVER_SINCE;
}

/* A file that is opened twice could differ, so no file may be. */
bool __wrap_port_open(struct port_source *source, const char *name)
{
    enum fault fault = next(CALL_OPEN);
    size_t i = index_of(name);
    plan->is_ended = plan->is_dead = plan->grows = false;
    plan->open = &plan->delivery[i];
    REQUIRE(!plan->open->is_opened);
    plan->open->is_opened = true;
    plan->open->size = 0;
    if (fault == OPENS_ANOTHER)
        name = plan->files[(i + plan->count - 1) % plan->count].name;
    bool opened = __real_port_open(source, name);
    if (opened && is_failure(fault)) {
        port_close(source);
        return false;
    }
    return opened;
}

/* Reads into memory that the application does not see. */
static size_t read_aside(struct port_source *source, size_t size)
{
    size_t got = 0;
    size_t max = size < sizeof plan->scratch ? size : sizeof plan->scratch;
    REQUIRE(__real_port_read(source, plan->scratch, max, &got));
    return got;
}

static bool read_failing(enum fault fault, struct port_source *source, void *buffer, size_t size,
                         size_t *got)
{
    plan->is_dead = fault != FAILS_ONCE;
    if (fault == FAILS_DONE)
        return __real_port_read(source, buffer, size, got) && false;
    *got = 0;
    return false;
}

/* Changes the content of the file. */
static void change(enum fault fault, uint8_t *bytes, size_t size, size_t *got)
{
    plan->grows = plan->grows || fault == GROWS;
    if (plan->grows && *got < size) {
        bytes[(*got)++] = 0x5a;
        plan->grows = false;
    } else if (*got > 0 && fault == FLIPS_FIRST) {
        bytes[0] ^= 0x01;
    } else if (*got > 0 && fault == FLIPS_MIDDLE) {
        bytes[*got / 2] ^= 0x10;
    } else if (*got > 0 && fault == FLIPS_LAST) {
        bytes[*got - 1] ^= 0x80;
    } else if (*got > 0 && fault == SHRINKS) {
        (*got)--;
        plan->is_ended = true;
    }
}

static bool read_with(enum fault fault, struct port_source *source, void *buffer, size_t size,
                      size_t *got)
{
    size_t asked = size;
    if (fault == SKIPS)
        (void)read_aside(source, size);
    if (fault == READS_ONE || (fault == READS_ONE_LESS && size > 1))
        asked = fault == READS_ONE ? 1 : size - 1;
    if (fault == READS_NOTHING)
        *got = read_aside(source, size);
    else if (!__real_port_read(source, buffer, asked, got))
        return false;
    change(fault, buffer, size, got);
    if (fault == COUNTS_ONE_MORE || fault == COUNTS_ALL)
        *got = fault == COUNTS_ALL ? SIZE_MAX : size + 1;
    return true;
}

/* Records what the application finds in its buffer. */
static void deliver(const uint8_t *bytes, size_t size)
{
    struct delivery *delivery = plan->open;
    size_t room = sizeof delivery->bytes - delivery->size;
    size = size < room ? size : room;
    memcpy(delivery->bytes + delivery->size, bytes, size);
    delivery->size += size;
}

bool __wrap_port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    enum fault fault = next(CALL_READ);
    if (plan->is_dead || is_failure(fault) || fault == FAILS_ONCE || fault == FAILS_DONE)
        return read_failing(fault, source, buffer, size, got);
    plan->is_ended = plan->is_ended || fault == ENDS;
    if (plan->is_ended || fault == ENDS_ONCE) {
        *got = 0;
        return true;
    }
    if (!read_with(fault, source, buffer, size, got))
        return false;
    deliver(buffer, *got < size ? *got : size);
    return true;
}

static size_t done_of(enum fault fault, size_t size)
{
    if (is_failure(fault) || fault == DOES_NOTHING)
        return 0;
    return fault == FAILS_HALF_DONE || fault == DOES_HALF ? size / 2 : size;
}

static bool says_done(enum fault fault)
{
    return !is_failure(fault) && fault != FAILS_DONE && fault != FAILS_HALF_DONE;
}

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    enum fault fault = next(stream == PORT_OUT ? CALL_OUT : CALL_ERR);
    return __real_port_print(stream, text, done_of(fault, length)) && says_done(fault);
}

bool __wrap_port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    enum fault fault = next(CALL_CREATE);
    REQUIRE(__real_port_create(sink, name, readers));
    if (!is_failure(fault))
        return true;
    port_abandon(sink);
    sink->reason = "it failed";
    return false;
}

bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    enum fault fault = next(CALL_WRITE);
    if (__real_port_write(sink, bytes, done_of(fault, size)) && says_done(fault))
        return true;
    sink->reason = "it failed";
    return false;
}

/* The platform undid the first step, or removed the first file after it had appeared. */
bool __wrap_port_commit(struct port_sink sinks[], size_t count)
{
    enum fault fault = next(CALL_COMMIT);
    if (!is_failure(fault) && fault != FAILS_HALF_DONE && fault != DOES_NOTHING)
        return __real_port_commit(sinks, count);
    for (size_t i = 0; i < count; i++)
        port_abandon(&sinks[i]);
    sinks[fault == FAILS_HALF_DONE ? count - 1 : 0].reason = "it failed";
    return fault == DOES_NOTHING;
}

bool __wrap_port_random(void *bytes, size_t size)
{
    enum fault fault = next(CALL_RANDOM);
    if (is_failure(fault) || fault == FILLS_NOTHING)
        return fault == FILLS_NOTHING;
    bool filled = __real_port_random(bytes, size);
    if (fault == FILLS_ZERO || fault == FILLS_CONSTANT)
        memset(bytes, fault == FILLS_ZERO ? 0 : 0x5a, size);
    return filled && fault != FAILS_DONE;
}

/* A clock that fails, or one that is far off. */
bool __wrap_port_time(uint64_t *seconds)
{
    enum fault fault = next(CALL_TIME);
    bool is_known = __real_port_time(seconds) && !is_failure(fault);
    if (!is_known || fault == FILLS_ZERO)
        *seconds = 0;
    if (fault == COUNTS_ALL)
        *seconds = UINT64_MAX;
    plan->time = *seconds;
    return is_known;
}

bool __wrap_port_load_next(const char **reason, const char *name)
{
    enum fault fault = next(CALL_NEXT);
    *reason = "it failed";
    if (is_failure(fault) || fault == DOES_NOTHING)
        return fault == DOES_NOTHING;
    return __real_port_load_next(reason, name) && fault != FAILS_DONE;
}

/* Its middle is what the report binds. */
bool __wrap_port_get_report(struct port_report *report, const struct port_report_request *request)
{
    enum fault fault = next(CALL_REPORT);
    memcpy(report->reason, "it failed", sizeof "it failed");
    if (is_failure(fault) || fault == DOES_NOTHING)
        return fault == DOES_NOTHING;
    bool answered = __real_port_get_report(report, request);
    if (fault == FLIPS_MIDDLE)
        report->bytes[0x50] ^= 0x10;
    return answered && fault != FAILS_DONE;
}
