package io.claudeflow.swarm.cli.console;

import java.time.Duration;

/** How long something is or took, as people read it. */
public final class Age {
    private Age() {}

    /** As kubectl has it: {@code 5s}, {@code 3m12s}, {@code 12m}, {@code 5h}, {@code 3d}. */
    public static String of(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return seconds % 60 == 0 ? minutes + "m" : minutes + "m" + seconds % 60 + "s";
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + "h" : hours / 24 + "d";
    }

    /** With tenths, for what the reader waited for: {@code 4.2 s}, {@code 2 min 5 s}. */
    public static String waited(Duration time) {
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        long tenths = Math.round(time.toMillis() / 100.0);
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
