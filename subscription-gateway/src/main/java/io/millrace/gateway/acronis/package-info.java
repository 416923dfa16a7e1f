/**
 * Acronis's Event Manager: topics, types, subscriptions and offsets, and what Millrace offers
 * beside them. Source: Acronis Event Manager API, version 1.
 */
@NullMarked
package io.millrace.gateway.acronis;

import org.jspecify.annotations.NullMarked;
