/**
 * What the connectors that vendors push to share: one connection at a time that is made again when
 * it breaks, events that come twice, and breaks recorded as events.
 */
@NullMarked
package io.millrace.source.push;

import org.jspecify.annotations.NullMarked;
