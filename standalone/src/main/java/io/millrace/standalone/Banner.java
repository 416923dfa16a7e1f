package io.millrace.standalone;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What to show when all is ready: what listens where, where state is, what to try. */
final class Banner {

  private final Standalone standalone;

  Banner(Standalone standalone) {
    this.standalone = standalone;
  }

  String text() {
    StandaloneConfig config = standalone.config();
    double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    return String.join(
        System.lineSeparator(),
        String.format(Locale.ROOT, "Millrace %s is ready after %.1f s.", Version.text(), seconds),
        "  gateway      "
            + standalone.gatewayUrl().getScheme()
            + "://"
            + standalone.gateway()
            + credentials(),
        "  Kafka        " + standalone.kafka(),
        "  Connect      http://" + standalone.connect(),
        "  management   http://" + standalone.management() + "/health/ready and /metrics",
        "  state        " + config.data() + " (log/millrace.log: what happened)",
        "  emitters     put JSON into " + config.systemEmitters(),
        "Try:",
        "  curl -u " + user() + " " + standalone.gatewayUrl() + "/services/ServerEvents \\",
        "    -H 'Content-Type: application/json' \\",
        "    -d '{\"events\":[{\"topic\":\"transaction/deposit\",\"data\":\"988\"}]}'");
  }

  private String credentials() {
    return standalone.config().settings().setsUsers() ? "" : " (admin/admin, until you set users)";
  }

  // Without a password curl asks for it.
  private String user() {
    return standalone.config().settings().setsUsers() ? "USER" : "admin:admin";
  }
}
