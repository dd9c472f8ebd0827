package dev.meetgate.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page says after an action. The address has it, so only known words are shown. */
record Done(String text, boolean isGood) {

    private static final Map<String, String> ACTIONS = Map.of(
            "check", "GoTo was asked",
            "disconnect", "The user was disconnected",
            "redeliver", "The event is being sent again");

    static @Nullable Done of(@Nullable String action, String code) {
        if (action == null
                || !ACTIONS.containsKey(action)
                || !(code.isEmpty() || Cause.problem(code).isPresent())) {
            return null;
        }
        String text = ACTIONS.get(action);
        boolean isCheck = action.equals("check");
        if (code.isEmpty()) {
            return new Done(isCheck ? text + ", and the connection works." : text + ".", true);
        }
        return new Done(isCheck ? "%s, and the answer is %s.".formatted(text, code) : "Refused: " + code, false);
    }
}
