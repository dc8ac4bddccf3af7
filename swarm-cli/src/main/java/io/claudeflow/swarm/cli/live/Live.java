package io.claudeflow.swarm.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.kube.KubeWatch;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Shows a swarm until it is ready. Watches run on virtual threads, drawing on the caller's. */
public final class Live {
    private static final long REDRAW_MILLIS = 100;

    private final KubeApi api;
    private final Terminal terminal;
    private final Board board;
    private final long begin;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicReference<@Nullable SwarmException> failure = new AtomicReference<>();

    /** {@code begin} is the System.nanoTime() that elapsed times count from. */
    public Live(KubeApi api, Terminal terminal, Board board, long begin) {
        this.api = api;
        this.terminal = terminal;
        this.board = board;
        this.begin = begin;
    }

    /**
     * Blocks until these clusters are ready, or the limit is over.
     *
     * @param limit null: as long as it takes
     * @return whether they are
     */
    public boolean until(Collection<String> wanted, @Nullable Duration limit) throws InterruptedException {
        var view = new BoardView(terminal);
        var watches = new ArrayList<KubeWatch>();
        for (var part : Board.Part.values()) {
            var watch = new KubeWatch(api, part.path(), Map.of(), "application/json");
            watches.add(watch);
            Thread.ofVirtual().start(() -> read(watch, part));
        }
        try {
            long end = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
            while (true) {
                boolean changed = changes.tryAcquire(REDRAW_MILLIS, TimeUnit.MILLISECONDS);
                changes.drainPermits();
                var failed = failure.get();
                if (failed != null) {
                    throw failed;
                }
                boolean ready = board.ready(wanted);
                if (changed || terminal.interactive() || ready) {
                    view.show(board.rows(), Duration.ofNanos(System.nanoTime() - begin));
                }
                if (ready || System.nanoTime() > end) {
                    return ready;
                }
            }
        } finally {
            watches.forEach(KubeWatch::close);
        }
    }

    private void read(KubeWatch watch, Board.Part part) {
        try {
            watch.run(new KubeWatch.Listener() {
                @Override
                public boolean list(JsonNode list) {
                    List<KubeObject> objects = new ArrayList<>();
                    list.path("items").forEach(item -> objects.add(new KubeObject(item)));
                    board.replace(part, objects);
                    changes.release();
                    return true;
                }

                @Override
                public boolean event(String type, JsonNode json) {
                    var object = new KubeObject(json);
                    if (type.equals("DELETED")) {
                        board.remove(part, object);
                    } else {
                        board.put(part, object);
                    }
                    changes.release();
                    return true;
                }
            });
        } catch (SwarmException e) {
            failure.compareAndSet(null, e);
            changes.release();
        }
    }
}
