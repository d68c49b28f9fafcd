/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/session.h"

#include <string.h>

#include "base/bytes.h"
#include "crypto/aes_ctr.h"
#include "crypto/constant_time.h"
#include "crypto/kdf.h"
#include "crypto/p384_secret.h"
#include "sev/session_random.h"
#include "sev/verified_key.h"
#include "sevlaunch/wipe.h"

/* Where the parts of the blob are, after the nonce: AMD 55766, LAUNCH_START, "session data". */
#define BLOB_WRAPPED 16
#define BLOB_IV 48
#define BLOB_WRAP_MAC 64
#define BLOB_POLICY_MAC 96

#define WRAPPED_SIZE (SEVL_TEK_SIZE + SEVL_TIK_SIZE)

static const char master_label[] = "sev-master-secret";
static const char kek_label[] = "sev-kek";
static const char kik_label[] = "sev-kik";

/* Each has the room of a whole HMAC. */
struct derived_keys {
    uint8_t master[SEVL_SHA256_SIZE];
    uint8_t kek[SEVL_SHA256_SIZE]; /* encrypts TEK and TIK */
    uint8_t kik[SEVL_SHA256_SIZE]; /* authenticates them */
};

/* All secrets but those of the session itself. */
struct making {
    union {
        struct sevl_p384_secret multiplication;
        struct derived_keys keys;
    } step;
    struct sevl_session_random drawn;
    struct sevl_p384_key shared; /* its x is Z */
};

_Static_assert(sizeof(struct making) <= sizeof(struct sevl_sev_session_memory),
               "what makes a session has room");
_Static_assert(_Alignof(struct making) <= _Alignof(struct sevl_sev_session_memory),
               "what makes a session is aligned");
_Static_assert(sizeof(struct sevl_p384_key) == SEVL_P384_KEY_SIZE, "a key is its bytes");

/* d was accepted: what is refused is random bytes that no working source gives, or a point. */
static enum sevl_result explain_refusal(enum sevl_result result)
{
    if (result == SEVL_ERROR_STATE)
        return SEVL_ERROR_RANDOM;
    return result == SEVL_ERROR_ENCODING ? SEVL_ERROR_STATE : result;
}

static enum sevl_result agree_on_z(struct making *making, const struct sevl_sev_key *pdh,
                                   uint8_t godh[SEVL_P384_KEY_SIZE])
{
    const struct sevl_session_random *drawn = &making->drawn;
    const void *theirs = pdh->key;
    void *own = godh;
    enum sevl_result result =
        sevl_p384_secret_multiply(&making->step.multiplication, drawn->d, theirs,
                                  drawn->shared_blinding, &making->shared);
    if (result == SEVL_OK)
        result = sevl_p384_secret_multiply(&making->step.multiplication, drawn->d, NULL,
                                           drawn->godh_blinding, own);
    return explain_refusal(result);
}

static enum sevl_result derive_keys(struct making *making)
{
    struct derived_keys *keys = &making->step.keys;
    const struct sevl_kdf_purpose master = {master_label, sizeof master_label, making->drawn.nonce,
                                            sizeof making->drawn.nonce};
    const struct sevl_kdf_purpose kek = {kek_label, sizeof kek_label, NULL, 0};
    const struct sevl_kdf_purpose kik = {kik_label, sizeof kik_label, NULL, 0};
    enum sevl_result result =
        sevl_kdf(making->shared.x, sizeof making->shared.x, &master, keys->master);
    if (result == SEVL_OK)
        result = sevl_kdf(keys->master, SEVL_KDF_SIZE, &kek, keys->kek);
    if (result == SEVL_OK)
        result = sevl_kdf(keys->master, SEVL_KDF_SIZE, &kik, keys->kik);
    return result;
}

static enum sevl_result write_blob(const struct making *making, uint32_t policy,
                                   uint8_t blob[SEVL_SEV_SESSION_SIZE])
{
    uint8_t policy_bytes[4];
    memcpy(blob, making->drawn.nonce, sizeof making->drawn.nonce);
    memcpy(blob + BLOB_WRAPPED, making->drawn.tek, SEVL_TEK_SIZE);
    memcpy(blob + BLOB_WRAPPED + SEVL_TEK_SIZE, making->drawn.tik, SEVL_TIK_SIZE);
    memcpy(blob + BLOB_IV, making->drawn.iv, sizeof making->drawn.iv);
    sevl_put32(policy_bytes, policy);
    enum sevl_result result =
        sevl_aes128_ctr(making->step.keys.kek, making->drawn.iv, blob + BLOB_WRAPPED, WRAPPED_SIZE);
    if (result == SEVL_OK)
        result = sevl_hmac_compute(making->step.keys.kik, SEVL_KDF_SIZE, blob + BLOB_WRAPPED,
                                   WRAPPED_SIZE, blob + BLOB_WRAP_MAC);
    if (result == SEVL_OK)
        result = sevl_hmac_compute(making->drawn.tik, SEVL_TIK_SIZE, policy_bytes,
                                   sizeof policy_bytes, blob + BLOB_POLICY_MAC);
    return result;
}

static enum sevl_result make_session(struct sevl_sev_session *session, struct making *making,
                                     const struct sevl_sev_key *pdh, uint32_t policy,
                                     const struct sevl_random *random)
{
    enum sevl_result result = sevl_session_random_draw(&making->drawn, making->shared.x, random);
    memset(making->shared.x, 0, sizeof making->shared.x);
    if (result == SEVL_OK)
        result = agree_on_z(making, pdh, session->godh);
    if (result == SEVL_OK)
        result = derive_keys(making);
    if (result == SEVL_OK)
        result = write_blob(making, policy, session->blob);
    memcpy(session->tek, making->drawn.tek, SEVL_TEK_SIZE);
    memcpy(session->tik, making->drawn.tik, SEVL_TIK_SIZE);
    return result;
}

/* What was not computed is zeros: a multiplication leaves them where keys are derived to. */
static bool is_computed(const uint8_t *secret)
{
    static const uint8_t zeros[SEVL_KDF_SIZE];
    return !sevl_constant_time_equal(secret, zeros, SEVL_KDF_SIZE);
}

/*
 * A fault may make the CPU skip an instruction. A session must not get out if that led here with
 * a PDH that was not verified, with keys that are not those of the blob, or with keys in it that
 * were not encrypted, or were under a key that the host can compute.
 */
static bool may_get_out(const struct sevl_sev_session *session, const struct making *making,
                        const struct sevl_sev_key *pdh)
{
    const uint8_t *wrapped = session->blob + BLOB_WRAPPED;
    return sevl_sev_is_verified(pdh, SEVL_SEV_PDH) && is_computed(making->shared.x) &&
           is_computed(making->step.keys.master) && is_computed(making->step.keys.kek) &&
           sevl_constant_time_equal(session->tek, making->drawn.tek, SEVL_TEK_SIZE) &&
           sevl_constant_time_equal(session->tik, making->drawn.tik, SEVL_TIK_SIZE) &&
           !sevl_constant_time_equal(wrapped, session->tek, SEVL_TEK_SIZE) &&
           !sevl_constant_time_equal(wrapped + SEVL_TEK_SIZE, session->tik, SEVL_TIK_SIZE);
}

enum sevl_result sevl_sev_session_make(struct sevl_sev_session *session,
                                       const struct sevl_sev_key *pdh, uint32_t policy,
                                       const struct sevl_random *random,
                                       struct sevl_sev_session_memory *memory)
{
    struct making *const making = (void *)memory->opaque;
    enum sevl_result result = SEVL_ERROR_STATE;
    if (sevl_sev_is_verified(pdh, SEVL_SEV_PDH))
        result = make_session(session, making, pdh, policy, random);
    if (result == SEVL_OK && !may_get_out(session, making, pdh))
        result = SEVL_ERROR_STATE;
    if (result != SEVL_OK)
        sevl_wipe(session, sizeof *session);
    sevl_wipe(memory, sizeof *memory);
    return result;
}
