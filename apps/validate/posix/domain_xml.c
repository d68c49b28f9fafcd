/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "domain_xml.h"

#include <string.h>

#include "cli/text.h"

static const struct domain_path {
    enum domain_node parent;
    bool is_attribute;
    const char *name;
} domain_paths[DOMAIN_NODES] = {
    [DOMAIN_NODE_DOMAIN] = {DOMAIN_NODE_DOCUMENT, false, "domain"},
    [DOMAIN_NODE_SECURITY] = {DOMAIN_NODE_DOMAIN, false, "launchSecurity"},
    [DOMAIN_NODE_TYPE] = {DOMAIN_NODE_SECURITY, true, "type"},
    [DOMAIN_NODE_HASHES] = {DOMAIN_NODE_SECURITY, true, "kernelHashes"},
    [DOMAIN_NODE_DH_CERT] = {DOMAIN_NODE_SECURITY, false, "dhCert"},
    [DOMAIN_NODE_SESSION] = {DOMAIN_NODE_SECURITY, false, "session"},
    [DOMAIN_NODE_POLICY] = {DOMAIN_NODE_SECURITY, false, "policy"},
    [DOMAIN_NODE_OS] = {DOMAIN_NODE_DOMAIN, false, "os"},
    [DOMAIN_NODE_NVRAM] = {DOMAIN_NODE_OS, false, "nvram"},
    [DOMAIN_NODE_LOADER] = {DOMAIN_NODE_OS, false, "loader"},
    [DOMAIN_NODE_KERNEL] = {DOMAIN_NODE_OS, false, "kernel"},
    [DOMAIN_NODE_INITRD] = {DOMAIN_NODE_OS, false, "initrd"},
    [DOMAIN_NODE_CMDLINE] = {DOMAIN_NODE_OS, false, "cmdline"},
    [DOMAIN_NODE_VCPU] = {DOMAIN_NODE_DOMAIN, false, "vcpu"},
    [DOMAIN_NODE_VCPU_CURRENT] = {DOMAIN_NODE_VCPU, true, "current"},
    [DOMAIN_NODE_CPU] = {DOMAIN_NODE_DOMAIN, false, "cpu"},
    [DOMAIN_NODE_CPU_MODE] = {DOMAIN_NODE_CPU, true, "mode"},
};

void domain_xml_init(struct domain_xml *xml)
{
    memset(xml, 0, sizeof *xml);
    yxml_init(&xml->parser, xml->stack, sizeof xml->stack);
}

static bool refuse_xml(struct domain_xml *xml, const char *problem)
{
    xml->problem = problem;
    return false;
}

/* DOMAIN_NODES: it is not looked at. */
static enum domain_node find_child(enum domain_node parent, const char *name, bool is_attribute)
{
    for (int i = DOMAIN_NODE_DOMAIN; i < DOMAIN_NODES; i++) {
        const struct domain_path *path = &domain_paths[i];
        if (path->parent == parent && path->is_attribute == is_attribute &&
            text_equal(path->name, name))
            return (enum domain_node)i;
    }
    return DOMAIN_NODES;
}

static void clear_attributes(struct domain_facts *facts, enum domain_node element)
{
    for (int i = DOMAIN_NODE_DOMAIN; i < DOMAIN_NODES; i++)
        if (domain_paths[i].is_attribute && domain_paths[i].parent == element) {
            facts->count[i] = 0;
            facts->value[i] = (struct domain_text){.length = 0};
        }
}

/* The parser takes an attribute that is there twice; another reader may take the other one. */
static bool count_node(struct domain_xml *xml, enum domain_node node)
{
    xml->facts.count[node]++;
    xml->facts.value[node] = (struct domain_text){.length = 0};
    if (domain_paths[node].is_attribute && xml->facts.count[node] > 1)
        return refuse_xml(xml, "an element that has an attribute twice");
    clear_attributes(&xml->facts, node);
    return true;
}

static bool enter_node(struct domain_xml *xml, const char *name, bool is_attribute)
{
    bool is_child = xml->depth == xml->node_depth;
    xml->depth++;
    if (!is_child)
        return true;
    enum domain_node node = find_child(xml->node, name, is_attribute);
    if (node == DOMAIN_NODES)
        return true;
    xml->node = node;
    xml->node_depth = xml->depth;
    return count_node(xml, node);
}

static bool leave_node(struct domain_xml *xml)
{
    if (xml->depth == xml->node_depth) {
        xml->node = domain_paths[xml->node].parent;
        xml->node_depth--;
    }
    xml->depth--;
    return true;
}

/* A text that is too long is none: half a word could be another one. */
static bool add_characters(struct domain_xml *xml, const char *characters)
{
    struct domain_text *value = &xml->facts.value[xml->node];
    if (xml->depth != xml->node_depth)
        return true;
    for (; *characters != '\0'; characters++) {
        if (value->length + 1 < sizeof value->text) {
            value->text[value->length] = *characters;
            value->text[value->length + 1] = '\0';
        } else {
            value->text[0] = '\0';
        }
        value->length++;
    }
    return true;
}

static bool take_token(struct domain_xml *xml, yxml_ret_t token)
{
    switch (token) {
    case YXML_ELEMSTART:
        return enter_node(xml, xml->parser.elem, false);
    case YXML_ATTRSTART:
        return enter_node(xml, xml->parser.attr, true);
    case YXML_ELEMEND:
    case YXML_ATTREND:
        return leave_node(xml);
    case YXML_CONTENT:
    case YXML_ATTRVAL:
        return add_characters(xml, xml->parser.data);
    case YXML_EREF:
        return refuse_xml(xml, "an entity that is not one of XML's own five");
    case YXML_ESTACK:
        return refuse_xml(xml, "elements nested too deep, or names too long");
    case YXML_EEOF:
    case YXML_ECLOSE:
    case YXML_ESYN:
        return refuse_xml(xml, "no well-formed XML");
    default: /* nothing, or an instruction to other programs */
        return true;
    }
}

/*
 * The parser skips document types. There is none after the start of the root; before it, a
 * comment that holds one is refused as well.
 */
static bool starts_doctype(struct domain_xml *xml, char character)
{
    static const char start[] = "<!D";
    if (xml->depth > 0)
        return false;
    if (character != start[xml->doctype])
        xml->doctype = 0;
    if (character == start[xml->doctype])
        xml->doctype++;
    return start[xml->doctype] == '\0';
}

static bool take_character(struct domain_xml *xml, char character)
{
    if (xml->parser.total == DOMAIN_XML_MAX)
        return refuse_xml(xml, "more than 4194304 bytes");
    if (starts_doctype(xml, character))
        return refuse_xml(xml, "a document type");
    return take_token(xml, yxml_parse(&xml->parser, character));
}

enum sevl_result domain_xml_take(void *context, const void *data, size_t size)
{
    struct domain_xml *xml = context;
    const char *characters = data;
    for (size_t i = 0; i < size; i++)
        if (xml->problem != NULL || !take_character(xml, characters[i]))
            return SEVL_ERROR_ENCODING;
    return SEVL_OK;
}

enum sevl_result domain_xml_finish(struct domain_xml *xml)
{
    if (xml->problem != NULL)
        return SEVL_ERROR_ENCODING;
    if (xml->parser.total == 0)
        xml->problem = "an empty file";
    else if (yxml_eof(&xml->parser) != YXML_OK)
        xml->problem = "XML that ends too early";
    else if (xml->facts.count[DOMAIN_NODE_DOMAIN] == 0)
        xml->problem = "XML of something else";
    return xml->problem == NULL ? SEVL_OK : SEVL_ERROR_ENCODING;
}

uint32_t domain_xml_line(const struct domain_xml *xml)
{
    return xml->parser.line;
}
