package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;

/** A hive-mind replica as a process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(ServiceRunner.run("hivemind", Environment.of(System.getenv()), HivemindApplication::create));
    }
}
