extension FieldSummaries {
    static let network = #"""
        ServicePort.appProtocol The protocol on top, such as http or kubernetes.io/h2c; a hint for
         proxies.
        ServiceSpec.healthCheckNodePort Where load balancers ask for health; only for LoadBalancer
         with traffic policy Local.
        ServiceSpec.ipFamilies IPv4, IPv6 or both, in the order of clusterIPs; the cluster's first
         where none are given.
        ServiceSpec.ipFamilyPolicy Whether one family or two are used; SingleStack where none is
         given.
        ServiceSpec.loadBalancerClass Which controller makes the load balancer, such as
         example.com/internal; never changes.
        ServiceSpec.loadBalancerIP The address wished for; old, many providers ignore it.
        ServiceSpec.loadBalancerSourceRanges Ranges of addresses that may call, such as 10.0.0.0/8;
         all where none are given.
        ServiceSpec.sessionAffinityConfig How long one client stays with one pod.
        ServiceSpec.trafficDistribution Which endpoints come first: PreferSameZone or PreferSameNode
         (PreferClose is the older word).
        SessionAffinityConfig.clientIP For affinity by the client's address.
        ClientIPConfig.timeoutSeconds Seconds a client is remembered, up to 86400; 10800 (three
         hours) where none is given.
        ServiceStatus.conditions What controllers have to say of the Service.
        ServiceStatus.loadBalancer Where the load balancer is reached.
        LoadBalancerStatus.ingress Addresses of the load balancer; traffic for the Service goes
         there.
        LoadBalancerIngress.hostname The load balancer's name, of those known by name.
        LoadBalancerIngress.ip The load balancer's address, of those known by address.
        LoadBalancerIngress.ipMode VIP if traffic arrives with the balancer's address, Proxy if with
         a node's or pod's.
        LoadBalancerIngress.ports How each port goes.
        PortStatus.error Why the port does not work, such as example.com/quota; none where it does.
        PortStatus.port The port.
        PortStatus.protocol The port's protocol.
        EndpointAddress.hostname The pod's name in DNS.
        EndpointAddress.ip The address; never a loopback or link-local one.
        EndpointAddress.nodeName The node it is on.
        EndpointAddress.targetRef The pod behind it.
        EndpointPort.appProtocol The protocol on top, such as http.
        EndpointPort.name The Service's name of the port; empty for a single one.
        EndpointPort.port The port's number.
        EndpointPort.protocol UDP, TCP or SCTP; TCP where none is given.
        EndpointSubset.ports The ports that all addresses have.
        discovery.v1.Endpoint.addresses Addresses of the endpoint; only the first is used.
        discovery.v1.Endpoint.conditions Whether it is ready, serving, terminating.
        discovery.v1.Endpoint.deprecatedTopology What older versions said of its place.
        discovery.v1.Endpoint.hints Who should send traffic to it.
        discovery.v1.Endpoint.hostname The pod's name in DNS.
        discovery.v1.Endpoint.nodeName The node it is on.
        discovery.v1.Endpoint.targetRef The pod behind it.
        discovery.v1.Endpoint.zone The zone it is in.
        discovery.v1.EndpointHints.forNodes Nodes whose traffic should go to it.
        discovery.v1.EndpointHints.forZones Zones whose traffic should go to it.
        discovery.v1.ForNode.name The node.
        discovery.v1.ForZone.name The zone.
        networking.v1.Ingress.spec Which host and path leads to which Service.
        networking.v1.HTTPIngressPath.backend Where the requests go.
        networking.v1.HTTPIngressRuleValue.paths Paths with their backends; the longest that matches
         wins, Exact before Prefix.
        networking.v1.IngressBackend.resource Another object that answers, such as a bucket; not
         together with service.
        networking.v1.IngressBackend.service The Service that answers.
        networking.v1.IngressServiceBackend.name The Service, in the same namespace.
        networking.v1.IngressServiceBackend.port The Service's port.
        networking.v1.ServiceBackendPort.name The port's name; not together with number.
        networking.v1.ServiceBackendPort.number The port's number.
        networking.v1.IngressRule.host The host of the request, such as shop.example.com or
         *.example.com; any where none is given.
        networking.v1.IngressRule.http Backends by path.
        networking.v1.IngressStatus.loadBalancer Where the Ingress is reached.
        networking.v1.IngressLoadBalancerStatus.ingress Addresses of the load balancer.
        networking.v1.IngressTLS.hosts Hosts that the certificate is for.
        networking.v1.IngressTLS.secretName The Secret with tls.crt and tls.key.
        networking.v1.IngressClassSpec.controller Who serves the class, as domain/path; never
         changes.
        networking.v1.IngressClassSpec.parameters An object with further settings of the controller.
        networking.v1.IngressClassParametersReference.apiGroup The object's group; the core group
         where none is given.
        networking.v1.IngressClassParametersReference.kind The object's kind.
        networking.v1.IngressClassParametersReference.name The object's name.
        networking.v1.IngressClassParametersReference.namespace The object's namespace; only with
         scope Namespace.
        networking.v1.IngressClassParametersReference.scope Cluster or Namespace; Cluster where none
         is given.
        networking.v1.IPAddressSpec.parentRef The object that uses the address, such as a Service.
        networking.v1.ParentReference.group The object's group.
        networking.v1.ParentReference.name The object's name.
        networking.v1.ParentReference.namespace The object's namespace.
        networking.v1.ParentReference.resource The object's resource, such as services.
        networking.v1.ServiceCIDRSpec.cidrs Ranges for Services' addresses, one per family; never
         change.
        networking.v1.IPBlock.cidr The range, such as 192.168.1.0/24.
        networking.v1.IPBlock.except Ranges within it that are left out.
        networking.v1.NetworkPolicySpec.egress Where the pods may send to; a rule that matches is
         enough, [] allows nothing.
        networking.v1.NetworkPolicySpec.ingress Who may send to the pods; a rule that matches is
         enough, [] allows nothing.
        networking.v1.NetworkPolicySpec.podSelector The pods that the policy is for; {} is every pod
         of the namespace.
        networking.v1.NetworkPolicySpec.policyTypes Directions that are restricted; Ingress, and
         Egress if there are egress rules, where none are given.
        networking.v1.NetworkPolicyEgressRule.ports The ports that may be sent to; all where none
         are given.
        networking.v1.NetworkPolicyEgressRule.to The receivers; all where none are given.
        networking.v1.NetworkPolicyIngressRule.from The senders; all where none are given.
        networking.v1.NetworkPolicyIngressRule.ports The pods' ports that may be sent to; all where
         none are given.
        networking.v1.NetworkPolicyPeer.ipBlock A range of addresses; not together with selectors.
        networking.v1.NetworkPolicyPeer.namespaceSelector Namespaces by label; {} is every one; with
         podSelector, pods in these.
        networking.v1.NetworkPolicyPeer.podSelector Pods by label; of the policy's namespace, unless
         there is a namespaceSelector.
        networking.v1.NetworkPolicyPort.endPort The last port of a range that begins at port.
        networking.v1.NetworkPolicyPort.port The port by number or name; all where none is given.
        networking.v1.NetworkPolicyPort.protocol UDP, TCP or SCTP; TCP where none is given.
        """#
}
