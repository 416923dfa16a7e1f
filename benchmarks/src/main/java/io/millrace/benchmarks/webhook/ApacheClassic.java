package io.millrace.benchmarks.webhook;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/** Apache HttpClient 5 in its classic form: a thread for each request under way. */
final class ApacheClassic implements Client {

  private final CloseableHttpClient client;
  private final ExecutorService threads;

  ApacheClassic(int inFlight) {
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                    .setMaxConnTotal(100 * inFlight)
                    .setMaxConnPerRoute(inFlight)
                    .build())
            .build();
    threads = Executors.newFixedThreadPool(inFlight);
  }

  @Override
  public void post(URI url, Event event, Runnable done) {
    threads.execute(
        () -> {
          HttpPost request = new HttpPost(url);
          event.headers(request::setHeader);
          request.setEntity(new ByteArrayEntity(event.data(), ContentType.APPLICATION_JSON));
          try {
            client.execute(request, response -> response.getCode());
          } catch (IOException e) {
            // Its event is missing in the report.
          } finally {
            done.run();
          }
        });
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    threads.shutdownNow();
  }
}
