package io.millrace.server.events.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A response of which a copy is kept of what the application writes. What goes to the caller goes
 * there when it ever did; texts are kept as UTF-8, whatever the caller gets.
 */
final class CapturedResponse extends HttpServletResponseWrapper {

  private final BoundedCapture capture;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  CapturedResponse(HttpServletResponse response, BoundedCapture capture) {
    super(response);
    this.capture = capture;
  }

  /** Whether the copy is UTF-8, since the application wrote characters. */
  boolean wroteText() {
    return writer != null;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream present = stream;
    if (present == null) {
      present = new Tee(super.getOutputStream(), capture);
      stream = present;
    }
    return present;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter present = writer;
    if (present == null) {
      PrintWriter caller = super.getWriter();
      present = new CallersWriter(caller, new TextTee(caller, capture));
      writer = present;
    }
    return present;
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    capture.clear();
  }

  @Override
  public void reset() {
    super.reset();
    capture.clear();
    stream = null;
    writer = null;
  }

  /** Knows of the caller's errors, which the caller's own writer keeps to itself. */
  private static final class CallersWriter extends PrintWriter {

    private final PrintWriter caller;

    CallersWriter(PrintWriter caller, Writer tee) {
      super(tee);
      this.caller = caller;
    }

    @Override
    public boolean checkError() {
      boolean own = super.checkError();
      return caller.checkError() || own;
    }
  }

  private static final class TextTee extends Writer {

    private final PrintWriter caller;
    private final BoundedCapture capture;

    TextTee(PrintWriter caller, BoundedCapture capture) {
      this.caller = caller;
      this.capture = capture;
    }

    @Override
    public void write(char[] text, int offset, int length) {
      caller.write(text, offset, length);
      if (!capture.isTooLarge()) {
        byte[] bytes = new String(text, offset, length).getBytes(StandardCharsets.UTF_8);
        capture.add(bytes, 0, bytes.length);
      }
    }

    @Override
    public void flush() {
      caller.flush();
    }

    @Override
    public void close() {
      caller.close();
    }
  }

  private static final class Tee extends ServletOutputStream {

    private final ServletOutputStream to;
    private final BoundedCapture capture;

    Tee(ServletOutputStream to, BoundedCapture capture) {
      this.to = to;
      this.capture = capture;
    }

    @Override
    public void write(int oneByte) throws IOException {
      to.write(oneByte);
      capture.add(oneByte);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      to.write(from, offset, length);
      capture.add(from, offset, length);
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }

    @Override
    public boolean isReady() {
      return to.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      to.setWriteListener(listener);
    }
  }
}
