package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.config.ConfigReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rewrites the page with {@code -Dmillrace.docs.update=true}. */
class RouterReferenceTest {

  // Surefire runs in the module's folder.
  private static final Path PAGE = Path.of("..", "docs", "reference", "router.md");

  @Test
  void theReferenceIsWhatTheCodeSays() throws Exception {
    String page =
        """
        # Configuration of the router

        Made from the code by `mvn test -pl streams-router -am -Dmillrace.docs.update=true`; changes
        belong there. Besides these keys, every key that begins with `kafka.` goes without that prefix
        to every Kafka client of the router, for example `kafka.security.protocol`.

        """
            + ConfigReference.markdown(RouterConfig.definition());
    if (Boolean.getBoolean("millrace.docs.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }
}
