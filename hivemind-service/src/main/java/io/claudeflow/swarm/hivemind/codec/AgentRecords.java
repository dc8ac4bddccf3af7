package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.codec.v1.AgentRecord;
import io.claudeflow.swarm.hivemind.codec.v1.ArrangementRecord;
import io.claudeflow.swarm.hivemind.codec.v1.AssignmentRecord;
import io.claudeflow.swarm.hivemind.codec.v1.DeclarationRecord;
import io.claudeflow.swarm.hivemind.codec.v1.DeclareRecord;
import io.claudeflow.swarm.hivemind.codec.v1.MembershipRecord;
import io.claudeflow.swarm.hivemind.codec.v1.StepRecordKey;
import io.claudeflow.swarm.hivemind.codec.v1.TopologyRecord;
import io.claudeflow.swarm.hivemind.codec.v1.TrustRecord;
import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.Membership;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.Topology;

/** Agents, trust and keys as records of the file format, both ways. */
final class AgentRecords {
    private AgentRecords() {}

    static AgentRecord write(Agent agent) {
        return AgentRecord.newBuilder()
                .setDeclaration(write(agent.declaration()))
                .setIndex(agent.index())
                .setSeq(agent.seq())
                .setLost(agent.lost())
                .build();
    }

    static Agent read(AgentRecord agent) {
        return new Agent(read(agent.getDeclaration()), agent.getIndex(), agent.getSeq(), agent.getLost());
    }

    static DeclareRecord write(LedgerCommand.DeclareAgents declare) {
        var record = DeclareRecord.newBuilder()
                .addAllAgents(declare.agents().stream().map(AgentRecords::write).toList());
        var asOf = declare.asOf();
        if (asOf != null) {
            record.setComplete(true);
            if (asOf != Long.MAX_VALUE) {
                record.setAsOf(asOf);
            }
        }
        return record.build();
    }

    static LedgerCommand.DeclareAgents read(DeclareRecord declare) {
        var agents = declare.getAgentsList().stream().map(AgentRecords::read).toList();
        long asOf = declare.hasAsOf() ? declare.getAsOf() : Long.MAX_VALUE;
        return new LedgerCommand.DeclareAgents(agents, declare.getComplete() ? (Long) asOf : null);
    }

    static DeclarationRecord write(AgentDeclaration declaration) {
        var record = DeclarationRecord.newBuilder()
                .setAgentUid(declaration.agentUid())
                .setName(declaration.name())
                .setPodUid(declaration.podUid())
                .setType(declaration.type())
                .setPriority(declaration.priority())
                .addAllCapabilities(declaration.capabilities())
                .addAllSpecialization(declaration.specialization())
                .putAllLabels(declaration.labels())
                .setMaxConcurrentTasks(declaration.maxConcurrentTasks())
                .setCounted(declaration.counted())
                .setGeneration(declaration.generation());
        var job = declaration.job();
        if (job != null) {
            record.setJob(write(job));
        }
        return record.build();
    }

    static AgentDeclaration read(DeclarationRecord declaration) {
        return new AgentDeclaration(declaration.getAgentUid(), declaration.getName(), declaration.getPodUid(),
                declaration.getType(), declaration.getPriority(), declaration.getCapabilitiesList(),
                declaration.getSpecializationList(), declaration.getLabelsMap(), declaration.getMaxConcurrentTasks(),
                declaration.getCounted(), declaration.getGeneration(),
                declaration.hasJob() ? read(declaration.getJob()) : null);
    }

    static TrustRecord write(Trust trust) {
        return TrustRecord.newBuilder()
                .setIssuer(trust.issuer())
                .setAudience(trust.audience())
                .setNamespace(trust.namespace())
                .setServiceAccount(trust.serviceAccount())
                .setUserAccount(trust.userAccount())
                .setJobAccount(trust.jobAccount())
                .setJwks(trust.jwks())
                .build();
    }

    static Trust read(TrustRecord trust) {
        return new Trust(trust.getIssuer(), trust.getAudience(), trust.getNamespace(), trust.getServiceAccount(),
                trust.getUserAccount(), trust.getJobAccount(), trust.getJwks());
    }

    static AssignmentRecord write(Assignment assignment) {
        return AssignmentRecord.newBuilder()
                .setAgentUid(assignment.agentUid())
                .setAgentName(assignment.agentName())
                .setPodUid(assignment.podUid())
                .setSession(assignment.session())
                .build();
    }

    static Assignment read(AssignmentRecord assignment) {
        return new Assignment(assignment.getAgentUid(), assignment.getAgentName(), assignment.getPodUid(),
                assignment.getSession());
    }

    static StepRecordKey write(StepKey key) {
        return StepRecordKey.newBuilder()
                .setTaskUid(key.taskUid())
                .setPath(key.path())
                .setAttempt(key.attempt())
                .build();
    }

    static StepKey read(StepRecordKey key) {
        return new StepKey(key.getTaskUid(), key.getPath(), key.getAttempt());
    }

    static MembershipRecord write(Membership membership) {
        return MembershipRecord.newBuilder()
                .setReplicas(membership.replicas())
                .setGeneration(membership.generation())
                .build();
    }

    static Membership read(MembershipRecord record) {
        return new Membership(record.getReplicas(), record.getGeneration());
    }

    static ArrangementRecord write(Arrangement arrangement) {
        return ArrangementRecord.newBuilder()
                .setTopology(switch (arrangement.topology()) {
                    case MESH -> TopologyRecord.MESH;
                    case HIERARCHICAL -> TopologyRecord.HIERARCHICAL;
                    case RING -> TopologyRecord.RING;
                    case STAR -> TopologyRecord.STAR;
                })
                .addAllRingOrder(arrangement.ringOrder())
                .setGeneration(arrangement.generation())
                .build();
    }

    static Arrangement read(ArrangementRecord record) {
        var topology = switch (record.getTopology()) {
            case MESH -> Topology.MESH;
            case HIERARCHICAL -> Topology.HIERARCHICAL;
            case RING -> Topology.RING;
            case STAR -> Topology.STAR;
            case TOPOLOGY_UNSPECIFIED, UNRECOGNIZED ->
                throw SpecRecords.unknown("topology", record.getTopologyValue());
        };
        return new Arrangement(topology, record.getRingOrderList(), record.getGeneration());
    }
}
