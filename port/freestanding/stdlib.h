/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS includes it, and uses nothing of it as it is configured here. */
