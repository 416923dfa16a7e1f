/** Identities over REST: written there, never read back, and only used by those who may. */
@NullMarked
package io.millrace.gateway.identities;

import org.jspecify.annotations.NullMarked;
