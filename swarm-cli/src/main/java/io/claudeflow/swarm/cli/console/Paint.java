package io.claudeflow.swarm.cli.console;

import java.util.Set;

/** Colours by meaning; plain text where colours are not wanted. */
public enum Paint {
    PLAIN(""), GOOD("32"), BUSY("33"), BAD("31"), FAINT("2"), STRONG("1");

    private static final Set<String> GOOD_WORDS = Set.of("True", "Ready", "Connected", "Running", "Completed",
            "Complete", "Active", "Bound", "Succeeded", "Established");
    private static final Set<String> BUSY_WORDS = Set.of("Pending", "Starting", "Progressing", "Draining", "Suspended",
            "Terminating", "Unknown", "ContainerCreating");
    private static final Set<String> BAD_WORDS = Set.of("False", "Failed", "Degraded", "Disconnected", "Cancelled",
            "Error", "CrashLoopBackOff", "NotReady");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    /** What a word of a status cell means to a reader. */
    public static Paint ofWord(String word) {
        if (GOOD_WORDS.contains(word)) {
            return GOOD;
        }
        if (BUSY_WORDS.contains(word)) {
            return BUSY;
        }
        return BAD_WORDS.contains(word) ? BAD : PLAIN;
    }

    /** The text in this colour, when {@code colour}. */
    public String on(String text, boolean colour) {
        return !colour || code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
