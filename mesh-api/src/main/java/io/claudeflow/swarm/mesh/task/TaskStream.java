package io.claudeflow.swarm.mesh.task;

import io.claudeflow.swarm.mesh.grpc.Dial;
import io.claudeflow.swarm.mesh.grpc.KeepAlive;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.ClientFrames;
import io.claudeflow.swarm.mesh.task.v1.Hello;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.TaskFrames;
import io.claudeflow.swarm.mesh.task.v1.TasksGrpcClient;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import org.jspecify.annotations.Nullable;

/** One stream to one replica's door; frames of one tick leave together. One context. */
final class TaskStream {
    private static final int WINDOW = 1 << 20;
    /** What is gathered into one message before a further one is begun, in bytes. */
    private static final int GATHERED = 1 << 20;
    /** How long a replica may take to welcome us, in milliseconds. */
    private static final long WELCOME = 5_000;

    /** Who hears of the stream; the client. */
    interface Listener {
        void welcomed(int credit);

        /** @param address of the leader's door, empty: it is not known */
        void elsewhere(String address);

        void refused(String code, String message);

        void told(TaskFrame frame);

        /** Last, once. */
        void over(TaskStream stream);
    }

    private final Context context;
    private final Listener listener;
    private final long welcomeTimer;
    private @Nullable GrpcClientRequest<ClientFrames, TaskFrames> call;
    private @Nullable KeepAlive keepAlive;
    private ClientFrames.Builder gathered = ClientFrames.newBuilder();
    private int gatheredBytes;
    private boolean welcomed;
    private boolean ended;

    static GrpcClient client(Vertx vertx) {
        return Dial.client(vertx, WINDOW);
    }

    TaskStream(Context context, GrpcClient client, SocketAddress door, TasksClientConfig config, Listener listener) {
        this.context = context;
        this.listener = listener;
        this.welcomeTimer = context.owner().setTimer(WELCOME, _ -> end());
        Dial.call(client, door, TasksGrpcClient.Work).onSuccess(open -> opened(open, config)).onFailure(_ -> end());
    }

    private void opened(GrpcClientRequest<ClientFrames, TaskFrames> open, TasksClientConfig config) {
        if (ended) {
            open.cancel();
            return;
        }
        call = open;
        var watch = new KeepAlive(context.owner(), open.connection(), this::end);
        keepAlive = watch;
        open.exceptionHandler(_ -> end());
        open.response().onSuccess(response -> {
            response.handler(frames -> {
                watch.heard();
                frames.getFramesList().forEach(this::received);
            });
            response.endHandler(_ -> end());
            response.exceptionHandler(_ -> end());
            response.errorHandler(_ -> end());
        }).onFailure(_ -> end());
        say(ClientFrame.newBuilder()
                .setHello(Hello.newBuilder().setToken(config.token().get()).setSession(config.session()))
                .build());
    }

    private void received(TaskFrame frame) {
        if (ended) {
            return;
        }
        if (frame.hasWelcome()) {
            var welcome = frame.getWelcome();
            if (welcome.getLeads()) {
                context.owner().cancelTimer(welcomeTimer);
                welcomed = true;
                listener.welcomed(welcome.getCredit());
            } else {
                listener.elsewhere(welcome.getLeaderAddress());
                end();
            }
        } else if (frame.hasRefused()) {
            listener.refused(frame.getRefused().getCode(), frame.getRefused().getMessage());
            end();
        } else {
            listener.told(frame);
        }
    }

    boolean welcomed() {
        return welcomed;
    }

    void say(ClientFrame frame) {
        if (gathered.getFramesCount() == 0) {
            context.runOnContext(_ -> flush());
        } else if (gatheredBytes + frame.getSerializedSize() > GATHERED) {
            flush();
            context.runOnContext(_ -> flush());
        }
        gathered.addFrames(frame);
        gatheredBytes += frame.getSerializedSize();
    }

    private void flush() {
        var open = call;
        if (!ended && open != null && gathered.getFramesCount() > 0) {
            var frames = gathered.build();
            gathered = ClientFrames.newBuilder();
            gatheredBytes = 0;
            open.write(frames).onFailure(_ -> end());
        }
    }

    void end() {
        if (!ended) {
            flush();
            ended = true;
            welcomed = false;
            context.owner().cancelTimer(welcomeTimer);
            if (keepAlive != null) {
                keepAlive.stop();
            }
            if (call != null) {
                call.cancel();
            }
            listener.over(this);
        }
    }
}
