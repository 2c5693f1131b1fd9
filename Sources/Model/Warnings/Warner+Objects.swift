import Support
import Value

extension Warner {
    /// A workload whose pods' names are made of its own.
    mutating func workload(_ object: Value, _ old: Value?) {
        if old == nil { podName(of: object) }
        podTemplate(object, old, at: [.spec, .template])
    }

    /// Source: the daemonset strategy, which looks at new templates only.
    mutating func daemonSet(_ set: Value, _ old: Value?) {
        if let old, old[.spec][.template] == set[.spec][.template] { return }
        podTemplate(set, nil, at: [.spec, .template])
    }

    /// Source: the job strategy.
    mutating func job(_ job: Value, _ old: Value?) {
        if old == nil { podName(of: job) }
        jobSpec(job, old, at: [.spec])
    }

    /// Source: the pod strategy. Updates of pods are many, and not made by hand.
    mutating func newPod(_ pod: Value, _ old: Value?) {
        guard old == nil else { return }
        podName(of: pod, usedIn: "the Pod's hostname")
        self.pod(pod, .root, isTemplate: false)
    }

    /// Source: the statefulset strategy.
    mutating func statefulSet(_ set: Value, _ old: Value?) {
        podTemplate(set, old, at: [.spec, .template])
        for (index, claim) in set[.spec].list(.volumeClaimTemplates).enumerated() {
            let path = ErrorPath("spec").child("volumeClaimTemplates")[index]
            claimSpec(claim[.spec], old == nil ? path : path.child("Spec"))
        }
        if set[.spec].int(.revisionHistoryLimit) < 0 {
            add(
                "spec.revisionHistoryLimit: a negative value retains all historical revisions; a "
                    + "value >= 0 is recommended")
        }
    }

    /// WarningsForJobSpec.
    mutating func jobSpec(_ object: Value, _ old: Value?, at keys: [Key]) {
        if let old, old[.spec] == object[.spec] { return }
        let spec = object.value(at: keys)
        if spec[.completionMode] == "Indexed", spec.int(.completions) > 100_000,
            spec.int(.parallelism) > 10_000
        {
            add(
                keys.reduce(ErrorPath.root) { $0.child($1) },
                "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism "
                    + "higher than 10^4, Kubernetes might not be able to track completedIndexes "
                    + "when a big number of indexes fail")
        }
        podTemplate(object, nil, at: keys + [.template])
    }

    /// Source: the cronjob strategy, with its path as it is.
    mutating func cronJob(_ job: Value, _ old: Value?) {
        if old == nil { podName(of: job) }
        jobSpec(job, old, at: [.spec, .jobTemplate, .spec])
        if old != nil, job[.spec].text(.schedule).contains("TZ") {
            add(
                "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see "
                    + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for "
                    + "more details")
        }
    }

    /// GetWarningsForService.
    mutating func service(_ service: Value) {
        let spec = service[.spec]
        let path = ErrorPath("spec")
        if !service[.metadata][.annotations]["service.kubernetes.io/topology-aware-hints"].isNull {
            add(
                "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use "
                    + "service.kubernetes.io/topology-mode instead")
        }
        for (index, ip) in spec.list(.clusterIPs).enumerated() where ip != "None" {
            address(ip.string ?? "", path.child("clusterIPs")[index])
        }
        let type = spec.text(.type)
        let isHeadless = type == "ClusterIP" && spec[.clusterIP] == "None"
        let external = spec.list(.externalIPs)
        let balancer = spec.text("loadBalancerIP")
        if isHeadless {
            if !balancer.isEmpty { add("spec.loadBalancerIP is ignored for headless services") }
            if !external.isEmpty { add("spec.externalIPs is ignored for headless services") }
            if spec[.sessionAffinity] != "None" {
                add("spec.SessionAffinity is ignored for headless services")
            }
        }
        for (index, ip) in external.enumerated() {
            address(ip.string ?? "", path.child("externalIPs")[index])
        }
        if !external.isEmpty, !isHeadless, type != "ExternalName" {
            add("spec.externalIPs is deprecated and may no longer be implemented in some clusters")
        }
        address(balancer, path.child("loadBalancerIP"))
        for (index, block) in spec.list(.loadBalancerSourceRanges).enumerated() {
            range(block.string ?? "", path.child("loadBalancerSourceRanges")[index])
        }
        if type == "ExternalName", !external.isEmpty {
            add(#"spec.externalIPs is ignored when spec.type is "ExternalName""#)
        }
        if type != "ExternalName", !spec.text(.externalName).isEmpty {
            add(#"spec.externalName is ignored when spec.type is not "ExternalName""#)
        }
        if spec["trafficDistribution"] == "PreferClose" {
            add(#"spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone""#)
        }
    }

    /// Source: the ingress strategy.
    mutating func ingress(_ ingress: Value) {
        let name = "kubernetes.io/ingress.class"
        guard !ingress[.metadata][.annotations][Key(name)].isNull,
            ingress[.spec]["ingressClassName"].isNull
        else { return }
        add(
            "annotation \(GoSyntax.quote(name)) is deprecated, please use 'spec.ingressClassName' "
                + "instead")
    }

    /// Source: networkPolicyWarnings.
    mutating func networkPolicy(_ policy: Value) {
        for (rules, peers) in [(Key("ingress"), Key("from")), ("egress", "to")] {
            for (index, rule) in policy[.spec].list(rules).enumerated() {
                for (number, peer) in rule.list(peers).enumerated() {
                    let block = peer["ipBlock"]
                    let path = ErrorPath("spec").child(rules)[index].child(peers)[number]
                        .child("ipBlock")
                    range(block.text("cidr"), path.child("cidr"))
                    for (place, part) in block.list("except").enumerated() {
                        range(part.string ?? "", path.child("except")[place])
                    }
                }
            }
        }
    }

    /// Source: the resourcequota strategy.
    mutating func resourceQuota(_ quota: Value) {
        let hard = quota[.spec].map(.hard)
        for name in ["cpu", "memory", "ephemeral-storage"] {
            var requested = "requests.\(name)"
            if !hard.contains(Key(requested)), name != "ephemeral-storage" { requested = name }
            let limited = "limits.\(name)"
            guard let request = Quantity(hard[Key(requested)]),
                let limit = Quantity(hard[Key(limited)]), request > limit
            else { continue }
            add(
                "ResourceQuota \(requested) (\(request.text)) should be less than \(limited) "
                    + "(\(limit.text))")
        }
    }

    /// Source: warnIfHasEnforceMountableSecretsAnnotation.
    mutating func serviceAccount(_ account: Value, _ old: Value?) {
        let name = "kubernetes.io/enforce-mountable-secrets"
        guard old?[.metadata][.annotations][Key(name)].isNull ?? true,
            !account[.metadata][.annotations][Key(name)].isNull
        else { return }
        add(
            ErrorPath("metadata").child("annotations").key(name),
            "deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets")
    }

    /// Source: nodeWarnings.
    mutating func node(_ node: Value) {
        if !node[.spec]["configSource"].isNull { add("spec.configSource: the feature is removed") }
        if !node[.spec].text("externalID").isEmpty {
            add("spec.externalID: this field is deprecated, and is unused by Kubernetes")
        }
        for (index, block) in node[.spec].list("podCIDRs").enumerated() {
            range(block.string ?? "", ErrorPath("spec").child("podCIDRs")[index])
        }
    }

    /// GetWarningsForStorageClass.
    mutating func storageClass(_ object: Value) {
        for (index, topology) in object.list(.allowedTopologies).enumerated() {
            for (number, entry) in topology.list("matchLabelExpressions").enumerated() {
                guard let words = Self.deprecatedNodeLabels[entry.text(.key)] else { continue }
                let path = ErrorPath("allowedTopologies")[index]
                add(path.child("matchLabelExpressions")[number].child("key"), words)
            }
        }
    }

    /// Source: the csidriver strategy.
    mutating func csiDriver(_ driver: Value, _ old: Value?) {
        let spec = driver[.spec]
        guard !spec.list("tokenRequests").isEmpty, spec["serviceAccountTokenInSecrets"].isNull,
            old.map({ $0[.spec]["tokenRequests"] != spec["tokenRequests"] }) ?? true
        else { return }
        add(
            "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to "
                + "true to prevent possible logging of tokens in volume attributes")
    }

    /// warnOnDeprecatedAddressType and warnOnBadIPs.
    mutating func endpointSlice(_ slice: Value, _ old: Value?) {
        if old == nil, slice[.addressType] == "FQDN" {
            add("spec.addressType: FQDN endpoints are deprecated")
        }
        for (index, endpoint) in slice.list(.endpoints).enumerated() {
            for (number, ip) in endpoint.list(.addresses).enumerated() {
                address(
                    ip.string ?? "", ErrorPath("endpoints")[index].child("addresses")[number])
            }
        }
    }

    /// Source: endpointsWarnings.
    mutating func endpoints(_ endpoints: Value) {
        for (index, subset) in endpoints.list(.subsets).enumerated() {
            for list in [Key.addresses, .notReadyAddresses] {
                for (number, entry) in subset.list(list).enumerated() {
                    let path = ErrorPath("subsets")[index].child(list)[number]
                    address(entry.text(.ip), path.child("ip"))
                }
            }
        }
    }
}
