/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A reader of a domain's XML, in pieces of any size and without a heap. It keeps what the
 * command looks at, and refuses XML with a document type or entities of its own.
 *
 * XML 1.0; libvirt, docs/formatdomain.rst.
 */
#ifndef SEVLAUNCH_DOMAIN_XML_H
#define SEVLAUNCH_DOMAIN_XML_H

#include <sevlaunch/result.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yxml.h>

/* Elements and attributes that are looked at; each is below one that comes before it. */
enum domain_node {
    DOMAIN_NODE_DOCUMENT,
    DOMAIN_NODE_DOMAIN,
    DOMAIN_NODE_SECURITY,
    DOMAIN_NODE_TYPE,
    DOMAIN_NODE_HASHES,
    DOMAIN_NODE_DH_CERT,
    DOMAIN_NODE_SESSION,
    DOMAIN_NODE_POLICY,
    DOMAIN_NODE_OS,
    DOMAIN_NODE_NVRAM,
    DOMAIN_NODE_LOADER,
    DOMAIN_NODE_KERNEL,
    DOMAIN_NODE_INITRD,
    DOMAIN_NODE_CMDLINE,
    DOMAIN_NODE_VCPU,
    DOMAIN_NODE_VCPU_CURRENT,
    DOMAIN_NODE_CPU,
    DOMAIN_NODE_CPU_MODE,
    DOMAIN_NODES
};

#define DOMAIN_TEXT_MAX 128

/* The value of an attribute, or the text of an element without that of elements in it. */
struct domain_text {
    size_t length; /* in the XML; of a long one, the text is empty */
    char text[DOMAIN_TEXT_MAX];
};

/* Of an element that is there more than once, the attributes and the text of the last one. */
struct domain_facts {
    uint32_t count[DOMAIN_NODES];
    struct domain_text value[DOMAIN_NODES];
};

/* How deep elements may be nested: their names, and a NUL for each, have this room. */
#define DOMAIN_STACK_SIZE 1024

/* The size that a domain's XML may have: libvirt's own limit, VIR_NET_MESSAGE_STRING_MAX. */
#define DOMAIN_XML_MAX 4194304

/* Initialise it by domain_xml_init(); it points into itself, and must not be moved. */
struct domain_xml {
    struct domain_facts facts;
    const char *problem; /* what it is in place of XML of a domain, or NULL */
    yxml_t parser;
    enum domain_node node; /* the deepest that is looked at */
    uint32_t node_depth;
    uint32_t depth;
    uint32_t doctype; /* the characters of a document type's start that came last */
    char stack[DOMAIN_STACK_SIZE];
};

void domain_xml_init(struct domain_xml *xml);

/*
 * Takes the next bytes; `context` is a struct domain_xml. Returns SEVL_OK, or
 * SEVL_ERROR_ENCODING when they are not XML that is taken: then `problem` says what is wrong,
 * as a text to follow "got", and what comes after it is not looked at.
 */
SEVL_CHECK enum sevl_result domain_xml_take(void *context, const void *data, size_t size);

/*
 * Ends the XML. Returns SEVL_OK: the facts are complete; or SEVL_ERROR_ENCODING, with
 * `problem` set, when it was refused before, or has no end, or its root is no domain.
 */
SEVL_CHECK enum sevl_result domain_xml_finish(struct domain_xml *xml);

/* The line of the XML that was reached, from 1 on. */
uint32_t domain_xml_line(const struct domain_xml *xml);

#endif
