package dev.meetgate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meetgate.problem.EditDistance;
import dev.meetgate.problem.Failure;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes members of a body that are misspelt or occur twice, and misspelt parameters. */
final class BodyMembers {

    private static final int LONGEST_NAME = 100;

    private BodyMembers() {}

    /** Names the member that was probably meant, or else all members. */
    static Failure unknown(String name, Collection<?> known) {
        if (!isShowable(name)) {
            return new Failure.InvalidRequest("body", "The body has a member that this operation does not know.");
        }
        String meant = meant(name, known)
                .map("Did you mean %s?"::formatted)
                .orElseGet(() -> "It knows: "
                        + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".");
        return new Failure.InvalidRequest(
                name, "This operation does not know the member %s. %s".formatted(name, meant));
    }

    /** The failure of a parameter that was probably meant to be another one, or null. */
    static @Nullable Failure misspeltParameter(String name, Collection<String> known) {
        return isShowable(name)
                ? meant(name, known)
                        .map(member -> new Failure.InvalidRequest(
                                name,
                                "This operation does not know the parameter %s. Did you mean %s?"
                                        .formatted(name, member)))
                        .orElse(null)
                : null;
    }

    private static Optional<String> meant(String name, Collection<?> known) {
        return known.stream()
                .map(String::valueOf)
                .filter(member -> isNear(plain(name), plain(member)))
                .min(Comparator.comparingInt(member -> EditDistance.between(plain(name), plain(member))));
    }

    static Failure occurringTwice(String name) {
        return isShowable(name)
                ? new Failure.InvalidRequest(name, "The body has the member %s more than once.".formatted(name))
                : new Failure.InvalidRequest("body", "The body has a member more than once.");
    }

    /** The member that occurs twice; absent if the JSON is malformed in another way. */
    static @Nullable String duplicate(JsonProcessingException malformed) {
        boolean isDuplicate = String.valueOf(malformed.getOriginalMessage()).startsWith("Duplicate ");
        try {
            return isDuplicate && malformed.getProcessor() instanceof JsonParser parser ? parser.currentName() : null;
        } catch (IOException closed) {
            return null;
        }
    }

    private static boolean isShowable(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl)
                && UTF_8.newEncoder().canEncode(name);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static boolean isNear(String name, String member) {
        boolean isPart = name.length() > 2 && (member.startsWith(name) || member.endsWith(name));
        return isPart || EditDistance.between(name, member) <= member.length() / 4;
    }
}
