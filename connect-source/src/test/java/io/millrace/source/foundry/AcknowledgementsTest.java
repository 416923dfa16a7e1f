package io.millrace.source.foundry;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.source.push.TestTalk;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

  private final Acknowledgements acknowledgements = new Acknowledgements();

  @Test
  void waitsForAConnection() {
    TestTalk talk = new TestTalk(true);
    acknowledgements.stored("a");
    acknowledgements.stored("b");
    acknowledgements.connected(talk);

    assertThat(talk.said)
        .containsExactly(ClientMessages.acknowledge("a"), ClientMessages.acknowledge("b"));
  }

  @Test
  void hasFewUnderwayAndGoesOnAsTheyAreSent() {
    TestTalk talk = new TestTalk(false);
    acknowledgements.connected(talk);
    for (int i = 0; i < 70; i++) {
      acknowledgements.stored("e" + i);
    }
    assertThat(talk.said).hasSize(64);

    talk.sent.get(0).complete(null);
    talk.sent.get(1).completeExceptionally(new IllegalStateException("lost"));

    assertThat(talk.said).hasSize(66).endsWith(ClientMessages.acknowledge("e65"));
  }

  @Test
  void saysNothingOnAConnectionThatIsOver() {
    TestTalk over = new TestTalk(false);
    acknowledgements.connected(over);
    acknowledgements.stored("a");
    acknowledgements.disconnected();
    acknowledgements.stored("b");
    over.sent.get(0).complete(null);
    TestTalk next = new TestTalk(true);
    acknowledgements.connected(next);

    assertThat(over.said).containsExactly(ClientMessages.acknowledge("a"));
    assertThat(next.said).containsExactly(ClientMessages.acknowledge("b"));
  }

  @Test
  void sendsManyWithoutGoingDeeperAndDeeper() {
    TestTalk talk = new TestTalk(true);
    for (int i = 0; i < 100_001; i++) {
      acknowledgements.stored("e" + i);
    }
    acknowledgements.connected(talk);

    assertThat(talk.said).hasSize(100_000).startsWith(ClientMessages.acknowledge("e1"));
  }
}
