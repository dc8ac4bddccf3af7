package io.claudeflow.swarm.hivemind.adapter.grpc;

/** Where this replica's agents are heard at the moment: here, at another replica, or nowhere yet. */
sealed interface Upstream permits LocalUpstream, LeaderLink, Upstream.Unknown {
    /** The stream has frames that wait. */
    void frames(AgentStream stream);

    /** The agent's stream is closed; what it sent before may still wait. */
    void closed(AgentStream stream);

    /** Somebody else is asked from now on. */
    void end();

    /** Nobody leads: frames wait. */
    record Unknown() implements Upstream {
        @Override
        public void frames(AgentStream stream) {}

        @Override
        public void closed(AgentStream stream) {}

        @Override
        public void end() {}
    }
}
