/// What the kinds are, two or three sentences of our own for each that is served, as lines of
/// ``FieldTexts`` without a field.
enum KindSummaries {
    private static let texts = FieldTexts([table])

    /// What the objects of the type are; nil where the type is no kind's.
    static func of(_ type: TypeFacts) -> String? { texts.text(of: type) }

    private static let table = #"""
        Binding Binds a pod to a node. Schedulers create it at pods/NAME/binding; it is never
         stored.
        ComponentStatus Told once whether parts of the control plane are healthy. It is deprecated
         since 1.19; ask the health endpoints of each part instead.
        ConfigMap Holds settings as texts and bytes by key, up to 1 MiB. Pods read them as variables
         or files; files follow a change after a while, variables do not.
        Endpoints Lists the addresses behind a Service. It is deprecated since 1.33 and cut off at
         1000 addresses; read EndpointSlices instead.
        Event Tells what happened to an object, for people; nothing should depend on it. Events like
         one another are counted together, and are gone after an hour.
        LimitRange Bounds and defaults for the requests and limits of a namespace's containers, pods
         and claims. It is looked at when objects are created or resized; what runs already stays as
         it is.
        Namespace A room for names: most objects live in one, and names are unique only there.
         Deleting it deletes all that it holds. Quotas, limits and rights are given by namespace.
        Node A machine that runs pods. Its kubelet reports capacity, addresses and conditions; the
         scheduler places pods by labels, taints and what is left of allocatable.
        PersistentVolumeClaim Asks for storage of a size, class and way of access. It is bound to
         one PersistentVolume, found or made for it, and pods mount the claim by name. It outlives
         its pods.
        PersistentVolume A piece of storage, of the cluster and not of a namespace. An administrator
         or a provisioner makes it; one claim at a time is bound to it, and the reclaim policy says
         what becomes of it then.
        Pod The smallest thing that runs: containers on one node that share an address and volumes.
         Mostly a Deployment, StatefulSet, DaemonSet or Job makes pods from a template. A pod is
         never moved, only replaced.
        PodTemplate A template of pods, stored by itself. Controllers carry their own template; few
         people need this kind.
        ReplicationController Keeps a number of equal pods running. It is the forerunner of
         ReplicaSet, and knows only equality in its selector; use a Deployment.
        ResourceQuota Bounds what all objects of a namespace may use together: cpu, memory, storage,
         and how many objects. A request beyond it is refused at once. Where it bounds cpu or
         memory, pods must say theirs.
        Secret Holds passwords, keys and certificates as bytes by key, up to 1 MiB. Pods read it as
         variables or files. Base64 hides nothing: who may read Secrets reads them.
        ServiceAccount The identity of programs in pods. A pod gets a token of its account, and
         roles are bound to the account. Every namespace has the account default.
        Service One stable name and address for the pods that its selector finds. Traffic is spread
         over those that are ready. The type says whether it is reached in the cluster only, by a
         port of every node, or through a load balancer.
        admissionregistration.v1.MutatingAdmissionPolicy Changes objects at admission by expressions
         in CEL, without a webhook. It does something only through bindings.
        admissionregistration.v1.MutatingAdmissionPolicyBinding Puts a MutatingAdmissionPolicy to
         work: for which objects, and with which parameters. One policy can have many bindings.
        admissionregistration.v1.MutatingWebhookConfiguration Lists webhooks that may change objects
         before they are stored. They run one after another, before any validation.
        admissionregistration.v1.ValidatingAdmissionPolicy Refuses objects by expressions in CEL,
         without a webhook. It does something only through bindings, which say what a failure means.
        admissionregistration.v1.ValidatingAdmissionPolicyBinding Puts a ValidatingAdmissionPolicy
         to work: for which objects, with which parameters, and whether to deny, warn or note. One
         policy can have many bindings.
        admissionregistration.v1.ValidatingWebhookConfiguration Lists webhooks that may refuse
         requests. They are asked at the same time, after all changes; one refusal is enough.
        apiextensions.v1.CustomResourceDefinition Adds a kind of your own to the API. Once it is
         established, objects of the kind are stored, checked by its schema, and handled like any
         other. Deleting it deletes them all.
        apiregistration.v1.APIService Says who serves one version of an API group: the API server
         itself, or a Service behind it. Those of built-in groups and of CustomResourceDefinitions
         come by themselves.
        apps.v1.ControllerRevision A former state of a StatefulSet's or DaemonSet's template, to go
         back to. Controllers make it, and it never changes; do not write it by hand.
        apps.v1.DaemonSet Runs one pod on every node, or on every node that its template selects.
         Nodes that join get a pod at once. It suits agents for logs, metrics, network and storage.
        apps.v1.Deployment Keeps a number of equal pods running, and rolls them to a new template
         step by step. It works through one ReplicaSet per template, so that you can go back. It
         suits programs without state.
        apps.v1.ReplicaSet Keeps a number of equal pods running. A Deployment makes one for each
         template; seldom write it yourself, since it replaces no pods when its template changes.
        apps.v1.StatefulSet Runs pods with names, DNS names and claims of their own: web-0, web-1,
         and so on. They start in order, stop in reverse, and come back under their name with their
         claims. It suits databases.
        autoscaling.v2.HorizontalPodAutoscaler Sets the replicas of a Deployment or the like by
         metrics: more when the use is above the target, fewer when below. It looks every 15
         seconds, stays within its bounds, and shrinks more slowly than it grows.
        autoscaling.v1.HorizontalPodAutoscaler Sets the replicas of a Deployment or the like by the
         use of cpu. It is the older version; autoscaling/v2 shows the same objects with all
         metrics.
        batch.v1.CronJob Starts Jobs by a schedule, as cron does. A start may be missed or come
         twice, so jobs should be able to run again. Old Jobs are cleared away beyond the limits of
         history.
        batch.v1.Job Runs pods until enough of them succeed, and then is complete. Failures are
         tried again with growing pauses, up to the back-off limit.
        certificates.v1.CertificateSigningRequest Asks a signer for a certificate. Somebody approves
         or denies it (kubectl certificate), then the signer fills in the certificate. Old ones are
         deleted after a while.
        coordination.v1.Lease Says who holds a role and until when. Leaders are elected by it, and
         each kubelet renews one in kube-node-lease to show that its node lives.
        discovery.v1.EndpointSlice Lists up to 100 addresses behind a Service, of one family, with
         their conditions. A Service has as many slices as it needs; the label
         kubernetes.io/service-name joins them.
        events.v1.Event Tells what happened to an object, for people; nothing should depend on it.
         It shows the same objects as the core group's Event, under newer names.
        flowcontrol.v1.FlowSchema Sorts requests to the API server into a priority level, by who
         asks and for what. Of those that match, the lowest matchingPrecedence wins.
        flowcontrol.v1.PriorityLevelConfiguration Says how many requests of a level the API server
         serves at once. What is beyond waits in fair queues, or is refused.
        networking.v1.IngressClass Names a controller that serves Ingresses. One class can be the
         default, by the annotation ingressclass.kubernetes.io/is-default-class.
        networking.v1.Ingress Leads HTTP requests to Services by host and path, with certificates
         where wanted. It needs a controller of its class; without one nothing happens.
        networking.v1.IPAddress One address in use, named by the address itself, with the object
         that uses it. The API server makes them for the cluster addresses of Services.
        networking.v1.NetworkPolicy Restricts which traffic the selected pods send and receive. Pods
         that no policy selects are open; policies only add to what is allowed. It needs a network
         plugin that heeds it.
        networking.v1.ServiceCIDR A range that cluster addresses of Services come from. Further
         ranges can be added; one goes only when no address of it is in use. The one named
         kubernetes is made at start.
        node.v1.RuntimeClass Names a way to run containers, such as in a sandbox. Pods ask for it by
         runtimeClassName, and get its overhead and placement.
        policy.v1.PodDisruptionBudget Says how many pods of an application may be missing when
         somebody evicts, as kubectl drain does. It does not help against failures and deletions.
        rbac.v1.ClusterRoleBinding Gives the rights of a ClusterRole to users, groups or accounts,
         everywhere. The role cannot be changed; delete the binding and make another.
        rbac.v1.ClusterRole A set of rights, for the whole cluster or for use in any namespace.
         Rights only add up, nothing can be forbidden.
        rbac.v1.RoleBinding Gives the rights of a Role or ClusterRole to users, groups or accounts,
         within its namespace. The role cannot be changed; delete the binding and make another.
        rbac.v1.Role A set of rights within one namespace. Rights only add up, nothing can be
         forbidden. A RoleBinding gives them to somebody.
        resource.v1.DeviceClass A kind of device that claims can ask for, such as GPUs of one maker.
         It selects devices by their attributes and can carry settings. Administrators make it.
        resource.v1.ResourceClaim Asks for devices, such as a GPU, for one pod or for several. The
         scheduler finds them in ResourceSlices, and keeps them for the claim until its last user is
         gone.
        resource.v1.ResourceClaimTemplate The pattern of a ResourceClaim. For each pod that names it
         a claim is made, which goes with the pod.
        resource.v1.ResourceSlice Devices that a driver offers, on one node or for many. Drivers
         write it, schedulers read it. The slices of one pool belong together.
        scheduling.v1.PriorityClass Gives a name to a priority of pods. Pods of higher priority are
         placed first, and may displace others where there is no room.
        storage.v1.CSIDriver Tells what a CSI driver can do and needs, such as attaching or
         knowledge of the pod. The driver's installation creates it under the driver's name.
        storage.v1.CSINode Tells which CSI drivers run on a node, and how many volumes fit. The
         kubelet writes it under the node's name; you only read it.
        storage.v1.CSIStorageCapacity Tells how much room a StorageClass has in a part of the
         cluster. The driver writes it, and the scheduler looks before it places pods whose claims
         wait.
        storage.v1.StorageClass A sort of storage that claims can ask for: who makes the volumes,
         and with which settings. One class can be the default, by the annotation
         storageclass.kubernetes.io/is-default-class.
        storage.v1.VolumeAttachment Asks that a volume be attached to a node, or tells that it is.
         The control plane makes and deletes it, the driver acts upon it.
        storage.v1.VolumeAttributesClass Settings of a volume that can be changed later, such as
         speed. A claim names a class; naming another changes the volume without a new one.
        """#
}
