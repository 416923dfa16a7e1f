package io.millrace.gateway.catalogue;

import io.millrace.filter.Tenants;
import io.millrace.model.emitter.TenantScope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is below whom. A tenant that is not in it is below nobody.
 *
 * @param parents by tenant; those at the top are not in it
 */
public record TenantTree(Map<String, String> parents) implements Tenants {

  /** Most levels of a tree. */
  public static final int MAX_DEPTH = 32;

  public TenantTree {
    parents = Map.copyOf(parents);
  }

  @Override
  public boolean reaches(TenantScope scope, String tenant) {
    String wanted = scope.tenant();
    return switch (scope.depth()) {
      case CURRENT -> tenant.equals(wanted);
      case DIRECT -> tenant.equals(wanted) || wanted.equals(parents.get(tenant));
      case ALL -> isIn(wanted, tenant);
    };
  }

  private boolean isIn(String wanted, String tenant) {
    @Nullable String at = tenant;
    for (int level = 0; at != null && level < MAX_DEPTH; level++) {
      if (at.equals(wanted)) {
        return true;
      }
      at = parents.get(at);
    }
    return false;
  }
}
