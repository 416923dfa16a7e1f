package io.millrace.emitter.task;

import io.millrace.model.emitter.Activation;

/** What an emitter shall be, and from where it shall run. */
record Desired(EmitterSpec spec, Activation activation) {}
