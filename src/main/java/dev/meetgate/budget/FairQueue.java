package dev.meetgate.budget;

import dev.meetgate.User;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tenants take turns, and so do the users of a tenant; those of one user come first that came first. However long the queue of one,
 * another's first place is behind at most one of each. Not thread-safe.
 */
final class FairQueue<E> {

    /** In the order of whose turn it is. What has nobody in it is not in it. */
    private final Map<String, TenantQueue<E>> tenants = new LinkedHashMap<>();

    private int size;

    void add(User user, E element) {
        tenants.computeIfAbsent(user.tenant(), absent -> new TenantQueue<>()).add(user.id(), element);
        size++;
    }

    /** Only where somebody is in it. */
    E remove() {
        var turn = next(tenants);
        E element = turn.getValue().remove();
        size--;
        if (turn.getValue().size > 0) {
            tenants.put(turn.getKey(), turn.getValue());
        }
        return element;
    }

    boolean remove(User user, E element) {
        TenantQueue<E> tenant = tenants.get(user.tenant());
        if (tenant == null || !tenant.remove(user.id(), element)) {
            return false;
        }
        size--;
        if (tenant.size == 0) {
            tenants.remove(user.tenant());
        }
        return true;
    }

    int size() {
        return size;
    }

    void forEach(Consumer<E> action) {
        tenants.values().forEach(tenant -> tenant.users.values().forEach(user -> user.forEach(action)));
    }

    /** How many get their turn before one that this user would add now, if nobody else comes. */
    int ahead(User user) {
        TenantQueue<E> tenant = tenants.get(user.tenant());
        int rounds = tenant == null ? 0 : tenant.ahead(user.id());
        int others = tenants.values().stream()
                .filter(other -> other != tenant)
                .mapToInt(other -> Math.min(other.size, rounds + 1))
                .sum();
        return rounds + others;
    }

    /** Takes out whose turn it is. */
    private static <V> Map.Entry<String, V> next(Map<String, V> turns) {
        var iterator = turns.entrySet().iterator();
        var first = iterator.next();
        var next = Map.entry(first.getKey(), first.getValue());
        iterator.remove();
        return next;
    }

    private static final class TenantQueue<E> {

        final Map<String, Deque<E>> users = new LinkedHashMap<>();
        int size;

        void add(String user, E element) {
            users.computeIfAbsent(user, absent -> new ArrayDeque<>()).add(element);
            size++;
        }

        E remove() {
            var turn = next(users);
            E element = turn.getValue().remove();
            size--;
            if (!turn.getValue().isEmpty()) {
                users.put(turn.getKey(), turn.getValue());
            }
            return element;
        }

        boolean remove(String user, E element) {
            Deque<E> elements = users.get(user);
            if (elements == null || !elements.remove(element)) {
                return false;
            }
            size--;
            if (elements.isEmpty()) {
                users.remove(user);
            }
            return true;
        }

        int ahead(String user) {
            int own = users.containsKey(user) ? users.get(user).size() : 0;
            int others = users.entrySet().stream()
                    .filter(other -> !other.getKey().equals(user))
                    .mapToInt(other -> Math.min(other.getValue().size(), own + 1))
                    .sum();
            return own + others;
        }
    }
}
