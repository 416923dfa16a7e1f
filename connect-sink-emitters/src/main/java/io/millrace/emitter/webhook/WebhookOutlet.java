package io.millrace.emitter.webhook;

import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.SteadyClock;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import io.millrace.emitter.task.PluginVersion;
import io.millrace.model.emitter.WebhookParameters;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP client of one task. */
final class WebhookOutlet implements Outlet {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookOutlet.class);

  // Lanes bound what is under way; the pool is only not to be in their way.
  private static final int CONNECTIONS_PER_ROUTE = 10_000;
  private static final int LOOKUP_THREADS = 16;
  private static final TimeValue IDLE_BEFORE_CHECK = TimeValue.ofSeconds(2);

  private final CloseableHttpAsyncClient client;
  private final ThreadPoolExecutor lookups;
  private final Addresses addresses;
  private final HttpExchanges exchanges;

  private WebhookOutlet(
      CloseableHttpAsyncClient client,
      ThreadPoolExecutor lookups,
      Addresses addresses,
      HttpExchanges exchanges) {
    this.client = client;
    this.lookups = lookups;
    this.addresses = addresses;
    this.exchanges = exchanges;
  }

  static WebhookOutlet open(WebhookConfig config, Clock clock) {
    ThreadPoolExecutor lookups =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("millrace-lookup", true));
    lookups.allowCoreThreadTimeOut(true);
    Addresses addresses =
        new Addresses(SystemDefaultDnsResolver.INSTANCE, lookups, SteadyClock.begin());
    CloseableHttpAsyncClient client = client(config, addresses);
    client.start();
    HttpExchanges exchanges =
        new HttpExchanges(client, config.statusPolicy(clock), config.requestTimeout());
    return new WebhookOutlet(client, lookups, addresses, exchanges);
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    return new WebhookEmitter((WebhookParameters) spec.parameters(), addresses, exchanges);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    lookups.shutdownNow();
  }

  private static CloseableHttpAsyncClient client(WebhookConfig config, Addresses addresses) {
    Timeout timeout = Timeout.of(config.requestTimeout());
    return HttpAsyncClients.custom()
        .setConnectionManager(
            PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(CONNECTIONS_PER_ROUTE)
                .setMaxConnTotal(CONNECTIONS_PER_ROUTE)
                .setDefaultTlsConfig(
                    TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setValidateAfterInactivity(IDLE_BEFORE_CHECK)
                        .build())
                .build())
        .setIOReactorConfig(IOReactorConfig.custom().setTcpNoDelay(true).build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setExpectContinueEnabled(false)
                .build())
        .setThreadFactory(new DefaultThreadFactory("millrace-webhook", true))
        .setUserAgent("Millrace/" + PluginVersion.get())
        // By default every connection that is cut off at the end is logged as an error.
        .setIoReactorExceptionCallback(error -> LOG.debug("A connection failed", error))
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
