package io.claudeflow.swarm.hivemind.adapter.http;

/** What is counted of requests. Called on the gateway's context. */
public interface RequestMeters {
    /** A request was answered. */
    void answered(String route, int status, long nanos);
}
