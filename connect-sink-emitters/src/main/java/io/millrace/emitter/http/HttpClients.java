package io.millrace.emitter.http;

import io.millrace.emitter.task.PluginVersion;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds HTTP clients. They follow no redirect and keep no cookie; only we try again. */
public final class HttpClients {

  private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

  // Lanes bound what is under way; the pool is only not to be in their way.
  private static final int CONNECTIONS_PER_ROUTE = 10_000;
  private static final TimeValue IDLE_BEFORE_CHECK = TimeValue.ofSeconds(2);

  private HttpClients() {}

  /** A client that was started, and connects to what the addresses give it. */
  public static CloseableHttpAsyncClient start(
      ClientConfig config, Timeout connect, Timeout response, Addresses addresses) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(connections(config, connect, response, addresses))
            .setIOReactorConfig(IOReactorConfig.custom().setTcpNoDelay(true).build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(connect)
                    .setResponseTimeout(response)
                    .setExpectContinueEnabled(false)
                    .build())
            .setThreadFactory(new DefaultThreadFactory("millrace-http", true))
            .setUserAgent("Millrace/" + PluginVersion.get())
            // By default every connection that is cut off at the end is logged as an error.
            .setIoReactorExceptionCallback(error -> LOG.debug("A connection failed", error))
            .evictExpiredConnections()
            .evictIdleConnections(TimeValue.of(config.idle()))
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableConnectionState()
            .disableCookieManagement();
    proxy(builder, config);
    CloseableHttpAsyncClient client = builder.build();
    client.start();
    return client;
  }

  private static PoolingAsyncClientConnectionManager connections(
      ClientConfig config, Timeout connect, Timeout response, Addresses addresses) {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setDnsResolver(addresses)
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setMaxConnPerRoute(CONNECTIONS_PER_ROUTE)
        .setMaxConnTotal(CONNECTIONS_PER_ROUTE)
        // One HTTP/2 connection carries many requests at once.
        .setMessageMultiplexing(true)
        .setTlsStrategy(
            ClientTlsStrategyBuilder.create().setSslContext(config.sslContext()).buildAsync())
        .setDefaultTlsConfig(
            TlsConfig.custom()
                .setHandshakeTimeout(connect)
                .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(response)
                .setTimeToLive(TimeValue.of(config.lifetime()))
                .setValidateAfterInactivity(IDLE_BEFORE_CHECK)
                .build())
        .build();
  }

  private static void proxy(HttpAsyncClientBuilder builder, ClientConfig config) {
    HttpHost proxy = config.proxy();
    if (proxy == null) {
      return;
    }
    builder.setProxy(proxy);
    String username = config.proxyUsername();
    if (username != null) {
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(proxy), new UsernamePasswordCredentials(username, config.proxyPassword()));
      builder.setDefaultCredentialsProvider(credentials);
    }
  }
}
