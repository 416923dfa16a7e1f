package io.millrace.emitter.task;

import io.millrace.emitter.identity.EmitterIdentity;
import io.millrace.emitter.identity.ProvidedIdentities;
import io.millrace.emitter.identity.ProviderSource;
import io.millrace.model.identity.Identities;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.InvalidIdentityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.ThreadUtils;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The identities of one task's emitters, with the threads that read them; for outlets of types
 * whose settings have {@link IdentityConfig}'s keys.
 */
public final class EmitterIdentities implements AutoCloseable {

  // A source that hangs for some identities leaves threads for the others.
  private static final int THREADS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ProviderSource source;
  private final ThreadPoolExecutor threads;
  private final Identities identities;
  private final EmitterIdentity own;

  private EmitterIdentities(IdentityConfig config, Optional<Identity> inline, Clock clock) {
    source = config.source();
    // What waits is bounded by the number of identities: each is read once at a time.
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            ThreadUtils.createThreadFactory("millrace-identities-%d", true));
    threads.allowCoreThreadTimeOut(true);
    identities = new ProvidedIdentities(source, threads, clock, config.refresh(), PATIENCE);
    own = config.ref().map(this::named).orElseGet(() -> new EmitterIdentity.Fixed(inline));
  }

  /**
   * Reads nothing yet of what is only named.
   *
   * @param props of the connector
   * @throws ConfigException if an identity is written out and is wrong
   */
  public static EmitterIdentities open(Map<String, String> props, Clock clock) {
    try {
      return new EmitterIdentities(new IdentityConfig(props), IdentityKeys.read(props), clock);
    } catch (InvalidIdentityException e) {
      throw (ConfigException)
          new ConfigException("the identity is wrong: " + e.getMessage()).initCause(e);
    }
  }

  /**
   * The identity of one emitter.
   *
   * @param identityRef as its definition has it; where that is absent, in direct mode, what the
   *     connector's configuration says
   */
  public EmitterIdentity of(@Nullable String identityRef) {
    return identityRef == null ? own : named(identityRef);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    Utils.closeQuietly(source, "identity provider");
  }

  private EmitterIdentity named(String ref) {
    return new EmitterIdentity.Named(ref, identities);
  }
}
