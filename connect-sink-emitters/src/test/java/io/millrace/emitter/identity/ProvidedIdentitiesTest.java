package io.millrace.emitter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.emitter.lane.TestClock;
import io.millrace.model.identity.Credentials.Bearer;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.UnresolvedIdentityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidedIdentitiesTest {

  private static final long REFRESH = 5_000;

  private final TestClock clock = new TestClock();
  private final Map<String, ConfigData> held = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Queue<Runnable> work = new ArrayDeque<>();
  private Throwable fault;
  private final ProvidedIdentities identities =
      new ProvidedIdentities(
          this::get, work::add, clock, Duration.ofMillis(REFRESH), Duration.ofMinutes(1));

  @Test
  void asksTheSourceOnAnotherThreadAndOnceForAllWhoWait() throws Exception {
    hold("a", "one", null);
    CompletionStage<Identity> first = identities.find("a");
    CompletionStage<Identity> second = identities.find("a");
    assertThat(first.toCompletableFuture()).isNotDone();
    assertThat(asked).isEmpty();
    runAll();
    assertThat(token(first)).isEqualTo("one");
    assertThat(token(second)).isEqualTo("one");
    assertThat(asked).containsExactly("a");
  }

  @Test
  void remembersAndReadsAgainWhenDue() throws Exception {
    hold("a", "one", null);
    find("a");
    hold("a", "two", null);
    pass(REFRESH - 1);
    assertThat(find("a")).isEqualTo("one");
    pass(1);
    assertThat(token(identities.find("a"))).as("at hand while it is read again").isEqualTo("one");
    runAll();
    assertThat(find("a")).isEqualTo("two");
    assertThat(asked).hasSize(2);
  }

  @Test
  void theSourceMaySayHowLongItHolds() throws Exception {
    hold("a", "one", 100L);
    find("a");
    hold("a", "two", null);
    pass(100);
    find("a");
    assertThat(find("a")).isEqualTo("two");
  }

  @Test
  void keepsWhatItKnowsWhileTheSourceFails() throws Exception {
    hold("a", "one", null);
    find("a");
    fault = new IllegalStateException("down");
    pass(REFRESH);
    find("a");
    assertThat(find("a")).isEqualTo("one");
    fault = null;
    hold("a", "two", null);
    pass(REFRESH);
    find("a");
    assertThat(find("a")).isEqualTo("two");
  }

  @Test
  void whatIsGoneIsUsedNoMore() throws Exception {
    hold("a", "one", null);
    find("a");
    held.clear();
    pass(REFRESH);
    find("a");
    assertThatThrownBy(() -> find("a")).hasRootCauseMessage("there is no identity a");
  }

  @Test
  void anAnswerThatFailedIsAskedForAgainAtOnce() throws Exception {
    assertThatThrownBy(() -> find("a")).hasRootCauseMessage("there is no identity a");
    hold("a", "one", null);
    assertThat(find("a")).isEqualTo("one");
  }

  @Test
  void tellsWhyItCannotBeReadButNotInStrangersWords() {
    fault = new IllegalStateException("token s3cret refused");
    assertThatThrownBy(() -> find("a"))
        .hasRootCauseMessage("token s3cret refused")
        .cause()
        .isInstanceOf(UnresolvedIdentityException.class)
        .hasMessage("the identity a cannot be read: IllegalStateException");
    fault = new ConfigException("no such folder");
    assertThatThrownBy(() -> find("b"))
        .cause()
        .hasMessage("the identity b cannot be read: no such folder");
    fault = new NoClassDefFoundError("x/Y");
    assertThatThrownBy(() -> find("c"))
        .cause()
        .hasMessage("the identity c cannot be read: NoClassDefFoundError");
    fault = null;
    held.put("d", new ConfigData(Map.of("type", "bearer", "token", "s3 cret")));
    assertThatThrownBy(() -> find("d"))
        .cause()
        .hasMessageContaining("token must be")
        .hasMessageNotContaining("cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other", "a/b", "a.b", ""})
  void aNameThatCouldLeaveThePathIsNotAskedFor(String ref) {
    assertThatThrownBy(() -> find(ref)).hasRootCauseMessage("identityRef is no identity's id");
    assertThat(asked).isEmpty();
  }

  @Test
  void whoWaitsForASourceThatHangsIsToldInTime() {
    ProvidedIdentities hanging =
        new ProvidedIdentities(
            this::get, work::add, clock, Duration.ofMillis(REFRESH), Duration.ofMillis(10));
    assertThatThrownBy(() -> token(hanging.find("a")))
        .hasRootCauseMessage("the identity a could not be read in time");
  }

  private ConfigData get(String ref) throws Exception {
    asked.add(ref);
    if (fault instanceof Error error) {
      throw error;
    }
    if (fault != null) {
      throw (Exception) fault;
    }
    return held.getOrDefault(ref, new ConfigData(Map.of()));
  }

  private void hold(String ref, String token, Long ttl) {
    held.put(ref, new ConfigData(Map.of("type", "bearer", "token", token), ttl));
  }

  private String find(String ref) throws Exception {
    CompletionStage<Identity> found = identities.find(ref);
    runAll();
    return token(found);
  }

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  private void runAll() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  private static String token(CompletionStage<Identity> found)
      throws ExecutionException, InterruptedException, TimeoutException {
    Identity identity = found.toCompletableFuture().get(60, TimeUnit.SECONDS);
    return identity.credentials() instanceof Bearer bearer ? bearer.token().value() : "";
  }
}
