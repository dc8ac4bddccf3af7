package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;

/** Starts an operator as a process; {@link OperatorVariables#ROLE} says which. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(ServiceRunner.run("operator", Environment.of(System.getenv()), OperatorApplication::create));
    }
}
