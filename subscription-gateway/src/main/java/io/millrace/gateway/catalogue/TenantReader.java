package io.millrace.gateway.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tree of tenants. */
final class TenantReader {

  private static final Set<String> FIELDS = Set.of("id", "name", "children");
  private static final int MAX_LENGTH = 100;

  private final Map<String, String> parents = new HashMap<>();
  private final Once ids = new Once();

  void read(Section root) {
    root.each("tenants", FIELDS, tenant -> tenant(tenant, null, 1));
  }

  TenantTree tree() {
    return new TenantTree(parents);
  }

  private void tenant(Section section, @Nullable String parent, int level) {
    String id = section.required("id");
    String unused = section.text("name");
    if (id != null && (id.length() > MAX_LENGTH || id.chars().anyMatch(c -> c <= ' '))) {
      section.problem("id", "has at most " + MAX_LENGTH + " characters, and no blanks");
    } else if (id != null && ids.first(section, "id", id) && parent != null) {
      parents.put(id, parent);
    }
    if (level >= TenantTree.MAX_DEPTH) {
      section.each(
          "children",
          FIELDS,
          child -> child.problem("id", "is deeper than " + TenantTree.MAX_DEPTH + " levels"));
    } else {
      section.each("children", FIELDS, child -> tenant(child, id, level + 1));
    }
  }
}
