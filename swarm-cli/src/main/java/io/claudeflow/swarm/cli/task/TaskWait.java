package io.claudeflow.swarm.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.kube.KubeWatch;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.kit.config.Durations;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for a task and says each step of its way on standard error. */
public final class TaskWait {
    private final KubeApi api;
    private final Terminal terminal;
    private String said = "";

    public TaskWait(KubeApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /**
     * Blocks until the task has ended, and gives it as it then is.
     *
     * @param limit null: as long as it takes
     */
    public KubeObject await(String namespace, String name, @Nullable Duration limit) throws InterruptedException {
        var ended = new CompletableFuture<KubeObject>();
        try (var watch = new KubeWatch(api, TaskPaths.all(namespace), Map.of("fieldSelector", "metadata.name=" + name),
                "application/json")) {
            Thread.ofVirtual().start(() -> read(watch, name, ended));
            return limit == null ? ended.get() : ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SwarmException(ErrorCode.INDETERMINATE, "swarmtask/" + name + " has not ended within the "
                    + "--wait-timeout of " + Durations.format(java.util.Objects.requireNonNull(limit))
                    + (said.isEmpty() ? "" : " (" + said + ")") + "; it goes on, see: swarm get swarmtask/" + name, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SwarmException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private void read(KubeWatch watch, String name, CompletableFuture<KubeObject> ended) {
        try {
            watch.run(new KubeWatch.Listener() {
                @Override
                public boolean list(JsonNode list) {
                    if (list.path("items").isEmpty()) {
                        return event("DELETED", list);
                    }
                    return event("ADDED", list.path("items").path(0));
                }

                @Override
                public boolean event(String type, JsonNode json) {
                    if (type.equals("DELETED")) {
                        ended.completeExceptionally(new SwarmException(ErrorCode.NOT_FOUND,
                                "swarmtask/" + name + " was deleted before it ended"));
                        return false;
                    }
                    var task = new KubeObject(json);
                    if (TaskEnd.of(task).isPresent()) {
                        ended.complete(task);
                        return false;
                    }
                    say(TaskStep.of(task));
                    return true;
                }
            });
        } catch (SwarmException e) {
            ended.completeExceptionally(e);
        }
    }

    private void say(String step) {
        if (!step.equals(said)) {
            said = step;
            terminal.say(step);
        }
    }
}
