package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.sim.RaftMessage.Append;
import io.claudeflow.swarm.hivemind.sim.RaftMessage.Appended;
import io.claudeflow.swarm.hivemind.sim.RaftMessage.Install;
import io.claudeflow.swarm.hivemind.sim.RaftMessage.RequestVote;
import io.claudeflow.swarm.hivemind.sim.RaftMessage.Vote;
import java.util.Arrays;

/**
 * The model of one replica's Raft: elections, replication, snapshots. Messages may be lost, late, doubled and out of order. A
 * leader that is cut off goes on for a while, and what it has proposed comes to either fate.
 */
final class RaftNode {
    private static final int TICK = 50;
    private static final int HEARTBEAT = 150;
    private static final int ELECTION_MIN = 500;
    private static final int ELECTION_MAX = 1_000;
    /** A leader that hears no majority for so long gives up; until then it does not know. */
    private static final int SILENCE_MAX = 2_500;

    /** What stands on the log; called as things happen, and must not call the node back. */
    interface Machine {
        void apply(long index, RaftLog.Entry entry);

        /** This node leads, and has applied everything before its term. */
        void leading();

        /** Somebody else leads, -1: nobody known. */
        void following(int leader);

        void restore(RaftLog.Snapshot snapshot);
    }

    /** The way to another node. */
    interface Post {
        void send(int to, RaftMessage message);
    }

    private enum Role {
        FOLLOWER, CANDIDATE, LEADER
    }

    private final int id;
    private final int nodes;
    private final Host host;
    private final RaftLog log;
    private final Machine machine;
    private final Post post;
    private final boolean[] votes;
    private final long[] next;
    private final long[] match;
    private final long[] contact;
    private Role role = Role.FOLLOWER;
    private int leader = -1;
    private long commit;
    private long applied;
    private long readyAt;
    private long heard = Long.MIN_VALUE / 2;
    private long electionAt;
    private long beatAt;

    RaftNode(int id, int nodes, Host host, RaftLog log, Machine machine, Post post) {
        this.id = id;
        this.nodes = nodes;
        this.host = host;
        this.log = log;
        this.machine = machine;
        this.post = post;
        votes = new boolean[nodes];
        next = new long[nodes];
        match = new long[nodes];
        contact = new long[nodes];
        var snapshot = log.snapshot();
        commit = snapshot == null ? 0 : snapshot.index();
        applied = commit;
        calm();
        tick();
    }

    boolean leads() {
        return role == Role.LEADER;
    }

    long term() {
        return log.term();
    }

    /** Index of the last entry that the machine has. */
    long applied() {
        return applied;
    }

    /** Appends an entry if this node takes itself for the leader. */
    boolean propose(byte[] bytes, Object proposer, long callId) {
        if (role != Role.LEADER) {
            return false;
        }
        log.append(new RaftLog.Entry(log.term(), bytes, proposer, callId));
        replicate();
        return true;
    }

    private long now() {
        return host.time.now();
    }

    private void tick() {
        host.after(TICK, () -> {
            if (role == Role.LEADER) {
                if (now() >= beatAt) {
                    replicate();
                }
                if (now() - majorityHeard() > SILENCE_MAX) {
                    follow(-1);
                }
            } else if (now() >= electionAt) {
                campaign(false);
            }
            tick();
        });
    }

    /** When a majority was last known to hear this leader. */
    private long majorityHeard() {
        return best(contact);
    }

    /** What a majority has: of three nodes, this one and the better of the other two. */
    private long best(long[] ofPeers) {
        long best = Long.MIN_VALUE;
        for (int peer = 0; peer < nodes; peer++) {
            best = peer == id ? best : Math.max(best, ofPeers[peer]);
        }
        return best;
    }

    private void calm() {
        electionAt = now() + host.time.between(ELECTION_MIN, ELECTION_MAX);
    }

    /** Stands for election; {@code forced} when leadership is handed to this node. */
    void campaign(boolean forced) {
        log.term(log.term() + 1);
        log.vote(id);
        follow(-1);
        role = Role.CANDIDATE;
        Arrays.fill(votes, false);
        votes[id] = true;
        toPeers(new RequestVote(log.term(), id, log.last(), log.termAt(log.last()), forced));
    }

    private void toPeers(RaftMessage message) {
        for (int peer = 0; peer < nodes; peer++) {
            if (peer != id) {
                post.send(peer, message);
            }
        }
    }

    /** Leads no more; that one does, as far as is known. */
    private void follow(int known) {
        boolean news = role == Role.LEADER || leader != known;
        role = Role.FOLLOWER;
        leader = known;
        calm();
        if (news) {
            machine.following(known);
        }
    }

    void receive(RaftMessage message) {
        // A node that hears a leader does not let others depose it (Ongaro's thesis, 4.2.3).
        boolean settled = leads() ? now() - majorityHeard() < ELECTION_MIN : now() - heard < ELECTION_MIN;
        if (message instanceof RequestVote request && !request.forced() && settled) {
            return;
        }
        if (message.term() > log.term()) {
            log.term(message.term());
            follow(-1);
        }
        switch (message) {
            case RequestVote request -> vote(request);
            case Vote vote -> counted(vote);
            case Append append -> append(append);
            case Install install -> install(install);
            case Appended appended -> appended(appended);
        }
    }

    private void vote(RequestVote request) {
        long lastTerm = log.termAt(log.last());
        boolean current = request.lastTerm() > lastTerm
                || request.lastTerm() == lastTerm && request.lastIndex() >= log.last();
        boolean free = log.vote() == -1 || log.vote() == request.candidate();
        boolean granted = request.term() == log.term() && role == Role.FOLLOWER && free && current;
        if (granted) {
            log.vote(request.candidate());
            calm();
        }
        post.send(request.candidate(), new Vote(log.term(), id, granted));
    }

    private void counted(Vote vote) {
        if (role != Role.CANDIDATE || vote.term() != log.term() || !vote.granted()) {
            return;
        }
        votes[vote.from()] = true;
        int granted = 0;
        for (boolean one : votes) {
            granted += one ? 1 : 0;
        }
        if (granted > nodes / 2) {
            role = Role.LEADER;
            leader = id;
            for (int peer = 0; peer < nodes; peer++) {
                next[peer] = log.last() + 1;
                match[peer] = 0;
                contact[peer] = now();
            }
            // Nothing of older terms is committed by counting alone: an entry of this term comes first.
            log.append(new RaftLog.Entry(log.term(), null, null, -1));
            readyAt = log.last();
            replicate();
        }
    }

    private void replicate() {
        beatAt = now() + HEARTBEAT;
        for (int peer = 0; peer < nodes; peer++) {
            if (peer != id) {
                replicate(peer);
            }
        }
    }

    private void replicate(int peer) {
        var snapshot = log.snapshot();
        if (next[peer] <= log.base() && snapshot != null) {
            post.send(peer, new Install(log.term(), id, snapshot));
            return;
        }
        long prev = next[peer] - 1;
        post.send(peer, new Append(log.term(), id, prev, log.termAt(prev), log.from(next[peer]), commit));
    }

    /** Hears a leader of this term; false: it is one of an older term, and is told so. */
    private boolean hear(int from, long term) {
        if (term < log.term()) {
            post.send(from, new Appended(log.term(), id, false, log.last()));
            return false;
        }
        if (role != Role.FOLLOWER || leader != from) {
            follow(from);
        }
        heard = now();
        calm();
        return true;
    }

    private void append(Append append) {
        if (!hear(append.leader(), append.term())) {
            return;
        }
        long prev = append.prevIndex();
        if (prev > log.last() || prev >= log.base() && log.termAt(prev) != append.prevTerm()) {
            post.send(append.leader(), new Appended(log.term(), id, false, Math.min(log.last(), prev - 1)));
            return;
        }
        long index = prev;
        for (var entry : append.entries()) {
            index++;
            if (index > log.base() && (index > log.last() || log.termAt(index) != entry.term())) {
                if (index <= commit) {
                    throw new IllegalStateException("the model of Raft is wrong: a committed entry is overwritten");
                }
                log.truncate(index - 1);
                log.append(entry);
            }
        }
        commit(Math.min(append.commit(), index));
        post.send(append.leader(), new Appended(log.term(), id, true, index));
    }

    private void install(Install install) {
        if (!hear(install.leader(), install.term())) {
            return;
        }
        var snapshot = install.snapshot();
        if (snapshot.index() > commit) {
            log.install(snapshot);
            commit = snapshot.index();
            applied = commit;
            machine.restore(snapshot);
        }
        post.send(install.leader(), new Appended(log.term(), id, true, snapshot.index()));
    }

    private void appended(Appended reply) {
        if (role != Role.LEADER || reply.term() != log.term()) {
            return;
        }
        int peer = reply.from();
        contact[peer] = now();
        if (!reply.ok()) {
            next[peer] = Math.max(match[peer] + 1, Math.min(next[peer] - 1, reply.match() + 1));
            replicate(peer);
            return;
        }
        match[peer] = Math.max(match[peer], reply.match());
        next[peer] = Math.max(next[peer], match[peer] + 1);
        long most = best(match);
        if (most > commit && log.termAt(most) == log.term()) {
            commit(most);
        }
    }

    private void commit(long index) {
        commit = Math.max(commit, index);
        while (applied < commit) {
            applied++;
            machine.apply(applied, log.get(applied));
        }
        if (role == Role.LEADER && readyAt > 0 && applied >= readyAt) {
            readyAt = 0;
            machine.leading();
        }
    }

    /** Keeps a snapshot of the machine and drops what it makes needless, but for the last few entries. */
    void compact(byte[] state, int before) {
        if (applied > log.base()) {
            log.keep(new RaftLog.Snapshot(applied, log.termAt(applied), state), before);
        }
    }
}
