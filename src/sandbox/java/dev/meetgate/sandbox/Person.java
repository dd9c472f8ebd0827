package dev.meetgate.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person with an account at the sandbox. The keys have 19 digits: a double cannot hold them. */
record Person(
        String email,
        String firstName,
        String lastName,
        long organizerKey,
        long accountKey,
        boolean isLicensed,
        boolean isAdministrator) {

    static final List<Person> ALL = List.of(
            new Person("jane.doe@example.com", "Jane", "Doe", 1234567890123456789L, 9012345678901234567L, true, false),
            new Person("sam.lee@example.com", "Sam", "Lee", 2345678901234567891L, 9012345678901234567L, true, false),
            new Person(
                    "free.plan@example.com", "Free", "Plan", 3456789012345678917L, 8123456789012345671L, false, false),
            new Person(
                    "ada.admin@example.com", "Ada", "Admin", 4567890123456789123L, 9012345678901234567L, true, true));

    static @Nullable Person findByEmail(@Nullable String email) {
        return ALL.stream()
                .filter(person -> person.email.equals(email))
                .findFirst()
                .orElse(null);
    }

    static Person byEmail(String email) {
        Person person = findByEmail(email);
        if (person == null) {
            throw new IllegalArgumentException("the sandbox has no account " + email);
        }
        return person;
    }

    static @Nullable Person findByKey(@Nullable String organizerKey) {
        return ALL.stream()
                .filter(person -> Long.toString(person.organizerKey).equals(organizerKey))
                .findFirst()
                .orElse(null);
    }
}
