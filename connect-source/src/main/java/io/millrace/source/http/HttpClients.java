package io.millrace.source.http;

import io.millrace.source.config.ConnectionConfig;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** Clients for HTTP and WebSocket, by configuration. */
public final class HttpClients {

  private HttpClients() {}

  /**
   * A client with the time-out, the proxy and the TLS of the configuration; redirects are not
   * followed. It needs no closing: its thread ends when nobody has it any more.
   *
   * @throws org.apache.kafka.common.KafkaException if a key store or trust store cannot be read
   */
  public static HttpClient of(ConnectionConfig config) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(config.sslContext());
    InetSocketAddress proxy = config.proxy();
    // Without one of its own, not the one that the whole JVM may have.
    client.proxy(proxy == null ? HttpClient.Builder.NO_PROXY : ProxySelector.of(proxy));
    String user = config.proxyUsername();
    if (proxy != null && user != null) {
      client.authenticator(new ProxyOnly(user, config.proxyPassword()));
    }
    return client.build();
  }

  /** Never tells the vendor what only the proxy should know. */
  private static final class ProxyOnly extends Authenticator {
    private final String user;
    private final char[] password;

    ProxyOnly(String user, char[] password) {
      this.user = user;
      this.password = password;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? new PasswordAuthentication(user, password)
          : null;
    }
  }
}
