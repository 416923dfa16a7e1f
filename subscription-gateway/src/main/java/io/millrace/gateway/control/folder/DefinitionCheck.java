package io.millrace.gateway.control.folder;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Problem;
import java.util.List;

/** Tells what is wrong with a filter that is well formed; nothing if it can be used. */
@FunctionalInterface
public interface DefinitionCheck {

  List<Problem> problems(EventFilter filter);
}
