import Testing

@testable import Model

@Suite struct KindRegistryTests {
    let registry = KindRegistry.builtIn

    @Test func `a kind's number is its place in the table`() {
        for (index, row) in KindDescriptor.builtIn.enumerated() {
            #expect(Int(row.kind.id) == index)
        }
        #expect(Kind.pod.info.name == "Pod")
        #expect(Kind.volumeAttachment.info.name == "VolumeAttachment")
    }

    @Test func `rows stand in the order of api-resources`() {
        let order = KindRegistry.builtIn.all.map { ($0.group, $0.plural) }
        for (left, right) in zip(order, order.dropFirst()) {
            #expect(left < right)
        }
    }

    @Test(arguments: [
        ("deploy", Kind.deployment), ("deployments", .deployment), ("deployment", .deployment),
        ("Deployment", .deployment), ("deployments.apps", .deployment),
        ("deployment.app", .deployment), ("deployments.v1.apps", .deployment), ("po", .pod),
        ("pods.v1.", .pod), ("hpa.v1.autoscaling", .horizontalPodAutoscaler),
        ("events.events.k8s.io", .event), ("events", .event), ("sts", .statefulSet),
        ("crds", .customResourceDefinition), ("ingresses.networking.k8s.io", .ingress),
    ])
    func `kubectl's names resolve`(name: String, kind: Kind) {
        let found = registry.kind(named: name)
        #expect(found.map { registry[$0].storedKind } == kind)
    }

    @Test(arguments: [
        ("deploymnet", "deploymnet", "deployment"), ("foo.bar", "foo", nil),
        ("deployments.batch", "deployments", "deployments.apps"), ("Podz", "Podz", "pods"),
    ])
    func `an unknown name gives kubectl's words and the nearest name`(
        name: String, said: String, suggestion: String?
    ) {
        guard case .failure(let error) = registry.resolve(name) else {
            Issue.record("\(name) resolved")
            return
        }
        #expect(error.message == "the server doesn't have a resource type \"\(said)\"")
        #expect(error.suggestion == suggestion)
    }

    @Test func `the category all has kubectl's order`() {
        let names = registry.kinds(inCategory: "all").map { registry[$0].qualifiedSingular }
        #expect(
            names == [
                "pod", "replicationcontroller", "service", "daemonset.apps", "deployment.apps",
                "replicaset.apps", "statefulset.apps", "horizontalpodautoscaler.autoscaling",
                "cronjob.batch", "job.batch",
            ])
    }

    @Test func `an old apiVersion names the one that is served`() throws {
        let result = registry.kind(apiVersion: "extensions/v1beta1", name: "Deployment")
        guard case .failure(let error) = result else {
            Issue.record("an old version resolved")
            return
        }
        #expect(
            error.message == "no matches for kind \"Deployment\" in version \"extensions/v1beta1\"")
        #expect(error.servedVersion == "apps/v1")
        let older = try registry.kind(
            apiVersion: "autoscaling/v1", name: "HorizontalPodAutoscaler"
        ).get()
        #expect(registry[older].storedKind == .horizontalPodAutoscaler)
        #expect(registry[older].version == "v1")
        #expect(registry.kind(named: "hpa") == .horizontalPodAutoscaler)
        #expect(registry.kind(named: "hpa.v1.autoscaling") == older)
    }

    @Test func `a kind in the wrong case is not served but suggested`() {
        guard case .failure(let error) = registry.kind(apiVersion: "v1", name: "pod") else {
            Issue.record("resolved")
            return
        }
        #expect(error.suggestion == "Pod")
        #expect(error.servedVersion == nil)
    }

    @Test func `a withdrawn kind is known by its names until they are forgotten`() {
        var registry = KindRegistry()
        let kind = registry.register {
            KindDescriptor(
                $0, "Widget", plural: "widgets", shortNames: ["wd"], group: "example.com")
        }
        #expect(!kind.isBuiltIn)
        #expect(registry.kind(named: "wd") == kind)
        #expect(registry.kind(named: "widgets.example.com") == kind)
        #expect(registry.resources.last?.kind == kind)
        registry.withdraw(kind)
        #expect(!registry.serves(kind))
        #expect(registry.kind(named: "wd") == kind)
        #expect(registry.resources.last?.kind != kind)
        registry.forgetWithdrawn()
        #expect(registry.kind(named: "wd") == nil)
        #expect(registry[kind].name == "Widget")
        registry.replace(
            kind,
            by: KindDescriptor(kind, "Gadget", plural: "gadgets", group: "example.com"))
        #expect(registry.kind(named: "gadget") == kind && registry.serves(kind))
    }

    @Test func `of two kinds of one name that is meant which is served, and which is no version`() {
        var registry = KindRegistry()
        func widget(_ group: String, _ conversion: KindConversion?) -> (Kind) -> KindDescriptor {
            {
                KindDescriptor(
                    $0, "Widget", plural: "widgets", group: group, version: "v1",
                    conversion: conversion)
            }
        }
        let first = registry.register(widget("a.example.com", nil))
        let version = registry.register(widget("b.example.com", KindConversion(stored: first)))
        let second = registry.register(widget("c.example.com", nil))
        #expect(registry.kind(named: "widgets") == first)
        #expect(registry.kind(named: "widgets.v1.b.example.com") == version)
        registry.withdraw(first)
        #expect(registry.kind(named: "widgets") == second)
        #expect(!registry.all.contains { $0.kind == version })
    }
}
