package io.claudeflow.swarm.hivemind.ledger;

/**
 * Whose tokens are believed.
 *
 * @param issuer         the claim {@code iss}
 * @param audience       what {@code aud} must contain
 * @param namespace      the agents' namespace
 * @param serviceAccount the agents' ServiceAccount
 * @param userAccount    the ServiceAccount that stands for a person; empty: none
 * @param jobAccount     the ServiceAccount of the pods of Jobs; empty: none
 * @param jwks           the issuer's keys, a JSON Web Key Set
 */
public record Trust(String issuer, String audience, String namespace, String serviceAccount, String userAccount,
        String jobAccount, String jwks) {}
