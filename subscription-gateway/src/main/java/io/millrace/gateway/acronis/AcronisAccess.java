package io.millrace.gateway.acronis;

import io.millrace.filter.Tenants;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;

/** Which tenants somebody may see: their own and all below it; an admin all. */
public final class AcronisAccess {

  private final Tenants tenants;

  public AcronisAccess(Tenants tenants) {
    this.tenants = tenants;
  }

  public boolean reaches(Principal principal, String tenant) {
    String own = principal.tenant();
    return principal.admin()
        || (own != null && tenants.reaches(new TenantScope(own, TenantDepth.ALL), tenant));
  }

  /**
   * Refuses who must not see a tenant.
   *
   * @throws HttpProblem if it is out of reach
   */
  public void check(Principal principal, String tenant) {
    if (!reaches(principal, tenant)) {
      throw HttpProblem.of(
          Trouble.FORBIDDEN, "tenant_id", "is neither your tenant nor below it: " + tenant);
    }
  }
}
