/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The command `sevlaunch` on any arguments and files. It ends as documented: with one error
 * line or none, nothing answered or written if something is wrong, and never in success if
 * something failed. What `show` prints is plain text, whatever the file holds. A launch digest
 * alone on its line is that of the model, the page of an ID block has the signatures that OpenSSL
 * verifies, a report of the guest binds what was asked for, and a session is for the policy that
 * was.
 */
#include "subcommands.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sevlaunch/snp/id_block.h>
#include <stdio.h>

#include "chain_words.h"
#include "cli/parse.h"
#include "cli/text.h"
#include "command_input.h"
#include "id_block_options.h"
#include "model.h"
#include "own_report_options.h"
#include "p384_model.h"
#include "sev_chain_options.h"
#include "sev_report_options.h"
#include "sev_session_options.h"
#include "show_options.h"
#include "snp_request.h"
#include "verify_options.h"

#define DIGESTS_MAX 5000 /* of chains of CPUs, and of pages of sections: more would take long */
#define PAGES_MAX 64

/* What is asked for, as far as the answer depends on it. */
struct asked {
    bool is_quiet;
    bool is_json;
    bool is_long;       /* to compute, or to print */
    bool is_one_digest; /* of `request` */
    bool is_page;       /* an ID authentication page is to be written */
    bool is_file;       /* or another file */
    bool is_verdict;    /* on a report or a platform: each check that fails has a line */
    bool is_hopeless;   /* certificates of a platform, of no root that is trusted */
    bool is_compared;   /* a digest is, and a hint says why it differs */
    bool is_show;
    bool is_report;  /* of the guest, in a file */
    bool is_then;    /* a program is to follow */
    bool is_session; /* of a launch, in files */
    struct cli_arguments arguments;
    struct snp_request request;
};

static void ask_digest(struct asked *asked)
{
    const struct cli_console silent = {.quiet = true};
    struct snp_request *request = &asked->request;
    asked->is_json = true;
    if (snp_request_read(request, &silent, &asked->arguments) != CLI_GO_ON)
        return;
    uint64_t values = snp_request_values(request);
    uint64_t chains = request->features.count * request->fpus.count *
                      (request->signatures.count == 0 ? 1 : request->signatures.count);
    asked->is_long = chains * list_largest(&request->cpus) > DIGESTS_MAX || values > 100;
    asked->is_json = cli_has(&asked->arguments, SNP_OPTION_JSON) || values > 1;
    asked->is_compared = cli_has(&asked->arguments, SNP_OPTION_EXPECT) ||
                         cli_has(&asked->arguments, SNP_OPTION_REPORT);
    asked->is_one_digest = !asked->is_json && !request->is_base64 && !asked->is_compared;
    asked->is_then = cli_has(&asked->arguments, SNP_OPTION_THEN);
}

static void ask_id_block(struct asked *asked)
{
    asked->is_page = cli_has(&asked->arguments, ID_OPTION_ID_AUTH);
    asked->is_file = cli_has(&asked->arguments, ID_OPTION_OUT) ||
                     cli_has(&asked->arguments, ID_OPTION_ID_KEY_OUT);
}

static void ask_report(struct asked *asked)
{
    asked->is_report = true;
}

/* The verdict on a chain comes first. */
static void ask_session(struct asked *asked)
{
    asked->is_session = true;
    asked->is_verdict = true;
    asked->is_json = cli_has(&asked->arguments, SESSION_OPTION_JSON);
}

static void ask_verdict(struct asked *asked)
{
    asked->is_verdict = true;
    asked->is_json = cli_has(&asked->arguments, VERIFY_OPTION_JSON);
    asked->is_then = cli_has(&asked->arguments, VERIFY_OPTION_THEN);
}

/* No input has the certificates of a platform of AMD's. */
static void ask_chain(struct asked *asked)
{
    asked->is_verdict = true;
    asked->is_json = cli_has(&asked->arguments, CHAIN_OPTION_JSON);
    asked->is_hopeless = !cli_has(&asked->arguments, CHAIN_OPTION_ARK_FINGERPRINT);
}

static void ask_platform_report(struct asked *asked)
{
    asked->is_verdict = true;
    asked->is_json = cli_has(&asked->arguments, REPORT_OPTION_JSON);
    asked->is_hopeless = !cli_has(&asked->arguments, REPORT_OPTION_ARK_FINGERPRINT);
}

static const struct subject {
    const char *name;
    const struct cli_command *command;
    void (*ask)(struct asked *asked);
    bool takes_files; /* any number of them, after --chain */
} subjects[] = {{"snp-digest", &snp_digest_command, ask_digest, false},
                {"snp-id-block", &id_block_command, ask_id_block, false},
                {"snp-verify", &verify_command, ask_verdict, false},
                {"snp-report", &own_report_command, ask_report, false},
                {"sev-chain", &sev_chain_command, ask_chain, true},
                {"sev-report", &sev_report_command, ask_platform_report, true},
                {"sev-session", &sev_session_command, ask_session, true}};

/* No option of `show` takes a value, and more than these are too many. */
static bool is_quiet_show(const char *const words[])
{
    const char *flags[9] = {NULL};
    size_t count = 0;
    struct cli_arguments arguments;
    struct cli_console console = {.quiet = false};
    for (; *words != NULL && !text_equal(*words, "--"); words++) {
        if ((*words)[0] != '-' || (*words)[1] == '\0')
            continue;
        if (count == 8)
            return false;
        flags[count++] = *words;
    }
    (void)cli_parse(&arguments, &console, &show_command, flags);
    return console.quiet;
}

static void ask(struct asked *asked, const struct command_input *command)
{
    const char *name = command->words[0] == NULL ? "" : command->words[0];
    struct cli_console console = {.quiet = false};
    struct chain_words expanded;
    *asked = (struct asked){.is_quiet = false};
    memory_start((struct memory_setting){.files = NULL});
    asked->is_show = text_equal(name, "show");
    if (asked->is_show)
        asked->is_quiet = is_quiet_show(command->words + 1);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        const struct subject *subject = &subjects[i];
        if (!text_equal(name, subject->name))
            continue;
        const char *const *words = command->words + 1;
        if (subject->takes_files)
            words = chain_words_expand(&expanded, words);
        enum cli_code code = cli_parse(&asked->arguments, &console, subject->command, words);
        asked->is_quiet = console.quiet;
        if (code == CLI_GO_ON && !cli_has(&asked->arguments, subject->command->help))
            subject->ask(asked);
    }
}

/* Sections take as long as their pages are many. */
static bool has_long_sections(const struct memory_file *file)
{
    struct model_metadata metadata;
    uint64_t pages = 0;
    (void)model_metadata(&metadata, file->bytes, file->size);
    for (size_t i = 0; i < metadata.count; i++) {
        const uint8_t *size = metadata.sections + 12 * i + 4;
        pages += (uint64_t)size[3] << 12 | (uint64_t)size[2] << 4 | size[1] >> 4;
    }
    return pages > PAGES_MAX;
}

static bool is_long(const struct asked *asked, const struct command_input *command)
{
    for (size_t i = 0; i < command->setting.count; i++)
        if (has_long_sections(&command->files[i]))
            return true;
    return asked->is_long;
}

static const struct memory_file *find_file(const struct command_input *command, const char *name)
{
    for (size_t i = 0; i < command->setting.count; i++)
        if (text_equal(command->files[i].name, name))
            return &command->files[i];
    REQUIRE(false);
    return NULL;
}

static void hash_file(uint8_t hash[32], const struct command_input *command, const char *name)
{
    static const struct memory_file none;
    const struct memory_file *file = name == NULL ? &none : find_file(command, name);
    REQUIRE(SHA256(file->bytes == NULL ? (const uint8_t *)"" : file->bytes, file->size, hash) !=
            NULL);
}

/* Returns false if hashes are given, or the command line comes from a file. */
static bool hash_kernel(uint8_t hashes[96], const struct asked *asked,
                        const struct command_input *command)
{
    const struct cli_arguments *arguments = &asked->arguments;
    static const uint8_t others[] = {SNP_OPTION_KERNEL_SHA256, SNP_OPTION_INITRD_SHA256,
                                     SNP_OPTION_CMDLINE_SHA256, SNP_OPTION_CMDLINE_FILE};
    const char *cmdline = arguments->value[SNP_OPTION_CMDLINE];
    for (size_t i = 0; i < sizeof others; i++)
        if (cli_has(arguments, others[i]))
            return false;
    cmdline = cmdline == NULL ? "" : cmdline;
    hash_file(hashes, command, arguments->value[SNP_OPTION_KERNEL]);
    hash_file(hashes + 32, command, arguments->value[SNP_OPTION_INITRD]);
    REQUIRE(SHA256((const uint8_t *)cmdline, strlen(cmdline) + 1, hashes + 64) != NULL);
    return true;
}

static struct model_cpu cpu_of(const struct snp_request *request)
{
    return (struct model_cpu){.signature = (uint32_t)request->signatures.number[0],
                              .vmm = (enum model_vmm)request->vmm,
                              .init2 = request->fpus.number[0] == SEVL_FPU_INIT2,
                              .features = request->features.number[0],
                              .own_rdx = request->signatures.count > 0};
}

/* The one line of the answer. */
static void check_digest(const struct asked *asked, const struct command_input *command)
{
    const struct cli_arguments *arguments = &asked->arguments;
    uint8_t hashes[96];
    uint8_t digest[48];
    char line[2 * 48 + 2];
    const struct memory_file *firmware = find_file(command, arguments->value[SNP_OPTION_FIRMWARE]);
    struct model_snp_guest guest = {.firmware = {firmware->bytes, firmware->size},
                                    .cpus = list_largest(&asked->request.cpus),
                                    .cpu = cpu_of(&asked->request)};
    if (!hash_kernel(hashes, asked, command))
        return;
    guest.hashes = cli_has(arguments, SNP_OPTION_KERNEL) ? hashes : NULL;
    REQUIRE(model_metadata(&guest.metadata, firmware->bytes, firmware->size) == MODEL_TABLE);
    REQUIRE(model_snp_digest(&guest, digest));
    for (size_t i = 0; i < sizeof digest; i++)
        (void)sprintf(line + 2 * i, "%02x", digest[i]);
    line[2 * sizeof digest] = '\n';
    struct memory_text printed = memory_printed(PORT_OUT);
    REQUIRE(printed.length == sizeof line - 1 && memcmp(printed.text, line, printed.length) == 0);
}

/* What the owner asked for, once more: little-endian, as AMD's table has it. */
static void make_block(uint8_t block[96], const struct asked *asked)
{
    static const struct {
        uint8_t option;
        uint8_t at;
        uint8_t size;
    } parts[] = {{ID_OPTION_MEASUREMENT, 0, 48},
                 {ID_OPTION_FAMILY_ID, 48, 16},
                 {ID_OPTION_IMAGE_ID, 64, 16}};
    const char *const *values = asked->arguments.value;
    uint64_t svn = 0;
    uint64_t policy = 0x30000;
    memset(block, 0, 96);
    for (size_t i = 0; i < 3; i++) {
        const char *text = values[parts[i].option];
        REQUIRE(text == NULL || text_to_bytes(text, block + parts[i].at, parts[i].size) ||
                text_to_bytes_of_base64(text, block + parts[i].at, parts[i].size));
    }
    block[80] = 1;
    REQUIRE(values[ID_OPTION_GUEST_SVN] == NULL ||
            text_to_number(values[ID_OPTION_GUEST_SVN], UINT32_MAX, &svn));
    REQUIRE(values[ID_OPTION_POLICY] == NULL ||
            text_to_number(values[ID_OPTION_POLICY], UINT64_MAX, &policy));
    for (size_t i = 0; i < 4; i++)
        block[84 + i] = (uint8_t)(svn >> 8 * i);
    for (size_t i = 0; i < 8; i++)
        block[88 + i] = (uint8_t)(policy >> 8 * i);
}

/* Two numbers of 72 bytes, the least significant first, as 48 with the most significant first. */
static void turn(uint8_t pair[96], const uint8_t *fields)
{
    for (size_t i = 0; i < 48; i++) {
        pair[47 - i] = fields[i];
        pair[95 - i] = fields[72 + i];
    }
}

static void check_signer(const uint8_t *page, size_t signature_at, size_t key_at,
                         const uint8_t *data, size_t size)
{
    uint8_t key[96];
    uint8_t signature[96];
    turn(signature, page + signature_at);
    turn(key, page + key_at + 4);
    REQUIRE(p384_model_verify(key, signature, data, size));
}

/* Tables "ID_AUTH_INFO" of AMD 56860: the id key signs the block, the author key the id key. */
static void check_page(const struct asked *asked)
{
    const char *path = asked->arguments.value[ID_OPTION_ID_AUTH];
    const char *format = asked->arguments.value[ID_OPTION_FORMAT];
    const struct memory_sink *written = memory_written(path);
    uint8_t block[96];
    make_block(block, asked);
    REQUIRE(written != NULL);
    if (format != NULL && text_equal(format, "base64")) {
        REQUIRE(written->size == 5464);
        return;
    }
    REQUIRE(written->size == 4096);
    check_signer(written->bytes, 0x40, 0x240, block, sizeof block);
    if (cli_has(&asked->arguments, ID_OPTION_AUTHOR_KEY))
        check_signer(written->bytes, 0x680, 0x880, written->bytes + 0x240, 1028);
    else
        REQUIRE(is_zero(written->bytes + 0x440, 4096 - 0x440));
}

/* The report binds what was asked for, if the words tell it. */
static void check_report(const struct asked *asked)
{
    const char *const *values = asked->arguments.value;
    const struct memory_sink *written = memory_written(values[OWN_OPTION_OUT]);
    const char *text = values[OWN_OPTION_REPORT_DATA];
    uint8_t data[64] = {0};
    text = text == NULL ? values[OWN_OPTION_NONCE] : text;
    REQUIRE(written != NULL && written->size == 1184);
    REQUIRE(text == NULL || text_to_bytes(text, data, strlen(text) / 2));
    REQUIRE(text == NULL || memcmp(written->bytes + 0x50, data, sizeof data) == 0);
    REQUIRE(values[OWN_OPTION_CERTS_OUT] == NULL ||
            memory_written(values[OWN_OPTION_CERTS_OUT]) != NULL);
}

/* A file of a session whose name ends so; NULL if it is not there. */
static const struct memory_sink *session_file(const struct asked *asked, const char *end)
{
    const char *start = asked->arguments.value[SESSION_OPTION_NAME];
    char *name = malloc((start == NULL ? 2 : strlen(start)) + strlen(end) + 1);
    REQUIRE(name != NULL);
    (void)sprintf(name, "%s%s", start == NULL ? "vm" : start, end);
    const struct memory_sink *file = memory_written(name);
    free(name);
    return file;
}

static const uint8_t *session_tik(const struct asked *asked)
{
    const char *tk = asked->arguments.value[SESSION_OPTION_TK];
    const struct memory_sink *keys =
        tk == NULL ? session_file(asked, "_tik.bin") : memory_written(tk);
    REQUIRE(keys != NULL && keys->size == (tk == NULL ? 16 : 32));
    REQUIRE(tk != NULL || session_file(asked, "_tek.bin")->size == 16);
    return keys->bytes + keys->size - 16;
}

/* AMD 55766, LAUNCH_START: the last 32 bytes are the HMAC of the policy by the TIK. */
static void check_session(const struct asked *asked)
{
    const struct memory_sink *session = session_file(asked, "_session.b64");
    const struct memory_sink *godh = session_file(asked, "_godh.b64");
    uint64_t policy = 0;
    uint8_t blob[129];
    uint8_t mac[32];
    REQUIRE(text_to_number(asked->arguments.value[SESSION_OPTION_POLICY], UINT32_MAX, &policy));
    const uint8_t bytes[] = {(uint8_t)policy, (uint8_t)(policy >> 8), (uint8_t)(policy >> 16),
                             (uint8_t)(policy >> 24)};
    REQUIRE(godh != NULL && godh->size == 2780 && session != NULL && session->size == 172);
    REQUIRE(EVP_DecodeBlock(blob, session->bytes, (int)session->size) == sizeof blob);
    REQUIRE(HMAC(EVP_sha256(), session_tik(asked), 16, bytes, sizeof bytes, mac, NULL) != NULL);
    REQUIRE(memcmp(blob + 96, mac, sizeof mac) == 0);
}

static bool is_written(const struct asked *asked, size_t option)
{
    const char *path = asked->arguments.value[option];
    return path != NULL && memory_written(path) != NULL;
}

static bool has_written(const struct asked *asked)
{
    if (asked->is_session)
        return session_file(asked, "_session.b64") != NULL;
    if (asked->is_report)
        return is_written(asked, OWN_OPTION_OUT) || is_written(asked, OWN_OPTION_CERTS_OUT);
    return (asked->is_page || asked->is_file) &&
           (is_written(asked, ID_OPTION_OUT) || is_written(asked, ID_OPTION_ID_KEY_OUT) ||
            is_written(asked, ID_OPTION_ID_AUTH));
}

/* Lines of the answer that stand beside libvirt's element. */
static size_t count_words(void)
{
    static const char *const starts[] = {"OK: ", "For the host: ", "Not for the host: ",
                                         "Not checked: "};
    size_t count = 0;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        count += memory_count_lines(PORT_ERR, starts[i]);
    return count;
}

static bool is_answered_in_xml(const struct asked *asked)
{
    return asked->is_session && !asked->is_quiet &&
           cli_has(&asked->arguments, SESSION_OPTION_LAUNCH_SECURITY_XML);
}

static void check_complaints(const struct asked *asked, enum cli_code code)
{
    size_t errors = memory_count_lines(PORT_ERR, "ERROR: ");
    size_t debug = memory_count_lines(PORT_ERR, "[DEBUG]: ");
    size_t hints = memory_count_lines(PORT_ERR, "HINT: ");
    size_t counts = memory_count_lines(PORT_ERR, "lines: "); /* of a batch */
    size_t warnings = memory_count_lines(PORT_ERR, "WARNING: ");
    size_t words = count_words();
    REQUIRE(memory_count_lines(PORT_ERR, "") == errors + debug + hints + counts + warnings + words);
    REQUIRE(words == 0 || is_answered_in_xml(asked));
    REQUIRE(warnings == 0 || (asked->is_session && !asked->is_quiet));
    bool may_hint = asked->is_verdict || asked->is_compared;
    REQUIRE(hints == 0 || (code == CLI_MISMATCH && may_hint && !asked->is_quiet));
    REQUIRE(counts == 0 || (code <= CLI_MISMATCH && asked->is_verdict && !asked->is_quiet));
    if (code == CLI_MISMATCH && asked->is_verdict && !asked->is_quiet)
        REQUIRE(errors >= 1);
    else
        REQUIRE(errors == (code == CLI_SUCCESS || asked->is_quiet ? 0 : 1));
}

static void check_is_plain(struct memory_text text)
{
    for (size_t i = 0; i < text.length; i++)
        REQUIRE(text.text[i] == '\n' || (text.text[i] >= ' ' && text.text[i] <= '~'));
}

/* A file in a folder that cannot be opened is one that is not there. */
static bool names_folder(const struct command_input *command)
{
    for (size_t i = 0; command->words[i] != NULL; i++) {
        size_t length = text_length(command->words[i]);
        if (length > 0 && command->words[i][length - 1] == '/')
            return true;
    }
    return false;
}

/* A program that is loaded starts when the command ends with 0. */
static void check_next(const struct asked *asked, enum cli_code code)
{
    bool is_there = memory_next() != NULL;
    REQUIRE(!is_there || (asked->is_then && (code == CLI_SUCCESS || memory_has_failed())));
    REQUIRE(is_there || !asked->is_then || code != CLI_SUCCESS);
}

static void check_end(const struct asked *asked, const struct command_input *command,
                      enum cli_code code)
{
    memory_check_end();
    check_complaints(asked, code);
    REQUIRE(code == CLI_SUCCESS || code == CLI_MISMATCH || code == CLI_USAGE || code == CLI_FAILED);
    REQUIRE(code > CLI_MISMATCH || !memory_has_failed() || names_folder(command));
    bool may_print = code == CLI_SUCCESS || memory_has_failed() ||
                     (code == CLI_MISMATCH && asked->is_verdict && asked->is_json);
    REQUIRE(may_print || memory_printed(PORT_OUT).length == 0);
    REQUIRE(code == CLI_SUCCESS || code == CLI_FAILED || !has_written(asked));
    check_next(asked, code);
    REQUIRE(code != CLI_SUCCESS || !asked->is_hopeless);
    if (asked->is_show)
        check_is_plain(memory_printed(PORT_OUT));
    if (code == CLI_SUCCESS && asked->is_one_digest)
        check_digest(asked, command);
    if (code == CLI_SUCCESS && asked->is_page)
        check_page(asked);
    if (code == CLI_SUCCESS && asked->is_report)
        check_report(asked);
    if (code == CLI_SUCCESS && asked->is_session)
        check_session(asked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct command_input command;
    struct asked asked;
    take_command_input(&command, data, size);
    ask(&asked, &command);
    if (!is_long(&asked, &command)) {
        memory_start(command.setting);
        check_end(&asked, &command, sevlaunch(command.words, command.buffer));
    }
    free_command_input(&command);
    return 0;
}
