package io.millrace.gateway.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.model.emitter.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a users file, JSON or YAML, and tells everything that is wrong with it at once. */
final class AccountsReader {

  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[abxy]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Set<String> USER_FIELDS =
      Set.of("name", "password", "roles", "tenant", "clientId", "email");
  private static final Set<String> TOKEN_FIELDS =
      Set.of("name", "sha256", "roles", "tenant", "clientId", "email");

  // YAML takes in JSON.
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, User> users = new HashMap<>();
  private final Map<String, Principal> tokens = new HashMap<>();
  private final Map<String, String> emails = new HashMap<>();

  private AccountsReader() {}

  static Accounts read(Path file) throws AccountsException {
    AccountsReader reader = new AccountsReader();
    try {
      reader.take(YAML.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      // Its message may quote the file, which holds hashes.
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      reader.problem("content", "is neither JSON nor YAML" + where);
    } catch (IOException e) {
      reader.problem("file", "cannot be read: " + e.getClass().getSimpleName());
    }
    if (!reader.problems.isEmpty()) {
      throw new AccountsException(file.toString(), reader.problems);
    }
    return new Accounts(reader.users, reader.tokens, reader.emails);
  }

  private void take(JsonNode root) {
    if (!root.isObject()) {
      problem("content", "must be an object with users and tokens");
      return;
    }
    known(root, "", Set.of("users", "tokens"));
    each(root, "users", this::user);
    each(root, "tokens", this::token);
  }

  private interface Entry {
    void take(JsonNode node, String at);
  }

  private void each(JsonNode root, String field, Entry entry) {
    JsonNode list = root.path(field);
    if (list.isMissingNode() || list.isNull()) {
      return;
    }
    if (!list.isArray()) {
      problem(field, "must be a list");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String at = field + "[" + i + "]";
      if (list.get(i).isObject()) {
        entry.take(list.get(i), at + ".");
      } else {
        problem(at, "must be an object");
      }
    }
  }

  private void user(JsonNode node, String at) {
    known(node, at, USER_FIELDS);
    Principal principal = principal(node, at);
    String hash = text(node, at, "password", true);
    if (hash != null && !BCRYPT.matcher(hash).matches()) {
      problem(at + "password", "must be a bcrypt hash of cost 4 to 16, not a password");
    } else if (principal != null && hash != null) {
      if (users.put(principal.name(), new User(principal, hash)) != null) {
        problem(at + "name", "is there twice: " + principal.name());
      }
    }
  }

  private void token(JsonNode node, String at) {
    known(node, at, TOKEN_FIELDS);
    Principal principal = principal(node, at);
    String hash = text(node, at, "sha256", true);
    if (hash != null && !SHA256.matcher(hash).matches()) {
      problem(at + "sha256", "must be 64 hexadecimal digits, the SHA-256 hash of the token");
    } else if (principal != null && hash != null) {
      if (tokens.put(hash.toLowerCase(Locale.ROOT), principal) != null) {
        problem(at + "sha256", "is there twice");
      }
    }
  }

  private @Nullable Principal principal(JsonNode node, String at) {
    String name = text(node, at, "name", true);
    String tenant = text(node, at, "tenant", false);
    String clientId = text(node, at, "clientId", false);
    Set<String> roles = roles(node.path("roles"), at + "roles");
    String email = text(node, at, "email", false);
    if (email != null && !EMAIL.matcher(email).matches()) {
      problem(at + "email", "must be a mail address");
    } else if (email != null && name != null) {
      emails.put(name, email);
    }
    if (name != null && name.indexOf(':') >= 0) {
      problem(at + "name", "must not contain ':', which ends a name in HTTP Basic");
      return null;
    }
    return name == null ? null : new Principal(name, roles, tenant, clientId);
  }

  private Set<String> roles(JsonNode list, String at) {
    Set<String> roles = new LinkedHashSet<>();
    if (list.isMissingNode() || list.isNull()) {
      return roles;
    }
    boolean texts = list.isArray();
    for (JsonNode role : list) {
      texts &= role.isTextual() && !role.textValue().isBlank();
      roles.add(role.asText());
    }
    if (!texts) {
      problem(at, "must be a list of texts");
    }
    return roles;
  }

  private @Nullable String text(JsonNode node, String at, String field, boolean required) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      if (required) {
        problem(at + field, "is missing");
      }
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      problem(at + field, "must be a text that is not empty");
      return null;
    }
    return value.textValue();
  }

  private void known(JsonNode node, String at, Set<String> fields) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        problem(at + name, "is not known");
      }
    }
  }

  private void problem(String field, String reason) {
    problems.add(new Problem(field, reason));
  }
}
