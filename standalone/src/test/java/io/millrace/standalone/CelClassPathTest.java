package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.filter.EventMatcher;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plug-in leaves CEL's engine out; it must be there for the gateway all the same. */
class CelClassPathTest {

  @Test
  void celCanBeCompiledHere() {
    Selector selector = new Selector(Set.of(), Set.of(), null, "event.type == 'x'");
    assertThatCode(() -> EventMatcher.compile(EventFilter.of(selector))).doesNotThrowAnyException();
  }
}
