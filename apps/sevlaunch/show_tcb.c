/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show_tcb.h"

#include "guest/phrase.h"
#include "tcb_parts.h"

static void add_part(struct phrase *phrase, const char *before, const struct tcb_part *part,
                     const char *between)
{
    phrase_add(phrase, before);
    phrase_add(phrase, part->name);
    phrase_add(phrase, between);
    phrase_add(phrase, text_decimal(part->value).text);
}

void show_tcb(struct show_output *output, const char *name, const struct sevl_snp_tcb *tcb,
              enum sevl_snp_product product)
{
    struct phrase json = {.length = 0};
    struct phrase text = {.length = 0};
    struct tcb_part parts[TCB_PARTS];
    size_t count = tcb_parts_list(parts, tcb, product == SEVL_SNP_TURIN);
    for (size_t i = 0; i < count; i++) {
        add_part(&json, i == 0 ? "{\"" : ", \"", &parts[i], "\": ");
        add_part(&text, i == 0 ? "" : ",", &parts[i], "=");
    }
    phrase_add(&json, "}");
    show_value(output, name, json.text, text.text);
}

void show_tcb_bytes(struct show_output *output, const char *name,
                    const uint8_t bytes[SEVL_SNP_TCB_SIZE])
{
    char digits[2 * SEVL_SNP_TCB_SIZE + 1];
    struct phrase json = {.length = 0};
    struct phrase text = {.length = 0};
    text_from_bytes(digits, bytes, SEVL_SNP_TCB_SIZE);
    phrase_add(&json, "{\"bytes\": \"");
    phrase_add(&json, digits);
    phrase_add(&json, "\"}");
    phrase_add(&text, digits);
    phrase_add(&text, ", the parts are not known");
    show_value(output, name, json.text, text.text);
}
