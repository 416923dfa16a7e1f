package io.millrace.gateway.graphiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.fixtures.Browser;
import io.millrace.gateway.graphql.GraphQlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class GraphiQlIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path PICTURE = Path.of("target/graphiql.png");

  @TempDir Path profile;
  private GraphQlServer server;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Browser.installed(), "no chromium and chromedriver on this machine");
    server = new GraphQlServer(new GraphiQl().mount());
    browser = Browser.open(profile);
    browser.go(server.uri("/graphiql"));
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @Test
  void runsWhatIsTypedAndShowsTheSchema() throws Exception {
    signIn("pass");
    await().atMost(PATIENCE).until(() -> shows(".graphiql-query-editor .CodeMirror"));

    browser.run(
        "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue('')");
    browser.type(".graphiql-query-editor textarea", "{ caller");
    browser.click(".graphiql-execute-button");
    await()
        .atMost(PATIENCE)
        .until(() -> browser.text(".graphiql-response").contains("\"caller\": \"ann\""));
    browser.click("[aria-label='Show Documentation Explorer']");
    await().atMost(PATIENCE).until(() -> shows(".graphiql-doc-explorer-root-type"));
    browser.click(".graphiql-doc-explorer-root-type + a");
    await()
        .atMost(PATIENCE)
        .until(
            () -> browser.text(".graphiql-doc-explorer").contains("Gives back what it was given."));
    Files.write(PICTURE, browser.picture());
    browser.click("[aria-label='Open settings dialog']");
    await().atMost(PATIENCE).until(() -> shows(".graphiql-dialog"));

    assertThat(browser.console()).isEmpty();
  }

  @Test
  void saysWhyNobodyIsLetIn() throws Exception {
    signIn("guess");

    await()
        .atMost(PATIENCE)
        .until(() -> browser.text("#refusal").contains("the credentials are wrong"));
    assertThat(shows(".graphiql-query-editor")).isFalse();
  }

  private void signIn(String password) throws Exception {
    browser.type("#user", "ann");
    browser.type("#password", password);
    browser.click("#sign-in button");
  }

  private boolean shows(String selector) throws Exception {
    return browser.run("return !!document.querySelector(arguments[0])", selector).asBoolean();
  }
}
