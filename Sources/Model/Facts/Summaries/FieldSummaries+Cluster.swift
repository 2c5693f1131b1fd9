extension FieldSummaries {
    static let network = #"""
        ServiceSpec.allocateLoadBalancerNodePorts Whether a load balancer's ports get node ports, too.
        ServiceSpec.clusterIP The address within the cluster; None for a headless Service.
        ServiceSpec.clusterIPs The addresses of all IP families.
        ServiceSpec.externalIPs Further addresses at which nodes accept its traffic.
        ServiceSpec.externalName The DNS name that an ExternalName Service stands for.
        ServiceSpec.externalTrafficPolicy Whether traffic from outside goes to pods of other nodes.
        ServiceSpec.internalTrafficPolicy Whether traffic from inside goes to pods of other nodes.
        ServiceSpec.ports The ports it offers.
        ServiceSpec.publishNotReadyAddresses Whether pods count that are not ready.
        ServiceSpec.selector Labels of the pods behind it; without one, endpoints are made by hand.
        ServiceSpec.sessionAffinity Whether one client keeps to one pod.
        ServiceSpec.type From where it can be reached.
        ServicePort.name The port's name; needed when there are several.
        ServicePort.nodePort The port on every node, for NodePort and LoadBalancer.
        ServicePort.port The port of the Service.
        ServicePort.protocol TCP where none is given.
        ServicePort.targetPort The port of the pods by number or name; the Service's own where none.
        Endpoints.subsets Addresses and ports behind the Service.
        EndpointSubset.addresses Addresses that are ready.
        EndpointSubset.notReadyAddresses Addresses that are not ready.
        discovery.v1.EndpointSlice.addressType IPv4, IPv6 or FQDN.
        discovery.v1.EndpointSlice.endpoints Addresses with their conditions.
        discovery.v1.EndpointSlice.ports The ports at each address.
        discovery.v1.EndpointConditions.ready Whether it takes traffic.
        discovery.v1.EndpointConditions.serving Whether it could take traffic, stopping or not.
        discovery.v1.EndpointConditions.terminating Whether it is being stopped.
        networking.v1.IngressSpec.defaultBackend Where requests go that no rule matches.
        networking.v1.IngressSpec.ingressClassName Which controller acts upon it.
        networking.v1.IngressSpec.rules Hosts and paths with their backends.
        networking.v1.IngressSpec.tls Certificates by host.
        networking.v1.HTTPIngressPath.path The path that requests begin with.
        networking.v1.HTTPIngressPath.pathType How the path is compared.
        """#

    static let storage = #"""
        Volume.configMap Files from a ConfigMap's keys.
        Volume.downwardAPI Files from fields of the pod.
        Volume.emptyDir An empty folder that lives as long as the pod.
        Volume.ephemeral A claim made for the pod, and gone with it.
        Volume.hostPath A file or folder of the node.
        Volume.name The name that mounts use.
        Volume.nfs A folder of an NFS server.
        Volume.persistentVolumeClaim A claim in the same namespace.
        Volume.projected Files from several sources in one folder.
        Volume.secret Files from a Secret's keys.
        EmptyDirVolumeSource.medium Memory for a file system in memory.
        EmptyDirVolumeSource.sizeLimit The most it may hold until the pod is evicted.
        PersistentVolumeClaimSpec.accessModes How it shall be mountable.
        PersistentVolumeClaimSpec.resources How much it asks for; may grow where the class allows it.
        PersistentVolumeClaimSpec.selector Labels that the volume must have.
        PersistentVolumeClaimSpec.storageClassName The class; the default one where none is given, no
         class where it is empty.
        PersistentVolumeClaimSpec.volumeMode A file system or a block device.
        PersistentVolumeClaimSpec.volumeName The volume it is bound to.
        PersistentVolumeClaimStatus.accessModes How the bound volume is mountable.
        PersistentVolumeClaimStatus.capacity How much the bound volume holds.
        PersistentVolumeClaimStatus.phase Whether it waits, is bound, or has lost its volume.
        PersistentVolumeSpec.accessModes How it is mountable.
        PersistentVolumeSpec.capacity How much it holds.
        PersistentVolumeSpec.claimRef The claim it is bound to or kept for.
        PersistentVolumeSpec.nodeAffinity The nodes that can reach it.
        PersistentVolumeSpec.persistentVolumeReclaimPolicy What becomes of it when its claim is deleted.
        PersistentVolumeSpec.storageClassName The class it belongs to.
        PersistentVolumeSpec.volumeMode A file system or a block device.
        PersistentVolumeStatus.phase Whether it is available, bound, released or failed.
        storage.v1.StorageClass.allowVolumeExpansion Whether claims may grow.
        storage.v1.StorageClass.parameters Settings for the provisioner.
        storage.v1.StorageClass.provisioner Who makes volumes of this class.
        storage.v1.StorageClass.reclaimPolicy What becomes of its volumes when their claims are deleted.
        storage.v1.StorageClass.volumeBindingMode Whether a claim is bound at once or when a pod uses it.
        """#

    static let cluster = #"""
        NodeSpec.podCIDR The addresses of the node's pods.
        NodeSpec.providerID The machine's name at its provider.
        NodeSpec.taints Marks that keep pods away which do not tolerate them.
        NodeSpec.unschedulable Whether the node is cordoned: new pods go elsewhere.
        NodeStatus.addresses The node's addresses and names.
        NodeStatus.allocatable What pods may use.
        NodeStatus.capacity What the node has.
        NodeStatus.conditions Whether the node is ready and has memory, disk and processes to spare.
        NodeStatus.images Images that the node holds.
        NodeStatus.nodeInfo Versions of the node's software.
        NodeCondition.lastHeartbeatTime When the kubelet reported last.
        NodeCondition.status True, False or Unknown.
        NodeCondition.type What the condition is about.
        Taint.effect NoSchedule keeps new pods away, NoExecute drives out running ones, too.
        Taint.key The name of the mark.
        Taint.timeAdded When a NoExecute taint was set.
        Taint.value A text that tolerations can compare.
        NamespaceSpec.finalizers Those who must clean up before the namespace goes.
        NamespaceStatus.phase Active, or Terminating while its objects are deleted.
        ConfigMap.binaryData Bytes by key, in base64.
        ConfigMap.data Texts by key.
        ConfigMap.immutable Whether the data can never change again.
        Secret.data Bytes by key, in base64.
        Secret.immutable Whether the data can never change again.
        Secret.stringData Texts by key; written into data and never shown.
        Secret.type What the keys mean.
        Event.count How often it happened.
        Event.firstTimestamp When it happened first.
        Event.involvedObject What it happened to.
        Event.lastTimestamp When it happened last.
        Event.message Details for people.
        Event.reason One word for programs.
        Event.source Who reports it.
        Event.type Normal or Warning.
        LimitRangeItem.default The limit that containers get which have none.
        LimitRangeItem.defaultRequest The request that containers get which have none.
        LimitRangeItem.max The most that is allowed.
        LimitRangeItem.min The least that is allowed.
        LimitRangeItem.type What is limited: containers, pods or claims.
        ResourceQuotaSpec.hard The most that the namespace may use of each resource.
        ResourceQuotaStatus.used What the namespace uses.
        scheduling.v1.PriorityClass.globalDefault Whether pods without a class get this one.
        scheduling.v1.PriorityClass.preemptionPolicy Whether its pods may displace others.
        scheduling.v1.PriorityClass.value The priority; higher is preferred.
        """#
}
