package dev.meetgate.sandbox;

import java.util.List;
import java.util.stream.Stream;

/** The one group of organizers that the accounts' company has. */
record Group(long key, String name, List<Account> organizers) {

    static final Group RESEARCH = new Group(
            5678901234567891234L,
            "Research",
            Stream.of("jane.doe@example.com", "sam.lee@example.com")
                    .map(Account::named)
                    .toList());
}
