/** As much of the vendor's runtime as the use case touches; users have the real one. */
package io.millrace.server.events.usecase.runtime;
