# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The proofs: what each is made of, and the changes that make it fail."""
import dataclasses


@dataclasses.dataclass
class Proof:
    unwind: int  # of every loop, but for those in `loops`
    sources: tuple = ()  # beside the harness, which includes the source it is about
    mbedtls: tuple = ()
    wraps: bool = False  # unsigned overflow and truncation are meant: Mbed TLS's base64
    loops: dict = dataclasses.field(default_factory=dict)
    # Both: file, what stands there once, what stands there instead.
    scaled: tuple = ()  # sizes that the source knows by name alone, made smaller
    mutants: tuple = ()



def tail_of(size):
    return (("core/include/sevlaunch/footer.h", "SEVL_TAIL_SIZE 1024", f"SEVL_TAIL_SIZE {size}"),)


PROOFS = {
    "guid_from_text": Proof(41, mutants=(
        ("core/guid.c", "length != SEVL_GUID_TEXT_LENGTH", "length > SEVL_GUID_TEXT_LENGTH"),
        ("core/guid.c", " || !has_dashes(text)", ""),
        ("core/guid.c", "text[18] == '-' && ", ""),
        ("core/guid.c", "c <= 'f'", "c <= 'g'"),
        ("core/guid.c", "high < 0 || low < 0", "high < 0"),
        ("core/guid.c", "            memset(guid, 0, sizeof *guid);\n", ""),
        ("core/guid.c", "{6,  4,  2,", "{4,  6,  2,"),
    )),
    "hmac": Proof(65, mutants=(
        ("core/hmac.c", "#define INNER_PAD 0x36", "#define INNER_PAD 0x5c"),
        ("core/hmac.c", "#define OUTER_PAD 0x5c", "#define OUTER_PAD 0x36"),
        ("core/hmac.c", "i < SEVL_HMAC_KEY_SIZE", "i + 1 < SEVL_HMAC_KEY_SIZE"),
        ("core/hmac.c", "    sevl_wipe(block, sizeof block);\n", ""),
        ("core/hmac.c", "sevl_wipe(block, sizeof block);", "sevl_wipe(block, sizeof block - 1);"),
        ("core/hmac.c", "    sevl_wipe(inner, sizeof inner);\n", ""),
        ("core/hmac.c", "sevl_sha256_update(sha256, inner, sizeof inner)",
         "sevl_sha256_update(sha256, inner, sizeof inner - 1)"),
        ("core/hmac.c", "        return sevl_sha256_finish(sha256, mac);",
         "        return (void)sevl_sha256_finish(sha256, mac), SEVL_OK;"),
        ("core/hmac.c", "    memset(mac, 0, SEVL_SHA256_SIZE);\n", ""),
    )),
    "verify": Proof(65, mbedtls=("constant_time.c",), mutants=(
        ("core/measurement.c", "equal ? SEVL_MATCH : SEVL_MISMATCH", "SEVL_MATCH"),
        ("core/measurement.c", "equal ? SEVL_MATCH : SEVL_MISMATCH",
         "equal ? SEVL_MISMATCH : SEVL_MATCH"),
        ("core/measurement.c", "reported->measure, sizeof computed",
         "reported->measure, sizeof computed - 1"),
        ("core/measurement.c", "    sevl_wipe(computed, sizeof computed);\n", ""),
        ("core/measurement.c", "    if (result == SEVL_OK) {\n        bool equal", "    {\n        bool equal"),
        ("core/measurement.c", "    set_unequal(computed, reported->measure);\n",
         "    memcpy(computed, reported->measure, sizeof computed);\n"),
        ("core/measurement.c", "message[0] = MEASURE_TAG", "message[0] = 1"),
        ("core/measurement.c", "message[1] = launch->api_major", "message[1] = launch->api_minor"),
        ("core/measurement.c", "memcpy(message + 8, launch_digest, SEVL_SHA256_SIZE)",
         "memcpy(message + 8, launch_digest, SEVL_SHA256_SIZE - 1)"),
        ("core/measurement.c", "message + 8 + SEVL_SHA256_SIZE, mnonce",
         "message + 9 + SEVL_SHA256_SIZE, mnonce"),
        ("core/measurement.c", "        return sevl_hmac_finish(&sha256, tik, measure);",
         "        return (void)sevl_hmac_finish(&sha256, tik, measure), SEVL_OK;"),
        ("core/bytes.h", "bytes + 2, (uint16_t)(number >> 16)", "bytes + 2, (uint16_t)(number >> 8)"),
    )),
    "digest": Proof(33, mutants=(
        ("core/digest.c", "    if (digest->state != SEVL_DIGEST_OPEN)\n"
         "        return settle(digest, SEVL_ERROR_STATE);\n", ""),
        ("core/digest.c", "return settle(digest, sevl_sha256_update(&digest->sha256, data, size))",
         "return sevl_sha256_update(&digest->sha256, data, size)"),
        ("core/digest.c", "    else\n        sevl_digest_wipe(digest);\n", ""),
        ("core/digest.c", "        memset(launch_digest, 0, SEVL_SHA256_SIZE);\n"
         "    sevl_digest_wipe(digest);", "        memset(launch_digest, 0, SEVL_SHA256_SIZE);"),
        ("core/digest.c", "memset(launch_digest, 0, SEVL_SHA256_SIZE)",
         "memset(launch_digest, 0, SEVL_SHA256_SIZE - 1)"),
        ("core/digest.c", "sevl_wipe(digest, sizeof *digest)",
         "sevl_wipe(digest, sizeof digest->sha256)"),
        ("core/digest.c", "enum sevl_result result = SEVL_ERROR_STATE",
         "enum sevl_result result = SEVL_OK"),
    )),
    "sha256_state": Proof(9),
    "sha256_chunks": Proof(7),
    "aes128_ctr": Proof(17),
    "equal": Proof(34, mbedtls=("constant_time.c",)),
    "base64_decode": Proof(
        10, mbedtls=("base64.c", "constant_time.c"), wraps=True,
        loops={"mbedtls_base64_decode.0": 1}),
    "base64_encode": Proof(
        8, mbedtls=("base64.c", "constant_time.c"), wraps=True,
        loops={"mbedtls_base64_decode.0": 1}),
    "measurement_from_base64": Proof(69),
    "tail_update": Proof(18, scaled=tail_of(8)),
    "footer_entries": Proof(2, scaled=tail_of(128)),
    "footer_read": Proof(17, scaled=tail_of(128)),
    "kernel_table": Proof(17),
    "vmsa_read": Proof(15),
    "secret_begin": Proof(5),
    "secret_add": Proof(5),
}
