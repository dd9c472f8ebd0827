package dev.meetgate.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Lays out the code of the binary as it runs: first what a start and calls run, in the order of {@code code-order.txt}. In the
 * builder's own order, by name, that fifth of the code is spread over all of it, and nearly all is read from the disk and stays in
 * memory.
 *
 * <p>Oracle's builder does this by its profiles, the free one has but the place where it would be done. Nothing public leads there:
 * where a version of the builder has none, or another one, the binary is built in the order of names, which costs it 25 MB of
 * memory, and the build says so.
 */
final class CodeOrder implements Feature {

    private static final String BUILDER = "com.oracle.svm.hosted.";

    @Override
    public void beforeCompilation(BeforeCompilationAccess access) {
        try {
            Class<?> layouter = Class.forName(BUILDER + "code.CodeSectionLayouter");
            var inOrder = new InOrder(ImageSingletons.lookup(layouter), symbolOfMethod(), order());
            singletons()
                    .put(
                            layouter,
                            Proxy.newProxyInstance(layouter.getClassLoader(), new Class<?>[] {layouter}, inOrder));
        } catch (ReflectiveOperationException | RuntimeException otherBuilder) {
            System.out.println("!!! The code of this binary stays in the order of names: " + otherBuilder);
        }
    }

    private static Method symbolOfMethod() throws ReflectiveOperationException {
        return Stream.of(Class.forName(BUILDER + "image.NativeImage").getMethods())
                .filter(method -> method.getName().equals("localSymbolNameForMethod"))
                .findFirst()
                .orElseThrow(NoSuchMethodException::new);
    }

    /** {@link ImageSingletons} adds to them, but replaces none. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> singletons() throws ReflectiveOperationException {
        Class<?> management = Class.forName(BUILDER + "ImageSingletonsSupportImpl$HostedManagement");
        Field byType = management.getDeclaredField("configObjects");
        byType.setAccessible(true);
        return (Map<Object, Object>) byType.get(management.getMethod("get").invoke(null));
    }

    private static List<String> order() {
        try (InputStream lines = CodeOrder.class.getResourceAsStream("code-order.txt")) {
            return new String(requireNonNull(lines, "no code-order.txt").readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The builder's layouter, whose answer is the list of all methods. */
    private record InOrder(Object byName, Method symbolOfMethod, List<String> order) implements InvocationHandler {

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
            Object answer = method.invoke(byName, arguments);
            return answer instanceof List<?> methods ? ordered(methods) : answer;
        }

        private List<?> ordered(List<?> methods) throws ReflectiveOperationException {
            var bySymbol = new LinkedHashMap<Object, Object>();
            for (Object method : methods) {
                if (bySymbol.put(symbolOfMethod.invoke(null, method), method) != null) {
                    throw new IllegalStateException("two methods have one symbol: " + method);
                }
            }
            var ordered = new ArrayList<Object>(order.stream()
                    .map(bySymbol::remove)
                    .filter(Objects::nonNull)
                    .toList());
            System.out.printf("Code in the order in which it runs: %d of %d methods%n", ordered.size(), order.size());
            ordered.addAll(bySymbol.values());
            return ordered;
        }
    }
}
