package io.millrace.gateway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's authenticator: passwords and tokens of the users file, and an issuer's tokens. */
public final class CredentialCheck implements Authenticator, AddressBook, RoleBook, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CredentialCheck.class);
  private static final int LOWEST_COST = 4;

  private final Supplier<Accounts> accounts;
  private final PasswordAuthenticator passwords;
  private final @Nullable JwtAuthenticator jwt;
  private final ThreadPoolExecutor checks;
  private final ScheduledExecutorService scheduler;
  private volatile Roles roles = new Roles(null, Map.of());

  private record Roles(@Nullable Accounts of, Map<String, Set<String>> byUser) {}

  private CredentialCheck(
      Supplier<Accounts> accounts,
      AuthConfig config,
      ThreadPoolExecutor checks,
      ScheduledExecutorService scheduler) {
    this.accounts = accounts;
    this.checks = checks;
    this.scheduler = scheduler;
    this.passwords =
        new PasswordAuthenticator(
            accounts,
            checks,
            config.remembered(),
            config.mostRemembered(),
            Ticker.systemTicker(),
            new SecureRandom());
    this.jwt = config.jwt() == null ? null : new JwtAuthenticator(config.jwt(), checks);
  }

  /**
   * Reads the users, and follows their file.
   *
   * @throws AccountsException if the users file cannot be used
   */
  public static CredentialCheck start(AuthConfig config) throws AccountsException {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "millrace-users-file"));
    try {
      return new CredentialCheck(accounts(config, scheduler), config, pool(config), scheduler);
    } catch (AccountsException e) {
      scheduler.shutdownNow();
      throw e;
    }
  }

  @Override
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    if (credentials instanceof Credentials.Basic basic) {
      return passwords.authenticate(basic);
    }
    Credentials.Bearer bearer = (Credentials.Bearer) credentials;
    Optional<Principal> known = accounts.get().token(bearer.token());
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(new Authentication.Accepted(known.get()));
    }
    return jwt == null
        ? CompletableFuture.completedFuture(Authentication.wrong())
        : jwt.authenticate(bearer);
  }

  @Override
  public Optional<String> address(String user) {
    return Optional.ofNullable(accounts.get().emails().get(user));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Accounts that were read again are others.
  public Optional<Set<String>> roles(String user) {
    Accounts now = accounts.get();
    Roles known = roles;
    if (known.of != now) {
      known = new Roles(now, now.roles());
      roles = known;
    }
    return Optional.ofNullable(known.byUser.get(user));
  }

  private static Supplier<Accounts> accounts(AuthConfig config, ScheduledExecutorService scheduler)
      throws AccountsException {
    if (config.usersFile() != null) {
      return AccountsFile.follow(config.usersFile(), config.reload(), scheduler);
    }
    Accounts accounts = new Accounts(Map.of(), Map.of(), Map.of());
    if (config.defaultCredentials()) {
      LOG.warn(
          "No users are configured: admin with password admin may sign in ({})", AuthConfig.USERS);
      Principal admin = new Principal("admin", Set.of(Principal.ADMIN), null, null);
      // Everybody knows it, so a quick hash will do.
      String hash = BCrypt.withDefaults().hashToString(LOWEST_COST, "admin".toCharArray());
      accounts = new Accounts(Map.of("admin", new User(admin, hash)), Map.of(), Map.of());
    }
    Accounts fixed = accounts;
    return () -> fixed;
  }

  private static ThreadPoolExecutor pool(AuthConfig config) {
    return new ThreadPoolExecutor(
        config.threads(),
        config.threads(),
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(config.queue()),
        r -> daemon(r, "millrace-credentials"));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    checks.shutdownNow();
  }
}
