/** What emitters prove themselves with, read through any of Kafka's ConfigProviders, or our own. */
@NullMarked
package io.millrace.emitter.identity;

import org.jspecify.annotations.NullMarked;
