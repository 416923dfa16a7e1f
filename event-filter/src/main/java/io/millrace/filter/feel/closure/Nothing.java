package io.millrace.filter.feel.closure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.DMNVersion;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.FEELDialect;

/**
 * What the engine's operators and functions get to see beside their arguments: the dialect and no
 * more, no variables, no classes, and nobody who hears of events.
 */
final class Nothing implements EvaluationContext {

  static final Nothing NOTHING = new Nothing();

  private Nothing() {}

  @Override
  public void enterFrame() {
    throw none();
  }

  @Override
  public void exitFrame() {
    throw none();
  }

  @Override
  public EvaluationContext current() {
    return this;
  }

  @Override
  public void setValue(String name, Object value) {
    throw none();
  }

  @Override
  public Object getValue(String name) {
    throw none();
  }

  @Override
  public Object getValue(String[] name) {
    throw none();
  }

  @Override
  public boolean isDefined(String name) {
    return false;
  }

  @Override
  public boolean isDefined(String[] name) {
    return false;
  }

  @Override
  public Map<String, Object> getAllValues() {
    return Map.of();
  }

  @Override
  public @Nullable DMNRuntime getDMNRuntime() {
    return null;
  }

  @Override
  public ClassLoader getRootClassLoader() {
    return NoClasses.LOADER;
  }

  @Override
  public void notifyEvt(Supplier<FEELEvent> event) {
    // An operator that is null is daily business of a filter.
  }

  @Override
  public Collection<FEELEventListener> getListeners() {
    return List.of();
  }

  @Override
  public void setRootObject(Object root) {
    throw none();
  }

  @Override
  public @Nullable Object getRootObject() {
    return null;
  }

  @Override
  public FEELDialect getFEELDialect() {
    return FEELDialect.FEEL;
  }

  @Override
  public DMNVersion getDMNVersion() {
    return DMNVersion.getLatest();
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("a function has no variables");
  }
}
