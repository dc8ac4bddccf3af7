package io.claudeflow.swarm.operator.condition;

import java.util.Locale;

/**
 * What a condition says now, before it is compared with what it said.
 *
 * @param type    a word of {@link Catalogue}
 * @param reason  likewise
 * @param message a sentence: what, and what to do
 */
public record Fact(String type, Status status, String reason, String message) {
    /** As Kubernetes writes them. */
    public enum Status {
        TRUE, FALSE, UNKNOWN;

        /** {@code True}, {@code False} or {@code Unknown}. */
        public String word() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    public static Fact yes(String type, String reason, String message) {
        return new Fact(type, Status.TRUE, reason, message);
    }

    public static Fact no(String type, String reason, String message) {
        return new Fact(type, Status.FALSE, reason, message);
    }

    public static Fact unknown(String type, String reason, String message) {
        return new Fact(type, Status.UNKNOWN, reason, message);
    }

    public boolean holds() {
        return status == Status.TRUE;
    }
}
