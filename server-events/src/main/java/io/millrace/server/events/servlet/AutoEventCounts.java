package io.millrace.server.events.servlet;

/**
 * How many auto events went which way.
 *
 * @param raised that stand in the event bus
 * @param dropped for which there was no room, here or in the notifier
 * @param failed that could not be made or were not raised for another reason
 */
public record AutoEventCounts(long raised, long dropped, long failed) {}
