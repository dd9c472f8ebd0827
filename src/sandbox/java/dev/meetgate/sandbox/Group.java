package dev.meetgate.sandbox;

import java.util.List;
import java.util.stream.Stream;

/** A group of organizers. The company of the sandbox's people has one. */
record Group(long key, String name, List<Person> organizers) {

    static final Group RESEARCH = new Group(
            5678901234567891234L,
            "Research",
            Stream.of("jane.doe@example.com", "sam.lee@example.com")
                    .map(Person::byEmail)
                    .toList());
}
