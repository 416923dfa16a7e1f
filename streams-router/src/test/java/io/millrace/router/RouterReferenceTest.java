package io.millrace.router;

import io.millrace.fixtures.ReferencePage;
import io.millrace.model.config.ConfigReference;
import org.junit.jupiter.api.Test;

class RouterReferenceTest {

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
    ReferencePage.assertIsCurrent("router", page);
  }
}
