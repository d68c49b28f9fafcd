/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a platform must give so that the applications run on it.
 *
 * Every symbol below is mandatory: there are no weak defaults, and a platform
 * that leaves one out does not link. Applications call them from one thread and
 * hold one source open at a time. Pointers are never NULL. Names are
 * NUL-terminated, texts come with a length; both are UTF-8 where the platform
 * knows an encoding at all.
 *
 * A platform is trusted: bytes that it says it read, wrote or made are taken for
 * that. Applications refuse only what cannot be so: a count of more bytes than
 * were asked for, and random bytes that are all the same.
 */
#ifndef SEVLAUNCH_PORT_H
#define SEVLAUNCH_PORT_H

#include <stdbool.h>
#include <stddef.h>

/* A result that the caller must look at. */
#if defined(__GNUC__)
#define PORT_CHECK __attribute__((warn_unused_result))
#else
#define PORT_CHECK
#endif

/*
 * The platform's own headers, found by the build: they define struct port_source,
 * one byte source that is read once from front to back, and struct port_sink, one
 * file that is being written. An application allocates them, passes their
 * addresses and never looks inside; the platform keeps its handles and the reason
 * of a failure there.
 */
#include "port_sink.h"
#include "port_source.h"

/* The two texts that an application writes: its answer, and its complaints. */
enum port_stream { PORT_OUT, PORT_ERR };

/*
 * Opens the source called `name`: what a name means (a path, a region of
 * memory, "-" for standard input) is the platform's to say.
 *
 * Returns true with the source open at its first byte, or false with nothing
 * open and port_reason() telling why. Opening may succeed for a name that
 * cannot be read (a directory): then the first read fails.
 *
 * Threat: a source opened twice can differ between the openings. Applications
 * open each name once.
 */
PORT_CHECK bool port_open(struct port_source *source, const char *name);

/*
 * Reads the next bytes of an open source: from 1 to `size` of them, in order,
 * each byte exactly once. `size` is at least 1.
 *
 * Returns true with their count in `*got`; a count of 0 is the end of the
 * source, and so is every read after it. Returns false, with `*got` 0 and
 * port_reason() telling why, when the source could not be read to its end or
 * was seen to change while it was read; every later read fails too.
 *
 * Threat: a short read taken for the end would measure a prefix. A count of 0
 * therefore means the end and nothing else; interruptions are retried here.
 */
PORT_CHECK bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got);

/*
 * Closes an open source. What port_reason() returns stays valid. The platform
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
 * Writes `length` bytes of text (ASCII or the platform's encoding, lines ended
 * by '\n') to a stream, all of them or as many as it takes.
 *
 * Returns false when not all could be written: an application whose answer was
 * lost must not report success.
 */
PORT_CHECK bool port_print(enum port_stream stream, const char *text, size_t length);

/*
 * Whether two names lead to one file, however they are written and whatever links
 * there are between: a file that is there, or one that is not there yet. One of them
 * is to be written; "-" is standard input, as for port_open().
 *
 * Returns false too when a name leads nowhere: then port_open() or port_create()
 * tells why.
 *
 * Threat: an output replaces the only copy of a key, or the other half of a packet,
 * and the exit code says success.
 */
PORT_CHECK bool port_is_same(const char *name, const char *other);

/*
 * Whether a name leads to what port_print() writes `stream` to. Returns false where
 * the platform cannot tell, or where no name can lead there.
 *
 * Threat: what is printed overwrites, or gets into, what is written to the file.
 */
PORT_CHECK bool port_is_stream(const char *name, enum port_stream stream);

/*
 * Begins a file that is to appear under `name`, for its owner alone to read where
 * the platform knows owners. Nothing is under that name yet, or what was there
 * before is, until port_commit(). A platform may write in place what is there and no
 * file (a pipe, a terminal): what was written to that cannot be taken back. An
 * application may have two files begun.
 *
 * Returns true, or false with nothing begun and port_sink_reason() telling why.
 *
 * Threat: half a secret packet under its final name would be handed on.
 */
PORT_CHECK bool port_create(struct port_sink *sink, const char *name);

/*
 * Appends `size` bytes. Returns false, with port_sink_reason() telling why, if not
 * all; the sink is still begun then.
 */
PORT_CHECK bool port_write(struct port_sink *sink, const void *bytes, size_t size);

/*
 * Makes the files of `count` begun sinks appear in place of what was under their
 * names, and ends the sinks. Before the first appears all of them are complete, on
 * the medium and closed, as far as the platform has these.
 *
 * Returns true when all appeared. Returns false when not: what was under each name
 * before is there again, or nothing where there was nothing, and port_sink_reason()
 * of the sink that failed tells why.
 *
 * Threat: a packet of one file of this launch and one of the last is handed on.
 */
PORT_CHECK bool port_commit(struct port_sink sinks[], size_t count);

/* Ends a begun sink; nothing appears. */
void port_abandon(struct port_sink *sink);

/* As port_reason(); NULL when the sink did not fail. */
const char *port_sink_reason(const struct port_sink *sink);

/*
 * Fills `bytes` from a random source that is fit for keys. Returns false, with the
 * bytes in any state, where the platform has none: never fill them otherwise.
 *
 * Threat: an IV used twice with one TEK gives both secrets away.
 */
PORT_CHECK bool port_random(void *bytes, size_t size);

/*
 * Given by the application, called once by the platform when it is up: the
 * arguments as the user wrote them, argv[0] the program's name or "" when it
 * is not known, argv[argc] NULL.
 *
 * Returns the exit code, 0 to 3, which the platform hands to its parent in the
 * parent's own form. Whatever ends a program without that (a fault, an
 * unexpected interrupt) counts as 3: the platform must never turn it into 0.
 *
 * Threat: the application wipes its keys, but not when a signal ends it. A platform
 * that writes memory to files by itself (core dumps, swap) turns that off first.
 */
int app_main(int argc, const char *const argv[]);

#endif
