package io.millrace.benchmarks.webhook;

import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;

/** Apache HttpClient 5 in its asynchronous form. */
@SuppressWarnings("FutureReturnValueIgnored") // Results come through callbacks.
final class ApacheAsync implements Client {

  private final CloseableHttpAsyncClient client;

  ApacheAsync(int inFlight) {
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(100 * inFlight)
                    .setMaxConnPerRoute(inFlight)
                    .build())
            .build();
    client.start();
  }

  @Override
  public void post(URI url, Event event, Runnable done) {
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(url).setBody(event.data(), ContentType.APPLICATION_JSON).build();
    event.headers(request::setHeader);
    client.execute(
        request,
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse response) {
            done.run();
          }

          @Override
          public void failed(Exception e) {
            done.run();
          }

          @Override
          public void cancelled() {
            done.run();
          }
        });
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
