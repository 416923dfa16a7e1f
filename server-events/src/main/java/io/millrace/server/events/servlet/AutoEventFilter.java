package io.millrace.server.events.servlet;

import io.millrace.server.events.EventNotifier;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises events on the incoming request and the outgoing response of operations. The payload is
 * what the application reads and writes, copied on the way, so that events are raised when the call
 * is over; a call that ends with an exception has no outgoing response. Whatever goes wrong here is
 * counted and logged, and the call goes on. Register it with asynchronous support. Safe for use by
 * several threads.
 *
 * <p>An answer that an application writes through the context of {@code startAsync()} without
 * arguments passes by every filter's wrapper, and is not captured.
 */
public final class AutoEventFilter implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(AutoEventFilter.class);
  private static final String TAKEN = AutoEventFilter.class.getName();
  private static final Duration LAST_EVENTS = Duration.ofSeconds(10);

  private final List<Operation> operations;
  private final AutoEventSettings settings;
  private final AutoEventQueue queue;

  /**
   * Starts the thread that raises the events; {@link #destroy} ends it.
   *
   * @param operations of which the first that matches counts
   */
  public AutoEventFilter(
      EventNotifier notifier, List<Operation> operations, AutoEventSettings settings) {
    this.operations = List.copyOf(operations);
    this.settings = settings;
    this.queue = new AutoEventQueue(notifier, settings);
  }

  /** What became of the events so far. */
  public AutoEventCounts counts() {
    return queue.counts();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Operation operation =
        request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse
                && request.getAttribute(TAKEN) == null // Not again when it is forwarded.
            ? find(http)
            : null;
    if (operation == null) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(TAKEN, true);
    Capture capture =
        new Capture(operation, (HttpServletRequest) request, (HttpServletResponse) response);
    boolean answered = false;
    try {
      chain.doFilter(capture.request, capture.response);
      answered = true;
    } finally {
      capture.returned(answered);
    }
  }

  @Override
  public void destroy() {
    queue.close(LAST_EVENTS);
  }

  private @Nullable Operation find(HttpServletRequest request) {
    // Decoded, and without a session's id, as the container has matched it.
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    for (Operation operation : operations) {
      if (operation.matches(request.getMethod(), path)) {
        return operation;
      }
    }
    return null;
  }

  /** What is copied of one call. */
  private final class Capture implements AsyncListener {

    private final Operation operation;
    private final BoundedCapture read = new BoundedCapture(settings.maxBodyBytes());
    private final BoundedCapture written = new BoundedCapture(settings.maxBodyBytes());
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean failed;
    final CapturedRequest request;
    final CapturedResponse response;

    Capture(Operation operation, HttpServletRequest request, HttpServletResponse response) {
      this.operation = operation;
      this.request = new CapturedRequest(request, read);
      this.response = new CapturedResponse(response, written);
    }

    void returned(boolean answered) {
      failed = !answered;
      try {
        if (answered && request.isAsyncStarted()) {
          request.getAsyncContext().addListener(this);
          return;
        }
      } catch (IllegalStateException e) {
        LOG.debug("The asynchronous call was over already", e);
      }
      raise();
    }

    private void raise() {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      try {
        if (!operation.requestTopics().isEmpty()) {
          queue.add(Call.request(operation, request, payloadRead(), settings.headers()));
        }
        if (!failed && !operation.responseTopics().isEmpty()) {
          queue.add(
              Call.response(operation, request, response, payloadWritten(), settings.headers()));
        }
      } catch (RuntimeException e) {
        queue.countFailure();
        LOG.warn(
            "A call of {} could not be captured: {}",
            operation.operationId(),
            e.getClass().getName());
      }
    }

    private Payload payloadRead() {
      String charset = request.readText() ? null : request.getCharacterEncoding();
      boolean encoded = request.getHeader("Content-Encoding") != null;
      return Payload.of(
          read,
          request.getContentType(),
          charset,
          isForm(request.getContentType()) ? request.readParameters() : null,
          encoded,
          settings.maxBodyBytes());
    }

    private boolean isForm(@Nullable String type) {
      return type != null
          && (type.startsWith("application/x-www-form-urlencoded")
              || type.startsWith("multipart/form-data"));
    }

    private Payload payloadWritten() {
      String type = response.getContentType();
      String charset = response.wroteText() ? null : response.getCharacterEncoding();
      // Jetty and Tomcat say ISO-8859-1 where the application named no charset; JSON is UTF-8.
      boolean json = type != null && type.contains("json");
      return Payload.of(
          written,
          type,
          json ? null : charset,
          null,
          response.containsHeader("Content-Encoding"),
          settings.maxBodyBytes());
    }

    @Override
    public void onComplete(AsyncEvent event) {
      raise();
    }

    @Override
    public void onError(AsyncEvent event) {
      failed = true;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // What the application answers then is the response.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
