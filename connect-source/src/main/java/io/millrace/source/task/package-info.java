/**
 * The connector and task that all sources share: a reader fills a bounded buffer that Connect
 * drains.
 */
@NullMarked
package io.millrace.source.task;

import org.jspecify.annotations.NullMarked;
