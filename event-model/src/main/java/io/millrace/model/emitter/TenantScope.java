package io.millrace.model.emitter;

/** The tenants whose events are wanted; who is below whom is known elsewhere, and changes. */
public record TenantScope(String tenant, TenantDepth depth) {

  public TenantScope {
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("a scope needs a tenant");
    }
  }
}
