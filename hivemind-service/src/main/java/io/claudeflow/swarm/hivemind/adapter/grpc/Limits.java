package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.mesh.grpc.Dial;

/** The bounds of the agents' streams; bytes and milliseconds. */
final class Limits {
    /** A client may have many streams on one connection; Vert.x's own bound is 100. */
    static final int STREAMS_PER_CONNECTION = 4_096;
    /** Streams that one replica holds; a further agent is sent to another one. */
    static final int STREAMS = 20_000;
    /** Clients that one replica holds, welcome or on their way to the leader. */
    static final int CLIENT_STREAMS = 1_024;
    static final int MESSAGE = Dial.MESSAGE;
    /** What is gathered into one message before a further one is begun. */
    static final int GATHERED = 1 << 20;
    /** An agent's credit window: sent but not taken, in either direction. */
    static final int AGENT_WINDOW = 1 << 20;
    /** What may wait for an agent beyond its window. */
    static final int AGENT_QUEUE = 16 << 20;
    /** What one agent may say in a second; beyond it its stream is not read for as long as it was too fast. */
    static final int AGENT_FRAMES_PER_SECOND = 20_000;
    static final int AGENT_BYTES_PER_SECOND = 8 << 20;
    static final int PEER_WINDOW = 8 << 20;
    static final int PEER_QUEUE = 64 << 20;
    /** How long a full window may stand still before its stream is ended. */
    static final long STALL = 10_000;
    /** How long a new stream may stay silent. */
    static final long FIRST_FRAME = 10_000;
    /** How long the frames of an agent that has left wait for a leader. */
    static final long DEPARTED = 10_000;
    /** How long a follower waits for the leader's welcome. */
    static final long WELCOME = 5_000;
    /** How long the leader may leave frames unacknowledged before the follower opens its link anew. */
    static final long LINK_SILENCE = 3_000;

    private Limits() {}
}
