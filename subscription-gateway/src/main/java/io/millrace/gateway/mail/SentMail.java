package io.millrace.gateway.mail;

import java.time.Instant;

/**
 * The last mail about an emitter.
 *
 * @param notice what was told
 * @param generation of the activation that it was about
 * @param partition of the emitter's topic whose status said so
 * @param offset of that status in the topic of statuses
 * @param at when it was sent
 */
record SentMail(Notice notice, long generation, int partition, long offset, Instant at) {}
