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
 * Lays out the code of the binary in the order of {@code code-order.txt}: first what calls run, then what else a start runs. The
 * builder's own order, by name, brings two thirds of all code into memory at a start.
 *
 * <p>The builder asks its {@code CodeSectionLayouter} for the order; no public API replaces that class. Where a version of the
 * builder works differently, the binary is built in order of names, needs 25 MB more memory, and the build says so.
 */
final class CodeOrder implements Feature {

    private static final String BUILDER = "com.oracle.svm.hosted.";

    /** The builder adds its layouter at this point too, but earlier: its own features run first. */
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
        // Only what is printed gets into the output of the build.
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

    /** What {@link ImageSingletons} looks up, adds to, but does not replace. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> singletons() throws ReflectiveOperationException {
        Class<?> management = Class.forName(BUILDER + "ImageSingletonsSupportImpl$HostedManagement");
        Field byType = management.getDeclaredField("configObjects");
        byType.setAccessible(true);
        return (Map<Object, Object>) byType.get(management.getMethod("get").invoke(null));
    }

    /** A layouter, which answers with the list of all methods. */
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
