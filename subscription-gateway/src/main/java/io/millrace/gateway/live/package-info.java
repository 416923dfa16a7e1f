/** Sessions that follow the heads of the streams, for as long as their client is connected. */
@NullMarked
package io.millrace.gateway.live;

import org.jspecify.annotations.NullMarked;
