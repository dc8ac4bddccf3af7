package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.GroupDoor.Answer;
import io.claudeflow.swarm.hivemind.port.GroupDoor.Request;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.grpc.Dial;
import io.claudeflow.swarm.mesh.peer.v1.JoinDone;
import io.claudeflow.swarm.mesh.peer.v1.JoinOpen;
import io.claudeflow.swarm.mesh.peer.v1.JoinReply;
import io.claudeflow.swarm.mesh.peer.v1.JoinRequest;
import io.claudeflow.swarm.mesh.peer.v1.PeerGatewayGrpcClient;
import io.claudeflow.swarm.mesh.peer.v1.PeerHello;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Both ends of JoinGroup on the peers' port. */
final class JoinCalls {
    private static final long DEADLINE = 2_000;

    private JoinCalls() {}

    static Future<Answer> ask(GrpcClient client, SocketAddress address, PeerHello hello, Request request) {
        var message = JoinRequest.newBuilder()
                .setHello(hello)
                .setPeerId(request.peerId())
                .setAddress(request.address())
                .setOpen(request.open())
                .build();
        return Dial.call(client, address, PeerGatewayGrpcClient.JoinGroup)
                .compose(call -> call.send(message))
                .compose(JoinCalls::reply)
                .timeout(DEADLINE, TimeUnit.MILLISECONDS);
    }

    private static Future<Answer> reply(GrpcClientResponse<JoinRequest, JoinReply> response) {
        return response.last().map(reply -> switch (reply.getBodyCase()) {
            case LEADER -> new Answer.Ask(reply.getLeader());
            case WAIT -> new Answer.Wait(reply.getWait());
            case OPEN -> new Answer.Open();
            case MEMBER -> new Answer.Member();
            case BODY_NOT_SET -> throw new SwarmException(ErrorCode.INTERNAL, "the answer to JoinGroup is empty");
        });
    }

    /** Answers a call, unless the caller is no peer of this group. */
    static void accept(GrpcServerRequest<JoinRequest, JoinReply> call, PeerStreams peers,
            Function<Request, Answer> door) {
        call.handler(message -> {
            var refusal = peers.refusal(message.getHello());
            var response = call.response();
            var done = refusal != null
                    ? response.status(GrpcStatus.PERMISSION_DENIED).statusMessage(refusal).end()
                    : response.end(message(door.apply(new Request(message.getHello().getReplica(), message.getPeerId(),
                            message.getAddress(), message.getOpen()))));
            done.onFailure(_ -> response.cancel());
        });
    }

    private static JoinReply message(Answer answer) {
        var reply = JoinReply.newBuilder();
        switch (answer) {
            case Answer.Ask(var leader) -> reply.setLeader(leader);
            case Answer.Wait(var reason) -> reply.setWait(reason);
            case Answer.Open() -> reply.setOpen(JoinOpen.getDefaultInstance());
            case Answer.Member() -> reply.setMember(JoinDone.getDefaultInstance());
        }
        return reply.build();
    }
}
