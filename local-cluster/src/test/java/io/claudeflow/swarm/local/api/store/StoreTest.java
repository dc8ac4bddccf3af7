package io.claudeflow.swarm.local.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private <T> T onContext(Supplier<Future<T>> work) throws Exception {
        Promise<T> promise = Promise.promise();
        context.runOnContext(_ -> work.get().onComplete(promise));
        return await(promise.future());
    }

    private static ObjectNode configMap(String name) {
        return (ObjectNode) KubeJson.parse("{\"metadata\": {\"name\": \"" + name + "\", \"namespace\": \"n\"}}");
    }

    private static List<String> names(Store store) {
        return store.list(BuiltInKinds.PODS, "n").stream().map(o -> o.path("metadata").path("name").asText()).toList();
    }

    @Test
    void changesAreToldWhenTheyAreKept() throws Exception {
        var store = Store.open(context, Journal.none(), Journal.Content.EMPTY);
        var seen = new ArrayList<String>();
        onContext(() -> {
            store.watch(change -> seen.add(change.type() + " " + change.key().name() + " " + change.revision()));
            var made = store.put(BuiltInKinds.PODS, configMap("a"));
            store.put(BuiltInKinds.PODS, made.deepCopy());
            store.remove(BuiltInKinds.PODS, made);
            assertEquals(List.of(), seen);
            return store.settled();
        });
        assertEquals(List.of("ADDED a 2", "MODIFIED a 3", "DELETED a 4"), seen);
        assertEquals(2, store.log().since(2).orElseThrow().size());
        assertTrue(store.log().since(0).isEmpty());
    }

    @Test
    void whatCannotBeKeptIsUndone() throws Exception {
        var opened = onContext(() -> FileJournal.open(vertx, directory));
        var store = Store.open(context, opened.journal(), opened.content());
        onContext(() -> {
            store.put(BuiltInKinds.PODS, configMap("kept"));
            return store.settled();
        });
        await(opened.journal().close());
        var failure = onContext(() -> {
            store.put(BuiltInKinds.PODS, configMap("lost"));
            assertEquals(List.of("kept", "lost"), names(store));
            return store.settled().map("").recover(cause -> Future.succeededFuture(String.valueOf(cause.getMessage())));
        });
        assertTrue(failure.contains("cannot be written"), failure);
        assertEquals(List.of("kept"), names(store));

        var again = onContext(() -> FileJournal.open(vertx, directory));
        assertEquals(1, again.content().objects().size());
        await(again.journal().close());
    }
}
