package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.emitter.lane.TestClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private final TestClock clock = new TestClock();
  private final Queue<Runnable> lookups = new ArrayDeque<>();
  private final Addresses addresses = new Addresses(new Loopback(), lookups::add, clock);

  @Test
  void looksUpElsewhereAndOnceForAllWhoAsk() throws Exception {
    CompletableFuture<?> first = addresses.find("Hooks.Example");
    CompletableFuture<?> second = addresses.find("hooks.example");
    assertThat(first).isNotDone();
    assertThat(lookups).hasSize(1);

    lookups.remove().run();

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(addresses.resolve("hooks.example")).hasSize(1);
  }

  @Test
  void knowsAnAddressWithItsBracketsAndWithout() throws Exception {
    CompletableFuture<?> asked = addresses.find("[::1]");
    lookups.remove().run();
    assertThat(asked).isCompleted();
    assertThat(addresses.resolve("::1")).hasSize(1);
  }

  @Test
  void looksUpAgainAfterAWhile() {
    CompletableFuture<?> asked = addresses.find("hooks.example");
    lookups.remove().run();
    assertThat(asked).isCompleted();
    assertThat(addresses.find("hooks.example")).isCompleted();
    clock.advance(Duration.ofSeconds(31));
    assertThat(addresses.find("hooks.example")).isNotDone();
  }

  @Test
  void saysThatAHostIsUnknownAndLooksUpAgain() {
    CompletableFuture<?> unknown = addresses.find("unknown.example");
    lookups.remove().run();
    assertThat(unknown).isCompletedExceptionally();
    assertThatThrownBy(() -> addresses.resolve("unknown.example"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(addresses.find("unknown.example")).isNotDone();
  }

  private static final class Loopback implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      if (host.startsWith("unknown")) {
        throw new UnknownHostException(host);
      }
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
