package dev.meetgate.reactive;

import dev.meetgate.caller.User;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Lets tenants take turns, then the users of each tenant. Calls of a user keep their order. Not thread-safe.
 */
public final class FairQueue<E> {

    private final Map<String, TenantQueue<E>> tenants = new LinkedHashMap<>();

    private int size;
    private long turns;

    public void add(User user, E element) {
        tenants.computeIfAbsent(user.tenant(), absent -> new TenantQueue<>()).add(user.id(), element);
        size++;
    }

    public E remove() {
        TenantQueue<E> next = tenants.values().stream()
                .filter(tenant -> tenant.size > 0)
                .min(Comparator.comparingLong(tenant -> tenant.lastTurn))
                .orElseThrow();
        next.lastTurn = ++turns;
        size--;
        return next.remove();
    }

    public boolean remove(User user, E element) {
        TenantQueue<E> tenant = tenants.get(user.tenant());
        if (tenant == null || !tenant.remove(user.id(), element)) {
            return false;
        }
        size--;
        return true;
    }

    public int size() {
        return size;
    }

    public void forEach(Consumer<E> action) {
        tenants.values().forEach(tenant -> tenant.users.values().forEach(user -> user.forEach(action)));
    }

    public int ahead(User user) {
        TenantQueue<E> tenant = tenants.get(user.tenant());
        int rounds = tenant == null ? 0 : tenant.ahead(user.id());
        int others = tenants.values().stream()
                .filter(other -> other != tenant)
                .mapToInt(other -> Math.min(other.size, rounds + 1))
                .sum();
        return rounds + others;
    }

    private static final class TenantQueue<E> {

        /** Users with queued calls, in the order of their turns. */
        final Map<String, Deque<E>> users = new LinkedHashMap<>();

        int size;
        long lastTurn;

        void add(String user, E element) {
            users.computeIfAbsent(user, absent -> new ArrayDeque<>()).add(element);
            size++;
        }

        E remove() {
            String user = users.keySet().iterator().next();
            Deque<E> elements = Objects.requireNonNull(users.remove(user));
            E element = elements.remove();
            size--;
            if (!elements.isEmpty()) {
                users.put(user, elements);
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
