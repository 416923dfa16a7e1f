package io.millrace.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Those whom the gateway knows by itself.
 *
 * @param users by name
 * @param tokens by the SHA-256 hash of the token, in lower-case hex
 * @param emails by user name, where known
 */
record Accounts(
    Map<String, User> users, Map<String, Principal> tokens, Map<String, String> emails) {

  private static final int DEFAULT_COST = 10;

  Accounts {
    users = Map.copyOf(users);
    tokens = Map.copyOf(tokens);
    emails = Map.copyOf(emails);
  }

  @Nullable User user(String name) {
    return users.get(name);
  }

  /** All roles that each user has, by password or by any token. */
  Map<String, Set<String>> roles() {
    Map<String, Set<String>> roles = new HashMap<>();
    Stream.concat(users.values().stream().map(User::principal), tokens.values().stream())
        .forEach(
            each ->
                roles.computeIfAbsent(each.name(), name -> new HashSet<>()).addAll(each.roles()));
    roles.replaceAll((name, all) -> Set.copyOf(all));
    return roles;
  }

  /** Finds a token, in a time that tells nothing about how much of it was right. */
  Optional<Principal> token(String token) {
    byte[] hash = sha256(token);
    Principal found = null;
    for (Map.Entry<String, Principal> known : tokens.entrySet()) {
      if (MessageDigest.isEqual(hash, HexFormat.of().parseHex(known.getKey()))) {
        found = known.getValue();
      }
    }
    return Optional.ofNullable(found);
  }

  /** The cost that a check of an unknown user's password must have, so as to take as long. */
  int cost() {
    return users.values().stream().mapToInt(User::cost).max().orElse(DEFAULT_COST);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return users.size() + " users, " + tokens.size() + " tokens";
  }
}
