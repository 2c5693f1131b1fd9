extension FieldSummaries {
    static let nodes = #"""
        NodeAddress.address The address or name.
        NodeAddress.type Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.
        NodeCondition.lastTransitionTime When the status changed last.
        NodeSpec.configSource Without effect; the kubelet's configuration in a ConfigMap, which is
         gone.
        NodeSpec.externalID Without effect; an old field.
        NodeSpec.podCIDRs The ranges of pods' addresses, one per family; the first is podCIDR.
        NodeStatus.config Without effect; told of the configuration in a ConfigMap, which is gone.
        NodeStatus.daemonEndpoints Ports of the node's daemons.
        NodeStatus.declaredFeatures Features of the kubelet that pods may depend upon, in
         alphabetical order.
        NodeStatus.features What the runtime can do whatever the handler.
        NodeStatus.phase Without effect; an old field.
        NodeStatus.runtimeHandlers The runtime's handlers, to which RuntimeClasses refer.
        NodeStatus.volumesAttached Volumes that the controller has attached.
        NodeStatus.volumesInUse Volumes that are attached and mounted; not to be detached yet.
        AttachedVolume.devicePath Where the disk is on the node.
        AttachedVolume.name The volume, as driver^handle.
        ContainerImage.names All names of the image, by tag and by digest.
        ContainerImage.sizeBytes Its size in bytes.
        ConfigMapNodeConfigSource.kubeletConfigKey The key of the ConfigMap.
        ConfigMapNodeConfigSource.name The ConfigMap.
        ConfigMapNodeConfigSource.namespace The ConfigMap's namespace.
        ConfigMapNodeConfigSource.resourceVersion The ConfigMap's version; only in a status.
        ConfigMapNodeConfigSource.uid The ConfigMap's uid; only in a status.
        NodeConfigSource.configMap The ConfigMap with the configuration.
        NodeConfigStatus.active What the kubelet uses.
        NodeConfigStatus.assigned What the kubelet shall use.
        NodeConfigStatus.error Why what is assigned cannot be used.
        NodeConfigStatus.lastKnownGood What the kubelet goes back to.
        NodeDaemonEndpoints.kubeletEndpoint The kubelet's port.
        DaemonEndpoint.Port The port, such as 10250.
        NodeFeatures.supplementalGroupsPolicy Whether the runtime heeds supplementalGroupsPolicy.
        NodeRuntimeHandler.features What the handler can do.
        NodeRuntimeHandler.name The handler; empty for the one used where no RuntimeClass is given.
        NodeRuntimeHandlerFeatures.recursiveReadOnlyMounts Whether it can make mounts read-only with
         all beneath them.
        NodeRuntimeHandlerFeatures.userNamespaces Whether it can give pods user IDs of their own.
        NodeSwapStatus.capacity Swap space in bytes.
        NodeSystemInfo.architecture The processor, such as amd64.
        NodeSystemInfo.bootID Changes with every boot.
        NodeSystemInfo.containerRuntimeVersion Runtime and version, such as containerd://2.1.0.
        NodeSystemInfo.kernelVersion The kernel, as uname -r says.
        NodeSystemInfo.kubeProxyVersion Empty; an old field.
        NodeSystemInfo.kubeletVersion The kubelet's version, such as v1.36.2.
        NodeSystemInfo.machineID The machine's ID, from /etc/machine-id.
        NodeSystemInfo.operatingSystem linux or windows.
        NodeSystemInfo.osImage The operating system's name, such as Debian GNU/Linux 13.
        NodeSystemInfo.swap What swap space there is.
        NodeSystemInfo.systemUUID The machine's ID, from its firmware.
        """#
}
