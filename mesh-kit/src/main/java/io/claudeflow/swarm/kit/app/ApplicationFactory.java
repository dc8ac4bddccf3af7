package io.claudeflow.swarm.kit.app;

import io.vertx.core.Vertx;

/** How an image is started inside a JVM: the composition root of a service. */
@FunctionalInterface
public interface ApplicationFactory {
    /**
     * Reads the configuration and wires the service; starts nothing.
     *
     * @throws io.claudeflow.swarm.kit.config.ConfigException naming every problem at once
     */
    Application create(Environment environment, Vertx vertx);
}
