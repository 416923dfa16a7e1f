/** What a Volt MX Foundry server event is as a CloudEvent, for everyone who writes or reads one. */
@NullMarked
package io.millrace.model.foundry;

import org.jspecify.annotations.NullMarked;
