/** Who may receive and publish what, as it stands in Kafka for all who let events out. */
@NullMarked
package io.millrace.model.security;

import org.jspecify.annotations.NullMarked;
