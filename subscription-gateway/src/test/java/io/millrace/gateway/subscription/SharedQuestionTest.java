package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedQuestionTest {

  private final List<CompletableFuture<Long>> asked = new ArrayList<>();
  private final SharedQuestion<Long> question =
      new SharedQuestion<>(
          () -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
          });

  @Test
  void whoAsksLaterSharesTheNextAnswer() {
    var first = question.ask();
    var second = question.ask();
    var third = question.ask();
    assertThat(asked).hasSize(1);
    asked.get(0).complete(1L);
    assertThat(first).isCompletedWithValue(1L);
    assertThat(second).isNotDone();
    asked.get(1).complete(2L);
    assertThat(second).isCompletedWithValue(2L);
    assertThat(third).isCompletedWithValue(2L);
    assertThat(asked).hasSize(2);
    assertThat(question.ask()).isNotDone();
    assertThat(asked).hasSize(3);
  }

  @Test
  void aFailureIsToldToThoseWhoAskedBeforeIt() {
    var first = question.ask();
    var second = question.ask();
    asked.get(0).completeExceptionally(new IllegalStateException());
    assertThat(first).isCompletedExceptionally();
    asked.get(1).complete(2L);
    assertThat(second).isCompletedWithValue(2L);
  }
}
