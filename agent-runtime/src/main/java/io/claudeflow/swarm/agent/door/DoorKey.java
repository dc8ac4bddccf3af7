package io.claudeflow.swarm.agent.door;

/**
 * How a run reaches its agent.
 *
 * @param url   {@code http://127.0.0.1:<port>}
 * @param token the run's own, of no use when it is over
 */
public record DoorKey(String url, String token) {
    @Override
    public String toString() {
        return "DoorKey[" + url + ", ****]";
    }
}
