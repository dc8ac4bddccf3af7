package io.claudeflow.swarm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** This release, as the build wrote it. */
public record Version(String number) {
    /** The release that runs. */
    public static final Version CURRENT = read();

    private static Version read() {
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return new Version(properties.getProperty("version", "unknown"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
