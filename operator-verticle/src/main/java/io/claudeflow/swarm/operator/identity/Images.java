package io.claudeflow.swarm.operator.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The images of this release, each to be overridden by a variable of the operator.
 *
 * @param pullPolicy of every container that the operators render
 */
public record Images(String operator, String hivemind, String agent, String pullPolicy) {
    public static final String OPERATOR = "claudeflow/swarm-operator";
    public static final String HIVEMIND = "claudeflow/swarm-hivemind";
    public static final String AGENT = "claudeflow/swarm-agent";
    public static final String PULL_POLICY = "IfNotPresent";

    /** The images whose tag is the release. */
    public static Images ofRelease() {
        return new Images(tagged(OPERATOR), tagged(HIVEMIND), tagged(AGENT), PULL_POLICY);
    }

    /** That repository with the release as its tag. */
    public static String tagged(String repository) {
        return repository + ":" + release();
    }

    /** The version that was built. */
    public static String release() {
        try (var in = Images.class.getResourceAsStream("/io/claudeflow/swarm/operator/release.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
