package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import java.util.ArrayList;
import java.util.List;

/** A swarm in virtual time: three replicas, agents, a mesh operator, a submitter, and the network between them. */
final class Swarm {
    static final int REPLICAS = 3;
    static final long EPOCH = 1;
    static final String NAME = "c";
    /** Replicas, submitter, operator. */
    private static final int OTHERS = REPLICAS + 2;

    final Timeline time;
    final Tally tally = new Tally();
    final TestDoor door = new TestDoor();
    final Network network;
    final Planted planted;
    final LedgerChecker checker = new LedgerChecker(tally);
    final Witness witness = new Witness(checker);
    final List<Replica> replicas = new ArrayList<>();
    final List<SimAgent> agents = new ArrayList<>();
    /** Machines for the pods of Jobs. */
    final List<Host> nodes = new ArrayList<>();
    final Submitter submitter;
    final Operator operator;
    private int lastLeader = -1;

    Swarm(long seed, Planted planted, int agentCount) {
        this.planted = planted;
        time = new Timeline(seed);
        network = new Network(time, tally, OTHERS + agentCount + JobPods.HOSTS);
        for (int n = 0; n < JobPods.HOSTS; n++) {
            nodes.add(new Host(OTHERS + agentCount + n, "node " + n, time));
        }
        submitter = new Submitter(this, new Host(REPLICAS, "submitter", time));
        operator = new Operator(this, new Host(REPLICAS + 1, "operator", time));
        for (int ordinal = 0; ordinal < REPLICAS; ordinal++) {
            replicas.add(new Replica(this, ordinal, new Host(ordinal, "replica " + ordinal, time)));
        }
        for (int n = 0; n < agentCount; n++) {
            agents.add(new SimAgent(this, "a" + n, new Host(OTHERS + n, "agent a" + n, time)));
        }
        replicas.forEach(Replica::start);
        operator.start();
        agents.forEach(SimAgent::start);
    }

    Replica replica(int ordinal) {
        return replicas.get(ordinal);
    }

    /** Agents of the swarm, and those of Jobs. */
    List<SimAgent> everyone() {
        var all = new ArrayList<>(agents);
        all.addAll(operator.pods().agents());
        return all;
    }

    /** A replica leads, by the model of Raft, and is ready to. */
    void leads(Replica replica) {
        if (lastLeader >= 0 && lastLeader != replica.ordinal) {
            tally.count(Fault.LEADER_CHANGE);
        }
        lastLeader = replica.ordinal;
        if (replicas.stream().anyMatch(other -> other != replica && other.leads())) {
            tally.count(Fault.TWO_LEADERS);
        }
    }

    /** A leader tells the bus how the swarm stands. */
    void heard(Replica from, SwarmState state) {
        network.datagram(from.host, submitter.host, () -> submitter.caller.heard(state));
        network.datagram(from.host, operator.host, () -> operator.caller().heard(state));
    }
}
