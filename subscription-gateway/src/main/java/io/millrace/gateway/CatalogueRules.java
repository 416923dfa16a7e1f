package io.millrace.gateway;

import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.catalogue.CatalogueException;
import io.millrace.gateway.catalogue.CatalogueListener;
import io.millrace.gateway.security.Security;
import org.apache.kafka.common.KafkaException;

/** Makes the rules of a catalogue be in force, once everything else about it is true. */
record CatalogueRules(Security security, CatalogueListener before) implements CatalogueListener {

  @Override
  public void changes(Catalogue catalogue) throws CatalogueException, InterruptedException {
    before.changes(catalogue);
    try {
      security.enforce(catalogue.rules());
    } catch (KafkaException e) {
      throw new CatalogueException("Kafka did not take its rules: " + e.getMessage(), e);
    } catch (InvalidExpressionException e) {
      throw new CatalogueException("a condition cannot be used: " + e.reason(), e);
    }
  }
}
