package dev.meetgate.history;

import dev.meetgate.http.Page;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list sorted by time. At the list's end, {@code next} is null. */
record Slice<T extends Timed>(List<T> items, @Nullable Position next) {

    static <T extends Timed> Slice<T> of(Collection<T> all, Position from, int limit) {
        long passed = Math.min(from.passed(), countAt(from, all));
        List<T> rest = all.stream()
                .filter(item -> !item.time().isBefore(from.time()))
                .sorted(Comparator.comparing(Timed::time).thenComparing(Timed::key))
                .skip(passed)
                .limit(limit + 1L)
                .toList();
        return rest.size() <= limit ? new Slice<>(rest, null) : cut(rest.subList(0, limit), from);
    }

    private static <T extends Timed> Slice<T> cut(List<T> items, Position from) {
        Position last = Position.at(items.get(items.size() - 1).time());
        long passed = countAt(last, items) + (last.time().equals(from.time()) ? from.passed() : 0);
        return new Slice<>(items, new Position(last.time(), Math.toIntExact(passed)));
    }

    private static long countAt(Position position, Collection<? extends Timed> items) {
        return items.stream()
                .filter(item -> item.time().equals(position.time()))
                .count();
    }

    Page<T> toPage() {
        return new Page<>(items, next == null ? null : next.cursor());
    }
}
