package io.millrace.filter.feel.closure;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.functions.ParameterName;
import org.kie.dmn.feel.util.CoerceUtil;
import org.kie.dmn.feel.util.Either;

/** One way to call a built-in function: a method of the engine's function object. */
final class Signature {

  private final MethodHandle method;
  private final Class<?>[] types;
  private final List<String> names;
  private final boolean variable;

  private Signature(MethodHandle method, Class<?>[] types, List<String> names) {
    this.method = method;
    this.types = types;
    this.names = names;
    this.variable = types.length > 0 && types[types.length - 1].isArray();
  }

  static Signature of(FEELFunction function, Method method) {
    try {
      MethodHandle handle = MethodHandles.publicLookup().unreflect(method).bindTo(function);
      Class<?>[] types = method.getParameterTypes();
      List<String> names = new ArrayList<>();
      for (Annotation[] annotations : method.getParameterAnnotations()) {
        Arrays.stream(annotations)
            .filter(ParameterName.class::isInstance)
            .forEach(name -> names.add(((ParameterName) name).value()));
      }
      if (types.length > 0 && types[0] == EvaluationContext.class) {
        handle = MethodHandles.insertArguments(handle, 0, Nothing.NOTHING);
        types = Arrays.copyOfRange(types, 1, types.length);
        names.remove(0);
      }
      MethodHandle spread =
          handle
              .asFixedArity()
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new Signature(spread, types, List.copyOf(names));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the engine hides its function " + function.getName(), e);
    }
  }

  boolean isVariable() {
    return variable;
  }

  List<String> names() {
    return names;
  }

  boolean takes(int count) {
    return variable ? count >= Math.max(1, types.length - 1) : count == types.length;
  }

  /** The arguments by their names in the order of the parameters; null if a name is unknown. */
  @Nullable Object @Nullable [] arrange(List<String> given, @Nullable Object[] values) {
    @Nullable Object[] arranged = new Object[types.length];
    List<@Nullable Object> rest = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int place = names.indexOf(given.get(i));
      if (place >= 0) {
        arranged[place] = values[i];
      } else if (variable && isNumbered(given.get(i))) {
        rest.add(values[i]);
      } else {
        return null;
      }
    }
    if (variable) {
      arranged[types.length - 1] = rest.toArray();
    }
    return arranged;
  }

  /** Whether all these names could be given. */
  boolean knows(List<String> given) {
    return given.stream().allMatch(name -> names.contains(name) || (variable && isNumbered(name)));
  }

  // The third of 'n' is given as n3.
  private boolean isNumbered(String name) {
    String prefix = names.get(names.size() - 1);
    return name.startsWith(prefix)
        && name.length() > prefix.length()
        && name.length() <= prefix.length() + 3
        && name.chars().skip(prefix.length()).allMatch(c -> c >= '0' && c <= '9');
  }

  /** The arguments as the method wants them, converted where FEEL converts; null if it cannot. */
  @Nullable Object @Nullable [] adapt(@Nullable Object[] arguments) {
    if (!variable && arguments.length != types.length) {
      return null;
    }
    @Nullable Object[] adapted = variable ? gather(arguments) : arguments;
    for (int i = 0; i < types.length; i++) {
      Object argument = adapted[i];
      if (argument != null && !types[i].isInstance(argument)) {
        Object[] converted =
            CoerceUtil.coerceParams(argument.getClass(), types[i], adapted, i).orElse(null);
        if (converted == null) {
          return null;
        }
        adapted = converted;
      }
    }
    return adapted;
  }

  private @Nullable Object[] gather(@Nullable Object[] arguments) {
    int fixed = types.length - 1;
    @Nullable Object[] gathered = Arrays.copyOf(arguments, types.length);
    gathered[fixed] = Arrays.copyOfRange(arguments, fixed, arguments.length);
    return gathered;
  }

  /** How well it fits, by the engine's rule: of several that can be called, the best one is. */
  int score(@Nullable Object[] ordered, int given) {
    int score = (variable ? 0 : 100_000) + (given == types.length ? 10_000 : 0);
    for (int i = 0; i < Math.min(ordered.length, types.length); i++) {
      if (ordered[i] == null) {
        score++;
      } else if (types[i] != Object.class) {
        score += 2;
      }
      if (types[i] == Object.class) {
        score++;
      }
    }
    return score;
  }

  /** Null where the function fails: FEEL knows no other failure. */
  @Nullable Object invoke(@Nullable Object[] adapted) {
    try {
      Object result = method.invokeExact(adapted);
      return result instanceof Either<?, ?> either ? either.getOrElse(null) : result;
    } catch (Exception e) {
      return null;
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
