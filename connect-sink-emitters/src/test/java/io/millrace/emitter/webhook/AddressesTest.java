package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.emitter.http.Addresses;
import io.millrace.emitter.lane.TestClock;
import io.millrace.model.address.EndpointGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private final TestClock clock = new TestClock();
  private final Queue<Runnable> lookups = new ArrayDeque<>();
  private final Addresses addresses = addresses(EndpointGuard.OPEN);

  private InetAddress answer = InetAddress.getLoopbackAddress();

  @Test
  void looksUpElsewhereAndOnceForAllWhoAsk() throws Exception {
    CompletableFuture<?> first = addresses.find(host("Hooks.Example"));
    CompletableFuture<?> second = addresses.find(host("hooks.example"));
    assertThat(first).isNotDone();
    assertThat(lookups).hasSize(1);

    lookups.remove().run();

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(addresses.resolve("hooks.example")).hasSize(1);
  }

  @Test
  void knowsAnAddressWithItsBracketsAndWithout() throws Exception {
    CompletableFuture<?> asked = addresses.find(host("[::1]"));
    lookups.remove().run();
    assertThat(asked).isCompleted();
    assertThat(addresses.resolve("::1")).hasSize(1);
  }

  @Test
  void looksUpAgainAfterAWhile() {
    CompletableFuture<?> asked = addresses.find(host("hooks.example"));
    lookups.remove().run();
    assertThat(asked).isCompleted();
    assertThat(addresses.find(host("hooks.example"))).isCompleted();
    clock.advance(Duration.ofSeconds(31));
    assertThat(addresses.find(host("hooks.example"))).isNotDone();
  }

  @Test
  void saysThatAHostIsUnknownAndLooksUpAgain() {
    CompletableFuture<?> unknown = addresses.find(host("unknown.example"));
    lookups.remove().run();
    assertThat(unknown).isCompletedExceptionally();
    assertThatThrownBy(() -> addresses.resolve("unknown.example"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(addresses.find(host("unknown.example"))).isNotDone();
  }

  @Test
  void connectsOnlyToWhatWasChecked() throws Exception {
    Addresses guarded = addresses(EndpointGuard.of(EndpointGuard.Settings.STRICT));
    InetAddress allowed = InetAddress.getByName("1.1.1.1");
    answer = allowed;
    CompletableFuture<Optional<String>> asked = guarded.find(host("rebinding.example"));
    lookups.remove().run();
    assertThat(asked.join()).isEmpty();

    answer = InetAddress.getByName("169.254.169.254");
    assertThat(guarded.resolve("rebinding.example")).containsExactly(allowed);

    clock.advance(Duration.ofSeconds(31));
    CompletableFuture<Optional<String>> later = guarded.find(host("rebinding.example"));
    lookups.remove().run();
    assertThat(later.join()).hasValueSatisfying(why -> assertThat(why).contains("link-local"));
    assertThatThrownBy(() -> guarded.resolve("rebinding.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void looksNothingUpForAPortThatIsRefused() {
    Addresses guarded = addresses(EndpointGuard.of(EndpointGuard.Settings.STRICT));
    assertThat(guarded.find(new HttpHost("http", "hooks.example", 22)).join()).isPresent();
    assertThat(lookups).isEmpty();
  }

  private Addresses addresses(EndpointGuard guard) {
    return new Addresses(new Changing(), guard, null, lookups::add, clock);
  }

  private static HttpHost host(String name) {
    return new HttpHost("http", name, 80);
  }

  private final class Changing implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      if (host.startsWith("unknown")) {
        throw new UnknownHostException(host);
      }
      return new InetAddress[] {answer};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
