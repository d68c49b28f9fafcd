/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a platform must give so that the applications run on it.
 *
 * Every symbol below is mandatory: there are no weak defaults, and a platform
 * that leaves one out does not link. Applications call them from one thread and
 * hold one source open at a time. Pointers are never NULL. Names are
 * NUL-terminated, texts come with a length; both are UTF-8 where the platform
 * knows an encoding.
 *
 * Applications trust the platform about the bytes that it read, wrote or made. They
 * refuse only what is impossible: a count of more bytes than requested, and random
 * bytes that are all the same.
 */
#ifndef SEVLAUNCH_PORT_H
#define SEVLAUNCH_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A result that the caller must look at. */
#if defined(__GNUC__)
#define PORT_CHECK __attribute__((warn_unused_result))
#else
#define PORT_CHECK
#endif

/*
 * The platform's own headers, which the build finds. They define struct port_source,
 * a byte source that is read once from front to back, and struct port_sink, a file
 * that is being written. An application allocates them, passes their addresses and
 * never looks inside; the platform keeps its handles and the reason of a failure
 * there.
 */
#include "port_sink.h"
#include "port_source.h"

/* The two texts that an application writes: its answer, and its errors and warnings. */
enum port_stream { PORT_OUT, PORT_ERR };

/*
 * Opens the source called `name`. The platform decides what a name means: a path, a
 * region of memory, "-" for standard input.
 *
 * Returns true with the source open at its first byte. Returns false if it cannot be
 * opened; nothing is open then, and port_reason() gives the reason. It may succeed for
 * a name that cannot be read (a directory): then the first read fails.
 *
 * Threat: a source that is read twice can change in between. Applications read each
 * name once.
 */
PORT_CHECK bool port_open(struct port_source *source, const char *name);

/*
 * Reads the next bytes of an open source: from 1 to `size` of them, in order,
 * each byte exactly once. `size` is at least 1.
 *
 * Returns true with their count in `*got`; a count of 0 is the end of the source, and
 * every later read gives 0 again. Returns false, with `*got` 0, if the source could not
 * be read to its end, or if the platform saw that it changed while it was read;
 * port_reason() gives the reason, and every later read fails too.
 *
 * Threat: an application that takes a short read for the end measures a prefix. So a
 * count of 0 means the end and nothing else; the platform retries after interruptions.
 */
PORT_CHECK bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got);

/*
 * Tells how many bytes an open source has from where it is read next to its end, as far as
 * the platform knows.
 *
 * Returns true with the count in `*size`. Returns false, with `*size` 0, where it does not
 * know: for a pipe, or on a platform whose sources do not tell.
 *
 * Threat: none if it is wrong. Applications compare it with what they read.
 */
PORT_CHECK bool port_size(const struct port_source *source, uint64_t *size);

/*
 * Closes an open source. What port_reason() returned stays valid. The platform
 * keeps no copy of bytes that it has handed out: they may be keys.
 */
void port_close(struct port_source *source);

/*
 * The system's reason for the last failure of this source: a short text without
 * a newline, for people ("No such file or directory"), valid until the next call
 * of a port function.
 */
const char *port_reason(const struct port_source *source);

/*
 * Writes `length` bytes of text (ASCII or the platform's encoding; '\n' ends a line) to
 * a stream: all of them, or as many as it takes.
 *
 * Returns false if it took fewer: an application whose answer was lost must not report
 * success.
 */
PORT_CHECK bool port_print(enum port_stream stream, const char *text, size_t length);

/*
 * Returns true if two names lead to one file, in whatever way they are written and
 * through whatever links. The file may exist, or not yet. One of the names is to be
 * written; "-" is standard input, as for port_open().
 *
 * Returns false otherwise, and also if a name leads nowhere: then port_open() or
 * port_create() fails and gives the reason.
 *
 * Threat: an output replaces the only copy of a key, or the other half of a packet,
 * and the exit code says success.
 */
PORT_CHECK bool port_is_same(const char *name, const char *other);

/*
 * Returns true if a name leads to the place where port_print() writes `stream`. Returns
 * false otherwise, and also where the platform cannot tell.
 *
 * Threat: printed text overwrites, or gets into, what is written to the file.
 */
PORT_CHECK bool port_is_stream(const char *name, enum port_stream stream);

/* Who may read a file that is written: a packet of secrets is for its owner alone. */
enum port_readers { PORT_OWNER, PORT_USUAL };

/*
 * Begins a file that is to appear under `name`. Where the platform knows owners, only
 * the owner may read it with PORT_OWNER; with PORT_USUAL those may who may read any new
 * file of this user. Until port_commit(), the name leads to what it led to before,
 * or to nothing. If the name leads to something that is not a file (a pipe, a
 * terminal), a platform may write in place; this cannot be taken back. An application
 * may have four files begun.
 *
 * Returns false if it cannot be begun; nothing is begun then, and port_sink_reason()
 * gives the reason.
 *
 * Threat: somebody uses half a secret packet that has its final name.
 */
PORT_CHECK bool port_create(struct port_sink *sink, const char *name, enum port_readers readers);

/*
 * Appends `size` bytes. Returns false if not all were written; port_sink_reason() gives
 * the reason, and the sink is still begun.
 */
PORT_CHECK bool port_write(struct port_sink *sink, const void *bytes, size_t size);

/*
 * Makes the files of `count` begun sinks appear in place of what was under their
 * names, and ends the sinks. Before the first appears, all of them are complete, on
 * the medium and closed, as far as the platform can do this.
 *
 * Returns true if all appeared. Returns false otherwise: under each name there is again
 * what was there before, or nothing, and port_sink_reason() of the sink that failed
 * gives the reason.
 *
 * Threat: somebody uses files that belong together and are of two launches.
 */
PORT_CHECK bool port_commit(struct port_sink sinks[], size_t count);

/* Ends a begun sink; nothing appears. */
void port_abandon(struct port_sink *sink);

/* As port_reason(); NULL if the sink did not fail. */
const char *port_sink_reason(const struct port_sink *sink);

/*
 * Fills `bytes` from a random source that is fit for keys. Returns false if there is
 * none, or if it fails; `bytes` may then hold anything. Never fill them in another way.
 *
 * Threat: an IV used twice with one TEK gives both secrets away.
 */
PORT_CHECK bool port_random(void *bytes, size_t size);

/*
 * Tells the time, in seconds since 1970-01-01 00:00 UTC, as far as the platform knows it.
 *
 * Returns true with the time in `*seconds`. Returns false, with `*seconds` 0, where there is
 * no clock, or none that was set.
 *
 * Threat: by a clock that is wrong, certificates that expired count as valid.
 */
PORT_CHECK bool port_time(uint64_t *seconds);

/*
 * The application defines it; the platform calls it once, when it is ready. argv has
 * the arguments as the user wrote them: argv[0] is the program's name, or "" if that is
 * not known, and argv[argc] is NULL.
 *
 * Returns the exit code, 0 to 3, which the platform gives to its parent in the parent's
 * own form. Anything else that ends the program (a fault, an unexpected interrupt)
 * counts as 3: the platform must never turn it into 0.
 *
 * Threat: the application wipes its keys, but not when a signal ends it. A platform
 * that writes memory to files by itself (core dumps, swap) turns that off first.
 */
int app_main(int argc, const char *const argv[]);

#endif
