/** How the configuration of services and connectors is described to people. */
@NullMarked
package io.millrace.model.config;

import org.jspecify.annotations.NullMarked;
