package io.millrace.gateway;

/** Catalogues for tests. */
final class AcronisCatalogues {

  private AcronisCatalogues() {}

  /** Tenants and tasks, and a unit below a customer below a partner, beside a stranger. */
  static String withTenants() {
    return streams()
        + """
        tenants:
          - id: %s
            name: Partner
            children:
              - id: %s
                children:
                  - {id: %s}
          - id: %s
        """
            .formatted(
                AcronisCaller.PARTNER,
                AcronisCaller.CUSTOMER,
                AcronisCaller.UNIT,
                AcronisCaller.STRANGER);
  }

  /** A topic of operators, to be put beside others. */
  static String ofOperators() {
    return """
        streams:
          - name: acronis-operation
        topics:
          - path: acronis/operation
            stream: acronis-operation
            security:
              receive: {roles: [operator]}
              publish: {roles: []}
        messages:
          - type: cti.a.p.em.event.v1.0~a.p.operation.done.v1.0
            topics: [acronis/operation]
        acronis:
          - id: cti.a.p.em.topic.v1.0~a.p.operation.v1.0
            topic: acronis/operation
        """;
  }

  static String streams() {
    return """
        streams:
          - name: acronis-tenant
          - name: acronis-task
        topics:
          - path: acronis/tenant
            description: State changes of tenants
            stream: acronis-tenant
          - path: acronis/task
            stream: acronis-task
        messages:
          - type: cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0
            description: A tenant was disabled
            topics: [acronis/tenant]
            subjectTypes: ["cti.a.p.tenant.v1.0*"]
            schema: {type: object}
          - type: cti.a.p.em.event.v1.0~a.p.task.updated.v1.0
            topics: [acronis/task]
        acronis:
          - id: cti.a.p.em.topic.v1.0~a.p.tenant.v1.0
            topic: acronis/tenant
            retention: P90D
          - id: cti.a.p.em.topic.v1.0~a.p.task.v1.0
            topic: acronis/task
            archiveConsolidation: TTS
        """;
  }
}
