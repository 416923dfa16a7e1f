/** The document's use case as a user of the library would write it. */
package io.millrace.server.events.usecase;
