package io.claudeflow.swarm.kit.app;

import io.claudeflow.swarm.kit.config.Settings;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A service of one step, whose end is chosen by the variable {@code TINY_END}. */
public final class TinyMain {
    private TinyMain() {}

    public static void main(String[] args) {
        System.exit(ServiceRunner.run("tiny", Environment.of(System.getenv()), TinyMain::create));
    }

    private static Application create(Environment environment, Vertx vertx) {
        var settings = Settings.of(environment.variables(), "TINY_");
        var end = settings.text("TINY_END");
        settings.number("TINY_SIZE", 1, 1, 9);
        settings.check();
        var steps = StartupSteps.of(vertx, "tiny").step("work", () -> switch (end) {
            case "refuse" -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE, "the disk is full"));
            case "hang" -> Future.future(_ -> System.out.println("hanging"));
            default -> Future.succeededFuture();
        }, _ -> {
            System.out.println("stopped");
            return Future.succeededFuture();
        }).build();
        switch (end) {
            case "done" -> steps.complete();
            case "lost" -> steps.fail(new SwarmException(ErrorCode.UNAVAILABLE, "the ledger is gone"));
            default -> {
            }
        }
        return steps;
    }
}
