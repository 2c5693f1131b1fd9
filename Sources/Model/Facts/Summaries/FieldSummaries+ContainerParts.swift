extension FieldSummaries {
    static let containerParts = #"""
        Container.resizePolicy Whether a changed request or limit restarts the container, by
         resource.
        Container.restartPolicyRules By exit code, whether the container starts again; they come
         before restartPolicy.
        Container.stdinOnce Whether standard input closes for good when the first client leaves;
         false where none is given.
        EphemeralContainer.targetContainerName The container whose processes it sees; all on its own
         where none is given.
        ContainerPort.hostIP The node's address to which hostPort is bound; all where none is given.
        ContainerResizePolicy.resourceName cpu or memory.
        ContainerResizePolicy.restartPolicy NotRequired changes it while running, as where none is
         given; RestartContainer starts anew.
        ContainerRestartRule.action What happens when the rule matches: Restart, or
         RestartAllContainers.
        ContainerRestartRule.exitCodes The exit codes that the rule is for.
        ContainerRestartRuleOnExitCodes.operator In for the listed codes, NotIn for all others.
        ContainerRestartRuleOnExitCodes.values Exit codes, such as [42]; at most 255.
        ContainerState.running Set while the container runs.
        ContainerState.terminated Set when it has ended: how and when.
        ContainerState.waiting Set while it is not yet started: why.
        ContainerStateRunning.startedAt When it was started last.
        ContainerStateTerminated.containerID The container, as runtime://id.
        ContainerStateTerminated.finishedAt When it ended.
        ContainerStateTerminated.message What it left for people, such as the end of its termination
         message file.
        ContainerStateTerminated.signal The signal that ended it, by number, if one did.
        ContainerStateTerminated.startedAt When that run had begun.
        ContainerStateWaiting.message Why it waits, for people, such as a back-off and its length.
        ContainerStatus.allocatedResources What the node has set aside for the container.
        ContainerStatus.allocatedResourcesStatus The health of devices given to it, by resource.
        ContainerStatus.containerID The container, as runtime://id.
        ContainerStatus.resources Requests and limits that are in force now; they lag behind the
         spec during a resize.
        ContainerStatus.stopSignal The signal that will ask it to stop, such as SIGTERM.
        ContainerStatus.user The user that the first process runs as.
        ContainerStatus.volumeMounts Where volumes are mounted, as done.
        ContainerUser.linux User and groups on Linux.
        LinuxContainerUser.gid The primary group of the first process.
        LinuxContainerUser.supplementalGroups Its further groups.
        LinuxContainerUser.uid Its user ID.
        ResourceStatus.name The resource: a device plugin's, or claim:NAME/REQUEST.
        ResourceStatus.resources The health of each device of it.
        ResourceHealth.health Healthy, Unhealthy or Unknown.
        ResourceHealth.message Details of the health for people.
        ResourceHealth.resourceID Tells the devices of one resource apart.
        VolumeMountStatus.mountPath The place in the container.
        VolumeMountStatus.name The volume.
        VolumeMountStatus.readOnly Whether it is mounted for reading only.
        VolumeMountStatus.recursiveReadOnly Whether what is mounted beneath is read-only, too:
         Disabled, Enabled or IfPossible.
        VolumeMountStatus.volumeStatus What the volume's kind has to say, such as the digest of an
         image.
        VolumeStatus.image How an image volume goes.
        ImageVolumeStatus.imageRef The digest of the image that is mounted.
        EnvFromSource.configMapRef The ConfigMap whose keys become variables.
        EnvFromSource.prefix Text put before every name, such as DB_.
        EnvFromSource.secretRef The Secret whose keys become variables.
        ConfigMapEnvSource.name The ConfigMap, in the pod's namespace.
        ConfigMapEnvSource.optional Whether the container starts without it; false where none is
         given.
        SecretEnvSource.name The Secret, in the pod's namespace.
        SecretEnvSource.optional Whether the container starts without it; false where none is given.
        EnvVarSource.fileKeyRef A variable in a file that an init container left in a volume.
        FileKeySelector.key The variable's name in the file.
        FileKeySelector.optional Whether the container starts without file or variable; false where
         none is given.
        FileKeySelector.path The file in the volume, with lines NAME=value; no path outside.
        FileKeySelector.volumeName The volume with the file; an emptyDir of the pod.
        ConfigMapKeySelector.key The key whose text is taken.
        ConfigMapKeySelector.name The ConfigMap, in the same namespace.
        ConfigMapKeySelector.optional Whether ConfigMap or key may be missing; false where none is
         given.
        SecretKeySelector.key The key whose text is taken.
        SecretKeySelector.name The Secret, in the same namespace.
        SecretKeySelector.optional Whether Secret or key may be missing; false where none is given.
        ObjectFieldSelector.apiVersion The version that the path is written for; v1 where none is
         given.
        ObjectFieldSelector.fieldPath The field, such as metadata.name, metadata.labels['app'] or
         status.podIP.
        ResourceFieldSelector.containerName The container; needed in volumes, the present one in
         variables.
        ResourceFieldSelector.divisor The unit of the number, such as 1m or 1Mi; 1 where none is
         given.
        ResourceFieldSelector.resource What is told, such as limits.cpu or requests.memory.
        ExecAction.command Program and arguments, without a shell; the folder is / in the
         container's file system.
        GRPCAction.port The port of the gRPC health service, from 1 to 65535.
        GRPCAction.service The service's name in the question; empty where none is given.
        HTTPGetAction.host The host that is asked; the pod's address where none is given.
        HTTPGetAction.httpHeaders Headers of the request; one name may come several times.
        HTTPHeader.name The header, such as X-Check.
        HTTPHeader.value Its text.
        TCPSocketAction.host The host that is called; the pod's address where none is given.
        TCPSocketAction.port The port by number or name.
        SleepAction.seconds How long to wait, in seconds; not beyond the grace period.
        Lifecycle.stopSignal The signal that asks it to stop; needs spec.os; the image's, or
         SIGTERM, where none is given.
        LifecycleHandler.exec A command in the container.
        LifecycleHandler.httpGet A request to the container.
        LifecycleHandler.sleep A pause, in seconds.
        LifecycleHandler.tcpSocket Does nothing in a handler; kept for old manifests.
        Capabilities.add Capabilities that processes get, such as NET_ADMIN.
        Capabilities.drop Capabilities that processes lose; ALL for every one.
        ResourceRequirements.claims ResourceClaims of the pod that the container uses.
        ResourceClaim.name The entry of the pod's resourceClaims.
        ResourceClaim.request One request of the claim; all of it where none is given.
        VolumeDevice.devicePath The device's place in the container, such as /dev/xvda.
        VolumeDevice.name The volume; a claim with volumeMode Block.
        VolumeMount.mountPropagation Whether mounts made later on one side show on the other; None
         where none is given.
        VolumeMount.recursiveReadOnly Whether what is mounted beneath is read-only, too; Disabled
         where none is given.
        VolumeMount.subPathExpr As subPath, with $(NAME) for variables of the container; not both.
        """#
}
