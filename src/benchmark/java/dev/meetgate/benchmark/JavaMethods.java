package dev.meetgate.benchmark;

import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The Java methods of a native binary that has its symbols, by where they begin. */
record JavaMethods(NavigableMap<Long, Code> byAddress) {

    record Code(String symbol, long end) {}

    /** A name and a hash. */
    private static final Pattern JAVA_METHOD = Pattern.compile(".+_\\p{Alnum}{22}");

    static JavaMethods of(Path binary) {
        var methods = new TreeMap<Long, Code>();
        Usage.output("nm", "--defined-only", "--print-size", binary.toString())
                .lines()
                .map(line -> line.split(" "))
                .filter(symbol ->
                        symbol.length == 4 && JAVA_METHOD.matcher(symbol[3]).matches())
                .forEach(symbol -> methods.put(hex(symbol[0]), new Code(symbol[3], hex(symbol[0]) + hex(symbol[1]))));
        if (methods.isEmpty()) {
            throw new IllegalStateException("%s is no native binary with its symbols".formatted(binary));
        }
        return new JavaMethods(methods);
    }

    /** The symbol of the method that has the instruction at this address; nothing for what is in a library. */
    Optional<String> at(long address) {
        return Optional.ofNullable(byAddress.floorEntry(address))
                .map(Map.Entry::getValue)
                .filter(code -> address < code.end())
                .map(Code::symbol);
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }
}
