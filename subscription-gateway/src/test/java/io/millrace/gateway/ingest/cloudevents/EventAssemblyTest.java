package io.millrace.gateway.ingest.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventAssemblyTest {

  @Test
  void takesWhatIsInOrder() {
    assertThat(problems("subject", "Größe €")).isEmpty();
  }

  /** Header modes let them in by percent encoding; logs and headers would be forged with them. */
  @ParameterizedTest
  @ValueSource(strings = {"id", "type", "subject", "datacontenttype", "anything"})
  void refusesControlCharacters(String name) {
    assertThat(problems(name, "a\r\nb"))
        .containsExactly("event." + name + " must not contain control characters");
  }

  /** The JSON format would have it twice, and a reader might believe the wrong one. */
  @Test
  void refusesAnAttributeThatIsNamedAsTheData() {
    assertThat(problems("data", "forged"))
        .containsExactly("event.data is no attribute name: letters and digits, at most 40");
  }

  private static List<String> problems(String name, String value) {
    Map<String, String> attributes =
        new HashMap<>(Map.of("specversion", "1.0", "id", "1", "source", "/s", "type", "T"));
    attributes.put(name, value);
    List<Problem> problems = new ArrayList<>();
    EventAssembly.assemble(new Incoming("event", attributes, null), problems);
    return problems.stream().map(Problem::toString).toList();
  }
}
