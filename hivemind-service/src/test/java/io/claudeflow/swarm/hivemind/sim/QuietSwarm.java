package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.leader.Coordinator;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;

/** A swarm without trouble, for tests of the leader: three replicas, and agents of three places each that have registered. */
public final class QuietSwarm {
    private static final int BEGIN = 4_000;

    /** Tokens of a person, of nobody, and one that was good once. */
    public static final String USER_TOKEN = PodTokens.USER;
    public static final String BAD_TOKEN = PodTokens.BAD;
    public static final String EXPIRED_TOKEN = PodTokens.EXPIRED;

    private final TestDoor door = new TestDoor();
    private final Swarm swarm;

    public QuietSwarm(long seed, int agents) {
        swarm = new Swarm(seed, Planted.NONE, agents, door);
        run(BEGIN);
    }

    /** Lets that much time pass. */
    public void run(long millis) {
        swarm.time.run(millis);
    }

    public Coordinator leader() {
        return leading().coordinator();
    }

    public int leaderOrdinal() {
        return leading().ordinal;
    }

    /** A replica that does not lead. */
    public Coordinator follower() {
        return swarm.replica((leading().ordinal + 1) % Swarm.REPLICAS).coordinator();
    }

    private Replica leading() {
        return swarm.replicas.stream().filter(Replica::leads).findFirst().orElseThrow();
    }

    /** The ledger, as the leader's replica has applied it. */
    public LedgerImage image() {
        return leading().image();
    }

    /** The clients' door of all replicas. */
    public TestDoor door() {
        return door;
    }

    /** The token of an agent's pod. */
    public String tokenOf(int agent) {
        return PodTokens.token(swarm.agents.get(agent).podUid(), swarm.time.now());
    }

    /** Another replica leads. */
    public void elect() {
        ReplicaTrouble.handOver(swarm);
    }

    /** An agent's process dies and does not come back for a long time. */
    public void kill(int agent) {
        swarm.agents.get(agent).crash(Integer.MAX_VALUE);
    }
}
