package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.leader.Client.Who;
import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.ClientTask;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.port.TaskDoor;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.task.v1.Cancel;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.Hello;
import io.claudeflow.swarm.mesh.task.v1.Submit;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.vertx.core.AsyncResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that submit over gRPC: who they are, what they submit, and the answer when the ledger has it and when it has ended. A
 * stream's requests are forgotten with it; the client says on its next one what was not answered.
 */
final class ClientDesk {
    /** Clients at a time; a further one is refused. */
    static final int MAX_CLIENTS = 256;
    /** Requests of one client that may be outstanding. */
    static final int CREDIT = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(ClientDesk.class);
    private static final int MAX_NAME_CHARS = 253;
    private static final int MAX_REASON_CHARS = 1_024;
    private static final int MAX_TRACEPARENT_CHARS = 64;

    private final LeaderConfig config;
    private final LedgerView view;
    private final Log log;
    private final TaskDoor door;
    private final Callers callers;
    private final Submissions submissions;
    private final Map<Long, Client> byStream = new HashMap<>();
    private final Map<String, Client> bySession = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();

    ClientDesk(LeaderConfig config, LedgerView view, Log log, TaskDoor door, Callers callers,
            Submissions submissions) {
        this.config = config;
        this.view = view;
        this.log = log;
        this.door = door;
        this.callers = callers;
        this.submissions = submissions;
    }

    void said(long stream, List<ClientFrame> frames) {
        for (var frame : frames) {
            var client = byStream.get(stream);
            if (refused.contains(stream)) {
                return;
            }
            if (client == null) {
                hello(stream, frame);
            } else {
                take(client, frame);
            }
        }
    }

    void left(long stream) {
        refused.remove(stream);
        var client = byStream.remove(stream);
        if (client != null) {
            bySession.remove(client.session, client);
        }
    }

    /** Clients that were welcomed. */
    int connected() {
        return bySession.size();
    }

    // Who comes.

    private void hello(long stream, ClientFrame frame) {
        if (!frame.hasHello()) {
            refuse(stream, ErrorCode.INVALID.name(), "the first frame is not Hello");
            return;
        }
        var hello = frame.getHello();
        if (!ClientTask.isSession(hello.getSession())) {
            refuse(stream, ErrorCode.INVALID.name(), "session: is not a UUID in lower case");
            return;
        }
        try {
            open(stream, hello, callers.of(hello.getToken()));
        } catch (SwarmException e) {
            refuse(stream, e.code().name(), e.getMessage());
        }
    }

    /** Opens the session in the ledger, so that it has one owner, and so that whoever is welcomed has met the leader. */
    private void open(long stream, Hello hello, Who who) {
        var former = bySession.get(hello.getSession());
        if (former == null && bySession.size() >= MAX_CLIENTS) {
            refuse(stream, "TooManyClients", MAX_CLIENTS + " clients are connected already: try again later");
            return;
        }
        var client = new Client(stream, hello.getSession(), who);
        byStream.put(stream, client);
        log.submit(new LedgerCommand.Settle(client.session, who.submitter(), 0)).onComplete(written -> {
            if (byStream.get(stream) != client) {
                return;
            }
            if (written.failed()) {
                refuse(stream, code(written.cause()), written.cause().getMessage());
            } else if (written.result() instanceof LedgerResult.Refused(var code, var message)) {
                refuse(stream, code.name(), message);
            } else {
                welcome(client);
            }
        });
    }

    private void welcome(Client client) {
        var former = bySession.put(client.session, client);
        if (former != null) {
            refuse(former.stream, "Superseded", "a newer stream of the same session took over");
        }
        client.welcomed = true;
        door.send(client.stream, TaskMessages.welcome(config.ordinal(), CREDIT));
        LOG.atInfo()
                .addKeyValue("submitter", client.who.submitter())
                .addKeyValue("session", client.session)
                .log("client welcomed");
    }

    private void refuse(long stream, String code, @Nullable String message) {
        LOG.atInfo()
                .addKeyValue("client", stream)
                .addKeyValue("code", code)
                .addKeyValue("reason", message)
                .log("client refused");
        left(stream);
        refused.add(stream);
        door.send(stream, TaskMessages.refused(code, message == null ? "" : message));
        door.close(stream);
    }

    // What is said.

    private void take(Client client, ClientFrame frame) {
        switch (frame.getBodyCase()) {
            case HELLO -> refuse(client.stream, ErrorCode.INVALID.name(), "Hello was said already");
            case SUBMIT -> submit(client, frame.getSubmit());
            case CANCEL -> cancel(client, frame.getCancel());
            case SETTLE -> {
                if (client.welcomed && frame.getSettle().getUpTo() > 0) {
                    log.note(new LedgerCommand.Settle(client.session, client.who.submitter(),
                            frame.getSettle().getUpTo()));
                }
            }
            case BODY_NOT_SET -> LOG.atDebug().addKeyValue("client", client.stream).log("a frame of a newer release");
        }
    }

    private void submit(Client client, Submit submit) {
        long request = submit.getRequest();
        var uid = new ClientTask(client.session, request).uid();
        if (!client.welcomed || request < 1) {
            reject(client, request, ErrorCode.INVALID, "requests are counted from 1 and said after Welcome");
        } else if (client.outstanding.size() >= CREDIT && !client.outstanding.containsKey(uid)) {
            reject(client, request, ErrorCode.EXHAUSTED, CREDIT + " requests are outstanding: wait for one to end");
        } else {
            try {
                var about = about(client, uid, submit);
                client.outstanding.put(uid, request);
                submissions.submit(about).onComplete(written -> submitted(client, request, uid, written));
            } catch (IllegalArgumentException e) {
                reject(client, request, ErrorCode.INVALID, String.valueOf(e.getMessage()));
            }
        }
    }

    private Task.About about(Client client, String uid, Submit submit) {
        var name = submit.getName();
        if (name.length() > MAX_NAME_CHARS || submit.getTraceparent().length() > MAX_TRACEPARENT_CHARS) {
            throw new IllegalArgumentException("name or traceparent: is longer than " + MAX_NAME_CHARS + " or "
                    + MAX_TRACEPARENT_CHARS + " characters");
        }
        return submissions.about(uid, name, client.who.submitter(), TaskMessages.spec(submit.getWork()),
                submit.getTraceparent());
    }

    private void submitted(Client client, long request, String uid, AsyncResult<LedgerResult> written) {
        // Its end was told already, or the stream is over.
        if (!client.outstanding.containsKey(uid) || byStream.get(client.stream) != client) {
            return;
        }
        if (written.failed()) {
            client.outstanding.remove(uid);
            var cause = written.cause();
            say(client, TaskMessages.rejected(request, code(cause), String.valueOf(cause.getMessage())));
        } else if (written.result() instanceof LedgerResult.Refused(var code, var message)) {
            client.outstanding.remove(uid);
            reject(client, request, code, message);
        } else if (written.result() instanceof LedgerResult.Submitted(var outcome, _)) {
            say(client, TaskMessages.accepted(request, uid, outcome != Outcome.ACCEPTED));
            if (outcome == Outcome.FINISHED) {
                client.outstanding.remove(uid);
                var task = view.task(uid);
                var end = task == null ? null : task.outcome();
                say(client, task == null || end == null
                        ? TaskMessages.forgotten(request, uid)
                        : TaskMessages.finished(request, task, end));
            }
        }
    }

    private void cancel(Client client, Cancel cancel) {
        var uid = new ClientTask(client.session, cancel.getRequest()).uid();
        var task = view.task(uid);
        boolean theirs = task == null
                ? client.outstanding.containsKey(uid)
                : task.about().submitter().equals(client.who.submitter());
        if (theirs) {
            var reason = cancel.getReason();
            log.note(new LedgerCommand.Cancel(uid,
                    reason.length() > MAX_REASON_CHARS ? reason.substring(0, MAX_REASON_CHARS) : reason));
        }
    }

    private void reject(Client client, long request, ErrorCode code, String message) {
        say(client, TaskMessages.rejected(request, code.name(), message));
    }

    private void say(Client client, TaskFrame frame) {
        door.send(client.stream, frame);
    }

    private static String code(Throwable cause) {
        return cause instanceof SwarmException known ? known.code().name() : ErrorCode.INTERNAL.name();
    }

    // What happens.

    /** A task has reached its end; whoever waits for it hears it. */
    void ended(Task task) {
        var from = ClientTask.of(task.about());
        var client = from == null ? null : bySession.get(from.session());
        var end = task.outcome();
        if (client != null && end != null) {
            var request = client.outstanding.remove(task.uid());
            if (request != null) {
                say(client, TaskMessages.finished(request, task, end));
            }
        }
    }

    /** An agent is declared anew: with another pod, its former pod's token is worth nothing. */
    void declared(Agent agent) {
        revoke(agent.uid(), agent.declaration().podUid());
    }

    /** An agent's pod is gone. */
    void gone(String agentUid) {
        revoke(agentUid, null);
    }

    private void revoke(String agentUid, @Nullable String live) {
        for (var client : List.copyOf(byStream.values())) {
            if (agentUid.equals(client.who.agentUid()) && (live == null || !live.equals(client.who.podUid()))) {
                refuse(client.stream, ErrorCode.UNAUTHENTICATED.name(), "the pod is no longer declared as an agent");
            }
        }
    }

    /** Sends those away whose token is over; they come back with the one that they have by then. */
    void tick(Instant wall) {
        for (var client : List.copyOf(byStream.values())) {
            if (TokenGrace.over(client.who.expires(), wall)) {
                refuse(client.stream, ErrorCode.UNAUTHENTICATED.name(), "the token has expired: come with a new one");
            }
        }
    }
}
