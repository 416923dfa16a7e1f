/** Tries a definition on events, and delivers none: which it would emit, which not, and why. */
@NullMarked
package io.millrace.gateway.publicapi.dryrun;

import org.jspecify.annotations.NullMarked;
