package io.millrace.gateway.foundry.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final List<String> happened = new ArrayList<>();
  private final Turns turns = new Turns(failure -> happened.add(String.valueOf(failure)));

  @Test
  void aPieceWaitsForTheOneBefore() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    turns.take(() -> first);
    turns.take(
        () -> {
          happened.add("second");
          return CompletableFuture.completedFuture(null);
        });

    assertThat(happened).isEmpty();
    first.complete(null);
    assertThat(happened).containsExactly("second");
  }

  @Test
  void aPieceThatFailsIsToldAndStopsNoOther() {
    turns.take(
        () -> {
          throw new IllegalStateException("thrown");
        });
    turns.take(() -> CompletableFuture.failedFuture(new IllegalStateException("failed")));
    turns.take(
        () -> {
          happened.add("third");
          return CompletableFuture.completedFuture(null);
        });

    assertThat(happened)
        .satisfiesExactly(
            first -> assertThat(first).contains("thrown"),
            second -> assertThat(second).contains("failed"),
            third -> assertThat(third).isEqualTo("third"));
  }
}
