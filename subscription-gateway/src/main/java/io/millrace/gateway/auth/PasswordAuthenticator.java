package io.millrace.gateway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords, slowly, on threads of its own; a pair that was right is remembered for a while.
 *
 * <p>What is remembered is the bcrypt hash that the pair was right for, under a keyed hash of the
 * pair: a password changed in the file is wrong at once, and memory holds no password. Many
 * requests with the same new pair wait for one check. An unknown user costs as much time as a known
 * one.
 */
final class PasswordAuthenticator {

  /** More than bcrypt looks at; two longer passwords could otherwise pass for each other. */
  static final int MAX_PASSWORD_BYTES = 72;

  private static final String NOBODY_DIGEST =
      "abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  private final Supplier<Accounts> accounts;
  private final Executor executor;
  private final AsyncCache<String, String> verified;
  private final SecretKeySpec key;

  PasswordAuthenticator(
      Supplier<Accounts> accounts,
      Executor executor,
      Duration remembered,
      long most,
      Ticker ticker,
      SecureRandom random) {
    this.accounts = accounts;
    this.executor = executor;
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterWrite(remembered)
            .ticker(ticker)
            .executor(Runnable::run)
            .buildAsync();
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  CompletionStage<Authentication> authenticate(Credentials.Basic basic) {
    User user = accounts.get().user(basic.user());
    String hash = user == null ? nobody() : user.hash();
    CompletableFuture<@Nullable String> matched;
    try {
      // Keyed by the hash too: after a change of password the old pair is not found any more.
      matched =
          verified.get(
              digest(basic, hash),
              (k, e) -> CompletableFuture.supplyAsync(() -> check(basic, hash), executor));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          new Authentication.Refused(
              Authentication.Reason.UNAVAILABLE, "too many sign-ins at once"));
    }
    return matched.thenApply(
        right ->
            user == null || right == null
                ? Authentication.wrong()
                : new Authentication.Accepted(user.principal()));
  }

  private static @Nullable String check(Credentials.Basic basic, String hash) {
    byte[] password = basic.password().getBytes(StandardCharsets.UTF_8);
    boolean tooLong = password.length > MAX_PASSWORD_BYTES;
    byte[] checked = tooLong ? new byte[] {'x'} : password;
    boolean right =
        BCrypt.verifyer().verify(checked, hash.getBytes(StandardCharsets.US_ASCII)).verified;
    return right && !tooLong ? hash : null;
  }

  /** A hash that nothing matches, as slow as the slowest of the real ones. */
  private String nobody() {
    return String.format("$2a$%02d$%s", accounts.get().cost(), NOBODY_DIGEST.substring(0, 53));
  }

  private String digest(Credentials.Basic basic, String hash) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      String pair = basic.user() + '\0' + basic.password() + '\0' + hash;
      return HexFormat.of().formatHex(mac.doFinal(pair.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
