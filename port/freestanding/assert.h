/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS includes it, but asserts nothing in this configuration. */
