package io.claudeflow.swarm.local.api.kind;

/** Names made from metadata.generateName. */
public final class GeneratedNames {
    private static final int MAX_BASE = 58;

    private GeneratedNames() {}

    /** The prefix, cut where it is too long, with five random letters. */
    public static String of(String prefix) {
        return prefix.substring(0, Math.min(prefix.length(), MAX_BASE)) + ServiceAccountAdmission.suffix();
    }
}
