package io.dhcpfailover.operator.witness;

import io.dhcpfailover.api.node.RelationshipReport;
import io.dhcpfailover.operator.summary.ServerView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a server that its partner does not hear any more.
 *
 * @param survivor what the partner that goes on says of their relationship now; null where it does not answer
 * @param server the server that is not heard
 * @param pod the last version that was seen of the latest pod of which any container ever ran; it stays known once the
 *     pod is gone, and when it was ended and the next one was told so, until that one is ready; null for none
 * @param podGone whether the API server does not have that pod any more
 * @param served whether a process of that very pod was seen ready: then none of an earlier pod was left, since ports
 *     and leases of a host are one process's
 * @param node its node as it is now; null where the API server does not have it
 * @param nodeGoneSince when a node that was there before was first seen to be deleted; null where it never was there
 * @param successorTold whether whatever starts in its place knows that it was taken for down, and serves nobody until it
 *     has met its partner: the workload was seen to have taken that up while the pod was still there, or the next pod
 *     was seen to have it
 */
public record Evidence(
        @Nullable RelationshipReport survivor,
        ServerView server,
        @Nullable Pod pod,
        boolean podGone,
        boolean served,
        @Nullable Node node,
        @Nullable Instant nodeGoneSince,
        boolean successorTold) {}
