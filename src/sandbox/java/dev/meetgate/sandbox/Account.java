package dev.meetgate.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who has an account at this GoTo. Keys have 19 digits, more than a double holds. */
record Account(
        String email,
        String firstName,
        String lastName,
        long organizerKey,
        long accountKey,
        boolean isLicensed,
        boolean isAdministrator) {

    static final List<Account> ALL = List.of(
            new Account("jane.doe@example.com", "Jane", "Doe", 1234567890123456789L, 9012345678901234567L, true, false),
            new Account("sam.lee@example.com", "Sam", "Lee", 2345678901234567891L, 9012345678901234567L, true, false),
            new Account(
                    "free.plan@example.com", "Free", "Plan", 3456789012345678917L, 8123456789012345671L, false, false),
            new Account(
                    "ada.admin@example.com", "Ada", "Admin", 4567890123456789123L, 9012345678901234567L, true, true));

    static @Nullable Account of(@Nullable String email) {
        return ALL.stream()
                .filter(account -> account.email.equals(email))
                .findFirst()
                .orElse(null);
    }

    static Account named(String email) {
        Account account = of(email);
        if (account == null) {
            throw new IllegalArgumentException(email + " is no account of the sandbox");
        }
        return account;
    }

    static @Nullable Account ofKey(@Nullable String organizerKey) {
        return ALL.stream()
                .filter(account -> Long.toString(account.organizerKey).equals(organizerKey))
                .findFirst()
                .orElse(null);
    }
}
