package io.claudeflow.swarm.kit.cluster;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;
import io.claudeflow.swarm.kit.app.StartupSteps;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.bus.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** A member that says its own name to whoever asks at that name. */
final class EchoMember {
    private static final String NAME = "ECHO_NAME";

    record Ask(String text) {}

    record Told(String by, String text) {}

    private EchoMember() {}

    static Channel<Ask, Told> channel(String name) {
        return new Channel<>("echo." + name, Ask.class, Told.class, Duration.ofSeconds(2));
    }

    static Future<Bus.Registration> serve(Vertx vertx, String name) {
        return new Bus(vertx).serve(channel(name), (ask, _) -> Future.succeededFuture(new Told(name, ask.text())));
    }

    public static void main(String[] args) {
        var environment = Environment.of(System.getenv());
        var name = environment.variables().getOrDefault(NAME, "nobody");
        System.exit(ServiceRunner.run("echo", environment, (_, vertx) -> StartupSteps.of(vertx, "echo")
                .step("echo", () -> serve(vertx, name).mapEmpty(), _ -> Future.succeededFuture())
                .build()));
    }
}
