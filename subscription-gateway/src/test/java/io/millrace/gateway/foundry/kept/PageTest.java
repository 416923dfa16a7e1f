package io.millrace.gateway.foundry.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.live.Positions;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final ClientState ONE = state("one");
  private static final ClientState TWO = state("two");

  private final List<String> happened = new ArrayList<>();
  private final Page page = new Page();

  private static ClientState state(String topic) {
    return new ClientState(Set.of(TopicPath.parse(topic)), new Positions(Map.of()), List.of());
  }

  private CompletableFuture<ClientState> want(String session) {
    CompletableFuture<ClientState> claimed = new CompletableFuture<>();
    page.add(new Holder(session, () -> happened.add(session + " lost"), claimed));
    return claimed;
  }

  private void log(String session, boolean claim, ClientState state) {
    page.take(new ClientRecord(session, claim, 1, state), () -> happened.add("repaired"))
        .forEach(Runnable::run);
  }

  @Test
  void whoeverClaimsGoesOnFromWhatTheLogHadBefore() {
    log("elsewhere", true, ClientState.NEW);
    log("elsewhere", false, ONE);
    CompletableFuture<ClientState> claimed = want("here");

    log("here", true, ClientState.NEW); // It did not know of ONE when it claimed.

    assertThat(claimed).isCompletedWithValue(ONE);
    assertThat(page.ownedBy("here")).isTrue();
  }

  @Test
  void whoeverHadTheClientIsTold() {
    var unused = want("older");
    log("older", true, ClientState.NEW);
    var unusedToo = want("newer");

    log("newer", true, ClientState.NEW);

    assertThat(happened).containsExactly("older lost");
  }

  @Test
  void aClaimThatIsStillOnItsWayIsNotLostByOneBeforeIt() {
    CompletableFuture<ClientState> second = want("second");

    log("first", true, ONE);
    assertThat(second).isNotDone();
    log("second", true, ClientState.NEW);

    assertThat(second).isCompletedWithValue(ONE);
    assertThat(happened).isEmpty();
  }

  @Test
  void whatALateSessionWritesDoesNotCountAndIsWrittenOver() {
    var unused = want("here");
    log("here", true, ClientState.NEW);
    log("here", false, ONE);

    log("late", false, TWO);

    assertThat(page.state()).isEqualTo(ONE);
    assertThat(happened).containsExactly("repaired");
  }

  @Test
  void theOnlyRecordThatCompactionHasLeftCounts() {
    log("somebody", false, ONE);
    assertThat(page.state()).isEqualTo(ONE);
  }

  @Test
  void aRemovalIsWrittenOverWhileTheClientIsConnected() {
    var unused = want("here");
    log("here", true, ONE);

    page.removed(() -> happened.add("repaired")).forEach(Runnable::run);
    assertThat(happened).containsExactly("repaired");
    assertThat(page.state()).isEqualTo(ONE);

    page.remove("here");
    page.removed(() -> happened.add("never")).forEach(Runnable::run);
    assertThat(page.blank()).isTrue();
    assertThat(happened).hasSize(1);
  }

  @Test
  void isAbandonedWhenNobodyWantsItAndNothingWasWrittenForLong() {
    log("somebody", false, ONE);
    assertThat(page.abandonedSince(1)).isFalse();
    assertThat(page.abandonedSince(2)).isTrue();
    var unused = want("here");
    assertThat(page.abandonedSince(2)).isFalse();
  }
}
