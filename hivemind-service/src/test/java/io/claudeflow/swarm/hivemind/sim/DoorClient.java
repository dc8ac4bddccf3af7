package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.task.v1.Cancel;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.Hello;
import io.claudeflow.swarm.mesh.task.v1.Rejected;
import io.claudeflow.swarm.mesh.task.v1.Settle;
import io.claudeflow.swarm.mesh.task.v1.Submit;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client of the gRPC door: one session over many streams, on each of which it says again what was not answered. */
final class DoorClient {
    private static final int PAUSE = 500;
    private static final int SILENCE = 3_000;
    private static final int LATER = 300;

    final Host host;
    final String session;
    private final Swarm swarm;
    /** Every request by its number. */
    private final TreeMap<Long, Request> requests = new TreeMap<>();
    private @Nullable Stream stream;
    private int believed = -1;
    private long settled;

    private static final class Request {
        final Submit submit;
        boolean finished;
        boolean cancel;
        boolean said;

        Request(Submit submit) {
            this.submit = submit;
        }
    }

    DoorClient(Swarm swarm, Host host, String session) {
        this.swarm = swarm;
        this.host = host;
        this.session = session;
    }

    String uid(long request) {
        return session + "." + request;
    }

    void submit(TaskSpec spec) {
        long number = requests.size() + 1L;
        swarm.witness.requested(uid(number), spec);
        var request = new Request(Submit.newBuilder()
                .setRequest(number)
                .setName("request-" + uid(number))
                .setWork(DoorWork.of(spec))
                .build());
        requests.put(number, request);
        say(request);
    }

    /** Cancels a request that has not ended; false: there is none. */
    boolean cancelAny() {
        var open = requests.values().stream().filter(one -> !one.finished && !one.cancel).toList();
        if (open.isEmpty()) {
            return false;
        }
        var request = swarm.time.any(open);
        request.cancel = true;
        swarm.witness.cancelled(uid(request.submit.getRequest()));
        say(cancel(request));
        return true;
    }

    /** The stream breaks; a new one is opened. */
    void lose() {
        if (stream != null) {
            stream.over();
        }
    }

    /** Requests that have not been answered with their end. */
    List<String> unanswered() {
        var open = new ArrayList<String>();
        requests.forEach((number, request) -> {
            if (!request.finished) {
                open.add(uid(number));
            }
        });
        return open;
    }

    void connect() {
        if (stream == null) {
            stream = new Stream(swarm.replica(believed >= 0 ? believed : swarm.time.below(Swarm.REPLICAS)));
        }
    }

    private void say(Request request) {
        if (stream != null && stream.welcomed) {
            if (request.said) {
                swarm.tally.count(Fault.REQUEST_SAID_AGAIN);
            }
            request.said = true;
            stream.send(ClientFrame.newBuilder().setSubmit(request.submit).build());
        }
    }

    private void say(ClientFrame frame) {
        if (stream != null && stream.welcomed) {
            stream.send(frame);
        }
    }

    private static ClientFrame cancel(Request request) {
        return ClientFrame.newBuilder()
                .setCancel(Cancel.newBuilder().setRequest(request.submit.getRequest()).setReason("not needed"))
                .build();
    }

    /** Everything up to there has ended, and is not needed any more. */
    private void settle() {
        long up = settled;
        for (var request = requests.get(up + 1); request != null && request.finished; request = requests.get(up + 1)) {
            up++;
        }
        if (up > settled) {
            settled = up;
            swarm.witness.settled(this, settled);
            say(ClientFrame.newBuilder().setSettle(Settle.newBuilder().setUpTo(settled)).build());
        }
    }

    private void welcomed() {
        for (var request : requests.values()) {
            long number = request.submit.getRequest();
            // A request that was held up somewhere comes after it was settled.
            if (!request.finished || number <= settled && swarm.time.oneIn(40)) {
                say(request);
            }
            if (request.cancel && !request.finished) {
                say(cancel(request));
            }
        }
        say(ClientFrame.newBuilder().setSettle(Settle.newBuilder().setUpTo(settled)).build());
    }

    private void hear(TaskFrame frame) {
        switch (frame.getBodyCase()) {
            case ACCEPTED -> {
                var accepted = frame.getAccepted();
                Violation.unless(accepted.getTaskUid().equals(uid(accepted.getRequest())), "another task", accepted);
                swarm.witness.acknowledged(accepted.getTaskUid());
            }
            case REJECTED -> rejected(frame.getRejected());
            case FINISHED -> {
                var finished = frame.getFinished();
                // Its end may be told before a submission is answered.
                swarm.witness.acknowledged(finished.getTaskUid());
                swarm.witness.finished(this, finished);
                var request = requests.get(finished.getRequest());
                if (request != null) {
                    request.finished = true;
                }
                if (swarm.time.oneIn(3)) {
                    settle();
                }
            }
            case WELCOME, REFUSED, BODY_NOT_SET -> throw new Violation("not expected: " + frame);
        }
    }

    private void rejected(Rejected rejected) {
        Violation.unless(List.of("Unavailable", "Exhausted", "Indeterminate").contains(rejected.getCode()),
                "rejected for good", rejected);
        host.after(LATER, () -> {
            var request = requests.get(rejected.getRequest());
            if (request != null && !request.finished) {
                say(request);
            }
        });
    }

    /** Everything that has ended is settled. */
    void settleAll() {
        settle();
    }

    private final class Stream {
        private final Connection connection;
        private final SimDoor door;
        private boolean welcomed;
        private boolean closed;
        private long id;
        private long heard;

        Stream(Replica replica) {
            connection = new Connection(swarm.network, host, replica.host);
            door = replica.host.up() ? replica.door() : new SimDoor();
            heard = swarm.time.now();
            connection.client.onClosed(this::over);
            connection.client.send(() -> id = door.accept(connection.server, this::hear));
            send(ClientFrame.newBuilder()
                    .setHello(Hello.newBuilder().setToken(PodTokens.USER).setSession(session))
                    .build());
            watch();
        }

        void send(ClientFrame frame) {
            connection.client.send(() -> door.said(id, frame));
        }

        private void watch() {
            host.after(SILENCE / 3, () -> {
                if (!closed) {
                    boolean waits = !welcomed || !unanswered().isEmpty();
                    if (waits && swarm.time.now() - heard > SILENCE) {
                        believed = -1;
                        over();
                    } else {
                        watch();
                    }
                }
            });
        }

        private void hear(TaskFrame frame) {
            if (closed) {
                return;
            }
            heard = swarm.time.now();
            if (frame.hasRefused()) {
                over();
            } else if (frame.hasWelcome()) {
                welcome(frame.getWelcome());
            } else {
                DoorClient.this.hear(frame);
            }
        }

        private void welcome(Welcome welcome) {
            believed = welcome.getLeader();
            if (welcome.getLeads()) {
                welcomed = true;
                welcomed();
            } else {
                over();
            }
        }

        private void over() {
            if (!closed) {
                closed = true;
                connection.client.close();
                stream = null;
                host.after(swarm.time.between(1, PAUSE), DoorClient.this::connect);
            }
        }
    }
}
