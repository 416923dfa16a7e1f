package io.millrace.filter.feel.closure;

/** Finds no class at all: what an expression could reach of the JVM through external functions. */
final class NoClasses extends ClassLoader {

  static final NoClasses LOADER = new NoClasses();

  private NoClasses() {
    super(null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    throw new ClassNotFoundException("filters may not use classes");
  }
}
