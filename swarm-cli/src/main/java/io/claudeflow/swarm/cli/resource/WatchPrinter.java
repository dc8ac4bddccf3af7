package io.claudeflow.swarm.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeWatch;
import io.claudeflow.swarm.cli.adapter.kube.Table;
import io.claudeflow.swarm.cli.adapter.yaml.Documents;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Prints a selection and then every change, several kinds at once. Each kind is read on a virtual thread of its own; a reader
 * waits when printing is slower than the server.
 */
public final class WatchPrinter {
    private static final int QUEUE = 1_000;
    private static final long LOOK_MILLIS = 500;

    private final KubeApi api;
    private final Terminal terminal;

    public WatchPrinter(KubeApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /** Prints until interrupted, or until nobody reads any more; fails when the server goes away. */
    public int print(Selection selection, Output output) throws InterruptedException {
        var queue = new ArrayBlockingQueue<Runnable>(QUEUE);
        var watches = new ArrayList<KubeWatch>();
        boolean table = output == Output.TABLE || output == Output.WIDE;
        for (var target : selection.targets()) {
            var watch = new KubeWatch(api, selection.path(target), selection.query(target),
                    table ? Table.ACCEPT : "application/json");
            watches.add(watch);
            var listener = table
                    ? tables(selection, target, output == Output.WIDE, queue)
                    : objects(target, output, queue);
            Thread.ofVirtual().start(() -> read(watch, listener, queue));
        }
        try {
            while (!terminal.closed()) {
                var next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
            }
            return ExitCode.OK;
        } finally {
            watches.forEach(KubeWatch::close);
        }
    }

    private static void read(KubeWatch watch, KubeWatch.Listener listener, BlockingQueue<Runnable> queue) {
        try {
            watch.run(listener);
        } catch (SwarmException e) {
            put(queue, () -> {
                throw e;
            });
        }
    }

    private static boolean put(BlockingQueue<Runnable> queue, Runnable print) {
        try {
            queue.put(print);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private KubeWatch.Listener tables(Selection selection, Selection.Target target, boolean wide,
            BlockingQueue<Runnable> queue) {
        var printer = new TablePrinter(terminal, target.type(), selection.severalKinds(), selection.namespace() == null,
                wide);
        return new KubeWatch.Listener() {
            private boolean first = true;

            @Override
            public boolean list(JsonNode list) {
                var table = Table.read(list);
                boolean header = first && !table.rows().isEmpty();
                first &= !header;
                return put(queue, () -> {
                    if (header) {
                        printer.table(table);
                    } else {
                        printer.rows(table);
                    }
                });
            }

            @Override
            public boolean event(String type, JsonNode object) {
                var table = Table.read(object);
                boolean header = first;
                first = false;
                return put(queue, () -> {
                    if (header) {
                        printer.table(table);
                    } else {
                        printer.rows(table);
                    }
                });
            }
        };
    }

    private KubeWatch.Listener objects(Selection.Target target, Output output, BlockingQueue<Runnable> queue) {
        if (output == Output.NAME) {
            throw new SwarmException(ErrorCode.INVALID, "-o name does not go with -w; use -o json, yaml or wide");
        }
        return new KubeWatch.Listener() {
            @Override
            public boolean list(JsonNode list) {
                for (var item : list.path("items")) {
                    if (!event("ADDED", item)) {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public boolean event(String type, JsonNode object) {
                var text = output == Output.JSON ? Documents.json(object) + "\n" : "---\n" + Documents.yaml(object);
                return put(queue, () -> terminal.text(text));
            }
        };
    }
}
