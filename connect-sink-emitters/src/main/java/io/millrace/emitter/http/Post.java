package io.millrace.emitter.http;

import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/**
 * A POST.
 *
 * @param target whom it goes to
 * @param path with the query; may hold a secret
 * @param headers may hold secrets
 * @param body may be empty
 */
public record Post(HttpHost target, String path, List<Header> headers, Body body) {

  /** Bytes that nobody changes. */
  public record Body(@SuppressWarnings("ArrayRecordComponent") byte[] bytes) {}

  public HttpRequest head() {
    BasicHttpRequest request = new BasicHttpRequest(Method.POST, target, path);
    headers.forEach(request::addHeader);
    return request;
  }

  /** Where it goes, without what may be secret. */
  @Override
  public String toString() {
    return "POST " + target;
  }
}
