package io.millrace.standalone;

/** What runs in the process, in the order in which it is stopped. */
enum Part {
  GATEWAY("gateway"),
  ROUTER("router"),
  CONNECT("connect"),
  BROKER("broker"),
  MANAGEMENT("management"),
  LOCK("lock");

  private final String label;

  Part(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
