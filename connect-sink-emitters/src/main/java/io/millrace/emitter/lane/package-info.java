/**
 * The pace of one emitter: order per key, back-off, dead letters, and how far it is safe to commit.
 */
@NullMarked
package io.millrace.emitter.lane;

import org.jspecify.annotations.NullMarked;
