extension FieldSummaries {
    static let podParts = #"""
        PodTemplate.template What pods made from it look like.
        PodAffinityTerm.matchLabelKeys Labels of this pod whose values the others must share, such
         as pod-template-hash.
        PodAffinityTerm.mismatchLabelKeys Labels of this pod whose values the others must not share.
        PodAffinityTerm.namespaceSelector Namespaces of the other pods by label, beside namespaces;
         {} is every namespace.
        WeightedPodAffinityTerm.podAffinityTerm Which pods, and how near.
        WeightedPodAffinityTerm.weight How much the term counts, from 1 to 100.
        PreferredSchedulingTerm.preference Which nodes are better.
        PreferredSchedulingTerm.weight How much the term counts, from 1 to 100.
        PodCondition.lastProbeTime When it was looked at last; mostly empty.
        PodCondition.message Details for people.
        PodCondition.observedGeneration The pod's generation that the condition was judged by.
        PodCondition.reason One word for programs, such as Unschedulable or ContainersNotReady.
        PodDNSConfig.nameservers Addresses of name servers, before those of dnsPolicy; at most
         three.
        PodDNSConfig.options Lines of resolv.conf's options, such as ndots.
        PodDNSConfig.searches Domains tried for short names, after those of dnsPolicy; at most 32.
        PodDNSConfigOption.name The option, such as ndots.
        PodDNSConfigOption.value Its value, such as "2"; none for options that need no value.
        PodExtendedResourceClaimStatus.requestMappings Which container's extended resource comes
         from which request of the claim.
        PodExtendedResourceClaimStatus.resourceClaimName The ResourceClaim made for the pod's
         extended resources.
        ContainerExtendedResourceRequest.containerName The container that asks.
        ContainerExtendedResourceRequest.requestName The request of the claim that stands for it.
        ContainerExtendedResourceRequest.resourceName The extended resource, such as
         example.com/gpu.
        PodIP.ip An IPv4 or IPv6 address of the pod.
        HostIP.ip An IPv4 or IPv6 address of the node.
        HostAlias.hostnames The names that stand for the address.
        HostAlias.ip The address, such as 10.1.2.3.
        PodOS.name linux or windows; rules of the other system are then refused.
        PodReadinessGate.conditionType The condition that must be True, such as
         example.com/lb-ready; a controller of yours sets it.
        PodResourceClaim.name The name by which containers ask for the claim; unique in the pod.
        PodResourceClaim.resourceClaimName A ResourceClaim of the namespace, perhaps shared with
         other pods.
        PodResourceClaim.resourceClaimTemplateName A ResourceClaimTemplate from which a claim of the
         pod's own is made.
        PodResourceClaimStatus.name The entry of spec.resourceClaims.
        PodResourceClaimStatus.resourceClaimName The ResourceClaim made for the entry; none where it
         needed none.
        PodSchedulingGate.name The gate, such as example.com/quota; whoever set it removes it.
        PodSchedulingGroup.podGroupName The PodGroup whose pods are placed together.
        NodeAllocatableResourceClaimStatus.containers The containers that use the claim.
        NodeAllocatableResourceClaimStatus.resourceClaimName The ResourceClaim that holds the
         resources.
        NodeAllocatableResourceClaimStatus.resources How much of the node's own resources the claim
         takes, such as cpu: 2.
        PodSpec.hostUsers Whether the pod shares the node's user IDs; false gives it IDs of its own,
         true where none is given.
        PodSpec.hostnameOverride The host name whatever subdomain says; not with hostNetwork; at
         most 64 characters.
        PodSpec.resourceClaims ResourceClaims, for devices, that containers can ask for by name.
        PodSpec.resources Needs and limits of all containers together: cpu, memory and huge pages.
        PodSpec.schedulingGroup The group of pods that this one is scheduled with.
        PodSpec.serviceAccount The older name of serviceAccountName; both are kept equal.
        PodSpec.setHostnameAsFQDN Whether the host name is the full DNS name; false where none is
         given.
        PodStatus.allocatedResources What the node has set aside for the whole pod.
        PodStatus.ephemeralContainerStatuses How each container added for a look goes.
        PodStatus.extendedResourceClaimStatus The claim that stands behind extended resources of the
         pod.
        PodStatus.hostIPs All addresses of the node; the first is hostIP.
        PodStatus.nodeAllocatableResourceClaimStatuses Which claims take resources of the node, such
         as cpu, and how much.
        PodStatus.observedGeneration The pod's generation that the kubelet has taken in.
        PodStatus.podIPs All addresses of the pod, one per family; the first is podIP.
        PodStatus.resize The older word for a resize under way; see the conditions PodResizePending
         and PodResizeInProgress.
        PodStatus.resourceClaimStatuses Which ResourceClaims were made for the pod.
        PodStatus.resources What holds for the whole pod at present.
        PodSecurityContext.appArmorProfile The AppArmor profile of all containers.
        PodSecurityContext.fsGroupChangePolicy When files are given to fsGroup: at every mount, or
         only if the root's owner is wrong.
        PodSecurityContext.seLinuxChangePolicy Whether volumes are relabelled file by file
         (Recursive) or mounted with a label (MountOption).
        PodSecurityContext.seLinuxOptions The SELinux label of all containers; the runtime's choice
         where none is given.
        PodSecurityContext.seccompProfile Which system calls containers may make.
        PodSecurityContext.supplementalGroups Further groups of every first process, such as [2000].
        PodSecurityContext.supplementalGroupsPolicy Whether the image's groups of the user are added
         (Merge, as where none is given) or not.
        PodSecurityContext.sysctls Kernel settings of the pod, such as net.core.somaxconn.
        PodSecurityContext.windowsOptions What holds on Windows in place of the Linux settings.
        SecurityContext.procMount Whether parts of /proc stay hidden; Default where none is given.
        SecurityContext.runAsGroup The group of the processes; the image's where none is given.
        AppArmorProfile.localhostProfile The profile's name on the node; only for type Localhost.
        AppArmorProfile.type Localhost for a profile of the node, RuntimeDefault for the runtime's,
         Unconfined for none.
        SeccompProfile.localhostProfile The profile's file below the kubelet's seccomp folder; only
         for type Localhost.
        SeccompProfile.type Localhost for a file of the node, RuntimeDefault for the runtime's,
         Unconfined for none.
        SELinuxOptions.level The level of the label, such as s0:c123,c456.
        SELinuxOptions.role The role of the label, such as system_r.
        SELinuxOptions.type The type of the label, such as container_t.
        SELinuxOptions.user The user of the label, such as system_u.
        Sysctl.name The setting, such as net.ipv4.tcp_syncookies.
        Sysctl.value Its value, as text.
        WindowsSecurityContextOptions.gmsaCredentialSpec The text of the group managed service
         account's credential spec; a webhook fills it in.
        WindowsSecurityContextOptions.gmsaCredentialSpecName The GMSA credential spec to use, by
         name.
        WindowsSecurityContextOptions.hostProcess Whether it runs as a process of the node; then for
         all containers, with hostNetwork.
        WindowsSecurityContextOptions.runAsUserName The Windows user of the first process, such as
         ContainerUser; the image's where none is given.
        TopologySpreadConstraint.matchLabelKeys Labels of this pod whose values counted pods must
         share, such as pod-template-hash.
        TopologySpreadConstraint.nodeAffinityPolicy Whether nodes that affinity rules out are left
         uncounted; Honor where none is given.
        TopologySpreadConstraint.nodeTaintsPolicy Whether nodes with untolerated taints are left
         uncounted; Ignore where none is given.
        """#
}
