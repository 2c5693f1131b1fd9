extension FieldSummaries {
    static let pods = #"""
        Pod.metadata Name, labels and the like.
        Pod.spec What shall run.
        Pod.status How it goes.
        PodTemplateSpec.metadata Labels and annotations of the pods.
        PodTemplateSpec.spec What the pods run.
        PodSpec.activeDeadlineSeconds Seconds the pod may be active until it is stopped as failed.
        PodSpec.affinity Which nodes, and which neighbours, the pod wants or shuns.
        PodSpec.automountServiceAccountToken Whether containers get the service account's token;
         true where nothing else is said.
        PodSpec.containers What runs in the pod, side by side; cannot be added to or taken from later.
        PodSpec.dnsConfig Name servers and search domains beside those of dnsPolicy.
        PodSpec.dnsPolicy Where names are looked up; ClusterFirst where none is given.
        PodSpec.enableServiceLinks Whether variables tell containers of the namespace's Services;
         true where none is given.
        PodSpec.ephemeralContainers Containers added to a running pod to look into it.
        PodSpec.hostAliases Entries for the pod's hosts file.
        PodSpec.hostIPC Whether the pod shares the node's interprocess communication; false where
         none is given.
        PodSpec.hostNetwork Whether the pod uses the node's network, ports and all; false where none
         is given.
        PodSpec.hostPID Whether the pod sees the node's processes; false where none is given.
        PodSpec.hostname The pod's host name; its own name where none is given.
        PodSpec.imagePullSecrets Secrets with which images are pulled.
        PodSpec.initContainers What runs to its end before the containers, one after another; sidecars
         keep running.
        PodSpec.nodeName The node the pod is bound to; set by the scheduler.
        PodSpec.nodeSelector Labels that the node must have.
        PodSpec.os The operating system of the containers.
        PodSpec.overhead What the pod needs beside its containers; from the RuntimeClass.
        PodSpec.preemptionPolicy Whether the pod may displace pods of lower priority;
         PreemptLowerPriority where none is given.
        PodSpec.priority The number by which pods are preferred; from the PriorityClass.
        PodSpec.priorityClassName The PriorityClass.
        PodSpec.readinessGates Further conditions that must be true until the pod counts as ready.
        PodSpec.restartPolicy Whether containers that end are started again; Always where none is
         given.
        PodSpec.runtimeClassName The RuntimeClass that runs the pod.
        PodSpec.schedulerName Which scheduler places the pod; default-scheduler where none is given.
        PodSpec.schedulingGates Names that hold back scheduling until they are removed.
        PodSpec.securityContext Rights and identities of all containers.
        PodSpec.serviceAccountName The account that the pod acts as; default where none is given.
        PodSpec.shareProcessNamespace Whether the containers see each other's processes; false where
         none is given.
        PodSpec.subdomain The second part of the pod's DNS name.
        PodSpec.terminationGracePeriodSeconds Seconds between the request to stop and the kill; 30
         where none is given.
        PodSpec.tolerations Taints of nodes that the pod puts up with.
        PodSpec.topologySpreadConstraints How evenly pods spread over zones or nodes.
        PodSpec.volumes What containers can mount.
        PodStatus.conditions Whether the pod is scheduled, initialized, ready.
        PodStatus.containerStatuses How each container goes.
        PodStatus.hostIP The node's address.
        PodStatus.initContainerStatuses How each init container goes.
        PodStatus.message Details for people of why the pod is as it is.
        PodStatus.nominatedNodeName The node where room is being made for the pod.
        PodStatus.phase Where the pod is in its life.
        PodStatus.podIP The pod's address.
        PodStatus.qosClass How soon the pod is a victim when the node runs short.
        PodStatus.reason One word for programs: why the pod is as it is, such as Evicted.
        PodStatus.startTime When the kubelet took up the pod.
        PodCondition.lastTransitionTime When the status changed last.
        PodCondition.status True, False or Unknown.
        PodCondition.type What the condition is about.
        Affinity.nodeAffinity Rules by the labels of nodes.
        Affinity.podAffinity Rules to be near other pods.
        Affinity.podAntiAffinity Rules to be far from other pods.
        NodeAffinity.preferredDuringSchedulingIgnoredDuringExecution Nodes that are better, by weight.
        NodeAffinity.requiredDuringSchedulingIgnoredDuringExecution Nodes that are possible at all;
         running pods stay when labels change.
        NodeSelector.nodeSelectorTerms Terms of which one must be fulfilled.
        NodeSelectorTerm.matchExpressions Conditions on the node's labels; all must hold.
        NodeSelectorTerm.matchFields Conditions on the node's fields; only metadata.name exists.
        NodeSelectorRequirement.key The label or field in question.
        NodeSelectorRequirement.operator How the label relates to the values; Gt and Lt compare
         whole numbers.
        NodeSelectorRequirement.values The values for In and NotIn, one number for Gt and Lt.
        PodAffinity.preferredDuringSchedulingIgnoredDuringExecution Company that is better, by weight.
        PodAffinity.requiredDuringSchedulingIgnoredDuringExecution Company that is needed.
        PodAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution Company to shun, by weight.
        PodAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution Company that is impossible.
        PodAffinityTerm.labelSelector The other pods in question.
        PodAffinityTerm.namespaces Where the other pods live; this namespace where none is given.
        PodAffinityTerm.topologyKey The node label whose equal values make a place.
        Toleration.effect Which effect is put up with; empty for all.
        Toleration.key Which taint is put up with; empty with Exists for all.
        Toleration.operator Equal (as where none is given) compares the value, Exists does not, Gt
         and Lt compare numbers.
        Toleration.tolerationSeconds Seconds a NoExecute taint is put up with; for ever where none
         is given.
        Toleration.value The taint's value.
        TopologySpreadConstraint.labelSelector Which pods are counted.
        TopologySpreadConstraint.maxSkew By how many pods places may differ; at least 1.
        TopologySpreadConstraint.minDomains How many places there must be at least; 1 where none is
         given.
        TopologySpreadConstraint.topologyKey The node label whose values are the places.
        TopologySpreadConstraint.whenUnsatisfiable Whether the pod waits or goes anywhere.
        PodSecurityContext.fsGroup The group that owns the volumes.
        PodSecurityContext.runAsGroup The group of all processes.
        PodSecurityContext.runAsNonRoot Whether the user must not be root.
        PodSecurityContext.runAsUser The user of all processes.
        """#

    static let containers = #"""
        Container.args Arguments of the command; those of the image where none are given.
        Container.command What to run in place of the image's entry point.
        Container.env Variables of the environment.
        Container.envFrom ConfigMaps and Secrets whose keys all become variables.
        Container.image The image to run, such as nginx:1.27.
        Container.imagePullPolicy When the image is pulled; Always for the tag latest, else
         IfNotPresent.
        Container.lifecycle What to do after the start and before the stop.
        Container.livenessProbe When it fails, the container is restarted.
        Container.name The name, unique in the pod; never changes.
        Container.ports Ports that others may want to know of; an unlisted one is open, too.
        Container.readinessProbe While it fails, the pod gets no traffic from Services.
        Container.resources What the container needs, and may use at most, such as requests: {cpu:
         250m, memory: 64Mi}.
        Container.restartPolicy Always makes an init container a sidecar.
        Container.securityContext Rights and identity of the container.
        Container.startupProbe Until it succeeds, the other probes wait.
        Container.stdin Whether standard input stays open; false where none is given.
        Container.terminationMessagePath The file whose text becomes the termination message;
         /dev/termination-log where none is given.
        Container.terminationMessagePolicy Where the termination message comes from; File where none
         is given.
        Container.tty Whether the container gets a terminal; false where none is given.
        Container.volumeDevices Block devices that the container gets.
        Container.volumeMounts Where volumes appear in the container.
        Container.workingDir The folder the command starts in.
        ContainerPort.containerPort The port in the container, from 1 to 65535.
        ContainerPort.hostPort The same port on the node; seldom needed.
        ContainerPort.name A name by which Services can ask for the port.
        ContainerPort.protocol UDP, TCP or SCTP; TCP where none is given.
        EnvVar.name The variable.
        EnvVar.value Its text; $(NAME) stands for earlier variables.
        EnvVar.valueFrom Where the text comes from.
        EnvVarSource.configMapKeyRef A key of a ConfigMap.
        EnvVarSource.fieldRef A field of the pod.
        EnvVarSource.resourceFieldRef A request or limit of a container.
        EnvVarSource.secretKeyRef A key of a Secret.
        ResourceRequirements.limits The most a container may use, such as memory: 128Mi; beyond the
         memory it is killed.
        ResourceRequirements.requests What is set aside on the node, such as cpu: 250m; equals the
         limits where none is given.
        Probe.exec A command that succeeds with exit code 0.
        Probe.failureThreshold How many failures in a row count as failed; 3 where none is given.
        Probe.grpc A health check over gRPC.
        Probe.httpGet A request that succeeds with a code from 200 to 399.
        Probe.initialDelaySeconds Seconds from the start until the first probe; 0 where none is
         given.
        Probe.periodSeconds Seconds between probes; 10 where none is given.
        Probe.successThreshold How many successes in a row count as healthy again; 1 where none is
         given.
        Probe.tcpSocket A connection that succeeds when it opens.
        Probe.terminationGracePeriodSeconds Seconds of grace when this probe kills the container;
         the pod's where none is given.
        Probe.timeoutSeconds Seconds until a probe counts as failed; 1 where none is given.
        HTTPGetAction.path The path of the request; / where none is given.
        HTTPGetAction.port The port by number or name.
        HTTPGetAction.scheme HTTP or HTTPS; HTTP where none is given.
        Lifecycle.postStart Runs right after the start; a failure kills the container.
        Lifecycle.preStop Runs before the request to stop; within the grace period.
        VolumeMount.mountPath The place in the container.
        VolumeMount.name The volume.
        VolumeMount.readOnly Whether writing is refused.
        VolumeMount.subPath A folder of the volume in place of its root.
        SecurityContext.allowPrivilegeEscalation Whether a process may gain rights.
        SecurityContext.capabilities Capabilities to add or drop.
        SecurityContext.privileged Whether the container may do what root on the node may; false
         where none is given.
        SecurityContext.readOnlyRootFilesystem Whether the image's files are read-only; false where
         none is given.
        SecurityContext.runAsNonRoot Whether the user must not be root.
        SecurityContext.runAsUser The user of the processes.
        ContainerStatus.image The image that runs.
        ContainerStatus.imageID The image's digest.
        ContainerStatus.lastState How the container ended the last time.
        ContainerStatus.name The container.
        ContainerStatus.ready Whether its readiness probe succeeds.
        ContainerStatus.restartCount How often it was restarted.
        ContainerStatus.started Whether its startup probe has succeeded.
        ContainerStatus.state Whether it waits, runs or has ended, with details.
        ContainerStateTerminated.exitCode The exit code of the last run.
        ContainerStateTerminated.reason Completed, Error, OOMKilled and the like.
        ContainerStateWaiting.reason ContainerCreating, CrashLoopBackOff, ImagePullBackOff and the like.
        """#

    static let volumes = #"""
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
        EmptyDirVolumeSource.medium Memory for a file system in memory; the node's disk where none
         is given.
        EmptyDirVolumeSource.sizeLimit The most it may hold until the pod is evicted, such as 500Mi;
         no bound where none is given.
        """#
}
