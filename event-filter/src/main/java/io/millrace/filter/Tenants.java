package io.millrace.filter;

import io.millrace.model.emitter.TenantScope;

/**
 * Which tenants a scope takes in. May change its mind while filters are in use: they ask for each
 * event. Safe for use by several threads; must be quick.
 */
@FunctionalInterface
public interface Tenants {

  /** Where nobody is below anybody. */
  Tenants FLAT = (scope, tenant) -> scope.tenant().equals(tenant);

  /** Whether a tenant's events are wanted; a tenant that is not known is below no other. */
  boolean reaches(TenantScope scope, String tenant);
}
