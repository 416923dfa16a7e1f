package io.millrace.emitter.lane;

/** The pace of a lane and its patience. */
public record LaneSettings(LaneLimits limits, Backoff backoff, FailureLimits failures) {}
