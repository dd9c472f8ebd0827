package dev.meetgate.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Orders the code of the binary as {@code code-order.txt} lists it: the code of calls, then that of the
 * start. In the builder's order by name, a start loads two thirds of all code into memory.
 *
 * <p>No public API replaces the builder's {@code CodeSectionLayouter}. If a version of the builder works
 * differently, the binary keeps the order by name, needs 25 MB more memory, and the build prints a warning.
 */
final class CodeOrder implements Feature {

    private static final String BUILDER = "com.oracle.svm.hosted.";

    /** The builder's own features run first, so its layouter already exists. */
    @Override
    public void beforeCompilation(BeforeCompilationAccess access) {
        List<String> order = order();
        try {
            replaceLayouter(order);
        } catch (ReflectiveOperationException | RuntimeException otherBuilder) {
            staysInOrderOfNames(otherBuilder);
        }
    }

    private static void staysInOrderOfNames(Exception otherBuilder) {
        // The build's output only has printed text.
        System.out.println("!!! The code of this binary stays in the order of names: " + otherBuilder);
    }

    private static List<String> order() {
        try (InputStream lines = CodeOrder.class.getResourceAsStream("code-order.txt")) {
            return new String(requireNonNull(lines, "no code-order.txt").readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replaceLayouter(List<String> order) throws ReflectiveOperationException {
        Class<?> layouter = Class.forName(BUILDER + "code.CodeSectionLayouter");
        if (!ImageSingletons.contains(layouter)) {
            throw new IllegalStateException("the builder has no layouter");
        }
        Object buildersOwn = ImageSingletons.lookup(layouter);
        Method symbolOf = Class.forName(BUILDER + "image.NativeImage")
                .getMethod("localSymbolNameForMethod", Class.forName("jdk.vm.ci.meta.ResolvedJavaMethod"));
        Object inOrder = Proxy.newProxyInstance(
                layouter.getClassLoader(), new Class<?>[] {layouter}, new InOrder(buildersOwn, symbolOf, order));
        if (!singletons().replace(layouter, buildersOwn, inOrder)) {
            throw new IllegalStateException("the builder keeps its layouter otherwise");
        }
    }

    /** The map inside {@link ImageSingletons}, which has no method to replace an entry. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> singletons() throws ReflectiveOperationException {
        Class<?> management = Class.forName(BUILDER + "ImageSingletonsSupportImpl$HostedManagement");
        Field byType = management.getDeclaredField("configObjects");
        byType.setAccessible(true);
        return (Map<Object, Object>) byType.get(management.getMethod("get").invoke(null));
    }

    /** Sorts the list of methods that the builder's layouter returns. */
    private record InOrder(Object buildersOwn, Method symbolOf, List<String> order) implements InvocationHandler {

        private record Ranked(Object method, int rank) {}

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
            Object answer = method.invoke(buildersOwn, arguments);
            try {
                return answer instanceof List<?> methods ? ordered(methods) : answer;
            } catch (ReflectiveOperationException | RuntimeException otherBuilder) {
                staysInOrderOfNames(otherBuilder);
                return answer;
            }
        }

        private List<?> ordered(List<?> methods) throws ReflectiveOperationException {
            var ranks = new HashMap<Object, Integer>();
            order.forEach(symbol -> ranks.put(symbol, ranks.size()));
            var ranked = new ArrayList<Ranked>();
            for (Object method : methods) {
                ranked.add(new Ranked(method, ranks.getOrDefault(symbolOf.invoke(null, method), order.size())));
            }
            System.out.printf(
                    "Code in the order in which it runs: %d of %d methods%n",
                    ranked.stream()
                            .filter(method -> method.rank() < order.size())
                            .count(),
                    order.size());
            return ranked.stream()
                    .sorted(comparingInt(Ranked::rank))
                    .map(Ranked::method)
                    .toList();
        }
    }
}
