package io.millrace.model.emitter;

/**
 * How far below a tenant events are wanted. Source: Acronis Event Manager, {@code tenant_depth}.
 */
public enum TenantDepth {
  /** Of the tenant itself. */
  CURRENT,
  /** Of the tenant and its children. */
  DIRECT,
  /** Of the tenant and all below it. */
  ALL
}
