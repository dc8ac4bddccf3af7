package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.Conditions;
import io.claudeflow.swarm.hivemind.port.GroupDoor;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.hivemind.port.TaskClients;
import io.claudeflow.swarm.hivemind.port.TaskDoor;
import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.hivemind.port.TokenVerifier;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica's mind: leads when the log says so, and knows who leads when it does not. */
public final class Coordinator implements AgentSessions, TaskClients, LedgerLog.Listener {
    /** How often {@link #tick} is to be called, in milliseconds. */
    public static final long TICK_MILLIS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    /** Changes of presence are told at once, but not more often than this; the rest with the next tick. */
    private static final long QUIET_MILLIS = 20;
    private static final long PUBLISH_MILLIS = 1_000;

    private final LeaderConfig config;
    private final LedgerLog log;
    private final AgentTransport transport;
    private final TaskDoor door;
    private final TokenVerifier verifier;
    private final Conditions conditions;
    private final Meters meters;
    private final Consumer<SwarmState> publisher;
    private final Consumer<Throwable> fatal;
    private final LongSupplier millis;
    private final InstantSource wall;
    private @Nullable Leadership leadership;
    private @Nullable SwarmState published;
    private long lastPublished;
    private volatile int leader = -1;
    private volatile boolean known;

    /**
     * @param publisher tells the bus
     * @param fatal     hears that the replica cannot go on
     * @param millis    monotonic
     * @param wall      for the expiry of tokens
     */
    public Coordinator(LeaderConfig config, LedgerLog log, AgentTransport transport, TaskDoor door,
            TokenVerifier verifier, Conditions conditions, Meters meters, Consumer<SwarmState> publisher,
            Consumer<Throwable> fatal, LongSupplier millis, InstantSource wall) {
        this.config = config;
        this.log = log;
        this.transport = transport;
        this.door = door;
        this.verifier = verifier;
        this.conditions = conditions;
        this.meters = meters;
        this.publisher = publisher;
        this.fatal = fatal;
        this.millis = millis;
        this.wall = wall;
    }

    // The log.

    @Override
    public void leading(long term, LedgerView view) {
        end();
        var next = new Leadership(config, log, view, term, transport, door, verifier, conditions, meters,
                millis.getAsLong());
        leadership = next;
        leader = config.ordinal();
        known = true;
        LOG.atInfo()
                .addKeyValue("term", term)
                .addKeyValue("tasks", view.tasks().size())
                .addKeyValue("agents", view.agents().size())
                .log("this replica leads");
        next.begin();
        transport.leader(config.ordinal(), term, this);
        door.leader(config.ordinal(), this);
        publish(true, false);
    }

    @Override
    public void applied(Applied entry) {
        var leading = leadership;
        if (leading != null) {
            leading.applied(entry, millis.getAsLong());
            publish(false, false);
        }
    }

    @Override
    public void following(int leader, long term) {
        end();
        this.leader = leader;
        known = leader >= 0;
        LOG.atInfo().addKeyValue("leader", leader).addKeyValue("term", term).log("this replica follows");
        transport.leader(leader, term, this);
        door.leader(leader, null);
    }

    @Override
    public void failed(Throwable cause) {
        end();
        fatal.accept(cause);
    }

    private void end() {
        var before = leadership;
        leadership = null;
        published = null;
        if (before != null) {
            before.end();
            meters.observed(null, Map.of());
        }
    }

    // The agents.

    @Override
    public void opened(SessionId session) {
        var leading = leadership;
        if (leading != null) {
            leading.opened(session);
        }
    }

    @Override
    public void frames(SessionId session, List<AgentFrame> frames) {
        var leading = leadership;
        if (leading != null) {
            leading.frames(session, frames, millis.getAsLong(), wall.instant());
            publish(false, false);
        }
    }

    @Override
    public void closed(SessionId session) {
        var leading = leadership;
        if (leading != null) {
            leading.closed(session);
            publish(false, false);
        }
    }

    // The clients.

    @Override
    public void said(long client, List<ClientFrame> frames) {
        var leading = leadership;
        if (leading != null) {
            leading.said(client, frames);
        }
    }

    @Override
    public void left(long client) {
        var leading = leadership;
        if (leading != null) {
            leading.left(client);
        }
    }

    /** What is asked of the leader without a stream; null: this replica does not lead. */
    public @Nullable TaskRequests requests() {
        var leading = leadership;
        return leading == null ? null : leading.requests();
    }

    /** Who leads, as far as this replica knows; -1: nobody. */
    public int leader() {
        return leadership == null && leader == config.ordinal() ? -1 : leader;
    }

    // The bus and time.

    /** Answers a command; only the leader does more than to say who leads. */
    public Future<HivemindReply> handle(HivemindCommand command) {
        var leading = leadership;
        if (leading == null) {
            return Future.succeededFuture(new HivemindReply.NotLeader(leader()));
        }
        return leading.handle(command, millis.getAsLong());
    }

    /** Answers a replica that asks to be taken into the group; only the leader does more than to say who leads. */
    public GroupDoor.Answer join(GroupDoor.Request request) {
        var leading = leadership;
        return leading == null
                ? new GroupDoor.Answer.Ask(leader())
                : leading.join(request, millis.getAsLong());
    }

    /** Time passes. */
    public void tick() {
        var leading = leadership;
        if (leading != null) {
            leading.tick(millis.getAsLong(), wall.instant());
            publish(false, true);
        }
    }

    /** Whether this replica leads or knows who does. Any thread. */
    public boolean ready() {
        return known;
    }

    /** The replica stops: nobody is answered any more. */
    public void stop() {
        end();
        known = false;
        door.leader(-1, null);
    }

    /** Whether this replica leads. Any thread. */
    public boolean leads() {
        return leader == config.ordinal();
    }

    /** The state of the swarm, on the leader; else null. */
    public @Nullable SwarmState state() {
        var leading = leadership;
        return leading == null ? null : leading.state();
    }

    /** Tells the bus of changes that matter, and every second how things stand. */
    private void publish(boolean now, boolean tick) {
        var leading = leadership;
        if (leading == null) {
            return;
        }
        long time = millis.getAsLong();
        if (!now && time - lastPublished < QUIET_MILLIS) {
            return;
        }
        var before = published;
        if (now || before == null || time - lastPublished >= PUBLISH_MILLIS || leading.news(before, tick)) {
            var state = leading.state();
            published = state;
            lastPublished = time;
            publisher.accept(state);
            meters.observed(state, leading.declaredByType());
            meters.observed(leading.connectedClients(), leading.tasks(), leading.pending());
        }
    }
}
