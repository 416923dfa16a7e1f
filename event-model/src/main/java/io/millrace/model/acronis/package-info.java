/** What an event of Acronis's Event Manager is as a CloudEvent on the log. */
@NullMarked
package io.millrace.model.acronis;

import org.jspecify.annotations.NullMarked;
